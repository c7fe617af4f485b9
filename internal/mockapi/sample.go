package mockapi

import (
	"net/http"
	"strings"
)

// SampleServer returns a handler that answers every operation of the contract with the documentation's sample answer,
// under any path prefix, as the mock that Hero's developer portal offers. It keeps nothing and checks nothing.
func SampleServer() http.Handler {
	routes := newRoutes(func(op *operation, w http.ResponseWriter, _ *http.Request) {
		switch {
		case op == nil:
			delivery{reply: reply{status: http.StatusNotFound}}.write(w)
		case op.example == nil:
			delivery{reply: reply{status: http.StatusOK}}.write(w)
		default:
			delivery{reply: reply{
				status: http.StatusOK, contentType: "application/json", body: mustEncode(op.example),
			}}.write(w)
		}
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inner := r.Clone(r.Context())
		for _, version := range []string{"/v1/", "/v2/"} {
			if at := strings.Index(r.URL.Path, version); at >= 0 {
				inner.URL.Path, inner.URL.RawPath = r.URL.Path[at:], ""
				break
			}
		}
		routes.ServeHTTP(w, inner)
	})
}
