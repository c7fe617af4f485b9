package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// output is what the program prints, with a signal for each write.
type output struct {
	mu      sync.Mutex
	text    bytes.Buffer
	written chan struct{}
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.Write(p)
	select {
	case o.written <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// running starts the program and returns its output, its URL, and how to stop it as Ctrl-C does.
func running(t *testing.T, args ...string) (out *output, url string, stop func() error) {
	t.Helper()
	out = &output{written: make(chan struct{}, 1)}
	ctx, interrupt := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, args, out) }()
	select {
	case <-out.written:
	case err := <-ended:
		t.Fatalf("did not start: %v", err)
	}
	found := regexp.MustCompile(`(?m)^export HERO_BASE_URL='(http://127\.0\.0\.1:\d+)'$`).FindStringSubmatch(out.String())
	if found == nil {
		t.Fatalf("no HERO_BASE_URL in %q", out.String())
	}
	return out, found[1], func() error {
		interrupt()
		return <-ended
	}
}

func get(t *testing.T, url, key, practice string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Api-Key", key)
	request.Header.Set("X-Practice-Group-Id", practice)
	response, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(read)
}

func TestRun_servesUntilItIsInterrupted(t *testing.T) {
	t.Parallel()
	out, url, stop := running(t, "-api-key", "it's mine", "-practice", "15", "-webhooks", "3")
	for _, line := range []string{
		"export HERO_API_KEY='it'\\''s mine'", "export HERO_PRACTICE_GROUP_ID='15'",
		"# $env:HERO_BASE_URL = '" + url + "'", "# $env:HERO_API_KEY = 'it''s mine'",
	} {
		if !strings.Contains(out.String(), line+"\n") {
			t.Errorf("%q is not in %q", line, out.String())
		}
	}
	status, body := get(t, url+"/v1/webhooks", "it's mine", "15")
	if status != http.StatusOK || strings.Count(body, "event_type") != 3 {
		t.Errorf("answered %d: %s", status, body)
	}
	if err := stop(); err != nil {
		t.Errorf("ended with %v", err)
	}
	if want := "# GET /v1/webhooks practice 15: 200\n# stopped\n"; !strings.HasSuffix(out.String(), want) {
		t.Errorf("%q is not at the end of %q", want, out.String())
	}
}

func TestRun_servesSamples(t *testing.T) {
	t.Parallel()
	_, url, stop := running(t, "-sample")
	status, body := get(t, url+"/any/prefix/v1/network", "", "")
	if status != http.StatusOK || body != `{"count":0,"data":[{"id":"string","name":"string"}]}` {
		t.Errorf("answered %d: %s", status, body)
	}
	if err := stop(); err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestParse_refusesWhatItCannotDo(t *testing.T) {
	t.Parallel()
	for message, args := range map[string][]string{
		"not a loopback address":            {"-listen", "0.0.0.0:8080"},
		"is no address":                     {"-listen", "localhost"},
		"takes 0 or 1":                      {"-first-page-index", "2"},
		"clear, masked or omitted":          {"-signing-key-in-list", "hidden"},
		"is no flag":                        {"extra"},
		"flag provided but not defined":     {"-nonsense"},
		`invalid value "x" for flag -burst`: {"-burst", "x"},
	} {
		if _, err := parse(args, io.Discard); err == nil || !strings.Contains(err.Error(), message) {
			t.Errorf("%q: the error is %v", args, err)
		}
	}
}

func TestParse_setsTheOptions(t *testing.T) {
	t.Parallel()
	s, err := parse([]string{"-listen", "[::1]:0", "-rate-limit", "2.5", "-retry-after", "0", "-signing-key-in-create", "masked"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if s.options.RateLimit.PerSecond != 2.5 || s.options.RateLimit.RetryAfter.Form == 0 || s.options.SigningKeyInCreate != echoes["masked"] {
		t.Errorf("the options are %+v", s.options)
	}
}
