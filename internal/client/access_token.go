package client

import (
	"context"
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// accessTokenLife is how long a token is valid (guide). It counts when the token itself does not say.
const accessTokenLife = 30 * time.Minute

// AccessToken is a short-lived token for Hero Elements.
type AccessToken struct {
	Token     string
	ExpiresAt time.Time // in UTC
}

// CreateAccessToken makes an access token (documented). It changes nothing at Hero, so it is allowed to a read-only client and may be
// repeated after a lost answer.
func (c *Client) CreateAccessToken(ctx context.Context, practice string) (*AccessToken, error) {
	k := call{practice: practice, method: http.MethodPost, path: "/v1/access_token", harmless: true}
	answered, err := c.do(ctx, k)
	if err != nil {
		return nil, err
	}
	var body struct {
		AccessToken Field[string] `json:"access_token"`
	}
	if err := answered.into(&body, k); err != nil {
		return nil, err
	}
	token := body.AccessToken.Or("")
	if token == "" {
		return nil, withoutFacts(k, answered, "the answer has no access_token")
	}
	return &AccessToken{Token: token, ExpiresAt: expiryOf(token, answered.at)}, nil
}

// expiryOf reads the token's exp claim. The signature is for whoever accepts the token: it is not ours to check, and a token that is no
// JWT at all is handed on as well.
func expiryOf(token string, answeredAt time.Time) time.Time {
	claims := jwt.MapClaims{}
	_, _, _ = jwt.NewParser().ParseUnverified(token, claims) // what could be read of the claims stands in them also after an error
	if exp, err := claims.GetExpirationTime(); err == nil && exp != nil && exp.Year() > 1970 && exp.Year() < 10_000 {
		return exp.UTC()
	}
	return answeredAt.Add(accessTokenLife).UTC()
}
