package mockapi

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// client speaks to a mock as the key's own practice group, straight through ServeHTTP.
type client struct {
	t        *testing.T
	server   http.Handler
	key      string
	practice string
}

// result is a decoded answer.
type result struct {
	status int
	header http.Header
	text   string
	object object
	array  []any
}

// mock returns a server whose test fails at its end if anything was outside the contract.
func mock(t *testing.T, options Options) (*Server, client) {
	t.Helper()
	server := New(options)
	t.Cleanup(func() {
		for _, violation := range server.ContractViolations() {
			t.Errorf("outside the contract: %s", violation)
		}
	})
	return server, client{t: t, server: server, key: DefaultAPIKey, practice: DefaultOwnPracticeID}
}

func (c client) as(practice string) client {
	c.practice = practice
	return c
}

func (c client) withKey(key string) client {
	c.key = key
	return c
}

// do sends a request; body is JSON, or empty for none.
func (c client) do(method, path, body string) result {
	c.t.Helper()
	request := httptest.NewRequestWithContext(c.t.Context(), method, path, strings.NewReader(body))
	if c.key != "" {
		request.Header.Set("X-Api-Key", c.key)
	}
	if c.practice != "" {
		request.Header.Set("X-Practice-Group-Id", c.practice)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	recorder := httptest.NewRecorder()
	c.server.ServeHTTP(recorder, request)
	return read(c.t, recorder.Result())
}

func read(t *testing.T, response *http.Response) result {
	t.Helper()
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("reading the answer: %s", err)
	}
	r := result{status: response.StatusCode, header: response.Header, text: string(body)}
	if strings.HasPrefix(response.Header.Get("Content-Type"), "application/json") {
		var decoded any
		if err := json.Unmarshal(body, &decoded); err != nil {
			t.Fatalf("decoding %q: %s", body, err)
		}
		r.object, _ = decoded.(object)
		r.array, _ = decoded.([]any)
	}
	return r
}

// must fails the test unless the answer is a 200.
func (r result) must(t *testing.T) result {
	t.Helper()
	if r.status != http.StatusOK {
		t.Fatalf("answered %d: %s", r.status, r.text)
	}
	return r
}

// data returns the items of a list.
func (r result) data(t *testing.T) []object {
	t.Helper()
	r.must(t)
	array, isArray := r.object["data"].([]any)
	if !isArray {
		t.Fatalf("no data in %s", r.text)
	}
	items := make([]object, 0, len(array))
	for _, item := range array {
		items = append(items, obj(item))
	}
	return items
}

// complaint returns the code and the dotted path of the first complaint of a 400.
func (r result) complaint(t *testing.T) (code, path string) {
	t.Helper()
	if r.status != http.StatusBadRequest {
		t.Fatalf("answered %d, not 400: %s", r.status, r.text)
	}
	messages, isArray := r.object["message"].([]any)
	if !isArray || len(messages) == 0 {
		t.Fatalf("no complaints in %s", r.text)
	}
	first := obj(messages[0])
	var steps []string
	for _, step := range arr(first["path"]) {
		steps = append(steps, str(step))
	}
	return str(first["code"]), strings.Join(steps, ".")
}

// keys returns what of the wanted keys an object lacks, and what it has beside them.
func keys(o object, wanted ...string) (missing, extra []string) {
	left := map[string]bool{}
	for key := range o {
		left[key] = true
	}
	for _, key := range wanted {
		if !left[key] {
			missing = append(missing, key)
		}
		delete(left, key)
	}
	for key := range left {
		extra = append(extra, key)
	}
	return missing, extra
}

// str, obj and arr are a decoded value of that kind, or nothing.
func str(value any) string {
	text, _ := value.(string)
	return text
}

func obj(value any) object {
	o, _ := value.(object)
	return o
}

func arr(value any) []any {
	array, _ := value.([]any)
	return array
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// clockAt is a clock that stands still until the test moves it.
type clockAt struct{ now time.Time }

func clock(rfc3339 string) *clockAt {
	at, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		panic(err)
	}
	return &clockAt{now: at}
}

func (c *clockAt) time() time.Time { return c.now }
