package mockapi

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// wire speaks to a mock over a real connection.
type wire struct {
	t    *testing.T
	url  string
	http *http.Client
}

func started(t *testing.T, options Options) (*Server, wire) {
	t.Helper()
	server, _ := mock(t, options)
	url, stop := server.Start()
	t.Cleanup(stop)
	transport := &http.Transport{DisableKeepAlives: true} // keep-alive would make Go's client repeat a dropped GET
	return server, wire{t: t, url: url, http: &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

func (w wire) send(ctx context.Context, method, path, body string) (*http.Response, error) {
	w.t.Helper()
	request, err := http.NewRequestWithContext(ctx, method, w.url+path, bytes.NewReader([]byte(body)))
	if err != nil {
		w.t.Fatal(err)
	}
	request.Header.Set("X-Api-Key", DefaultAPIKey)
	request.Header.Set("X-Practice-Group-Id", DefaultOwnPracticeID)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	return w.http.Do(request)
}

func (w wire) create() (*http.Response, error) {
	w.t.Helper()
	return w.send(w.t.Context(), http.MethodPost, "/v1/webhooks", aWebhook)
}

// answered returns the answer to a create that is not dropped.
func (w wire) answered() result {
	w.t.Helper()
	response, err := w.create()
	if err != nil {
		w.t.Fatal(err)
	}
	return read(w.t, response)
}

func TestFault_droppedConnection(t *testing.T) {
	t.Parallel()
	for kind, kept := range map[FaultKind]int{FaultDropBefore: 0, FaultDropAfter: 1} {
		server, hero := started(t, Options{})
		server.Fault(Fault{Kind: kind})
		response, err := hero.create()
		if err == nil {
			response.Body.Close()
			t.Fatalf("%s: answered %d", kind, response.StatusCode)
		}
		if !errors.Is(err, io.EOF) {
			t.Errorf("%s: the error is %s", kind, err)
		}
		equal(t, string(kind)+": webhooks kept", len(server.Webhooks("12")), kept)
		logged := server.Requests()[0]
		equal(t, "status in the log", logged.Status, 0)
		equal(t, "fault in the log", logged.Fault, kind)
		equal(t, "processed in the log", logged.Processed, kept == 1)
	}
}

func TestFault_truncatedAnswer(t *testing.T) {
	t.Parallel()
	server, hero := started(t, Options{})
	server.Fault(Fault{Kind: FaultTruncated})
	response, err := hero.create()
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if !errors.Is(err, io.ErrUnexpectedEOF) || len(body) == 0 || response.StatusCode != http.StatusOK {
		t.Errorf("read %q with status %d and the error %v", body, response.StatusCode, err)
	}
	equal(t, "webhooks kept", len(server.Webhooks("12")), 1)
}

func TestFault_answersInsteadOfHero(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault             Fault
		status            int
		contentType, body string
		header, value     string
	}{
		"status":               {Fault{Kind: FaultStatus}, 500, "application/json", `"statusCode":500`, "", ""},
		"status with body":     {Fault{Kind: FaultStatus, Status: 418, Body: "teapot", ContentType: "text/plain", Header: http.Header{"x-kind": {"pot"}}}, 418, "text/plain", "teapot", "X-Kind", "pot"},
		"not JSON":             {Fault{Kind: FaultNotJSON}, 200, "text/plain; charset=utf-8", "not JSON", "", ""},
		"HTML":                 {Fault{Kind: FaultHTML}, 502, "text/html; charset=utf-8", "<html>", "", ""},
		"HTML with status":     {Fault{Kind: FaultHTML, Status: 404}, 404, "text/html; charset=utf-8", "<html>", "", ""},
		"empty":                {Fault{Kind: FaultEmpty}, 200, "", "", "", ""},
		"redirect":             {Fault{Kind: FaultRedirect, Location: "https://elsewhere.example/"}, 307, "", "", "Location", "https://elsewhere.example/"},
		"429 in seconds":       {Fault{Kind: FaultTooManyRequests, RetryAfter: RetryAfter{After: 3 * time.Second}}, 429, "application/json", "Too Many", "Retry-After", "3"},
		"429 by date":          {Fault{Kind: FaultTooManyRequests, RetryAfter: RetryAfter{Form: RetryAfterDate, After: time.Minute}}, 429, "application/json", "Too Many", "Retry-After", "Sun, 31 Jan 2027 10:01:00 GMT"},
		"429 without a time":   {Fault{Kind: FaultTooManyRequests, RetryAfter: RetryAfter{Form: RetryAfterAbsent}}, 429, "application/json", "Too Many", "Retry-After", ""},
		"503 in seconds":       {Fault{Kind: FaultUnavailable, RetryAfter: RetryAfter{After: time.Second}}, 503, "application/json", "Unavailable", "Retry-After", "1"},
		"503 without a time":   {Fault{Kind: FaultUnavailable, RetryAfter: RetryAfter{Form: RetryAfterAbsent}}, 503, "application/json", "Unavailable", "Retry-After", ""},
		"status when all done": {Fault{Kind: FaultStatus, Status: 502, Processed: true}, 502, "application/json", "Bad Gateway", "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, hero := started(t, Options{Clock: clock("2027-01-31T10:00:00Z").time})
			server.Fault(test.fault)
			got := hero.answered()
			equal(t, "status", got.status, test.status)
			equal(t, "content type", got.header.Get("Content-Type"), test.contentType)
			if !strings.Contains(got.text, test.body) || (test.body == "" && got.text != "") {
				t.Errorf("the body is %q", got.text)
			}
			if test.header != "" {
				equal(t, test.header, got.header.Get(test.header), test.value)
			}
			kept := 0
			if test.fault.Processed {
				kept = 1
			}
			equal(t, "webhooks kept", len(server.Webhooks("12")), kept)
			equal(t, "status in the log", server.Requests()[0].Status, test.status)
		})
	}
}

func TestFault_slowUntilReleased(t *testing.T) {
	t.Parallel()
	server, hero := started(t, Options{})
	release, arrived := make(chan struct{}), make(chan struct{})
	server.Before(func(*http.Request) { close(arrived) })
	server.Fault(Fault{Kind: FaultSlow, Release: release})
	answer := make(chan result)
	go func() { answer <- hero.answered() }()
	<-arrived
	equal(t, "webhooks before the release", len(server.Webhooks("12")), 0)
	close(release)
	(<-answer).must(t)
	equal(t, "webhooks after the release", len(server.Webhooks("12")), 1)
}

func TestFault_slowIsDoneWhenTheSenderLeaves(t *testing.T) {
	t.Parallel()
	for _, keepGoing := range []bool{false, true} {
		server, hero := started(t, Options{})
		release, settled := make(chan struct{}), make(chan Request, 1)
		ctx, leave := context.WithCancel(t.Context())
		server.Before(func(*http.Request) { leave() })
		server.After(func(r Request) { settled <- r })
		server.Fault(Fault{Kind: FaultSlow, Release: release, KeepGoing: keepGoing})
		response, err := hero.send(ctx, http.MethodPost, "/v1/webhooks", aWebhook)
		if err == nil {
			response.Body.Close()
			t.Fatalf("answered %d", response.StatusCode)
		}
		if keepGoing {
			equal(t, "webhooks while it waits on", len(server.Webhooks("12")), 0)
			close(release)
		}
		equal(t, "processed", (<-settled).Processed, true)
		equal(t, "webhooks", len(server.Webhooks("12")), 1)
	}
}

func TestFault_slowEndsWithItsDelayOrWithTheMock(t *testing.T) {
	t.Parallel()
	server, hero := started(t, Options{})
	remove := server.Fault(Fault{Kind: FaultSlow, Delay: time.Millisecond})
	hero.answered().must(t)
	remove()

	url, stop := server.Start()
	hero.url = url
	settled := make(chan Request, 1)
	server.After(func(r Request) { settled <- r })
	server.Before(func(*http.Request) { go stop() })
	server.Fault(Fault{Kind: FaultSlow, KeepGoing: true})
	if response, err := hero.create(); err == nil {
		response.Body.Close()
	}
	<-settled
}

func TestFault_meetsOnlyWhatItMatches(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	server.Fault(Fault{Kind: FaultStatus, Status: 501, Method: http.MethodPost})
	server.Fault(Fault{Kind: FaultStatus, Status: 502, Pattern: "/v1/webhooks/{id}"})
	server.Fault(Fault{Kind: FaultStatus, Status: 503, PathPrefix: "/v1/me"})
	server.Fault(Fault{Kind: FaultStatus, Status: 504, Practice: "15"})
	server.Fault(Fault{Kind: FaultStatus, Status: 505, Match: func(r Request) bool { return r.Query.Get("event_type") == "odd" }})
	equal(t, "by method", hero.do(http.MethodPost, "/v1/webhooks", aWebhook).status, 501)
	equal(t, "by pattern", hero.do(http.MethodDelete, "/v1/webhooks/7", "").status, 502)
	equal(t, "by prefix", hero.do(http.MethodGet, "/v1/me/capabilities", "").status, 503)
	equal(t, "by practice", hero.as("15").do(http.MethodGet, "/v1/network", "").status, 504)
	equal(t, "by a function", hero.do(http.MethodGet, "/v1/webhooks?event_type=odd", "").status, 505)
	equal(t, "none", hero.do(http.MethodGet, "/v1/webhooks", "").status, 200)
	server.ClearFaults()
	equal(t, "none left", hero.do(http.MethodPost, "/v1/webhooks", aWebhook).status, 200)
}

func TestFault_combines(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	server.Fault(Fault{Kind: FaultSlow, Delay: time.Nanosecond})
	server.Fault(Fault{Kind: FaultStatus, Status: 501, After: 1, Times: 2})
	server.Fault(Fault{Kind: FaultStatus, Status: 502, Times: 2})
	var statuses []int
	for range 6 {
		statuses = append(statuses, hero.do(http.MethodGet, "/v1/me", "").status)
	}
	for i, want := range []int{502, 501, 501, 502, 200, 200} {
		equal(t, "status", statuses[i], want)
	}
}

func TestFault_coversEveryKind(t *testing.T) {
	t.Parallel()
	for _, kind := range FaultKinds() {
		server, hero := started(t, Options{})
		server.Fault(Fault{Kind: kind, Delay: time.Nanosecond, Location: "https://elsewhere.example/", Times: 1})
		if response, err := hero.create(); err == nil {
			response.Body.Close()
		}
		equal(t, "fault in the log", server.Requests()[0].Fault, kind)
		hero.answered().must(t)
	}
}
