// Package receiver is an example of an HTTP handler for Hero's webhooks, to copy and to make one's own. It needs the standard library only.
package receiver

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Event is a delivery: it names an object, it does not hold it. Ask Hero's API for the rest.
type Event struct {
	Object          string `json:"object"`
	ID              string `json:"id"`
	PracticeGroupID string `json:"practice_group_id"`
	Event           string `json:"event"`
	// Test tells that Terraform's action hero_webhook_test sent it, and not Hero.
	Test bool `json:"-"`
}

// Handler takes deliveries that Hero has signed, and refuses all others.
type Handler struct {
	// Keys are the signing keys that are accepted: one, or the old and the new one while they change. Without any, nothing is accepted.
	Keys []string
	// Window is how far a delivery's timestamp may lie from our clock, either way. Five minutes are usual.
	Window time.Duration
	// Now is our clock, time.Now outside of tests.
	Now func() time.Time
	// Handle is given each event. It must be quick, since how long Hero waits is not published, and it must not mind an event that comes
	// twice: Hero may repeat a delivery, and within the window so may whoever recorded one.
	Handle func(context.Context, Event) error
}

const largestBody = 64 << 10

// ServeHTTP answers 204 once the event was handled; 401 when its signature is not accepted.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		http.Error(w, "only POST is taken", http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestBody))
	if err != nil {
		http.Error(w, "the body could not be read", http.StatusRequestEntityTooLarge)
		return
	}
	// Before anything is made of the body: until here it may come from anybody.
	if err := h.verify(r.Header.Get("X-Herohealth-Timestamp"), r.Header.Get("X-Herohealth-Signature"), body); err != nil {
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	event := Event{Test: r.Header.Get("X-Hero-Test") != ""}
	if err := json.Unmarshal(body, &event); err != nil {
		http.Error(w, "the body is not an event", http.StatusBadRequest)
		return
	}
	if err := h.Handle(r.Context(), event); err != nil {
		http.Error(w, "the event was not handled", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// verify holds a delivery to its signature: the HMAC-SHA256, with a key of ours, over the timestamp as it came, a dot, and the body as it came.
func (h *Handler) verify(timestamp, signature string, body []byte) error {
	sent, ok := parseTimestamp(timestamp)
	if !ok || h.Now().Sub(sent).Abs() > h.Window {
		return errors.New("the timestamp is missing, cannot be read, or is too far from now")
	}
	given := decodeSignature(signature)
	for _, key := range h.Keys {
		mac := hmac.New(sha256.New, []byte(key))
		mac.Write([]byte(timestamp + "."))
		mac.Write(body)
		if key != "" && hmac.Equal(given, mac.Sum(nil)) { // in constant time
			return nil
		}
	}
	return errors.New("the signature is missing, or was not made with a key that is accepted")
}

// How timestamp and signature are written is not published. So the two functions below read every usual way; once deliveries have shown
// Hero's, keep that one only.

// parseTimestamp reads seconds or milliseconds since 1970, and RFC 3339.
func parseTimestamp(text string) (time.Time, bool) {
	const latestInSeconds = 100_000_000_000 // the year 5138; as milliseconds, 1973
	if number, err := strconv.ParseInt(text, 10, 64); err == nil {
		if number > latestInSeconds {
			return time.UnixMilli(number), true
		}
		return time.Unix(number, 0), true
	}
	sent, err := time.Parse(time.RFC3339, text)
	return sent, err == nil
}

// decodeSignature reads hexadecimal digits and base64, after a "sha256=" or without one. Nothing comes of anything else.
func decodeSignature(text string) []byte {
	text = strings.TrimPrefix(text, "sha256=")
	for _, decode := range []func(string) ([]byte, error){
		hex.DecodeString, base64.StdEncoding.DecodeString, base64.RawStdEncoding.DecodeString, base64.URLEncoding.DecodeString, base64.RawURLEncoding.DecodeString,
	} {
		if digest, err := decode(text); err == nil && len(digest) == sha256.Size {
			return digest
		}
	}
	return nil
}
