package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

// logged makes one call against an answer and returns the log at TRACE, raw and by line.
func logged(t *testing.T, k call, config Config, wire wireFunc) (string, []map[string]any) {
	t.Helper()
	var out bytes.Buffer
	ctx := tflogtest.RootLogger(context.Background(), &out)
	config.Clock = newTestClock()
	c := newWiredClient(t, config, wire)
	_, _ = c.do(ctx, k)
	raw := out.String()
	lines, err := tflogtest.MultilineJSONDecode(&out)
	if err != nil {
		t.Fatal(err)
	}
	return raw, lines
}

func answersWith(status int, body string) wireFunc {
	return func(r *http.Request) (*http.Response, error) { return reply(r, status, body), nil }
}

func TestLog_oneLinePerAttemptAndOneForABody(t *testing.T) {
	t.Parallel()
	asked := 0
	_, lines := logged(t, get("/v1/webhooks"), Config{MaxRetries: 4}, func(r *http.Request) (*http.Response, error) {
		switch asked++; asked {
		case 1:
			return reply(r, 503, ""), nil
		case 2:
			return nil, io.ErrUnexpectedEOF
		}
		return reply(r, 200, `{"data":[],"count":0}`), nil
	})
	if len(lines) != 4 {
		t.Fatalf("%d lines: %v", len(lines), lines)
	}
	for i, line := range lines[:3] {
		if line["@level"] != "debug" || line["body"] != nil || line["attempt"] != float64(i+1) || line["method"] != "GET" || line["path"] != "/v1/webhooks" || line["practice_group_id"] != testPractice ||
			line["@module"] != "provider."+logSubsystem || line["duration_ms"] == nil {
			t.Errorf("line %d: %v", i, line)
		}
	}
	if lines[0]["status"] != float64(503) || lines[1]["error"] != "unexpected EOF" || lines[1]["status"] != nil {
		t.Errorf("got %v", lines)
	}
	if answer := lines[3]; answer["@level"] != "trace" || answer["body"] != `{"count":0,"data":[]}` || answer["path"] != "/v1/webhooks" {
		t.Errorf("the answer's line is %v", answer)
	}
}

func TestLog_neverHoldsQueryHeadersIDsOrRequestBodies(t *testing.T) {
	t.Parallel()
	const secret = "s3cret0123456789"
	k := write(http.MethodPost, "/v1/patients/"+secret+"/attachments")
	k.query = url.Values{"patient_last_name": {secret}}
	k.body = map[string]string{"password": secret, "status": secret}
	raw, lines := logged(t, k, Config{APIKey: secret + "-key", UserAgent: secret}, func(r *http.Request) (*http.Response, error) {
		return reply(r, 200, `{"id":"`+secret+`","signing_key":"`+secret+`","headers":{"`+secret+`":"`+secret+`","authorization":"`+secret+`"},"url":"https://x/`+secret+`"}`, "Set-Cookie", secret), nil
	})
	if len(lines) != 2 || strings.Contains(raw, "s3cret") {
		t.Fatalf("got %s", raw)
	}
	for _, line := range lines {
		if line["path"] != "/v1/patients/…" {
			t.Errorf("the path is %v", line["path"])
		}
	}
}

func TestLog_neverRepeatsWhatWasSentInSecret(t *testing.T) {
	t.Parallel()
	k := write(http.MethodPost, "/v1/webhooks")
	k.secrets = []string{`s3cret<0123>"456&789`} // which JSON may write in another way
	raw, lines := logged(t, k, Config{}, answersWith(400, `{"message":[{"code":"bad","expected":"other than s3cret<0123>\"456&789","path":["signing_key"]}]}`))
	if len(lines) != 2 || strings.Contains(raw, "s3cret") || !strings.Contains(raw, "signing_key") {
		t.Errorf("got %s", raw)
	}
}

func TestLog_errorsQuoteNothingOfTheAnswer(t *testing.T) {
	t.Parallel()
	for _, err := range []error{
		fmt.Errorf("malformed HTTP response %q", "s3cret"), errors.New("net/http: s3cret"),
	} {
		raw, lines := logged(t, get("/v1/patients/s3cret"), Config{}, func(*http.Request) (*http.Response, error) { return nil, err })
		if len(lines) != 1 || strings.Contains(raw, "s3cret") || lines[0]["error"] == nil {
			t.Errorf("%v: got %s", err, raw)
		}
	}
}

func TestLog_isSilentAboveDebug(t *testing.T) {
	t.Parallel()
	c := newWiredClient(t, Config{}, answersWith(200, "{}")) // a context without a logger, as in a run without TF_LOG
	if _, err := c.do(context.Background(), get("/v1/me")); err != nil {
		t.Error(err)
	}
}

func TestLoggablePath(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/v1/webhooks": "/v1/webhooks", "/v1/webhooks/7": "/v1/webhooks/…", "/v1/me/elements": "/v1/me/elements", "/v1/me/9434765919": "/v1/me/…",
		"/v2/bookinglinks": "/v2/bookinglinks", "/v1/patients/9434765919/attachments": "/v1/patients/…", "/patients/9434765919": "/…",
		"/v1/9434765919": "/…", "/": "/…", "": "/…", "/v1": "/…", "/v1/jane%40example": "/…",
	} {
		if got := loggablePath(path); got != want {
			t.Errorf("%s: want %s, got %s", path, want, got)
		}
	}
}

func TestLoggableBody_keepsWhatIsHarmless(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		``: ``, `<html>`: `(not JSON)`, `"text"`: `"(hidden)"`, `[1,true,null]`: `["(hidden)",true,null]`,
		`{"event_type":"appointment.confirmed","id":"1","count":2}`:    `{"count":2,"event_type":"appointment.confirmed","id":"(hidden)"}`,
		`{"path":["headers","a"],"code":"bad","message":"x"}`:          `{"code":"bad","message":"(hidden)","path":["headers","a"]}`,
		`{"headers":{"X-Team":"a"},"9434765919":1}`:                    `{"headers":{"…":1},"…":1}`,
		`{"status":"` + strings.Repeat("long", 20) + `"}`:              `{"status":"(hidden)"}`,
		`{"status":{"name":"Jane"},"type":["Jane",{"name":"Jane"}]}`:   `{"status":{"name":"(hidden)"},"type":["Jane",{"name":"(hidden)"}]}`,
		`{"statusCode":400,"error":true,"capabilities":["messaging"]}`: `{"capabilities":["messaging"],"error":true,"statusCode":400}`,
	} {
		if got := loggableBody([]byte(body), nil); got != want {
			t.Errorf("%s: want %s, got %s", body, want, got)
		}
	}
}

// FuzzLog throws bodies with planted secrets at the logger. Secrets stand wherever a secret or a patient's datum can: as the value of any
// key but the few that are logged, and as a key.
func FuzzLog(f *testing.F) {
	const secret = "planted-s3cret-9434765919"
	for _, body := range []string{
		`{"id":"%","signing_key":"%"}`, `{"data":[{"headers":{"%":"%"},"patient":{"name":"%"}}],"count":"1"}`, `["%",["%"],{"a":["%"]}]`, `"%"`, `%`,
		`{"message":"%"`, `<p>%</p>`, `{"%":{"%":1}}`, `{"fields":[{"name":"%","answer":["%"]}]}`,
	} {
		f.Add("POST", "/v1/patients/%", "", body)
		f.Add("GET", "/%/x", "created_at", body)
	}
	f.Fuzz(func(t *testing.T, method, path, name, body string) {
		plant := func(text string) string { return strings.ReplaceAll(text, "%", secret) }
		body = plant(body)
		if saysWhatMayBeLogged(body, secret) {
			t.Skip("the secret is the value of a key that is logged")
		}
		k := call{practice: testPractice, method: method, path: plant(path), query: url.Values{name: {secret}}, body: map[string]string{name: secret}}
		for _, status := range []int{200, 400} {
			raw, _ := logged(t, k, Config{APIKey: secret}, answersWith(status, body))
			if strings.Contains(raw, "s3cret") {
				t.Errorf("the log tells the secret: %s", raw)
			}
		}
	})
}

// saysWhatMayBeLogged reports whether a loggable field's value holds the secret.
func saysWhatMayBeLogged(body, secret string) bool {
	var value any
	if json.Unmarshal([]byte(body), &value) != nil {
		return false
	}
	var within func(value any, loggable bool) bool
	within = func(value any, loggable bool) bool {
		switch value := value.(type) {
		case map[string]any:
			for key, member := range value {
				if within(member, loggableFields[key]) {
					return true
				}
			}
		case []any:
			for _, item := range value {
				if within(item, loggable) {
					return true
				}
			}
		case string:
			return loggable && strings.Contains(value, secret)
		}
		return false
	}
	return within(value, false)
}
