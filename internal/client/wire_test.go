package client

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"testing"
	"time"
)

const (
	testKey      = "hero-api-key-of-the-tests"
	testPractice = "12"
	testURL      = "https://hero.test/prefix"
)

// wireFunc answers requests in memory, below everything that the client does.
type wireFunc func(*http.Request) (*http.Response, error)

func (f wireFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// newWiredClient makes a client whose requests go to wire, with defaults for what config leaves out.
func newWiredClient(t testing.TB, config Config, wire http.RoundTripper) *Client {
	t.Helper()
	if config.BaseURL == "" {
		config.BaseURL = testURL
	}
	if config.APIKey == "" {
		config.APIKey = testKey
	}
	config.Wire = wire
	c, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// reply makes an answer; headers come as name, value, name, value.
func reply(r *http.Request, status int, body string, headers ...string) *http.Response {
	answered := &http.Response{
		StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Request: r,
		Body: io.NopCloser(bytes.NewReader([]byte(body))), ContentLength: int64(len(body)),
	}
	for i := 0; i+1 < len(headers); i += 2 {
		answered.Header.Set(headers[i], headers[i+1])
	}
	return answered
}

// pauseFor waits as a server or a network does: it ends early when the caller leaves.
func pauseFor(ctx context.Context, d time.Duration) error { return systemClock{}.Sleep(ctx, d) }

func get(path string) call { return call{practice: testPractice, method: http.MethodGet, path: path} }

func write(method, path string) call {
	return call{practice: testPractice, method: method, path: path, body: map[string]string{"name": "x"}}
}
