package client

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// sentRequest makes one call and returns the request that reached the server, with its body.
func sentRequest(t *testing.T, config Config, prefix string, k call) (*http.Request, string) {
	t.Helper()
	var got *http.Request
	var body string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got, body = r, string(raw)
		_, _ = io.WriteString(w, "{}")
	}))
	defer server.Close()
	config.BaseURL, config.APIKey = server.URL+prefix, testKey
	c, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.do(t.Context(), k); err != nil {
		t.Fatal(err)
	}
	return got, body
}

func TestDo_sendsBothHeadersAndWhoCalls(t *testing.T) {
	t.Parallel()
	r, body := sentRequest(t, Config{UserAgent: "terraform-provider-hero/1.2.3"}, "", get("/v1/me"))
	for name, want := range map[string]string{
		"X-Api-Key": testKey, "X-Practice-Group-Id": testPractice, "User-Agent": "terraform-provider-hero/1.2.3",
		"Accept": "application/json", "Content-Type": "",
	} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s: want %q, got %q", name, want, got)
		}
	}
	if body != "" || r.Method != http.MethodGet {
		t.Errorf("a read was sent as %s with the body %q", r.Method, body)
	}
}

func TestDo_keepsAPathPrefixAndEscapedIDs(t *testing.T) {
	t.Parallel()
	for _, prefix := range []string{"/_mock/apis/public-api/openapi", "/_mock/apis/public-api/openapi/"} {
		r, _ := sentRequest(t, Config{}, prefix, get("/v1/webhooks/"+url.PathEscape("a/b c?d#é%")))
		if got, want := r.RequestURI, "/_mock/apis/public-api/openapi/v1/webhooks/a%2Fb%20c%3Fd%23%C3%A9%25"; got != want {
			t.Errorf("want %s, got %s", want, got)
		}
	}
}

func TestDo_encodesTheQuery(t *testing.T) {
	t.Parallel()
	k := get("/v2/form_responses")
	k.query = url.Values{"created_at[]": {"2027-01-01", "2027-01-31"}, "form_title": {"Blood & pressure=50%"}}
	r, _ := sentRequest(t, Config{}, "", k)
	if got := r.URL.Query(); len(got["created_at[]"]) != 2 || got.Get("form_title") != "Blood & pressure=50%" {
		t.Errorf("got %v", got)
	}
}

func TestDo_sendsAJSONBody(t *testing.T) {
	t.Parallel()
	description := `say "hello" <b>`
	k := write(http.MethodPost, "/v1/webhooks")
	k.body = NewWebhook{EventType: "appointment.confirmed", URL: "https://hooks.example.com/a?b=1&c=2", Description: &description}
	r, body := sentRequest(t, Config{}, "", k)
	var got map[string]any
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 3 || got["url"] != "https://hooks.example.com/a?b=1&c=2" || got["description"] != description {
		t.Errorf("got %v: what is not set must not be sent", got)
	}
	if r.Header.Get("Content-Type") != "application/json" || r.ContentLength != int64(len(body)) {
		t.Errorf("got %v with length %d", r.Header, r.ContentLength)
	}
}

func TestDo_sendsTheBodyAgainAtEachAttempt(t *testing.T) {
	t.Parallel()
	var bodies []string
	c := newWiredClient(t, Config{MaxRetries: 2, Clock: newTestClock()}, wireFunc(func(r *http.Request) (*http.Response, error) {
		raw, err := io.ReadAll(r.Body)
		bodies = append(bodies, string(raw))
		if len(bodies) < 3 {
			return reply(r, http.StatusTooManyRequests, ""), err
		}
		return reply(r, http.StatusOK, "{}"), err
	}))
	if _, err := c.do(t.Context(), write(http.MethodPost, "/v1/webhooks")); err != nil {
		t.Fatal(err)
	}
	for _, body := range bodies {
		if body != `{"name":"x"}` {
			t.Errorf("got the bodies %q", bodies)
		}
	}
}

func TestDo_takesAny2xxWithOrWithoutABody(t *testing.T) {
	t.Parallel()
	for status, body := range map[int]string{200: `{"id":"1"}`, 201: `{"id":"1"}`, 202: "", 204: ""} {
		c := newWiredClient(t, Config{}, wireFunc(func(r *http.Request) (*http.Response, error) { return reply(r, status, body), nil }))
		answered, err := c.do(t.Context(), write(http.MethodPatch, "/v1/me"))
		if err != nil || answered.status != status || string(answered.body) != body {
			t.Errorf("%d: got %+v and %v", status, answered, err)
		}
	}
}

func TestDo_saysThatASuccessIsInAnUnknownShapeWithoutQuotingIt(t *testing.T) {
	t.Parallel()
	c := newWiredClient(t, Config{}, wireFunc(func(r *http.Request) (*http.Response, error) {
		return reply(r, 200, `{"things":["s3cret-value"]}`), nil
	}))
	_, err := c.ListWebhooks(t.Context(), testPractice, "")
	var shape *ShapeError
	if !errors.As(err, &shape) || shape.Status != 200 {
		t.Fatalf("want a ShapeError, got %v", err)
	}
	if text := err.Error(); strings.Contains(text, "s3cret") || !strings.Contains(text, "things") || !strings.Contains(text, "GET /v1/webhooks") {
		t.Errorf("got %q", text)
	}
}

func TestNew_refusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]Config{
		"a key with a line break":  {BaseURL: testURL, APIKey: "key\n"},
		"a CA file without PEM":    {BaseURL: testURL, APIKey: testKey, CACertPEM: []byte("not a certificate")},
		"plain http":               {BaseURL: "http://hero.test", APIKey: testKey},
		"a travelling key":         {BaseURL: testURL, APIKey: testKey, APIKeyFromEnvironment: true},
		"no base URL":              {APIKey: testKey},
		"a base URL with password": {BaseURL: "https://u:p@hero.test", APIKey: testKey},
	} {
		if _, err := New(config); err == nil || strings.Contains(err.Error(), "key\n") || strings.Contains(err.Error(), testKey) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// unreachable fails the test when anything is sent.
func unreachable(t *testing.T) wireFunc {
	t.Helper()
	return func(r *http.Request) (*http.Response, error) {
		t.Errorf("%s %s was sent", r.Method, r.URL)
		return reply(r, 200, "{}"), nil
	}
}

func TestGuard_readOnlyRefusesEveryWriteBeforeItIsSent(t *testing.T) {
	t.Parallel()
	c := newWiredClient(t, Config{ReadOnly: true}, unreachable(t))
	for _, method := range []string{http.MethodPost, http.MethodPatch, http.MethodDelete, http.MethodPut} {
		_, err := c.do(t.Context(), write(method, "/v1/webhooks"))
		var guard *GuardError
		if !errors.As(err, &guard) || guard.Rule != ReadOnly || !strings.Contains(err.Error(), "read_only") {
			t.Errorf("%s: got %v", method, err)
		}
	}
	if err := c.DeleteWebhook(t.Context(), testPractice, "1"); err == nil {
		t.Error("a webhook was deleted")
	}
}

func TestGuard_readOnlyKeepsACreateFromHero(t *testing.T) {
	t.Parallel()
	c := newWiredClient(t, Config{ReadOnly: true}, wireFunc(func(r *http.Request) (*http.Response, error) {
		if r.Method != http.MethodGet {
			t.Errorf("%s was sent", r.Method)
		}
		return reply(r, 200, "[]"), nil
	}))
	if _, err := c.CreateWebhook(t.Context(), testPractice, NewWebhook{}); err == nil || MaybeDone(err) {
		t.Errorf("got %v", err)
	}
}

func TestGuard_readOnlyLetsHarmlessPostsPass(t *testing.T) {
	t.Parallel()
	c := newWiredClient(t, Config{ReadOnly: true}, wireFunc(func(r *http.Request) (*http.Response, error) { return reply(r, 200, "{}"), nil }))
	if _, err := c.do(t.Context(), call{practice: testPractice, method: http.MethodPost, path: "/v1/access_token", harmless: true}); err != nil {
		t.Error(err)
	}
}

func TestGuard_onlyAllowedPracticesAreCalledFor(t *testing.T) {
	t.Parallel()
	c := newWiredClient(t, Config{AllowedPracticeGroupIDs: []string{"12", "15"}}, wireFunc(func(r *http.Request) (*http.Response, error) {
		if practice := r.Header.Get("X-Practice-Group-Id"); practice != "15" {
			t.Errorf("a call was sent for %q", practice)
		}
		return reply(r, 200, "[]"), nil
	}))
	for _, practice := range []string{"99", "1", "12 ", "12,15", "012", "", "12\r\nX-Practice-Group-Id: 99"} {
		for _, ask := range []func(context.Context) error{
			func(ctx context.Context) error { _, err := c.FindWebhook(ctx, practice, "1"); return err },
			func(ctx context.Context) error { _, err := c.CreateWebhook(ctx, practice, NewWebhook{}); return err },
			func(ctx context.Context) error { return c.DeleteWebhook(ctx, practice, "1") },
			func(ctx context.Context) error { return c.PracticeAnswers(ctx, practice) },
		} {
			err := ask(t.Context())
			if err == nil || errors.Is(err, ErrGone) || MaybeDone(err) {
				t.Errorf("practice %q: got %v", practice, err)
			}
		}
	}
	if _, err := c.ListWebhooks(t.Context(), "15", ""); err != nil {
		t.Error(err)
	}
	none := newWiredClient(t, Config{AllowedPracticeGroupIDs: []string{}}, unreachable(t))
	_, err := none.ListWebhooks(t.Context(), "12", "")
	var guard *GuardError
	if !errors.As(err, &guard) || guard.Rule != PracticeNotAllowed || !strings.Contains(err.Error(), "allowed_practice_group_ids") {
		t.Errorf("an empty set allows nothing; got %v", err)
	}
}

func TestGuard_aPathWithAMissingIDIsNotSent(t *testing.T) {
	t.Parallel()
	c := newWiredClient(t, Config{}, unreachable(t))
	for _, id := range []string{"", ".", ".."} {
		if err := c.DeleteWebhook(t.Context(), testPractice, id); err == nil || errors.Is(err, ErrGone) {
			t.Errorf("id %q: got %v", id, err)
		}
	}
	for _, path := range []string{"", "v1/me", "//evil.example/v1", "/v1/%2e%2e/x", "/v1/%zz", "@evil.example/v1"} {
		if _, err := c.do(t.Context(), get(path)); err == nil {
			t.Errorf("path %q was sent", path)
		}
	}
}

func TestPracticeAnswers_asksOnlyUntilSomeCallHasSucceeded(t *testing.T) {
	t.Parallel()
	asked := 0
	c := newWiredClient(t, Config{}, wireFunc(func(r *http.Request) (*http.Response, error) {
		asked++
		if r.Header.Get("X-Practice-Group-Id") == "99" {
			return reply(r, http.StatusForbidden, `{"message":"no access"}`), nil
		}
		return reply(r, 200, "[]"), nil
	}))
	if _, err := c.ListWebhooks(t.Context(), "12", ""); err != nil {
		t.Fatal(err)
	}
	if err := c.PracticeAnswers(t.Context(), "12"); err != nil || asked != 1 {
		t.Errorf("after a call that succeeded: got %v after %d requests", err, asked)
	}
	if err := c.PracticeAnswers(t.Context(), "15"); err != nil || asked != 2 {
		t.Errorf("before any call: got %v after %d requests", err, asked)
	}
	for range 2 { // a refusal is not remembered as an answer
		if err := c.PracticeAnswers(t.Context(), "99"); !HasStatus(err, http.StatusForbidden) {
			t.Errorf("a practice that refuses: got %v", err)
		}
	}
	if asked != 4 {
		t.Errorf("want 4 requests, got %d", asked)
	}
}

func TestNow_isTheClocks(t *testing.T) {
	t.Parallel()
	c := newWiredClient(t, Config{Clock: newTestClock()}, unreachable(t))
	if !c.Now().Equal(testEpoch) {
		t.Errorf("got %s", c.Now())
	}
}
