package client

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestCheckBaseURL(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{
		ProductionURL: true, StagingURL: true, "https://hero.test/prefix/": true, "http://127.0.0.1:8080": true, "http://[::1]:8080": true,
		"http://localhost:1": true, "HTTP://LOCALHOST": true, "http://127.1.2.3": true, "HTTPS://hero.test": true,
		"http://hero.test": false, "http://127.0.0.1.evil.example": false, "http://localhost.evil.example": false, "http://0.0.0.0": false,
		"https://user@hero.test": false, "https://api.herohealth.net@evil.example": false, "https://hero.test?a=b": false,
		"https://hero.test#x": false, "hero.test": false, "": false, "ftp://hero.test": false, "https://": false, "https:hero.test": false,
		"://": false, "https://hero.test:port": false, "file:///etc/passwd": false,
	} {
		err := CheckBaseURL(text)
		var refused *BaseURLError
		if (err == nil) != ok || err != nil && (!errors.As(err, &refused) || refused.Error() == "") {
			t.Errorf("%q: want ok %t, got %v", text, ok, err)
		}
	}
}

func TestNew_aKeyFromTheEnvironmentGoesOnlyWhereTheEnvironmentSays(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		base, environment string
		travels           bool
	}{
		{ProductionURL, "", true},
		{StagingURL, "", true},
		{"https://API.HEROHEALTH.NET", "", true},
		{ProductionURL + "/some/prefix", "", true},
		{"http://127.0.0.1:9", "", true},
		{"http://localhost:9", "", true},
		{"https://hero.example", "https://hero.example", true},
		{"https://hero.example/a", "https://hero.example/b", true},
		{"https://hero.example", "", false},
		{"https://hero.example", "https://other.example", false},
		{"https://hero.example:8443", "https://hero.example", false},
		{"https://hero.example", "http://hero.example", false},
		{"https://api.herohealth.net.evil.example", "", false},
		{"https://evil.example/api.herohealth.net", "", false},
		{"https://xapi.herohealth.net", "", false},
		{"https://herohealth.net", "", false},
		{"https://api.herohealth.net:444", "", false},
		{"https://127.0.0.1.evil.example", "", false},
		{"https://sub.hero.example", "https://hero.example", false},
		{"https://hero.example.evil.example", "https://hero.example", false},
		{"https://hero.example", "://", false},
	} {
		config := Config{BaseURL: test.base, APIKey: testKey, APIKeyFromEnvironment: true, EnvironmentBaseURL: test.environment}
		_, err := New(config)
		var travel *KeyTravelError
		if (err == nil) != test.travels || err != nil && !errors.As(err, &travel) {
			t.Errorf("%s, environment %q: want it to travel %t, got %v", test.base, test.environment, test.travels, err)
		}
		if err != nil && !strings.Contains(err.Error(), "HERO_BASE_URL") {
			t.Errorf("the error does not say what to do: %v", err)
		}
		config.APIKeyFromEnvironment = false
		if _, err := New(config); err != nil {
			t.Errorf("%s with a key from the configuration: %v", test.base, err)
		}
	}
}

func TestOrigin_namesTheServerHoweverItIsSpelt(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{
		"https://api.herohealth.net":        "https://api.herohealth.net",
		"https://API.herohealth.net:443/":   "https://api.herohealth.net",
		"https://hero.test:8443/prefix/":    "https://hero.test:8443/prefix",
		"http://127.0.0.1:1234":             "loopback",
		"https://localhost:1/other":         "loopback",
		"https://api.staging.htech.app":     "https://api.staging.htech.app",
		"https://hero.test/Prefix":          "https://hero.test/Prefix",
		"http://[::1]:99/with/prefix":       "loopback",
		"https://127.0.0.1.evil.example:80": "https://127.0.0.1.evil.example:80",
	} {
		if got := newWiredClient(t, Config{BaseURL: base}, unreachable(t)).Origin(); got != want {
			t.Errorf("%s: want %s, got %s", base, want, got)
		}
	}
}

// redirecting answers the first request with a redirect and all others with success.
func redirecting(status int, location string, asked *[]string) wireFunc {
	return func(r *http.Request) (*http.Response, error) {
		*asked = append(*asked, r.Method+" "+r.URL.String())
		if len(*asked) == 1 {
			return reply(r, status, "", "Location", location), nil
		}
		return reply(r, 200, `{"name":"redirected"}`), nil
	}
}

func TestRedirect_aReadFollowsItOnTheSameHostAtOnce(t *testing.T) {
	t.Parallel()
	for _, location := range []string{"/v2/me", testURL + "/v1/else?a=b", "else"} {
		var asked []string
		clock := newTestClock()
		c := newWiredClient(t, Config{Clock: clock}, redirecting(http.StatusMovedPermanently, location, &asked))
		answered, err := c.do(t.Context(), get("/v1/me"))
		if err != nil || string(answered.body) != `{"name":"redirected"}` || len(asked) != 2 {
			t.Errorf("%s: got %q and %v, asked %v", location, answered.body, err, asked)
		}
		if slept := clock.slept(); len(slept) > 0 {
			t.Errorf("%s: waited %v", location, slept)
		}
	}
}

func TestRedirect_anotherHostIsRefusedAndNeverSeesTheKey(t *testing.T) {
	t.Parallel()
	for _, location := range []string{
		"https://evil.example/v1/me", "//evil.example/v1/me", "https://hero.test.evil.example/", "https://sub.hero.test/", "https://hero.test:444/",
		"http://hero.test/v1/me", "https://hero.test@evil.example/",
	} {
		var asked []string
		c := newWiredClient(t, Config{MaxRetries: 3, Clock: newTestClock()}, redirecting(http.StatusFound, location, &asked))
		_, err := c.do(t.Context(), get("/v1/me"))
		if !HasStatus(err, http.StatusFound) || len(asked) != 1 {
			t.Errorf("%s: got %v, asked %v", location, err, asked)
		}
		if err != nil && (!strings.Contains(err.Error(), "the API key goes to the configured host only") || strings.Contains(err.Error(), testKey)) {
			t.Errorf("%s: the error is %q", location, err)
		}
	}
}

func TestRedirect_aWriteIsNotSentOn(t *testing.T) {
	t.Parallel()
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, method := range []string{http.MethodPost, http.MethodPatch, http.MethodDelete} {
			var asked []string
			c := newWiredClient(t, Config{MaxRetries: 3, Clock: newTestClock()}, redirecting(status, "/v2/webhooks", &asked))
			_, err := c.do(t.Context(), write(method, "/v1/webhooks"))
			if !HasStatus(err, status) || len(asked) != 1 {
				t.Errorf("%s %d: got %v, asked %v", method, status, err, asked)
			}
		}
	}
}

func TestRedirect_aCircleEnds(t *testing.T) {
	t.Parallel()
	asked := 0
	c := newWiredClient(t, Config{Clock: newTestClock()}, wireFunc(func(r *http.Request) (*http.Response, error) {
		asked++
		return reply(r, http.StatusFound, "", "Location", "/v1/me"), nil
	}))
	if _, err := c.do(t.Context(), get("/v1/me")); !HasStatus(err, http.StatusFound) || asked > 10 {
		t.Errorf("got %v after %d requests", err, asked)
	}
}

func TestRedirect_oneThatPointsNowhereIsAnError(t *testing.T) {
	t.Parallel()
	for _, location := range []string{"", "http://[::1", "mailto:someone@hero.test"} {
		var asked []string
		c := newWiredClient(t, Config{Clock: newTestClock()}, redirecting(http.StatusFound, location, &asked))
		if _, err := c.do(t.Context(), get("/v1/me")); err == nil || len(asked) != 1 {
			t.Errorf("%q: got %v, asked %v", location, err, asked)
		}
	}
}

func TestCheckBaseURL_doesNotRepeatWhatMayBeSecret(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"https://user:s3cr#t@gw.example/hero", "https://gw.example/hero?apikey=s3cret", "https://user:s3cr@gw.example", "s3cr"} {
		if err := CheckBaseURL(text); err == nil || strings.Contains(err.Error(), "s3cr") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
