package webhook_test

import (
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestHeaders_whatHTTPForbidsOrReservesIsAnError(t *testing.T) {
	t.Parallel()
	hook := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil).Resource("hero_webhook")
	for name, c := range map[string]struct {
		headers map[string]any
		message string
	}{
		"space in the name":     {map[string]any{"X Team": "a"}, "not allowed in HTTP"},
		"colon in the name":     {map[string]any{"X-Team:": "a"}, "not allowed in HTTP"},
		"line break in it":      {map[string]any{"X-Team\r\nX-Other": "a"}, "not allowed in HTTP"},
		"empty name":            {map[string]any{"": "a"}, "is empty"},
		"letters beyond ASCII":  {map[string]any{"X-Größe": "a"}, "not allowed in HTTP"},
		"line break in a value": {map[string]any{"X-Team": "a\n"}, "The value of X-Team has a control character"},
		"CRLF in a value":       {map[string]any{"X-Team": "a\r\nX-Other: b"}, "The value of X-Team has a control character"},
		"NUL in a value":        {map[string]any{"X-Team": "a\x00"}, "The value of X-Team has a control character"},
		"empty value":           {map[string]any{"X-Team": ""}, "Give X-Team a value"},
		"null value":            {map[string]any{"X-Team": nil}, "Give X-Team a value"},
		"Host":                  {map[string]any{"Host": "a"}, "Host is set by HTTP itself or by Hero"},
		"Content-Length":        {map[string]any{"content-length": "1"}, "reserved"},
		"Transfer-Encoding":     {map[string]any{"Transfer-Encoding": "chunked"}, "reserved"},
		"Hero's signature":      {map[string]any{"x-herohealth-signature": "a"}, "reserved"},
		"anything of Hero's":    {map[string]any{"X-HeroHealth-New": "a"}, "reserved"},
		"the same name twice":   {map[string]any{"X-Team": "a", "x-team": "b"}, "The header is given twice"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, argument := range []string{"headers", "headers_wo"} {
				diags := hook.Validate(webhookConfig(map[string]any{argument: c.headers}))
				diags.RequireError(t, c.message)
				diags.RequireError(t, argument)
				if len(diags.Errors()) != 1 {
					t.Errorf("one error is enough:\n%s", diags)
				}
			}
		})
	}
}

func TestHeaders_theSameNameInBothMapsIsAnErrorWhateverItsCase(t *testing.T) {
	t.Parallel()
	hook := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil).Resource("hero_webhook")
	diags := hook.Validate(webhookConfig(map[string]any{"headers": map[string]any{"X-Team": "a"}, "headers_wo": map[string]any{"x-team": driver.Unknown}}))
	diags.RequireError(t, "The header is in both headers and headers_wo")
}

func TestHeaders_credentialsInHeadersAreWarnedOf(t *testing.T) {
	t.Parallel()
	hook := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil).Resource("hero_webhook")
	for _, name := range []string{"Authorization", "Proxy-Authorization", "Cookie", "X-Auth-Token", "X-Client-Secret", "x-api-key", "X-PASSWORD"} {
		requireOnly(t, hook.Validate(webhookConfig(map[string]any{"headers": map[string]any{name: "a"}})), "The header "+name+" looks like a credential")
		hook.Validate(webhookConfig(map[string]any{"headers_wo": map[string]any{name: "a"}})).RequireNone(t)
	}
	hook.Validate(webhookConfig(map[string]any{"headers": map[string]any{"X-Team": "a", "Accept": "b"}})).RequireNone(t)
}

func TestHeaders_valuesOfHeadersWOStayOutOfStateWhenHeroReturnsAll(t *testing.T) {
	t.Parallel()
	mock, hook := created(t, mockapi.Options{}, secretConfig(nil))
	mock.ChangeWebhook(stored(t, mock).ID, func(w *mockapi.Webhook) { // Hero writes names as it likes
		w.Headers = map[string]string{"x-team": "integration", "AUTHORIZATION": bearer}
	})
	hook = nextRun(t, mock, hook)
	hook.RequireEmptyPlan(secretConfig(nil))
	if got := hook.State().Get("headers").(map[string]any); len(got) != 1 || got["X-Team"] != "integration" {
		t.Errorf("headers in state: %v", got)
	}
}

func TestHeaders_driftIsSeen(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		atHero map[string]string
		shown  map[string]any
	}{
		"changed": {map[string]string{"X-Team": "other", "Authorization": bearer}, map[string]any{"X-Team": "other"}},
		"added":   {map[string]string{"X-Team": "integration", "Authorization": bearer, "X-More": "1"}, map[string]any{"X-Team": "integration", "X-More": "1"}},
		"removed": {map[string]string{"Authorization": bearer}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock, hook := created(t, mockapi.Options{}, secretConfig(nil))
			mock.ChangeWebhook(stored(t, mock).ID, func(w *mockapi.Webhook) { w.Headers = c.atHero })
			hook = nextRun(t, mock, hook)
			plan := requirePlan(t, hook, secretConfig(nil), driver.Replace, "headers")
			got, _ := plan.Before.Get("headers").(map[string]any)
			if len(got) != len(c.shown) {
				t.Fatalf("state shows %v, want %v", got, c.shown)
			}
			for name, value := range c.shown {
				if got[name] != value {
					t.Errorf("state shows %v, want %v", got, c.shown)
				}
			}
		})
	}
}

func TestHeaders_aNewOneThatHeroMasksIsNeverWrittenDown(t *testing.T) {
	t.Parallel()
	mock, hook := created(t, mockapi.Options{HeadersInList: mockapi.EchoMasked}, secretConfig(nil))
	mock.ChangeWebhook(stored(t, mock).ID, func(w *mockapi.Webhook) { w.Headers["X-More"] = "1" })
	hook = nextRun(t, mock, hook)
	hook.RequireEmptyPlan(secretConfig(nil))
}

func TestHeaders_emptyMapsAreNone(t *testing.T) {
	t.Parallel()
	empty := webhookConfig(map[string]any{"headers": map[string]any{}, "headers_wo": map[string]any{}})
	for name, options := range answers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock, hook := created(t, options, empty)
			hook = nextRun(t, mock, hook)
			hook.RequireEmptyPlan(empty)
			if !hook.State().IsNull("headers_wo_fingerprint") {
				t.Error("there is a fingerprint of nothing")
			}
			mock, hook = created(t, options, webhookConfig(nil))
			requirePlan(t, hook, webhookConfig(map[string]any{"headers_wo": map[string]any{}}), driver.NoOp)
			hook = nextRun(t, mock, hook)
			hook.RequireEmptyPlan(webhookConfig(map[string]any{"headers_wo": nil}))
		})
	}
}
