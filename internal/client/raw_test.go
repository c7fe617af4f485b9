package client

import (
	"net/url"
	"strings"
	"testing"
)

func TestCheckRawPath(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/v1/me", "/v2/form_responses", "/v1/patients/1%2F2", "/v1/a..b/c.d", "/v1/patients/a%20b", "/v1/100%25", "/v1/x;y=1", "/v1/:a@b"} {
		if err := CheckRawPath(path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, path := range []string{
		"", "/", "v1/me", "/v3/me", "/v1", "/v1/", "/V1/me", "https://example.com/v1/me", "//example.com/v1/me", "/v1//me", "/v1/me/",
		"/v1/../v3/x", "/v1/me/..", "/v1/./me", "/v1/%2e%2e/x", "/v1/%2E./x", "/v1/%252e%252e/x", "/v1/%25252e%25252e", "/v1/a%2f..%2fb", "/v1/a%2F%2Fb",
		`/v1/..\x`, "/v1/%5c..%5cx", "/v1/me?x=1", "/v1/me#x", "/v1/a b", "/v1/a\nb", "/v1/a%0d%0ab", "/v1/%00", "/v1/%zz", `/v1/a%2Fb"`, "/v1/100%", "/v1/é",
	} {
		if err := CheckRawPath(path); err == nil {
			t.Errorf("%q was accepted", path)
		}
	}
}

func FuzzCheckRawPath(f *testing.F) {
	for _, seed := range []string{"/v1/me", "/v1/%252e%252e/x", "/v2/a%2fb", "/v1/%"} {
		f.Add(seed)
	}
	base, _ := url.Parse("https://hero.example/prefix/")
	f.Fuzz(func(t *testing.T, path string) {
		if CheckRawPath(path) != nil {
			return
		}
		resolved, err := base.Parse(path)
		if err != nil || resolved.Host != base.Host || resolved.EscapedPath() != path || resolved.RawQuery != "" || resolved.Fragment != "" {
			t.Fatalf("%q means %v (%v)", path, resolved, err)
		}
		for text, n := path, 0; n < 10; n++ {
			for segment := range strings.SplitSeq(text, "/") {
				if segment == ".." {
					t.Fatalf("%q hides ..", path)
				}
			}
			if text, err = url.PathUnescape(text); err != nil {
				return
			}
		}
	})
}

func TestGetRaw(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, answersByPath(map[string]string{"GET /v1/slots/1/2": `[1.0]`}))
	got, err := c.GetRaw(t.Context(), practiceA, "/v1/slots/1%2F2", map[string][]string{"a[]": {"1", "2"}, "b": {}}, false)
	if err != nil || got.Status != 200 || string(got.Body) != `[1.0]` {
		t.Fatalf("got %+v, %v", got, err)
	}
	if request := fake.only(t); request.String() != "GET /v1/slots/1%2F2" || request.query.Encode() != "a%5B%5D=1&a%5B%5D=2" {
		t.Errorf("asked %+v", request)
	}
	if _, err := c.GetRaw(t.Context(), practiceA, "/v1/nothing", nil, false); !HasStatus(err, 404) {
		t.Errorf("a 404: got %v", err)
	}
	if got, err := c.GetRaw(t.Context(), practiceA, "/v1/nothing", nil, true); err != nil || got.Status != 404 || got.Body != nil {
		t.Errorf("an allowed 404: got %+v, %v", got, err)
	}
}

func TestGetRaw_guards(t *testing.T) {
	t.Parallel()
	fake, _ := newFakeHero(t, answers(200, `{}`))
	c := fake.client(t, Config{AllowedPracticeGroupIDs: []string{"13"}, ReadOnly: true})
	if _, err := c.GetRaw(t.Context(), practiceA, "/v1/me", nil, true); err == nil {
		t.Error("another practice was read")
	}
	if _, err := c.GetRaw(t.Context(), "13", "/v1/../x", nil, true); err == nil {
		t.Error("a path outside was read")
	}
	if n := len(fake.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
	if _, err := c.GetRaw(t.Context(), "13", "/v1/me", nil, false); err != nil {
		t.Errorf("a read by a read-only client: %v", err)
	}
}
