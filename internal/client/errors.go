package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Error is an answer of Hero's that is not a success.
type Error struct {
	Method   string
	Path     string // from the API's root, without query
	Practice string // the practice group that the call acted for
	Status   int
	Message  string    // Hero's own words; empty when the body had none
	Problems []Problem // the fields that Hero complained of
	Redirect string    // the scheme and host that a 3xx answer pointed to
	Attempts int
	Elapsed  time.Duration // over all attempts
	// MaybeDone says that the call may have been processed all the same: some attempt's answer was lost, or a gateway answered.
	MaybeDone bool
}

// Problem is one member of the message array of Hero's 400 answers (documented).
type Problem struct {
	Code     string
	Expected string
	Path     []string // into the request's body
	Message  string   // not documented; kept when it comes
}

// Error says what was asked and what Hero answered, never a header or a body.
func (e *Error) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s %s for practice group %s: Hero answered %d %s", e.Method, e.Path, e.Practice, e.Status, http.StatusText(e.Status))
	if e.Message != "" {
		fmt.Fprintf(&text, ": %s", e.Message)
	}
	for _, p := range e.Problems {
		fmt.Fprintf(&text, "; %s", p)
	}
	if e.Redirect != "" {
		fmt.Fprintf(&text, "; it points to %s, where the call is not sent on: the API key goes to the configured host only, and only reads follow a redirect", e.Redirect)
	}
	if e.Attempts > 1 {
		fmt.Fprintf(&text, " (%d attempts over %s)", e.Attempts, e.Elapsed.Round(time.Millisecond))
	}
	if e.Status == http.StatusTooManyRequests {
		text.WriteString(". Lower requests_per_second in the provider's configuration below the rate of your partner agreement, raise max_retries, or lower terraform's -parallelism")
	}
	return text.String()
}

// String says what is wrong with one field.
func (p Problem) String() string {
	var parts []string
	for _, part := range []string{p.Message, p.Code} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if p.Expected != "" {
		parts = append(parts, "expected "+p.Expected)
	}
	if len(p.Path) > 0 {
		return strings.Join(p.Path, ".") + ": " + strings.Join(parts, ", ")
	}
	return strings.Join(parts, ", ")
}

const (
	longestMessage = 500 // characters of Hero's that an error repeats
	mostProblems   = 20
)

// newError reads an error answer in every shape that is known or to be feared: Hero's array, a plain string, nothing, HTML. It repeats
// none of the secrets.
func newError(response *http.Response, body []byte, secrets []string) *Error {
	e := &Error{Status: response.StatusCode, Redirect: redirectTarget(response)}
	clean := func(text string) string { return shortened(withoutSecrets(strings.ToValidUTF8(text, ""), secrets)) }
	var parsed struct {
		Message json.RawMessage `json:"message"`
		Error   json.RawMessage `json:"error"`
	}
	if json.Unmarshal(body, &parsed) != nil {
		switch {
		case json.Valid(body): // the message without its envelope
			parsed.Message = body
		case strings.HasPrefix(response.Header.Get("Content-Type"), "text/plain"):
			e.Message = clean(strings.TrimSpace(string(body)))
		}
	}
	var problems []struct {
		Code     Field[string]   `json:"code"`
		Expected Field[string]   `json:"expected"`
		Message  Field[string]   `json:"message"`
		Path     Field[[]string] `json:"path"`
	}
	var texts Field[[]string]
	switch {
	case json.Unmarshal(parsed.Message, &problems) == nil && len(problems) > 0:
		for _, p := range problems[:min(len(problems), mostProblems)] {
			e.Problems = append(e.Problems, Problem{Code: clean(p.Code.Or("")), Expected: clean(p.Expected.Or("")), Path: p.Path.Or(nil), Message: clean(p.Message.Or(""))})
		}
	case json.Unmarshal(parsed.Message, &texts) == nil && texts.Value != nil && len(*texts.Value) > 0:
		e.Message = clean(strings.Join(*texts.Value, "; "))
	case json.Unmarshal(parsed.Error, &texts) == nil && texts.Value != nil && string(parsed.Error) != "true": // the documented "error" is a boolean
		e.Message = clean(strings.Join(*texts.Value, "; "))
	}
	return e
}

func redirectTarget(response *http.Response) string {
	location := response.Header.Get("Location")
	if response.StatusCode < 300 || response.StatusCode > 399 || location == "" {
		return ""
	}
	target, err := url.Parse(location)
	if err == nil && response.Request != nil {
		target = response.Request.URL.ResolveReference(target)
	}
	if err != nil || target.Host == "" {
		return "another place"
	}
	return target.Scheme + "://" + target.Host
}

func withoutSecrets(text string, secrets []string) string {
	for _, secret := range secrets {
		if len(secret) >= 4 { // hiding shorter ones would hide ordinary words
			text = strings.ReplaceAll(text, secret, "(hidden)")
		}
	}
	return text
}

func shortened(text string) string {
	if len(text) > longestMessage {
		return strings.ToValidUTF8(text[:longestMessage], "") + "…"
	}
	return text
}

// TransportError is a call that ended without a complete answer.
type TransportError struct {
	Method, Path, Practice string
	Attempts               int
	Elapsed                time.Duration
	Timeout                bool // the last attempt ran into the request timeout
	MaybeDone              bool // Hero may have processed the call
	Err                    error
}

func (e *TransportError) Error() string {
	text := fmt.Sprintf("%s %s for practice group %s: no answer from Hero: %v", e.Method, e.Path, e.Practice, e.Err)
	if e.Attempts > 1 {
		text += fmt.Sprintf(" (%d attempts over %s)", e.Attempts, e.Elapsed.Round(time.Millisecond))
	}
	if e.MaybeDone && e.Method != http.MethodGet {
		text += "; it was sent, so Hero may have processed it all the same"
	}
	return text
}

func (e *TransportError) Unwrap() error { return e.Err }

// ShapeError is a successful answer that could not be read.
type ShapeError struct {
	Method, Path string
	Status       int
	Err          error
}

func (e *ShapeError) Error() string {
	return fmt.Sprintf("%s %s: Hero answered %d, but the body is not in a shape that this version knows: %v", e.Method, e.Path, e.Status, e.Err)
}

func (e *ShapeError) Unwrap() error { return e.Err }

// Rule is a guard of the configuration that refused a call.
type Rule int

// The guards of [Config].
const (
	ReadOnly Rule = iota + 1
	PracticeNotAllowed
)

// GuardError is a call that was refused before it was sent.
type GuardError struct {
	Rule                   Rule
	Method, Path, Practice string
}

func (e *GuardError) Error() string {
	if e.Rule == ReadOnly {
		return fmt.Sprintf("%s %s was not sent: the provider is read-only (read_only or HERO_READ_ONLY)", e.Method, e.Path)
	}
	return fmt.Sprintf("%s %s was not sent: practice group %s is not in allowed_practice_group_ids (or HERO_ALLOWED_PRACTICE_GROUP_IDS)", e.Method, e.Path, e.Practice)
}

// ErrGone means that an object is proven not to exist: Hero answered 404 for it alone, or a whole list does not hold it.
var ErrGone = errors.New("the object does not exist at Hero")

// MaybeDone reports whether a write that failed may have been processed by Hero all the same.
func MaybeDone(err error) bool {
	var refused *Error
	var lost *TransportError
	var shape *ShapeError
	switch {
	case errors.As(err, &refused):
		return refused.MaybeDone
	case errors.As(err, &lost):
		return lost.MaybeDone
	default:
		return errors.As(err, &shape)
	}
}

// HasStatus reports whether err is an answer of Hero's with one of these statuses.
func HasStatus(err error, statuses ...int) bool {
	var refused *Error
	if !errors.As(err, &refused) {
		return false
	}
	for _, status := range statuses {
		if refused.Status == status {
			return true
		}
	}
	return false
}
