package client

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"
)

func tokenWith(header, claims string) string {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(header)) + "." + encode([]byte(claims)) + "." + encode([]byte("signature"))
}

func TestCreateAccessToken_takesTheExpiryFromTheToken(t *testing.T) {
	t.Parallel()
	fallback := testEpoch.Add(30 * time.Minute)
	told := time.Date(2027, 3, 1, 12, 10, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		token string
		want  time.Time
	}{
		"exp":                          {tokenWith(`{"alg":"HS256"}`, `{"exp":1803903000}`), told},
		"an algorithm of Hero's own":   {tokenWith(`{"alg":"XX9"}`, `{"exp":1803903000}`), told},
		"other claims are odd":         {tokenWith(`{"alg":"HS256"}`, `{"exp":1803903000,"aud":7,"iat":"now"}`), told},
		"no exp":                       {tokenWith(`{"alg":"HS256"}`, `{}`), fallback},
		"exp is text":                  {tokenWith(`{"alg":"HS256"}`, `{"exp":"soon"}`), fallback},
		"exp beyond any calendar":      {tokenWith(`{"alg":"HS256"}`, `{"exp":1e300}`), fallback},
		"the claims are null":          {tokenWith(`{"alg":"HS256"}`, `null`), fallback},
		"not a JWT":                    {"opaque", fallback},
		"three parts that are nothing": {"a.b.c", fallback},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake, c1 := newFakeHero(t, answers(200, `{"access_token":"`+c.token+`"}`))
			got, err := c1.CreateAccessToken(t.Context(), practiceA)
			if err != nil || got.Token != c.token || !got.ExpiresAt.Equal(c.want) || got.ExpiresAt.Location() != time.UTC {
				t.Fatalf("got %v, %v; want the token, expiring at %s", got, err, c.want)
			}
			if request := fake.only(t); request.String() != "POST /v1/access_token" || request.body != "" {
				t.Errorf("asked %s with the body %q", request, request.body)
			}
		})
	}
}

func TestCreateAccessToken_isAllowedToAReadOnlyClientAndRepeatedAfterALostAnswer(t *testing.T) {
	t.Parallel()
	lost := make(chan struct{}, 1)
	lost <- struct{}{}
	fake, _ := newFakeHero(t, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-lost:
			losesAnswer(w, r)
		default:
			answers(200, `{"access_token":"opaque"}`)(w, r)
		}
	})
	c := fake.client(t, Config{ReadOnly: true, MaxRetries: 1})
	if _, err := c.CreateAccessToken(t.Context(), practiceA); err != nil {
		t.Fatal(err)
	}
	if n := len(fake.requests()); n != 2 {
		t.Errorf("want 2 requests, got %d", n)
	}
}

func TestCreateAccessToken_saysWhichKeysCameWithoutAToken(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"accessToken":"s3cret"}`, `{"access_token":null}`, `{"access_token":""}`} {
		_, c := newFakeHero(t, answers(200, body))
		_, err := c.CreateAccessToken(t.Context(), practiceA)
		if err == nil || strings.Contains(err.Error(), "s3cret") || !strings.Contains(strings.ToLower(err.Error()), "keys access") {
			t.Errorf("%s: got %v", body, err)
		}
	}
}
