package mockapi

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

func TestAccessToken_isAJWTOfThirtyMinutes(t *testing.T) {
	t.Parallel()
	now := clock("2027-01-31T10:00:00Z")
	server, hero := mock(t, Options{Clock: now.time})
	claims := func(c client) object {
		token := str(c.do(http.MethodPost, "/v1/access_token", "").must(t).object["access_token"])
		parts := strings.Split(token, ".")
		if len(parts) != 3 {
			t.Fatalf("the token %q has %d parts", token, len(parts))
		}
		payload, err := base64.RawURLEncoding.DecodeString(parts[1])
		if err != nil {
			t.Fatal(err)
		}
		var claims object
		if err := json.Unmarshal(payload, &claims); err != nil {
			t.Fatal(err)
		}
		return claims
	}
	first := claims(hero.as("15"))
	equal(t, "practice_group_id", first["practice_group_id"], any("15"))
	equal(t, "exp", first["exp"], any(float64(now.now.Unix()+1800)))
	equal(t, "the first exp again", claims(hero)["exp"], first["exp"])

	tokens := server.AccessTokens()
	equal(t, "tokens", len(tokens), 2)
	equal(t, "the first token's practice", tokens[0].PracticeID, "15")
	equal(t, "one token for both", tokens[0].Token == tokens[1].Token, false)

	server.Configure(func(o *Options) { o.TokenWithoutExpiry = true })
	_, present := claims(hero)["exp"]
	equal(t, "has exp", present, false)
}
