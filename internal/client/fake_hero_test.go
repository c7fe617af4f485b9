package client

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

const practiceA = "12"

// fakeHero is a server that answers as a test says and remembers what it was asked.
type fakeHero struct {
	server *httptest.Server

	mu    sync.Mutex
	asked []asked
}

type asked struct {
	method, path string
	query        url.Values
	body         string
}

func (a asked) String() string { return a.method + " " + a.path }

// newFakeHero starts a server, and a client of it that does not wait and does not repeat.
func newFakeHero(t *testing.T, answer http.HandlerFunc) (*fakeHero, *Client) {
	t.Helper()
	fake := &fakeHero{}
	fake.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fake.mu.Lock()
		fake.asked = append(fake.asked, asked{r.Method, r.URL.EscapedPath(), r.URL.Query(), string(body)})
		fake.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(fake.server.Close)
	c := fake.client(t, Config{})
	return fake, c
}

func (f *fakeHero) client(t *testing.T, config Config) *Client {
	t.Helper()
	config.BaseURL, config.APIKey, config.Clock = f.server.URL, "key-of-a-test", &impatient{}
	c, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (f *fakeHero) requests() []asked {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.asked)
}

func (f *fakeHero) only(t *testing.T) asked {
	t.Helper()
	all := f.requests()
	if len(all) != 1 {
		t.Fatalf("want one request, got %v", all)
	}
	return all[0]
}

// impatient is a clock whose sleeps take no time but its own.
type impatient struct {
	mu    sync.Mutex
	slept time.Duration
}

var testEpoch = time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)

func (c *impatient) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return testEpoch.Add(c.slept)
}

func (c *impatient) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.slept += max(d, 0)
	return ctx.Err()
}

// answers always says the same.
func answers(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// answersByPath says what belongs to "METHOD /path", else 404.
func answersByPath(bodies map[string]string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, ok := bodies[r.Method+" "+r.URL.Path]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = io.WriteString(w, body)
	}
}

// losesAnswer processes a request and drops the connection.
func losesAnswer(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// paged serves items in Hero's envelope, with the first page at an index.
type paged struct {
	items   []json.RawMessage
	first   int
	largest int // page size
	// refuses says that an index before the first is answered by 400 instead of by nothing
	refuses bool
}

func (p paged) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var index, size int
	_, _ = fmt.Sscan(r.URL.Query().Get("page_index"), &index)
	_, _ = fmt.Sscan(r.URL.Query().Get("page_size"), &size)
	size = min(size, p.largest)
	index -= p.first
	page := []json.RawMessage{}
	switch from := index * size; {
	case index < 0 && p.refuses:
		w.WriteHeader(http.StatusBadRequest)
		return
	case index >= 0 && from < len(p.items):
		page = p.items[from:min(from+size, len(p.items))]
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"data": page, "count": len(p.items)})
}

func rawItems(n int, format string) []json.RawMessage {
	items := make([]json.RawMessage, n)
	for i := range items {
		items[i] = json.RawMessage(strings.ReplaceAll(format, "%", fmt.Sprint(i+1)))
	}
	return items
}

func valueOf[T any](t *testing.T, name string, f Field[T], want T) {
	t.Helper()
	if f.Value == nil || !f.Told || fmt.Sprint(*f.Value) != fmt.Sprint(want) {
		t.Errorf("%s: want %v, got %+v", name, want, show(f))
	}
}

func empty[T any](t *testing.T, name string, f Field[T], told bool) {
	t.Helper()
	if f.Value != nil || f.Told != told {
		t.Errorf("%s: want no value, told %t; got %s", name, told, show(f))
	}
}

func show[T any](f Field[T]) string {
	if f.Value == nil {
		return fmt.Sprintf("nothing (told %t)", f.Told)
	}
	return fmt.Sprintf("%v (told %t)", *f.Value, f.Told)
}
