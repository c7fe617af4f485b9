package client

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

const (
	firstBackoff  = 500 * time.Millisecond
	maxBackoff    = 30 * time.Second
	maxRetryAfter = 60 * time.Second // a server that asks for more is asked again after this
)

// outcome is what is known of an attempt that did not succeed.
type outcome struct {
	method     string
	harmless   bool  // repeating the call cannot do harm, although it is a POST
	status     int   // 0 when there was no complete answer
	retryAfter bool  // the answer said when to come back
	err        error // why there was no complete answer
	sent       bool  // the request may have reached Hero
}

// mayRetry is the retry policy. Whatever surely was not processed may be sent again (429, 503 with Retry-After, no connection);
// what may have been processed only if doing it twice is the same as doing it once.
func mayRetry(o outcome) bool {
	idempotent := o.harmless || o.method == http.MethodGet || o.method == http.MethodDelete || o.method == http.MethodPatch
	switch {
	case o.err != nil:
		return retryableFailure(o.err) && (idempotent || !o.sent)
	case o.status == http.StatusTooManyRequests:
		return true
	case o.status == http.StatusServiceUnavailable && o.retryAfter:
		return true
	case o.status >= 500 && o.status != http.StatusNotImplemented:
		return idempotent
	default:
		return false
	}
}

// retryableFailure leaves out what no repetition mends. (A deadline is not among it: a connection that could not be made in time says
// context.DeadlineExceeded too. Whether the caller still waits is checkRetry's to ask.)
func retryableFailure(err error) bool {
	var untrusted *tls.CertificateVerificationError
	return !errors.Is(err, context.Canceled) && !errors.Is(err, ErrAnswerTooLarge) && !errors.As(err, &untrusted)
}

// trip follows one call over its attempts. One goroutine at a time uses it.
type trip struct {
	call      call
	clock     Clock
	secrets   []string // what no error may repeat
	started   time.Time
	attempt   int
	sent      bool          // the latest attempt may have reached Hero
	everSent  bool          // some attempt of a write may have been processed without our knowing
	wait      time.Duration // how long the latest answer asks to wait
	notBefore time.Time     // when the next attempt may be sent
}

type tripKey struct{}

func withTrip(ctx context.Context, t *trip) context.Context {
	return context.WithValue(ctx, tripKey{}, t)
}

func tripOf(ctx context.Context) *trip {
	t, _ := ctx.Value(tripKey{}).(*trip)
	return t
}

func (t *trip) begin() { t.attempt, t.sent = t.attempt+1, false }

// decide notes when a next attempt may follow this one. A success, or a redirect on its way to one, asks for no wait.
func (t *trip) decide(response *http.Response) {
	t.everSent = t.everSent || (response == nil && t.sent && t.call.writes())
	t.wait, t.notBefore = 0, time.Time{}
	if response != nil && response.StatusCode < 400 {
		return
	}
	t.wait = backoff(t.attempt)
	if response != nil {
		// "0" is no time to wait: without a wait all attempts would be spent at once.
		if asked, ok := retryAfter(response.Header, t.clock.Now()); ok && asked > 0 {
			t.wait = asked
		}
	}
	t.notBefore = t.clock.Now().Add(t.wait)
}

// backoff doubles from half a second to 30 seconds, with jitter of half its length.
func backoff(attempt int) time.Duration {
	full := maxBackoff
	if attempt < 8 {
		full = min(firstBackoff<<(attempt-1), maxBackoff)
	}
	return full/2 + rand.N(full/2+1) //nolint:gosec // jitter needs no secrecy
}

// retryAfter reads the header in both of its forms, seconds and HTTP date, and caps it.
func retryAfter(header http.Header, now time.Time) (time.Duration, bool) {
	text := header.Get("Retry-After")
	if seconds, err := strconv.ParseFloat(text, 64); err == nil && seconds >= 0 {
		if seconds > maxRetryAfter.Seconds() {
			return maxRetryAfter, true
		}
		return time.Duration(seconds * float64(time.Second)), true
	}
	if date, err := http.ParseTime(text); err == nil {
		return min(max(date.Sub(now), 0), maxRetryAfter), true
	}
	return 0, false
}

// checkRetry is the policy in the form that the retry loop asks for.
func checkRetry(ctx context.Context, response *http.Response, err error) (bool, error) {
	t := tripOf(ctx)
	o := outcome{method: t.call.method, harmless: t.call.harmless, sent: t.sent, err: err}
	if response != nil {
		o.status = response.StatusCode
		_, o.retryAfter = retryAfter(response.Header, t.clock.Now())
	}
	return ctx.Err() == nil && mayRetry(o), nil
}

// failure is the error of a call that ended without a complete answer.
func (t *trip) failure(err error, config Config) error {
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err // the outer error quotes the URL, whose query may name a patient
	}
	if errors.Is(err, errAttemptTimeout) {
		err = fmt.Errorf("%w of %s (request_timeout)", errAttemptTimeout, config.RequestTimeout)
	}
	return &TransportError{
		Method: t.call.method, Path: t.call.path, Practice: t.call.practice, Attempts: t.attempt, Elapsed: t.clock.Now().Sub(t.started),
		Timeout: errors.Is(err, errAttemptTimeout), MaybeDone: t.everSent, Err: err,
	}
}

// refusal is the error of a call that Hero answered with something else than success.
func (t *trip) refusal(response *http.Response, body []byte) error {
	e := newError(response, body, t.secrets)
	e.Method, e.Path, e.Practice = t.call.method, t.call.path, t.call.practice
	e.Attempts, e.Elapsed = t.attempt, t.clock.Now().Sub(t.started)
	// A gateway's 5xx to a write says nothing about whether Hero processed it.
	e.MaybeDone = t.everSent || response.StatusCode >= 500 && !(response.StatusCode == http.StatusServiceUnavailable && response.Header.Get("Retry-After") != "")
	return e
}
