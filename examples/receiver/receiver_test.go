package receiver_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/examples/receiver"
	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

const (
	oldKey = "receiver-old-key-0123456789abcdef"
	newKey = "receiver-new-key-0123456789abcdef"
	body   = `{"object":"Appointment","id":"0","practice_group_id":"12","event":"appointment.confirmed"}`
)

var now = time.Date(2027, 1, 2, 3, 4, 5, 0, time.UTC)

// newReceiver is a handler with the time above, and what it was given.
func newReceiver(keys ...string) (handler *receiver.Handler, got *[]receiver.Event) {
	got = &[]receiver.Event{}
	return &receiver.Handler{
		Keys: keys, Window: 5 * time.Minute, Now: func() time.Time { return now },
		Handle: func(_ context.Context, event receiver.Event) error {
			*got = append(*got, event)
			return nil
		},
	}, got
}

func digest(key, timestamp, body string) []byte {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(timestamp + "." + body))
	return mac.Sum(nil)
}

func deliver(t *testing.T, handler http.Handler, timestamp, signature, body string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/hero", strings.NewReader(body))
	request.Header.Set("X-Herohealth-Timestamp", timestamp)
	request.Header.Set("X-Herohealth-Signature", signature)
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	return answer
}

func deliverSigned(t *testing.T, handler http.Handler, key, body string) *httptest.ResponseRecorder {
	t.Helper()
	timestamp := strconv.FormatInt(now.Unix(), 10)
	return deliver(t, handler, timestamp, hex.EncodeToString(digest(key, timestamp, body)), body)
}

// The sender is the action's own: what it sends, the receiver takes.
func TestHandler_takesWhatTheActionSends(t *testing.T) {
	t.Setenv("RECEIVER_TEST_KEY", newKey)
	for name, c := range map[string]struct {
		keys    []string
		sentAt  time.Time
		config  map[string]any
		refused string
	}{
		"signed with the key":                {keys: []string{newKey}, sentAt: now},
		"signed with the second key":         {keys: []string{oldKey, newKey}, sentAt: now},
		"sent almost too early":              {keys: []string{newKey}, sentAt: now.Add(5 * time.Minute)},
		"sent almost too late":               {keys: []string{newKey}, sentAt: now.Add(-5 * time.Minute)},
		"signed with a key that is not ours": {keys: []string{oldKey}, sentAt: now, refused: "another signing key"},
		"sent too long ago":                  {keys: []string{newKey}, sentAt: now.Add(-5*time.Minute - time.Second), refused: "401 Unauthorized"},
		"sent too far ahead":                 {keys: []string{newKey}, sentAt: now.Add(5*time.Minute + time.Second), refused: "401 Unauthorized"},
		"unsigned":                           {keys: []string{newKey}, sentAt: now, config: map[string]any{"signing_key_env": nil}, refused: "sent unsigned"},
	} {
		t.Run(name, func(t *testing.T) {
			handler, got := newReceiver(c.keys...)
			server := httptest.NewServer(handler)
			defer server.Close()
			d := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil, provider.WithClock(acctest.NewClock(c.sentAt)))
			config := map[string]any{"url": server.URL + "/hero", "event_type": "appointment.confirmed", "signing_key_env": "RECEIVER_TEST_KEY"}
			for argument, value := range c.config {
				config[argument] = value
			}
			_, diags := d.InvokeAction("hero_webhook_test", config)
			if c.refused != "" {
				diags.RequireError(t, c.refused)
				if len(*got) != 0 {
					t.Errorf("it was handled all the same: %+v", *got)
				}
				return
			}
			diags.RequireNone(t)
			want := receiver.Event{Object: "Appointment", ID: "0", PracticeGroupID: "12", Event: "appointment.confirmed", Test: true}
			if len(*got) != 1 || (*got)[0] != want {
				t.Errorf("got %+v", *got)
			}
		})
	}
}

func TestHandler_readsEveryUsualTimestampAndDigest(t *testing.T) {
	t.Parallel()
	for _, timestamp := range []string{strconv.FormatInt(now.Unix(), 10), strconv.FormatInt(now.UnixMilli(), 10), now.Format(time.RFC3339), now.Format(time.RFC3339Nano), "2027-01-02T04:04:05+01:00"} {
		made := digest(newKey, timestamp, body)
		for _, signature := range []string{
			hex.EncodeToString(made), strings.ToUpper(hex.EncodeToString(made)), "sha256=" + hex.EncodeToString(made),
			base64.StdEncoding.EncodeToString(made), base64.RawStdEncoding.EncodeToString(made), base64.URLEncoding.EncodeToString(made), base64.RawURLEncoding.EncodeToString(made),
		} {
			handler, got := newReceiver(newKey)
			if answer := deliver(t, handler, timestamp, signature, body); answer.Code != http.StatusNoContent || len(*got) != 1 || (*got)[0].Test {
				t.Errorf("%s, %s: %d %s", timestamp, signature, answer.Code, answer.Body)
			}
		}
	}
}

func TestHandler_refusesWhatIsNotSignedAsItIs(t *testing.T) {
	t.Parallel()
	timestamp := strconv.FormatInt(now.Unix(), 10)
	right := hex.EncodeToString(digest(newKey, timestamp, body))
	later := strconv.FormatInt(now.Unix()+1, 10)
	for name, c := range map[string]struct{ timestamp, signature, body string }{
		"another body":        {timestamp, right, strings.Replace(body, "12", "15", 1)},
		"another timestamp":   {later, right, body},
		"half a signature":    {timestamp, right[:32], body},
		"no signature":        {timestamp, "", body},
		"no digits":           {timestamp, strings.Repeat("z", 64), body},
		"no timestamp":        {"", hex.EncodeToString(digest(newKey, "", body)), body},
		"an odd timestamp":    {"today", hex.EncodeToString(digest(newKey, "today", body)), body},
		"the empty key":       {timestamp, hex.EncodeToString(digest("", timestamp, body)), body},
		"a number too large":  {"9223372036854775807", hex.EncodeToString(digest(newKey, "9223372036854775807", body)), body},
		"a number far before": {"-9223372036854775808", hex.EncodeToString(digest(newKey, "-9223372036854775808", body)), body},
	} {
		handler, got := newReceiver(newKey, "")
		if answer := deliver(t, handler, c.timestamp, c.signature, c.body); answer.Code != http.StatusUnauthorized || len(*got) != 0 {
			t.Errorf("%s: %d, handled %v", name, answer.Code, *got)
		}
	}
	handler, _ := newReceiver()
	if answer := deliverSigned(t, handler, "", body); answer.Code != http.StatusUnauthorized {
		t.Errorf("without any key: %d", answer.Code)
	}
}

func TestHandler_tellsTheSenderWhatWentWrong(t *testing.T) {
	t.Parallel()
	handler, got := newReceiver(newKey)
	get := httptest.NewRecorder()
	handler.ServeHTTP(get, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/hero", http.NoBody))
	if get.Code != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d", get.Code)
	}
	if answer := deliverSigned(t, handler, newKey, "no event"); answer.Code != http.StatusBadRequest {
		t.Errorf("no JSON: %d", answer.Code)
	}
	if answer := deliverSigned(t, handler, newKey, strings.Repeat(" ", 64<<10)+body); answer.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a large body: %d", answer.Code)
	}
	if len(*got) != 0 {
		t.Errorf("handled %+v", *got)
	}
	handler.Handle = func(context.Context, receiver.Event) error { return errors.New("a secret of ours") }
	if answer := deliverSigned(t, handler, newKey, body); answer.Code != http.StatusInternalServerError || strings.Contains(answer.Body.String(), "secret") {
		t.Errorf("a failure: %d %s", answer.Code, answer.Body)
	}
}
