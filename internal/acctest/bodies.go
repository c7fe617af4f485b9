package acctest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// NewBodies starts a server that answers GET of each path with the body written by hand for it, and anything else with 404: for what no
// mock that keeps to the contract would say. Of the returned Mock, only what needs no state of a server works.
func NewBodies(t testing.TB, bodies map[string]string) *Mock {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := bodies[r.URL.Path]
		if !ok || r.Method != http.MethodGet {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return &Mock{URL: server.URL}
}
