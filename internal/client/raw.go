package client

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strings"
)

// RawAnswer is an answer as it came. After a 404 that the caller allowed there is no body.
type RawAnswer struct {
	Status int
	Body   []byte
}

// GetRaw reads any path of the API, with the same guards, pace and retries as every call. The path is escaped already, where it needs to be.
// A 404 is an [Error] unless allowNotFound.
func (c *Client) GetRaw(ctx context.Context, practice, path string, query map[string][]string, allowNotFound bool) (*RawAnswer, error) {
	if err := CheckRawPath(path); err != nil {
		return nil, err
	}
	answered, err := c.do(ctx, call{practice: practice, method: http.MethodGet, path: path, query: query})
	switch {
	case allowNotFound && HasStatus(err, http.StatusNotFound):
		return &RawAnswer{Status: http.StatusNotFound}, nil
	case err != nil:
		return nil, err
	}
	return &RawAnswer{Status: answered.status, Body: answered.body}, nil
}

// CheckRawPath says whether [Client.GetRaw] would take a path: nil, or why not and what to write.
func CheckRawPath(path string) error {
	if !strings.HasPrefix(path, "/v1/") && !strings.HasPrefix(path, "/v2/") {
		return fmt.Errorf("%q does not begin with /v1/ or /v2/: write the path alone, without scheme and host", path)
	}
	if strings.ContainsAny(path, "?#") {
		return fmt.Errorf("%q holds a query or a fragment: query parameters have an argument of their own, a fragment is never sent", path)
	}
	plain, err := url.PathUnescape(path)
	if err != nil || (&url.URL{Path: plain, RawPath: path}).EscapedPath() != path {
		return fmt.Errorf("%q holds a character that a URL path cannot, or a %% that begins no percent-encoded byte: percent-encode what belongs to an id", path)
	}
	for decoded := range decodings(path) {
		if strings.ContainsFunc(decoded, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' }) {
			return fmt.Errorf("%q holds a backslash or a control character, perhaps percent-encoded: no path of Hero's does", path)
		}
		for segment := range strings.SplitSeq(decoded[1:], "/") {
			if segment == "" || segment == "." || segment == ".." {
				return fmt.Errorf("%q has an empty segment, \".\" or \"..\", perhaps percent-encoded: write the path that is meant", path)
			}
		}
	}
	return nil
}

// decodings are a path and what it becomes when it is decoded, again and again: servers and proxies do that once or more before they resolve it.
func decodings(path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for yield(path) {
			next, err := url.PathUnescape(path)
			if err != nil || next == path {
				return
			}
			path = next
		}
	}
}

// NamesToken reports whether a path ends in the name of a token, however it is written.
func NamesToken(path string) bool {
	for decoded := range decodings(path) {
		if strings.HasSuffix(strings.ToLower(decoded), "token") {
			return true
		}
	}
	return false
}
