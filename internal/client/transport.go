package client

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// maxAnswer bounds what one answer may hold, in bytes.
const maxAnswer = 32 << 20

// newWire is the HTTP transport below everything: TLS, proxy, kept connections.
func newWire(extraCertificates []byte) (*http.Transport, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if len(extraCertificates) > 0 {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(extraCertificates) {
			return nil, errors.New("the CA file holds no certificate in PEM form")
		}
		config.RootCAs = pool
	}
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:       config,
		TLSHandshakeTimeout:   10 * time.Second,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          256,
		MaxIdleConnsPerHost:   64, // at least Terraform's parallelism, or connections are opened and closed all the time
		IdleConnTimeout:       90 * time.Second,
		ExpectContinueTimeout: time.Second,
	}, nil
}

// attempts sends one attempt of a call: it waits for its turn, bounds the attempt's time, reads the whole answer, and logs one line.
type attempts struct {
	wire     http.RoundTripper
	throttle *throttle
	clock    Clock
	timeout  time.Duration
}

// RoundTrip implements [http.RoundTripper]. The body of the answer that it returns is in memory, so that an answer cut short is a
// failure of this attempt and is judged by the retry policy.
func (t *attempts) RoundTrip(request *http.Request) (*http.Response, error) {
	trip := tripOf(request.Context())
	if err := t.throttle.wait(request.Context(), trip.notBefore); err != nil {
		return nil, err
	}
	trip.begin()
	started := t.clock.Now()
	ctx, sent, end := attemptContext(request.Context(), trip.call.writes(), t.timeout)
	defer end()

	response, err := t.wire.RoundTrip(request.WithContext(ctx))
	var body []byte
	if err == nil {
		body, err = readAnswer(response)
	}
	if err != nil && errors.Is(context.Cause(ctx), errAttemptTimeout) {
		err = errAttemptTimeout
	}
	trip.sent = sent.Load()
	status := 0
	if err == nil {
		status = response.StatusCode
		trip.decide(response)
		t.throttle.answered(status, started, trip.wait)
	} else {
		trip.decide(nil)
	}
	logAttempt(request.Context(), trip, status, t.clock.Now().Sub(started), body, err)
	if err != nil {
		return nil, err
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

// ErrAnswerTooLarge means that an answer was not read to its end.
var ErrAnswerTooLarge = errors.New("the answer is larger than 32 MiB")

var errAttemptTimeout = errors.New("no complete answer within the request timeout")

func readAnswer(response *http.Response) ([]byte, error) {
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	if err == nil && len(body) > maxAnswer {
		err = ErrAnswerTooLarge
	}
	return body, err
}

// attemptContext bounds one attempt. A write that has a connection may reach Hero, so from then on only its own timeout ends it, not
// an interrupt: Terraform would otherwise never learn what became of it. Until then, and for reads, the caller's context counts.
func attemptContext(parent context.Context, write bool, timeout time.Duration) (context.Context, *atomic.Bool, context.CancelFunc) {
	const (
		waiting int32 = iota
		sending
		cancelled
	)
	var state atomic.Int32
	sent := new(atomic.Bool)
	base, cancelBase := context.WithCancelCause(context.WithoutCancel(parent))
	ctx, cancelTimeout := context.WithTimeoutCause(base, timeout, errAttemptTimeout)
	stop := context.AfterFunc(parent, func() {
		if !write || state.CompareAndSwap(waiting, cancelled) {
			cancelBase(context.Cause(parent))
		}
	})
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) {
		sent.Store(true)
		state.CompareAndSwap(waiting, sending)
	}})
	return ctx, sent, func() {
		stop()
		cancelTimeout()
		cancelBase(nil)
	}
}
