package client

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestMayRetry(t *testing.T) {
	t.Parallel()
	const (
		get    = http.MethodGet
		post   = http.MethodPost
		patch  = http.MethodPatch
		remove = http.MethodDelete
	)
	refused := &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	reset := &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	dialTimeout := &net.OpError{Op: "dial", Net: "tcp", Err: timeout{}}
	untrusted := fmt.Errorf("wrapped: %w", &tls.CertificateVerificationError{Err: errors.New("unknown authority")})
	for _, test := range []struct {
		name    string
		outcome outcome
		yes, no []string // methods
	}{
		{"429", outcome{status: 429, sent: true}, []string{get, post, patch, remove}, nil},
		{"429 with Retry-After", outcome{status: 429, retryAfter: true, sent: true}, []string{get, post, patch, remove}, nil},
		{"503 with Retry-After", outcome{status: 503, retryAfter: true, sent: true}, []string{get, post, patch, remove}, nil},
		{"503", outcome{status: 503, sent: true}, []string{get, patch, remove}, []string{post}},
		{"500", outcome{status: 500, sent: true}, []string{get, patch, remove}, []string{post}},
		{"500 with Retry-After", outcome{status: 500, retryAfter: true, sent: true}, []string{get, patch, remove}, []string{post}},
		{"502", outcome{status: 502, sent: true}, []string{get, patch, remove}, []string{post}},
		{"504", outcome{status: 504, sent: true}, []string{get, patch, remove}, []string{post}},
		{"501", outcome{status: 501, sent: true}, nil, []string{get, post, patch, remove}},
		{"400", outcome{status: 400, sent: true}, nil, []string{get, post, patch, remove}},
		{"401", outcome{status: 401, sent: true}, nil, []string{get, post, patch, remove}},
		{"403", outcome{status: 403, sent: true}, nil, []string{get, post, patch, remove}},
		{"404", outcome{status: 404, sent: true}, nil, []string{get, post, patch, remove}},
		{"409", outcome{status: 409, sent: true}, nil, []string{get, post, patch, remove}},
		{"302", outcome{status: 302, sent: true}, nil, []string{get, post, patch, remove}},
		{"200", outcome{status: 200, sent: true}, nil, []string{get, post, patch, remove}},
		{"refused connection", outcome{err: refused}, []string{get, post, patch, remove}, nil},
		{"connection not made in time", outcome{err: dialTimeout}, []string{get, post, patch, remove}, nil},
		{"connection reset before sending", outcome{err: reset}, []string{get, post, patch, remove}, nil},
		{"connection reset after sending", outcome{err: reset, sent: true}, []string{get, patch, remove}, []string{post}},
		{"answer cut short", outcome{err: io.ErrUnexpectedEOF, sent: true}, []string{get, patch, remove}, []string{post}},
		{"timeout after sending", outcome{err: errAttemptTimeout, sent: true}, []string{get, patch, remove}, []string{post}},
		{"timeout before sending", outcome{err: errAttemptTimeout}, []string{get, post, patch, remove}, nil},
		{"untrusted certificate", outcome{err: untrusted}, nil, []string{get, post, patch, remove}},
		{"answer too large", outcome{err: ErrAnswerTooLarge, sent: true}, nil, []string{get, post, patch, remove}},
		{"interrupted", outcome{err: fmt.Errorf("wrapped: %w", context.Canceled)}, nil, []string{get, post, patch, remove}},
	} {
		for want, methods := range map[bool][]string{true: test.yes, false: test.no} {
			for _, method := range methods {
				o := test.outcome
				o.method = method
				if got := mayRetry(o); got != want {
					t.Errorf("%s, %s: want %t, got %t", test.name, method, want, got)
				}
				o.harmless = true
				o.method = post
				if method == get && mayRetry(o) != want {
					t.Errorf("%s: a harmless POST is not repeated as a GET is", test.name)
				}
			}
		}
	}
}

// timeout is what net says of a connection that was not made in time.
type timeout struct{}

func (timeout) Error() string        { return "i/o timeout" }
func (timeout) Timeout() bool        { return true }
func (timeout) Is(target error) bool { return target == context.DeadlineExceeded }

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := testEpoch
	for text, want := range map[string]time.Duration{
		"1": time.Second, "0": 0, "1.5": 1500 * time.Millisecond, "59": 59 * time.Second, "3600": maxRetryAfter, "1e300": maxRetryAfter,
		"Inf": maxRetryAfter, now.Add(7 * time.Second).Format(http.TimeFormat): 7 * time.Second,
		now.Add(-time.Hour).Format(http.TimeFormat): 0, now.Add(24 * time.Hour).Format(http.TimeFormat): maxRetryAfter,
		"": -1, "soon": -1, "-5": -1, "NaN": -1, "1 s": -1, "2027-03-01T12:00:07Z": -1,
	} {
		got, ok := retryAfter(http.Header{"Retry-After": {text}}, now)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q: want %s, got %s (%t)", text, want, got, ok)
		}
	}
}

func TestBackoff_doublesWithJitterUpToItsCap(t *testing.T) {
	t.Parallel()
	full := firstBackoff
	for attempt := 1; attempt <= 100; attempt++ {
		for range 20 {
			if d := backoff(attempt); d < full/2 || d > full {
				t.Fatalf("attempt %d waits %s; want between %s and %s", attempt, d, full/2, full)
			}
		}
		full = min(2*full, maxBackoff)
	}
}

func TestDo_waitsAsLongAsHeroAsks(t *testing.T) {
	t.Parallel()
	for header, want := range map[string][2]time.Duration{ // at least, at most
		"3":   {3 * time.Second, 3 * time.Second},
		"999": {maxRetryAfter, maxRetryAfter},
		"0":   {firstBackoff / 2, firstBackoff},
		"":    {firstBackoff / 2, firstBackoff},
		testEpoch.Add(9 * time.Second).Format(http.TimeFormat): {9 * time.Second, 9 * time.Second},
	} {
		for _, status := range []int{429, 503} {
			clock := newTestClock()
			asked := 0
			c := newWiredClient(t, Config{MaxRetries: 1, Clock: clock}, wireFunc(func(r *http.Request) (*http.Response, error) {
				if asked++; asked == 1 {
					return reply(r, status, "", "Retry-After", header), nil
				}
				return reply(r, 200, "{}"), nil
			}))
			if _, err := c.do(t.Context(), get("/v1/me")); err != nil {
				t.Fatal(err)
			}
			if waited := clock.Now().Sub(testEpoch); waited < want[0] || waited > want[1] {
				t.Errorf("%d, Retry-After %q: waited %s, want %s to %s", status, header, waited, want[0], want[1])
			}
		}
	}
}

func TestDo_theLastErrorKeepsHerosWordsAndSaysHowOftenAndHowLong(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status int
		says   []string
	}{
		{429, []string{"slow down please", "5 attempts over 8s", "requests_per_second", "max_retries", "429"}},
		{503, []string{"slow down please", "5 attempts over 8s", "503"}},
	} {
		c := newWiredClient(t, Config{MaxRetries: 4, Clock: newTestClock()}, wireFunc(func(r *http.Request) (*http.Response, error) {
			return reply(r, test.status, `{"error":true,"message":"slow down please"}`, "Retry-After", "2"), nil
		}))
		_, err := c.do(t.Context(), write(http.MethodPost, "/v1/webhooks"))
		var refused *Error
		if !errors.As(err, &refused) || refused.Attempts != 5 || refused.Elapsed != 8*time.Second || refused.MaybeDone {
			t.Fatalf("%d: got %#v", test.status, err)
		}
		for _, part := range test.says {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%d: %q does not say %q", test.status, err, part)
			}
		}
	}
}

func TestDo_aLostAnswerToAWriteSaysThatItMayHaveBeenProcessed(t *testing.T) {
	t.Parallel()
	lost := &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	for _, test := range []struct {
		method    string
		sent      bool
		attempts  int
		maybeDone bool
	}{
		{http.MethodPost, true, 1, true},
		{http.MethodPost, false, 3, false},
		{http.MethodPatch, true, 3, true},
		{http.MethodDelete, true, 3, true},
	} {
		c := newWiredClient(t, Config{MaxRetries: 2, Clock: newTestClock()}, wireFunc(func(r *http.Request) (*http.Response, error) {
			if test.sent {
				httptrace.ContextClientTrace(r.Context()).GotConn(httptrace.GotConnInfo{})
			}
			return nil, lost
		}))
		_, err := c.do(t.Context(), write(test.method, "/v1/me"))
		var transport *TransportError
		if !errors.As(err, &transport) || transport.Attempts != test.attempts || MaybeDone(err) != test.maybeDone || !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("%+v: got %#v", test, err)
		}
		if says := strings.Contains(err.Error(), "may have processed"); says != test.maybeDone {
			t.Errorf("%+v: the error is %q", test, err)
		}
		if says := strings.Contains(err.Error(), "3 attempts over"); says != (test.attempts == 3) {
			t.Errorf("%+v: the error is %q", test, err)
		}
	}
}

func TestMaybeDone(t *testing.T) {
	t.Parallel()
	for want, errs := range map[bool][]error{
		true:  {&Error{MaybeDone: true}, &TransportError{MaybeDone: true}, &ShapeError{}, fmt.Errorf("wrapped: %w", &ShapeError{})},
		false: {nil, &Error{}, &TransportError{}, errors.New("other"), &GuardError{}},
	} {
		for _, err := range errs {
			if MaybeDone(err) != want {
				t.Errorf("%#v: want %t", err, want)
			}
		}
	}
}

func TestDo_aGatewaysRefusalOfAWriteLeavesOpenWhetherItWasDone(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status     int
		retryAfter string
		want       bool
	}{{500, "", true}, {502, "", true}, {504, "", true}, {503, "", true}, {503, "1", false}, {429, "", false}, {400, "", false}, {404, "", false}} {
		c := newWiredClient(t, Config{Clock: newTestClock()}, wireFunc(func(r *http.Request) (*http.Response, error) {
			answered := reply(r, test.status, "<html>")
			if test.retryAfter != "" {
				answered.Header.Set("Retry-After", test.retryAfter)
			}
			return answered, nil
		}))
		if _, err := c.do(t.Context(), write(http.MethodPost, "/v1/webhooks")); MaybeDone(err) != test.want {
			t.Errorf("%+v: got %v", test, err)
		}
	}
}
