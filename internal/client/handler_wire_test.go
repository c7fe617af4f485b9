package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"testing"
	"testing/synctest"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

var errDropped = errors.New("the connection was dropped")

// servedBy sends requests to a handler in memory, as net/http would over a connection: the server works on until it notices that its
// caller has left, an aborted answer is a dropped connection, and one aborted amid its body is an answer cut short.
func servedBy(handler http.Handler) wireFunc {
	return func(r *http.Request) (*http.Response, error) {
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
			handler.ServeHTTP(recorder, served)
		}()
		select {
		case <-done:
		case <-r.Context().Done():
			return nil, context.Cause(r.Context())
		}
		answered := recorder.Result()
		switch {
		case aborted && recorder.Body.Len() == 0:
			return nil, errDropped
		case aborted:
			answered.Body = io.NopCloser(io.MultiReader(recorder.Body, brokenOff{}))
		}
		return answered, nil
	}
}

type brokenOff struct{}

func (brokenOff) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// withMock runs a story against a mock of its own, in virtual time. The mock's answers take 20 ms unless the options say otherwise.
func withMock(t *testing.T, options mockapi.Options, config Config, story func(*testing.T, *mockapi.Server, *Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		options.APIKey = testKey
		if options.Latency == 0 {
			options.Latency = 20 * time.Millisecond
		}
		hero := mockapi.New(options)
		config.BaseURL = "https://hero.test"
		story(t, hero, newWiredClient(t, config, servedBy(hero)))
		if err := pauseFor(context.Background(), time.Hour); err != nil { // what the mock still works on
			t.Error(err)
		}
	})
}
