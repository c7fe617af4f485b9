package webhook_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

const (
	actionKey   = "action-signing-key-0123456789abcdef"
	actionToken = "Bearer action-token-0123456789"
)

// heard is one request that a receiver was sent.
type heard struct {
	*http.Request
	body string
}

// newReceiver answers with answer and tells what it was sent.
func newReceiver(t *testing.T, answer http.HandlerFunc) (url string, requests chan heard) {
	t.Helper()
	requests = make(chan heard, 10)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		requests <- heard{r, string(body)}
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL, requests
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func actionConfig(url string, changes map[string]any) map[string]any {
	config := map[string]any{"url": url + "/hero?tenant=7", "event_type": "appointment.confirmed"}
	for argument, value := range changes {
		config[argument] = value
	}
	return config
}

func actionDriver(t *testing.T) *driver.Driver {
	t.Helper()
	return acctest.NewMock(t, mockapi.Options{}).Driver(t, nil)
}

func TestWebhookTest_sendsTheDocumentedEventSigned(t *testing.T) {
	t.Setenv("ACTION_TEST_KEY", actionKey)
	t.Setenv("ACTION_TEST_TOKEN", actionToken)
	url, requests := newReceiver(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = w.Write([]byte("thank you"))
	})
	clock := acctest.NewClock(time.Unix(1_800_000_000, 0))
	mock := acctest.NewMock(t, mockapi.Options{})
	d := mock.Driver(t, nil, provider.WithClock(clock))
	progress, diags := d.InvokeAction("hero_webhook_test", actionConfig(url, map[string]any{
		"signing_key_env": "ACTION_TEST_KEY", "headers": map[string]any{"X-Team": "integration"}, "headers_env": map[string]any{"Authorization": "ACTION_TEST_TOKEN"},
	}))
	diags.RequireNone(t)

	request := <-requests
	const body = `{"object":"Appointment","id":"0","practice_group_id":"12","event":"appointment.confirmed"}`
	if request.Method != http.MethodPost || request.RequestURI != "/hero?tenant=7" || request.body != body {
		t.Errorf("sent %s %s %s", request.Method, request.RequestURI, request.body)
	}
	mac := hmac.New(sha256.New, []byte(actionKey))
	mac.Write([]byte("1800000000." + body))
	for name, want := range map[string]string{
		"Content-Type": "application/json", "X-Hero-Test": "terraform", "X-Team": "integration", "Authorization": actionToken,
		"X-Herohealth-Timestamp": "1800000000", "X-Herohealth-Signature": hex.EncodeToString(mac.Sum(nil)),
	} {
		if got := request.Header.Values(name); len(got) != 1 || got[0] != want {
			t.Errorf("%s: sent %q, want %q", name, got, want)
		}
	}
	if len(request.Header.Values("X-Api-Key")) != 0 {
		t.Error("the API key was sent to the receiver")
	}
	host := strings.TrimPrefix(url, "http://")
	if len(progress) != 2 || progress[0] != "Sending appointment.confirmed to "+host+" (signed)" || !strings.HasPrefix(progress[1], "The receiver answered 200 OK (text/plain, 9 bytes) in ") {
		t.Errorf("reported %q", progress)
	}
	if calls := len(mock.Requests()); calls != 0 {
		t.Errorf("%d calls to Hero", calls)
	}
}

func TestWebhookTest_namesWhatIsConfigured(t *testing.T) {
	t.Parallel()
	url, requests := newReceiver(t, status(http.StatusNoContent))
	progress, diags := actionDriver(t).InvokeAction("hero_webhook_test", actionConfig(url, map[string]any{
		"event_type": "form-submission.created", "practice_group_id": "15", "object_id": "4711",
	}))
	diags.RequireNone(t)
	if got := (<-requests).body; got != `{"object":"FormSubmission","id":"4711","practice_group_id":"15","event":"form-submission.created"}` {
		t.Errorf("sent %s", got)
	}
	if !strings.Contains(progress[1], "204 No Content (no content type, 0 bytes)") {
		t.Errorf("reported %q", progress)
	}
}

func TestWebhookTest_saysThatAnEventIsUnsigned(t *testing.T) {
	t.Parallel()
	url, requests := newReceiver(t, status(http.StatusOK))
	progress, diags := actionDriver(t).InvokeAction("hero_webhook_test", actionConfig(url, nil))
	diags.RequireNone(t)
	if !strings.HasSuffix(progress[0], "(sent unsigned)") {
		t.Errorf("reported %q", progress)
	}
	if header := (<-requests).Header; header.Get("X-Herohealth-Signature") != "" || header.Get("X-Herohealth-Timestamp") != "" {
		t.Errorf("sent %v", header)
	}
}

func TestWebhookTest_judgesTheStatus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		answered int
		expected any
		fails    string
	}{
		{200, nil, ""},
		{299, nil, ""},
		{202, 202, ""},
		{401, 401, ""},
		{500, 500, ""},
		{302, 302, ""},
		{200, 202, "Expected was status 202"},
		{404, nil, "Expected was a 2xx status"},
		{500, nil, "500 Internal Server Error"},
		{401, nil, "sent unsigned"},
		{403, nil, "signing_key_env"},
		{401, 403, "Expected was status 403"},
	} {
		t.Run(fmt.Sprintf("%d for %v", c.answered, c.expected), func(t *testing.T) {
			t.Parallel()
			url, _ := newReceiver(t, status(c.answered))
			progress, diags := actionDriver(t).InvokeAction("hero_webhook_test", actionConfig(url, map[string]any{"expected_status": c.expected}))
			if len(progress) != 2 || !strings.Contains(progress[1], fmt.Sprintf("answered %d", c.answered)) {
				t.Errorf("reported %q", progress)
			}
			if c.fails == "" {
				diags.RequireNone(t)
				return
			}
			diags.RequireError(t, "did not answer as expected")
			diags.RequireError(t, c.fails)
		})
	}
}

func TestWebhookTest_aRefusedSignatureIsExplained(t *testing.T) {
	t.Setenv("ACTION_TEST_KEY", actionKey)
	url, _ := newReceiver(t, status(http.StatusUnauthorized))
	progress, diags := actionDriver(t).InvokeAction("hero_webhook_test", actionConfig(url, map[string]any{"signing_key_env": "ACTION_TEST_KEY"}))
	diags.RequireError(t, "may have another signing key")
	acctest.AssertNoSecrets(t, map[string][]byte{"progress": []byte(strings.Join(progress, "\n")), "diagnostics": []byte(diags.String())}, actionKey)
}

func TestWebhookTest_followsNoRedirect(t *testing.T) {
	t.Parallel()
	elsewhere, there := newReceiver(t, status(http.StatusOK))
	for _, code := range []int{301, 302, 303, 307, 308} {
		url, _ := newReceiver(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere+"/secret-path", code) })
		_, diags := actionDriver(t).InvokeAction("hero_webhook_test", actionConfig(url, nil))
		diags.RequireError(t, "It redirects to "+strings.TrimPrefix(elsewhere, "http://")+", which is not followed")
		if diags.Has(driver.Error, "secret-path") {
			t.Errorf("%d: the whole target is shown: %s", code, diags)
		}
	}
	if len(there) != 0 {
		t.Error("the redirect was followed")
	}
}

func TestWebhookTest_timesOut(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"before the answer": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"amid the body": func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write([]byte("begun"))
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, _ := newReceiver(t, answer)
			_, diags := actionDriver(t).InvokeAction("hero_webhook_test", actionConfig(url, map[string]any{"timeout": "50ms"}))
			diags.RequireError(t, "did not answer")
			diags.RequireError(t, "within 50ms (timeout)")
			if diags[0].Attribute != "url" || strings.Contains(diags.String(), "tenant=7") {
				t.Errorf("%s", diags)
			}
		})
	}
}

func TestWebhookTest_endsWhenItIsInterrupted(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	url, _ := newReceiver(t, func(_ http.ResponseWriter, r *http.Request) {
		interrupt()
		<-r.Context().Done()
	})
	_, diags := actionDriver(t).WithContext(ctx).InvokeAction("hero_webhook_test", actionConfig(url, map[string]any{"timeout": "1m"}))
	diags.RequireError(t, "interrupted before it answered")
}

func TestWebhookTest_saysWhyNobodyAnswered(t *testing.T) {
	t.Parallel()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://" + listener.Addr().String()
	_ = listener.Close()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	dropped, _ := newReceiver(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	for url, want := range map[string]string{closed: "refused", secure.URL: "certificate", dropped: "EOF", "http://169.254.169.254": "link-local", "http://[::ffff:169.254.169.254]": "link-local"} {
		_, diags := actionDriver(t).InvokeAction("hero_webhook_test", actionConfig(url, nil))
		diags.RequireError(t, want)
		if strings.Contains(diags.Errors().String(), "tenant=7") {
			t.Errorf("the query is shown: %s", diags)
		}
	}
}

func TestWebhookTest_needsItsEnvironment(t *testing.T) {
	t.Setenv("ACTION_TEST_EMPTY", "")
	t.Setenv("ACTION_TEST_BROKEN", actionToken+"\n")
	url, requests := newReceiver(t, status(http.StatusOK))
	d := actionDriver(t)
	for name, c := range map[string]struct {
		config    map[string]any
		attribute string
		want      string
	}{
		"no key":         {map[string]any{"signing_key_env": "ACTION_TEST_NONE"}, "signing_key_env", "ACTION_TEST_NONE is not set"},
		"an empty key":   {map[string]any{"signing_key_env": "ACTION_TEST_EMPTY"}, "signing_key_env", "ACTION_TEST_EMPTY is not set"},
		"no header":      {map[string]any{"headers_env": map[string]any{"Authorization": "ACTION_TEST_NONE"}}, `headers_env["Authorization"]`, "ACTION_TEST_NONE is not set"},
		"a broken value": {map[string]any{"headers_env": map[string]any{"Authorization": "ACTION_TEST_BROKEN"}}, `headers_env["Authorization"]`, "control character"},
	} {
		d.PlanAction("hero_webhook_test", actionConfig(url, c.config)).RequireNone(t) // the plan may run elsewhere
		_, diags := d.InvokeAction("hero_webhook_test", actionConfig(url, c.config))
		diags.RequireError(t, c.want)
		if len(diags) != 1 || diags[0].Attribute != c.attribute || strings.Contains(diags.String(), actionToken) {
			t.Errorf("%s: %s", name, diags)
		}
	}
	if len(requests) != 0 {
		t.Error("sent all the same")
	}
}

func TestWebhookTest_neverTakesTheProvidersOwnVariables(t *testing.T) {
	t.Parallel()
	d := actionDriver(t)
	for _, variable := range []string{"HERO_API_KEY", "hero_api_key", "HERO_ANYTHING", ""} {
		d.PlanAction("hero_webhook_test", actionConfig("https://hooks.example.com", map[string]any{"signing_key_env": variable})).RequireError(t, "environment variable cannot be used")
		d.PlanAction("hero_webhook_test", actionConfig("https://hooks.example.com", map[string]any{"headers_env": map[string]any{"X-Key": variable}})).RequireError(t, "environment variable cannot be used")
	}
}

func TestWebhookTest_showsTheBodyOnlyWhenAskedAndNeverASecret(t *testing.T) {
	t.Setenv("ACTION_TEST_KEY", actionKey)
	t.Setenv("ACTION_TEST_TOKEN", actionToken)
	url, _ := newReceiver(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; echo="+r.Header.Get("Authorization"))
		_, _ = w.Write([]byte("\xff you sent " + r.Header.Get("Authorization") + strings.Repeat("é", 2000)))
	})
	config := actionConfig(url, map[string]any{"signing_key_env": "ACTION_TEST_KEY", "headers_env": map[string]any{"Authorization": "ACTION_TEST_TOKEN"}, "expected_status": 201})
	for _, shown := range []bool{false, true} {
		config["show_response_body"] = shown
		progress, diags := actionDriver(t).InvokeAction("hero_webhook_test", config)
		diags.RequireError(t, "Expected was status 201")
		said := strings.Join(progress, "\n") + diags.String()
		acctest.AssertNoSecrets(t, map[string][]byte{"what was said": []byte(said)}, actionKey, actionToken)
		if strings.Contains(said, "you sent (hidden)") != shown {
			t.Errorf("show_response_body = %v: %s", shown, said)
		}
		if shown && (!strings.HasSuffix(progress[2], "é…") || strings.Count(progress[2], "é") > 1000) {
			t.Errorf("the body is not cut: %s", progress[2])
		}
	}
}

func TestWebhookTest_readsABoundedPartOfALongAnswer(t *testing.T) {
	t.Parallel()
	url, _ := newReceiver(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil { // it never ends
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	})
	progress, diags := actionDriver(t).InvokeAction("hero_webhook_test", actionConfig(url, nil))
	diags.RequireNone(t)
	if !strings.Contains(progress[1], "at least 65536 bytes") {
		t.Errorf("reported %q", progress)
	}
}

func TestWebhookTest_plansWithWhatIsNotKnownYet(t *testing.T) {
	t.Parallel()
	unknown := driver.Unknown
	d := actionDriver(t)
	for _, argument := range []string{"url", "event_type", "practice_group_id", "signing_key_env", "headers", "headers_env", "object_id", "expected_status", "timeout", "show_response_body"} {
		d.PlanAction("hero_webhook_test", actionConfig("https://hooks.example.com", map[string]any{argument: unknown})).RequireNone(t)
	}
	d.PlanAction("hero_webhook_test", actionConfig("https://hooks.example.com", map[string]any{"headers": map[string]any{"X-Team": unknown}, "headers_env": map[string]any{"X-Other": unknown}})).RequireNone(t)
	d = acctest.NewMock(t, mockapi.Options{}).Driver(t, map[string]any{"api_key": unknown, "practice_group_id": unknown})
	d.PlanAction("hero_webhook_test", actionConfig("https://hooks.example.com", nil)).RequireNone(t)
}

func TestWebhookTest_refusesBadInputInThePlan(t *testing.T) {
	t.Parallel()
	d := actionDriver(t)
	for name, c := range map[string]struct {
		config    map[string]any
		attribute string
		want      string
	}{
		"a URL without a host":         {map[string]any{"url": "hooks.example.com"}, "url", "not an absolute URL"},
		"a URL with a password":        {map[string]any{"url": "https://user:pass@hooks.example.com"}, "url", "user name or password"},
		"a misspelt event":             {map[string]any{"event_type": "appointment.confirme"}, "event_type", "misspelt"},
		"a header twice":               {map[string]any{"headers": map[string]any{"X-Team": "a"}, "headers_env": map[string]any{"x-team": "TEAM"}}, `headers_env["x-team"]`, "both headers and headers_env"},
		"a header of Hero's":           {map[string]any{"headers": map[string]any{"X-Herohealth-Signature": "a"}}, `headers["X-Herohealth-Signature"]`, "reserved"},
		"a secret header of Hero's":    {map[string]any{"headers_env": map[string]any{"X-Herohealth-Signature": "A"}}, `headers_env["X-Herohealth-Signature"]`, "reserved"},
		"a timeout that is none":       {map[string]any{"timeout": "soon"}, "timeout", "not a positive duration"},
		"a timeout of nothing":         {map[string]any{"timeout": "0s"}, "timeout", "not a positive duration"},
		"a status that cannot be last": {map[string]any{"expected_status": 100}, "expected_status", "between 200 and 599"},
		"an empty object":              {map[string]any{"object_id": ""}, "object_id", "empty"},
		"a practice that is none":      {map[string]any{"practice_group_id": " 12"}, "practice_group_id", "white space"},
	} {
		diags := d.PlanAction("hero_webhook_test", actionConfig("https://hooks.example.com", c.config))
		diags.RequireError(t, c.want)
		if diags.Errors()[0].Attribute != c.attribute {
			t.Errorf("%s: %s", name, diags)
		}
	}
}

func TestWebhookTest_warnsOfSecretsThatThePlanShows(t *testing.T) {
	t.Parallel()
	d := actionDriver(t)
	diags := d.PlanAction("hero_webhook_test", actionConfig("https://hooks.example.com", map[string]any{"headers": map[string]any{"Authorization": "Bearer x"}}))
	diags.RequireNoErrors(t)
	diags.RequireWarning(t, "Move it to headers_env")
	d.PlanAction("hero_webhook_test", actionConfig("http://hooks.example.com", nil)).RequireWarning(t, "not encrypted")
}

func TestWebhookTest_saysInThePlanWhichPracticeIsMissing(t *testing.T) {
	t.Parallel()
	config := actionConfig("https://hooks.example.com", nil)
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, map[string]any{"practice_group_id": nil})
	d.PlanAction("hero_webhook_test", config).RequireError(t, "No practice group is named")
	config["practice_group_id"] = "12"
	d.PlanAction("hero_webhook_test", config).RequireNone(t)
	d = acctest.NewMock(t, mockapi.Options{}).Driver(t, map[string]any{"allowed_practice_group_ids": []string{"12"}})
	d.PlanAction("hero_webhook_test", config).RequireNone(t)
	config["practice_group_id"] = "15"
	d.PlanAction("hero_webhook_test", config).RequireError(t, "not among the allowed ones")
}

func TestWebhookEventTypes_areTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	got, err := actionDriver(t).CallFunction("webhook_event_types")
	want := []any{
		"appointment.confirmed", "appointment.cancelled", "appointment.rescheduled", "prescription.issued",
		"patient.medical-record-updated", "patient.added-to-sequence", "write-to-record.succeeded", "write-to-record.failed",
	}
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, %v", got, err)
	}
}
