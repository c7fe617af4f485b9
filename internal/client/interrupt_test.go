package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"testing"
	"testing/synctest"
	"time"
)

// slowWire has a connection after one time and an answer after another.
func slowWire(connects, answers time.Duration) wireFunc {
	return func(r *http.Request) (*http.Response, error) {
		if err := pauseFor(r.Context(), connects); err != nil {
			return nil, err
		}
		httptrace.ContextClientTrace(r.Context()).GotConn(httptrace.GotConnInfo{})
		if err := pauseFor(r.Context(), answers); err != nil {
			return nil, err
		}
		return reply(r, 200, "{}"), nil
	}
}

func TestInterrupt(t *testing.T) {
	t.Parallel()
	const s = time.Second
	for name, test := range map[string]struct {
		method            string
		connects, answers time.Duration
		after             time.Duration // of the interrupt
		took              time.Duration
		says              error // nil for success
		maybeDone         bool
	}{
		"ends a read":                                  {http.MethodGet, s, 10 * s, 5 * s, 5 * s, context.Canceled, false},
		"ends a write without a connection":            {http.MethodPost, 10 * s, s, 5 * s, 5 * s, context.Canceled, false},
		"lets a write that was sent finish":            {http.MethodPost, s, 10 * s, 5 * s, 11 * s, nil, false},
		"lets a change that was sent finish":           {http.MethodPatch, s, 10 * s, 5 * s, 11 * s, nil, false},
		"lets a delete that was sent finish":           {http.MethodDelete, s, 10 * s, 5 * s, 11 * s, nil, false},
		"leaves a write its own timeout":               {http.MethodPost, s, time.Hour, 5 * s, 30 * s, errAttemptTimeout, true},
		"keeps a sent delete from being repeated":      {http.MethodDelete, s, time.Hour, 5 * s, 30 * s, errAttemptTimeout, true},
		"before the call sends nothing":                {http.MethodPost, 0, 0, 0, 0, context.Canceled, false},
		"that does not come leaves the request's time": {http.MethodPost, s, time.Hour, 2 * time.Hour, 30 * s, errAttemptTimeout, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := newWiredClient(t, Config{MaxRetries: 4}, slowWire(test.connects, test.answers))
				ctx, interrupt := context.WithCancel(t.Context())
				defer interrupt()
				if test.after == 0 {
					interrupt()
				}
				stop := time.AfterFunc(test.after, interrupt)
				defer stop.Stop()
				began := time.Now()
				_, err := c.do(ctx, write(test.method, "/v1/me"))
				if took := time.Since(began); took != test.took || !errors.Is(err, test.says) || MaybeDone(err) != test.maybeDone {
					t.Errorf("got %v after %s, maybe done %t", err, took, MaybeDone(err))
				}
			})
		})
	}
}

func TestInterrupt_endsAWriteThatChangesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newWiredClient(t, Config{MaxRetries: 4}, slowWire(time.Second, 10*time.Second))
		ctx, interrupt := context.WithTimeout(t.Context(), 5*time.Second)
		defer interrupt()
		began := time.Now()
		_, err := c.CreateAccessToken(ctx, testPractice)
		if took := time.Since(began); err == nil || took != 5*time.Second || MaybeDone(err) {
			t.Errorf("got %v after %s", err, took)
		}
	})
}

func TestInterrupt_endsTheWaitBeforeARetry(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		c := newWiredClient(t, Config{MaxRetries: 4}, wireFunc(func(r *http.Request) (*http.Response, error) {
			asked++
			return reply(r, 429, "", "Retry-After", "50"), nil
		}))
		ctx, interrupt := context.WithTimeout(t.Context(), 5*time.Second)
		defer interrupt()
		began := time.Now()
		_, err := c.do(ctx, write(http.MethodPost, "/v1/webhooks"))
		var transport *TransportError
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 5*time.Second || asked != 1 || !errors.As(err, &transport) || transport.Attempts != 1 || MaybeDone(err) {
			t.Errorf("got %#v after %s and %d requests", err, time.Since(began), asked)
		}
	})
}

// A sent write must finish on a real connection too, with net/http's own transport.
func TestInterrupt_aSentWriteFinishesOnARealConnection(t *testing.T) {
	t.Parallel()
	arrived, release := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		close(arrived)
		<-release
		_, _ = fmt.Fprint(w, `{"id":"7"}`)
	}))
	defer server.Close()
	c, err := New(Config{BaseURL: server.URL, APIKey: testKey})
	if err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithCancel(t.Context())
	type result struct {
		answered answer
		err      error
	}
	finished := make(chan result, 1)
	go func() {
		answered, err := c.do(ctx, write(http.MethodPost, "/v1/webhooks"))
		finished <- result{answered, err}
	}()
	<-arrived
	interrupt()
	close(release)
	if got := <-finished; got.err != nil || string(got.answered.body) != `{"id":"7"}` {
		t.Errorf("got %+v", got)
	}
}

func TestInterrupt_aReadEndsOnARealConnection(t *testing.T) {
	t.Parallel()
	arrived, release := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(arrived)
		<-release
	}))
	defer server.Close()
	defer close(release)
	c, err := New(Config{BaseURL: server.URL, APIKey: testKey, MaxRetries: 4})
	if err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithCancel(t.Context())
	finished := make(chan error, 1)
	go func() { _, err := c.do(ctx, get("/v1/me")); finished <- err }()
	<-arrived
	interrupt()
	if err := <-finished; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
