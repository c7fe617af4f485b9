package mockapi

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
)

// ErrDropped is what the caller of a [Wire] gets where a server drops the connection.
var ErrDropped = errors.New("the connection was dropped")

// Wire carries requests to a handler in memory, as net/http would over a connection: the handler works on until it notices that its
// caller has left, an aborted answer is a dropped connection, and one aborted amid its body is an answer cut short. It serves tests in
// virtual time (testing/synctest), where nothing may wait for a real connection.
func Wire(handler http.Handler) http.RoundTripper { return memoryWire{handler} }

type memoryWire struct{ handler http.Handler }

// RoundTrip implements [http.RoundTripper].
func (w memoryWire) RoundTrip(r *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	served := r.Clone(r.Context())
	served.Body = io.NopCloser(bytes.NewReader(body))
	served.RequestURI, served.RemoteAddr = r.URL.RequestURI(), "127.0.0.1:1"
	recorder, aborted := httptest.NewRecorder(), false
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { aborted = recover() != nil }()
		w.handler.ServeHTTP(recorder, served)
	}()
	select {
	case <-done:
	case <-r.Context().Done():
		return nil, context.Cause(r.Context())
	}
	answered := recorder.Result()
	answered.Request = r
	switch {
	case aborted && recorder.Body.Len() == 0:
		return nil, ErrDropped
	case aborted:
		answered.Body = io.NopCloser(io.MultiReader(recorder.Body, brokenOff{}))
	}
	return answered, nil
}

type brokenOff struct{}

// Read implements [io.Reader].
func (brokenOff) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
