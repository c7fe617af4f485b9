package mockapi

import (
	"io"
	"net/http"
	"testing"
	"time"
)

func TestServer_checksBothHeaders(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{APIKey: "the key"})
	hero = hero.withKey("the key")
	hero.do(http.MethodGet, "/v1/me", "").must(t)
	hero.as("15").do(http.MethodGet, "/v1/me", "").must(t)
	equal(t, "without a key", hero.withKey("").do(http.MethodGet, "/v1/me", "").status, http.StatusUnauthorized)
	equal(t, "with a wrong key", hero.withKey("another").do(http.MethodGet, "/v1/me", "").status, http.StatusUnauthorized)
	equal(t, "without a practice", hero.as("").do(http.MethodGet, "/v1/me", "").status, http.StatusUnauthorized)
	equal(t, "outside the network", hero.as("99").do(http.MethodGet, "/v1/me", "").status, http.StatusForbidden)
	equal(t, "unknown practice", hero.as("nobody").do(http.MethodGet, "/v1/me", "").status, http.StatusForbidden)
	server.Configure(func(o *Options) { o.APIKey, o.RefusalStatus = "rotated", http.StatusNotFound })
	equal(t, "with the old key", hero.do(http.MethodGet, "/v1/me", "").status, http.StatusUnauthorized)
	equal(t, "outside the network", hero.withKey("rotated").as("99").do(http.MethodGet, "/v1/me", "").status, http.StatusNotFound)
}

func TestServer_practicesLeaveAndJoinTheNetwork(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	server.LeaveNetwork("15")
	equal(t, "after leaving", hero.as("15").do(http.MethodGet, "/v1/me", "").status, http.StatusForbidden)
	server.JoinNetwork("99")
	hero.as("99").do(http.MethodGet, "/v1/me", "").must(t)
	server.LeaveNetwork("12")
	hero.do(http.MethodGet, "/v1/me", "").must(t) // a key always acts for its own practice group
}

func TestServer_addsTheOwnPracticeWhenItIsMissing(t *testing.T) {
	t.Parallel()
	_, hero := mock(t, Options{OwnPracticeID: "7", Practices: []Practice{}})
	hero.as("7").do(http.MethodGet, "/v1/me", "").must(t)
}

func TestServer_limitsTheRate(t *testing.T) {
	t.Parallel()
	now := clock("2027-01-31T10:00:00Z")
	server, hero := mock(t, Options{Clock: now.time, RateLimit: RateLimit{
		PerSecond: 2, Burst: 3, RetryAfter: RetryAfter{After: time.Second},
	}})
	for range 3 {
		hero.do(http.MethodGet, "/v1/me", "").must(t)
	}
	refused := hero.as("15").do(http.MethodGet, "/v1/me", "")
	equal(t, "status", refused.status, http.StatusTooManyRequests)
	equal(t, "Retry-After", refused.header.Get("Retry-After"), "1")
	now.now = now.now.Add(500 * time.Millisecond)
	hero.do(http.MethodGet, "/v1/me", "").must(t)
	equal(t, "status", hero.do(http.MethodGet, "/v1/me", "").status, http.StatusTooManyRequests)
	equal(t, "the last status in the log", server.Requests()[5].Status, http.StatusTooManyRequests)
}

func TestServer_latency(t *testing.T) {
	t.Parallel()
	_, hero := mock(t, Options{Latency: 20 * time.Millisecond})
	start := time.Now()
	hero.do(http.MethodGet, "/v1/me", "").must(t)
	if took := time.Since(start); took < 20*time.Millisecond {
		t.Errorf("answered after %s", took)
	}
}

func TestServer_logsRequests(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	hero.do(http.MethodPost, "/v1/webhooks", aWebhook)
	hero.as("15").do(http.MethodGet, "/v1/webhooks?event_type=prescription.issued", "")
	hero.do(http.MethodDelete, "/v1/webhooks/5", "")
	logged := server.Requests()
	equal(t, "body", logged[0].Body, aWebhook)
	equal(t, "key", logged[0].Header.Get("X-Api-Key"), DefaultAPIKey)
	equal(t, "processed", logged[0].Processed, true)
	equal(t, "practice", logged[1].PracticeID, "15")
	equal(t, "query", logged[1].Query.Get("event_type"), "prescription.issued")
	equal(t, "status", logged[2].Status, http.StatusNotFound)
	equal(t, "count by path", server.Count(http.MethodDelete, "/v1/webhooks/5"), 1)
	equal(t, "count by pattern", server.Count("", "/v1/webhooks/{id}"), 1)
	equal(t, "count by method", server.Count(http.MethodGet, ""), 1)
	equal(t, "count of all", server.Count("", ""), 3)
	server.ResetRequests()
	equal(t, "count after the reset", server.Count("", ""), 0)
}

func TestServer_callsHooks(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	var seen string
	var settled Request
	server.Before(func(r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		seen = string(body)
		equal(t, "webhooks before", len(server.Webhooks("12")), 0)
	})
	server.After(func(r Request) {
		settled = r
		equal(t, "webhooks after", len(server.Webhooks("12")), 1)
	})
	hero.do(http.MethodPost, "/v1/webhooks", aWebhook).must(t)
	equal(t, "the body that Before sees", seen, aWebhook)
	equal(t, "the status that After sees", settled.Status, http.StatusOK)
}

func TestServer_countsConnections(t *testing.T) {
	t.Parallel()
	server, hero := started(t, Options{})
	hero.answered().must(t)
	hero.answered().must(t)
	equal(t, "connections", server.Connections(), 2) // this client keeps none open
}
