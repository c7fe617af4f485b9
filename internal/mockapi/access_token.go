package mockapi

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strconv"
	"time"
)

// accessTokenLife is how long an access token is good for (G).
const accessTokenLife = 30 * time.Minute

// AccessToken is a token that the mock has handed out.
type AccessToken struct {
	Token      string
	PracticeID string
	ExpiresAt  time.Time // also where the token itself does not say
}

// AccessTokens returns all tokens that the mock has handed out, oldest first.
func (s *Server) AccessTokens() []AccessToken {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.tokens)
}

func (s *Server) accessTokenOperations() map[string]handler {
	return map[string]handler{"createAccessToken": s.createAccessToken}
}

// createAccessToken hands out a new token and leaves those handed out before as they are.
func (s *Server) createAccessToken(c *call) answer {
	now := s.options.Clock()
	claims := object{
		"jti": strconv.Itoa(len(s.tokens) + 1), "practice_group_id": c.practice, "iat": now.Unix(),
		"exp": now.Add(accessTokenLife).Unix(),
	}
	if s.options.TokenWithoutExpiry {
		delete(claims, "exp")
	}
	token := AccessToken{Token: signedJWT(claims), PracticeID: c.practice, ExpiresAt: now.Add(accessTokenLife)}
	s.tokens = append(s.tokens, token)
	return ok(object{"access_token": token.Token})
}

// signedJWT is a JWT of these claims, signed with a key that nobody needs to know: only Hero's Elements verify it.
func signedJWT(claims object) string {
	encode := base64.RawURLEncoding.EncodeToString
	unsigned := encode(mustEncode(object{"alg": "HS256", "typ": "JWT"})) + "." + encode(mustEncode(claims))
	mac := hmac.New(sha256.New, []byte("the mock's own key"))
	mac.Write([]byte(unsigned))
	return unsigned + "." + encode(mac.Sum(nil))
}
