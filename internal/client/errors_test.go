package client

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func errorOf(status int, contentType, body string, secrets ...string) *Error {
	return newError(reply(nil, status, body, "Content-Type", contentType), []byte(body), secrets)
}

func TestNewError_readsEveryShape(t *testing.T) {
	t.Parallel()
	const asJSON = "application/json"
	for _, test := range []struct{ name, contentType, body, message, problems string }{
		{
			"the documented array", asJSON,
			`{"error":true,"statusCode":400,"message":[{"code":"invalid_type","expected":"string","path":["url"]},{"code":"too_small","expected":"1","path":["headers",0,"X-A"]}]}`,
			"", "url: invalid_type, expected string; headers.0.X-A: too_small, expected 1",
		},
		{"an array with messages", asJSON, `{"message":[{"message":"Required","path":[]}]}`, "", "Required"},
		{"a string", asJSON, `{"error":true,"message":"Too Many Requests"}`, "Too Many Requests", ""},
		{"an array of strings", asJSON, `{"message":["a is missing","b is wrong"]}`, "a is missing; b is wrong", ""},
		{"an error string", asJSON, `{"error":"forbidden"}`, "forbidden", ""},
		{"an empty message and an error string", asJSON, `{"message":[],"error":"forbidden"}`, "forbidden", ""},
		{"a null message and an error string", asJSON, `{"message":null,"error":"forbidden"}`, "forbidden", ""},
		{"a boolean alone", asJSON, `{"error":true}`, "", ""},
		{"an object", asJSON, `{"message":{"reason":"x"}}`, `{"reason":"x"}`, ""},
		{"a bare string", asJSON, `"no access"`, "no access", ""},
		{"a bare array", asJSON, `[{"code":"invalid","path":["url"]}]`, "", "url: invalid"},
		{"plain text", "text/plain; charset=utf-8", "  no access\n", "no access", ""},
		{"empty", "", "", "", ""},
		{"an empty object", asJSON, "{}", "", ""},
		{"null", asJSON, "null", "", ""},
		{"HTML", "text/html", "<html><body>502 Bad Gateway</body></html>", "", ""},
		{"cut short", asJSON, `{"message":"Too Ma`, "", ""},
	} {
		e := errorOf(400, test.contentType, test.body)
		var problems []string
		for _, p := range e.Problems {
			problems = append(problems, p.String())
		}
		if e.Message != test.message || strings.Join(problems, "; ") != test.problems {
			t.Errorf("%s: got message %q and problems %q", test.name, e.Message, problems)
		}
	}
}

func TestError_saysWhatWasAskedAndWhatHeroAnswered(t *testing.T) {
	t.Parallel()
	e := &Error{
		Method: "POST", Path: "/v1/webhooks", Practice: "12", Status: 400, Attempts: 2, Elapsed: 1234 * time.Millisecond,
		Problems: []Problem{{Code: "invalid_type", Expected: "string", Path: []string{"url"}}},
	}
	want := "POST /v1/webhooks for practice group 12: Hero answered 400 Bad Request; url: invalid_type, expected string (2 attempts over 1.234s)"
	if got := e.Error(); got != want {
		t.Errorf("want %q\n got %q", want, got)
	}
}

func TestNewError_doesNotRepeatSecrets(t *testing.T) {
	t.Parallel()
	const secret = "whsec_do-not-tell"
	for _, body := range []string{
		`{"message":"the signing key whsec_do-not-tell is too weak"}`,
		`{"message":[{"code":"weak","expected":"not whsec_do-not-tell","message":"got whsec_do-not-tell","path":["signing_key"]}]}`,
		`"whsec_do-not-tell"`,
		`{"message":"` + strings.Repeat("x", longestMessage-5) + `whsec_do-not-tell"}`,
	} {
		if text := errorOf(400, "application/json", body, secret).Error(); strings.Contains(text, "whsec") {
			t.Errorf("%s: got %q", body, text)
		}
	}
	if text := errorOf(400, "text/plain", "a tea", "a").Error(); !strings.Contains(text, "a tea") {
		t.Errorf("a secret of one letter makes Hero's words unreadable: %q", text)
	}
}

func TestNewError_staysShort(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"message":"` + strings.Repeat("é", 100_000) + `"}`,
		`{"message":[` + strings.Repeat(`{"code":"invalid"},`, 10_000) + `{"code":"invalid"}]}`,
	} {
		text := errorOf(400, "application/json", body).Error()
		if len(text) > 3000 || !utf8.ValidString(text) {
			t.Errorf("the error has %d bytes, valid %t", len(text), utf8.ValidString(text))
		}
	}
}

func TestDo_noErrorTellsTheKey(t *testing.T) {
	t.Parallel()
	quoting := "the key " + testKey + " is not known"
	for name, wire := range map[string]wireFunc{
		"a string": func(r *http.Request) (*http.Response, error) { return reply(r, 401, `{"message":"`+quoting+`"}`), nil },
		"an array": func(r *http.Request) (*http.Response, error) {
			return reply(r, 401, `{"message":["`+quoting+`"]}`), nil
		},
		"plain text": func(r *http.Request) (*http.Response, error) {
			return reply(r, 401, quoting, "Content-Type", "text/plain"), nil
		},
		"HTML": func(r *http.Request) (*http.Response, error) { return reply(r, 502, "<p>"+quoting), nil },
		"a redirect": func(r *http.Request) (*http.Response, error) {
			return reply(r, 302, "", "Location", "https://x.test/?k="+testKey), nil
		},
		"no answer":   func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF },
		"other shape": func(r *http.Request) (*http.Response, error) { return reply(r, 200, `{"`+testKey+`":1}`), nil },
	} {
		c := newWiredClient(t, Config{Clock: newTestClock()}, wire)
		_, err := c.ListWebhooks(t.Context(), testPractice, "")
		if err == nil || strings.Contains(err.Error(), testKey) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestErrors_canBeUnwrapped(t *testing.T) {
	t.Parallel()
	for _, err := range []error{&TransportError{Err: io.EOF}, &ShapeError{Err: io.EOF}, &AmbiguousError{Err: io.EOF}} {
		if !errors.Is(err, io.EOF) || !strings.Contains(err.Error(), "EOF") {
			t.Errorf("%T: got %v", err, err)
		}
	}
	if HasStatus(io.EOF, 404) || HasStatus(nil, 404) || !HasStatus(&Error{Status: 404}, 403, 404) || HasStatus(&Error{Status: 500}, 403, 404) {
		t.Error("HasStatus errs")
	}
}

func FuzzError(f *testing.F) {
	for _, body := range []string{
		"", "null", "[]", "{}", `{"message":"x"}`, `{"error":true,"message":[{"code":"a","expected":"b","path":["c",1]}]}`, "<html>", `"text"`,
		`{"message":[1,"a",null,{}]}`, `{"message":{"a":"s3cret-planted"}}`, "\xff\xfe", `{"message":[{"path":{"a":1}}]}`,
	} {
		f.Add(400, "application/json", body)
		f.Add(502, "text/plain", body)
	}
	const secret = "s3cret-planted"
	f.Fuzz(func(t *testing.T, status int, contentType, body string) {
		e := errorOf(status, contentType, body, secret)
		text := e.Error()
		for _, p := range e.Problems {
			if strings.Contains(p.Code+"\x00"+p.Expected+"\x00"+p.Message, secret) {
				t.Errorf("a problem tells the secret: %+v", p)
			}
		}
		if strings.Contains(e.Message, secret) || !utf8.ValidString(e.Message) || len(e.Message) > longestMessage+10 {
			t.Errorf("the message is %q", e.Message)
		}
		if len(e.Problems) > mostProblems || !strings.Contains(text, "Hero answered") {
			t.Errorf("%d problems: %q", len(e.Problems), text)
		}
	})
}
