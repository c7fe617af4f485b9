package webhook_test

import (
	"net/http"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestBaseline_aServerThatNormalisesIsWarnedOfOnceAndIsNoDrift(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{NormaliseURLs: true})
	hook, config := mock.Driver(t, nil).Resource("hero_webhook"), secretConfig(nil)
	diags := hook.Apply(config)
	requireOnly(t, diags, `url: sent "https://hooks.example.com/hero", answered "https://hooks.example.com/hero/"`)
	diags.RequireWarning(t, "Hero answered otherwise than asked for the webhook "+hook.State().String("id")+" of practice group 12")
	hook.Refresh().RequireNone(t)
	requirePlan(t, hook, config, driver.NoOp).Diags.RequireNone(t)
	if got := hook.State().String("url"); got != "https://hooks.example.com/hero" {
		t.Errorf("state has %q", got)
	}
}

func TestBaseline_aChangeFromHerosAnswerIsDriftAndItsReturnIsNone(t *testing.T) {
	t.Parallel()
	mock, hook := created(t, mockapi.Options{NormaliseURLs: true}, secretConfig(nil))
	id := stored(t, mock).ID
	mock.ChangeWebhook(id, func(w *mockapi.Webhook) { w.URL = "https://elsewhere.example.net/" })
	hook = nextRun(t, mock, hook)
	plan := requirePlan(t, hook, secretConfig(nil), driver.Replace, "url")
	if got := plan.Before.String("url"); got != "https://elsewhere.example.net/" {
		t.Errorf("the plan shows %q", got)
	}
	mock.ChangeWebhook(id, func(w *mockapi.Webhook) { w.URL = "https://hooks.example.com/hero/" })
	hook = nextRun(t, mock, hook)
	hook.RequireEmptyPlan(secretConfig(nil))
}

func TestBaseline_headersThatHeroAnsweredOtherwiseAreNoDriftUntilTheyChange(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	hook, config := mock.Driver(t, nil).Resource("hero_webhook"), secretConfig(nil)
	// A server that adds a header of its own and writes values in capitals.
	mock.After(func(r mockapi.Request) {
		if r.Method == http.MethodPost {
			mock.ClearFaults()
		}
	})
	answer := func(team, more string) string {
		return `{"id":"7","event_type":"appointment.confirmed","url":"https://hooks.example.com/hero","created_at":"string","updated_at":"string","headers":{"x-team":"` + team + `","authorization":"` + bearer + `"` + more + `}}`
	}
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: http.StatusOK, Method: http.MethodPost, Body: answer("INTEGRATION", `,"X-Hero":"1"`)})
	diags := hook.Apply(config)
	requireOnly(t, diags, `headers: sent "{\"X-Team\":\"integration\"}", answered "{\"X-Hero\":\"1\",\"X-Team\":\"INTEGRATION\"}"`)
	if diags.Has(driver.Warning, "abcdefghijkl") {
		t.Error("the warning shows a secret header")
	}
	list := func(item string) func() {
		return mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: http.StatusOK, Method: http.MethodGet, Body: `[` + item + `]`})
	}
	read := func() *driver.Resource { return nextRun(t, mock, hook) }

	remove := list(answer("INTEGRATION", `,"X-Hero":"1"`))
	read().RequireEmptyPlan(config)
	remove()
	remove = list(answer("OTHER", `,"X-Hero":"1"`))
	drifted := read()
	requirePlan(t, drifted, config, driver.Replace, "headers")
	remove()
	defer list(answer("INTEGRATION", `,"X-Hero":"1"`))()
	nextRun(t, mock, drifted).RequireEmptyPlan(config)
	back := nextRun(t, mock, drifted)
	back.Refresh().RequireNone(t)
	if got := back.State().Get("headers.X-Team"); got != "integration" {
		t.Errorf("state has %v", got)
	}
}

func TestBaseline_theDocumentationsMockAppliesWithAWarningAndPlansEmpty(t *testing.T) {
	t.Parallel()
	sample := acctest.NewSample(t)
	d := sample.Driver(t, nil)
	hook := d.Resource("hero_webhook")
	config := secretConfig(map[string]any{"event_type": "appointment.cancelled"})
	plan := hook.Plan(config)
	plan.Diags.RequireNone(t)
	diags := hook.ApplyPlan(plan)
	requireOnly(t, diags, "Hero answered otherwise than asked")
	for _, line := range []string{`event_type: sent "appointment.cancelled"`, `answered "http://example.com"`, "property1"} {
		diags.RequireWarning(t, line)
	}
	for range 2 {
		hook.Refresh().RequireNone(t)
		requirePlan(t, hook, config, driver.NoOp).Diags.RequireNone(t)
	}
	later := nextRun(t, sample, hook)
	later.RequireEmptyPlan(config)

	// Several at once get the same sample id; that too must not disturb.
	second := d.Resource("hero_webhook")
	second.Apply(secretConfig(map[string]any{"url": "https://hooks.example.com/other"})).RequireNoErrors(t)
	second.RequireEmptyPlan(secretConfig(map[string]any{"url": "https://hooks.example.com/other"}))

	none := d.Resource("hero_webhook")
	none.Apply(webhookConfig(map[string]any{"headers": map[string]any{}})).RequireNoErrors(t)
	none.RequireEmptyPlan(webhookConfig(map[string]any{"headers": map[string]any{}}))

	webhooks, more := d.ReadDataSource("hero_webhooks", nil)
	more.RequireNone(t)
	if webhooks.String("webhooks.0.url_host") != "example.com" {
		t.Errorf("read %v", webhooks)
	}
	network, more := d.ReadDataSource("hero_webhooks", map[string]any{"entire_network": true})
	more.RequireNone(t)
	if len(network.List("webhooks")) == 0 {
		t.Errorf("read %v", network)
	}
}

func TestCreate_onceTheWebhookExistsThereAreOnlyWarnings(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"an id alone":           `{"id":"7"}`,
		"a number as id":        `{"id":7,"url":null}`,
		"everything otherwise":  `{"id":"7","event_type":"patient.left","url":"http://x","description":"no","signing_key":"other","headers":{"a":"b"},"created_at":"soon"}`,
		"types that nobody has": `{"id":"7","event_type":[1],"url":{"a":1},"headers":"none","created_at":12}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, mockapi.Options{})
			hook := mock.Driver(t, nil).Resource("hero_webhook")
			mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: http.StatusCreated, Method: http.MethodPost, Body: body})
			hook.Apply(secretConfig(nil)).RequireNoErrors(t)
			state := hook.State()
			if state.String("id") != "7" || state.String("url") != "https://hooks.example.com/hero" || hook.Tainted() {
				t.Errorf("state %v, tainted %v", state, hook.Tainted())
			}
			if len(hook.PrivateValue("hero")) == 0 || hook.Identity().String("id") != "7" {
				t.Error("private state or identity is missing")
			}
		})
	}
}
