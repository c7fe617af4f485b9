package webhook_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// foreign is a mock with a webhook that somebody else made, and its id.
func foreign(t *testing.T, options mockapi.Options, change func(*mockapi.Webhook)) (*acctest.Mock, string) {
	t.Helper()
	mock := acctest.NewMock(t, options)
	w := mockapi.Webhook{
		EventType: "appointment.confirmed", URL: "https://hooks.example.com/hero", Description: "to the integration team", SigningKey: signingKey,
		Headers: map[string]string{"X-Team": "integration", "Authorization": bearer},
	}
	if change != nil {
		change(&w)
	}
	id := mock.AddWebhook(w)
	return mock, id
}

func imported(t *testing.T, mock *acctest.Mock, id string) *driver.Resource {
	t.Helper()
	hook := mock.Driver(t, nil).Resource("hero_webhook")
	hook.Import(id).RequireNoErrors(t)
	return hook
}

func TestImport_findsAWebhookByGroupAndIDByIDAndByIdentity(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	own := mock.AddWebhook(mockapi.Webhook{EventType: "appointment.confirmed", URL: "https://hooks.example.com/12"})
	other := mock.AddWebhook(mockapi.Webhook{PracticeID: "15", EventType: "appointment.cancelled", URL: "https://hooks.example.com/15"})
	for name, c := range map[string]struct {
		text     string
		identity map[string]any
		practice string
	}{
		"id":                   {text: own, practice: "12"},
		"id with white space":  {text: " " + own + "\n", practice: "12"},
		"own group and id":     {text: "12/" + own, practice: "12"},
		"another group and id": {text: "15/" + other, practice: "15"},
		"identity":             {identity: map[string]any{"practice_group_id": "15", "id": other}, practice: "15"},
		"identity's id alone":  {identity: map[string]any{"id": own}, practice: "12"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hook := mock.Driver(t, nil).Resource("hero_webhook")
			if c.identity != nil {
				hook.ImportIdentity(c.identity).RequireNone(t)
			} else {
				hook.Import(c.text).RequireNone(t)
			}
			state := hook.State()
			if state.String("practice_group_id") != c.practice || state.String("url") != "https://hooks.example.com/"+c.practice || state.IsNull("created_at") ||
				hook.Identity().String("practice_group_id") != c.practice || hook.Identity().String("id") != state.String("id") {
				t.Errorf("state %v, identity %v", state, hook.Identity())
			}
			config := webhookConfig(map[string]any{"practice_group_id": c.practice, "event_type": state.Get("event_type"), "url": state.Get("url")})
			hook.RequireEmptyPlan(config)
			hook.Plan(config).Diags.RequireNone(t)
		})
	}
}

func TestImport_saysWhatIsWrongWithATarget(t *testing.T) {
	t.Parallel()
	mock, id := foreign(t, mockapi.Options{}, nil)
	for target, message := range map[string]string{
		"": "not complete", "12/": "not complete", "/" + id: "not complete", "12/15/" + id: "not complete",
		"15/" + id: "Practice group 15 has no webhook " + id, "4711": "Practice group 12 has no webhook 4711", "99/" + id: "Importing webhook " + id + " of practice group 99 failed",
	} {
		mock.Driver(t, nil).Resource("hero_webhook").Import(target).RequireError(t, message)
	}
	nowhere := mock.Driver(t, map[string]any{"practice_group_id": nil}).Resource("hero_webhook")
	nowhere.Import(id).RequireError(t, "HERO_PRACTICE_GROUP_ID")
	nowhere.ImportIdentity(map[string]any{"practice_group_id": "12"}).RequireError(t, "id is required")
}

func TestImport_readsAfreshAndBelievesOnlyWholeLists(t *testing.T) {
	t.Parallel()
	mock, id := foreign(t, mockapi.Options{}, nil)
	d := mock.Driver(t, nil)
	d.Resource("hero_webhook").Import(id).RequireNoErrors(t)
	mock.RemoveWebhook(id)
	d.Resource("hero_webhook").Import(id).RequireError(t, "has no webhook "+id)
	mock.Configure(func(o *mockapi.Options) { o.ListEnvelope = mockapi.EnvelopeCountTooLarge })
	diags := d.Resource("hero_webhook").Import(id)
	diags.RequireError(t, "larger count")
	if strings.Contains(diags.String(), "has no webhook") {
		t.Error("half a list was believed")
	}
}

func TestImport_leavesSecretsAndHeadersOutAndListsTheHeadersNames(t *testing.T) {
	t.Parallel()
	mock, id := foreign(t, mockapi.Options{}, nil)
	hook := mock.Driver(t, nil).Resource("hero_webhook")
	diags := hook.Import(id)
	requireOnly(t, diags, "Webhook "+id+" of practice group 12 has headers that are not in state: Authorization, X-Team")
	diags.RequireWarning(t, "before the next replacement")
	for _, argument := range []string{"headers", "headers_wo", "signing_key", "signing_key_wo", "signing_key_fingerprint", "headers_wo_fingerprint", "description"} {
		if !hook.State().IsNull(argument) {
			t.Errorf("%s is in state: %v", argument, hook.State().Get(argument))
		}
	}
	// Null in configuration leaves them alone, however often it is planned.
	for range 2 {
		hook.Plan(webhookConfig(nil)).Diags.RequireNone(t)
		hook.RequireEmptyPlan(webhookConfig(nil))
		hook = nextRun(t, mock, hook)
	}
}

func TestImport_neverReplacesBecauseOfWhatHeroDoesNotTell(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		options    mockapi.Options
		unverified string // as the plan names them
	}{
		"all in clear": {mockapi.Options{}, "description"},
		"key masked":   {mockapi.Options{SigningKeyInList: mockapi.EchoMasked}, "description, signing_key"},
		"key omitted":  {mockapi.Options{SigningKeyInList: mockapi.EchoOmitted}, "description, signing_key"},
		"all masked":   {mockapi.Options{SigningKeyInList: mockapi.EchoMasked, HeadersInList: mockapi.EchoMasked}, "description, signing_key, header Authorization, header X-Team"},
		"all omitted":  {mockapi.Options{SigningKeyInList: mockapi.EchoOmitted, HeadersInList: mockapi.EchoOmitted}, "description, signing_key, header Authorization, header X-Team"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock, id := foreign(t, c.options, nil)
			hook := imported(t, mock, id)
			plan := requirePlan(t, hook, secretConfig(nil), driver.Update)
			requireOnly(t, plan.Diags, "Not verified in the imported webhook "+id+" of practice group 12: "+c.unverified)
			plan.Diags.RequireWarning(t, "-replace")
			if !strings.HasSuffix(plan.Diags[0].Summary, ": "+c.unverified) {
				t.Errorf("more is named: %s", plan.Diags)
			}
			mock.ResetRequests()
			hook.ApplyPlan(plan).RequireNoErrors(t)
			if mock.Count("", "") != 0 {
				t.Errorf("calls were made: %+v", mock.Requests())
			}
			hook = nextRun(t, mock, hook)
			hook.RequireEmptyPlan(secretConfig(nil))
			hook.Plan(secretConfig(nil)).Diags.RequireNone(t)
			if stored(t, mock).ID != id || hook.State().IsNull("signing_key_fingerprint") || hook.State().String("description") != "to the integration team" {
				t.Errorf("state %v", hook.State())
			}
			// From now on it is a webhook like any other.
			requirePlan(t, hook, secretConfig(map[string]any{"signing_key_wo": otherKey}), driver.Replace, "signing_key_fingerprint")
			requirePlan(t, hook, secretConfig(map[string]any{"description": "x"}), driver.Replace, "description")
			requirePlan(t, hook, secretConfig(map[string]any{"headers": map[string]any{"X-Team": "other"}}), driver.Replace, "headers")
		})
	}
}

func TestImport_replacesWhenHeroShowsSomethingElseInClear(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change   func(*mockapi.Webhook)
		config   map[string]any
		forcedBy string
		why      string
	}{
		"another key":                 {func(w *mockapi.Webhook) { w.SigningKey = otherKey }, nil, "signing_key_fingerprint", "Hero shows another key than the configured one"},
		"another header":              {func(w *mockapi.Webhook) { w.Headers["X-Team"] = "other" }, nil, "headers", "Hero shows another value, or none, for X-Team"},
		"a header fewer":              {func(w *mockapi.Webhook) { delete(w.Headers, "X-Team") }, nil, "headers", "Hero shows another value, or none, for X-Team"},
		"another secret header":       {func(w *mockapi.Webhook) { w.Headers["Authorization"] = otherBearer }, map[string]any{"headers": nil}, "headers_wo_fingerprint", "for Authorization"},
		"a secret header fewer":       {func(w *mockapi.Webhook) { delete(w.Headers, "Authorization") }, map[string]any{"headers": nil}, "headers_wo_fingerprint", "for Authorization"},
		"another key in signing_key":  {func(w *mockapi.Webhook) { w.SigningKey = otherKey }, map[string]any{"signing_key_wo": nil, "signing_key": signingKey}, "signing_key_fingerprint", "another key"},
		"another key with a version":  {func(w *mockapi.Webhook) { w.SigningKey = otherKey }, map[string]any{"signing_key_wo_version": "1"}, "signing_key_fingerprint", "another key"},
		"another event, as elsewhere": {func(w *mockapi.Webhook) { w.EventType = "appointment.cancelled" }, nil, "event_type", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock, id := foreign(t, mockapi.Options{}, c.change)
			hook := imported(t, mock, id)
			plan := requirePlan(t, hook, secretConfig(c.config), driver.Replace, c.forcedBy)
			if c.why != "" {
				plan.Diags.RequireWarning(t, "Replacing webhook "+id+" of practice group 12: ")
				plan.Diags.RequireWarning(t, c.why)
			}
			if plan.Diags.Has(driver.Warning, "Not verified") {
				t.Errorf("what is replaced need not be verified:\n%s", plan.Diags)
			}
			hook.Apply(secretConfig(c.config)).RequireNoErrors(t)
			hook = nextRun(t, mock, hook)
			hook.RequireEmptyPlan(secretConfig(c.config))
		})
	}
}

func TestImport_aReplacementThatWouldLoseHeadersWarns(t *testing.T) {
	t.Parallel()
	mock, id := foreign(t, mockapi.Options{}, nil)
	hook := imported(t, mock, id)
	lost := func(config map[string]any) driver.Diagnostics { return hook.Plan(config).Diags }
	elsewhere := map[string]any{"url": "https://hooks.example.com/other"}
	requireOnly(t, lost(webhookConfig(elsewhere)), "Replacing webhook "+id+" of practice group 12 loses headers: Authorization, X-Team")
	requireOnly(t, lost(webhookConfig(map[string]any{"url": "https://hooks.example.com/other", "headers": map[string]any{"x-team": "integration"}})), "loses headers: Authorization")
	lost(secretConfig(elsewhere)).RequireNone(t)

	// Also after the first apply, until they are configured.
	config := webhookConfig(map[string]any{"description": "to the integration team"})
	hook.Apply(config).RequireNoErrors(t)
	hook = nextRun(t, mock, hook)
	hook.RequireEmptyPlan(config)
	requireOnly(t, hook.Plan(webhookConfig(map[string]any{"description": "x"})).Diags, "loses headers: Authorization, X-Team")
}

func TestImport_takesADriftJobWithoutSecrets(t *testing.T) {
	t.Parallel()
	mock, id := foreign(t, mockapi.Options{}, nil)
	hook := imported(t, mock, id)
	job := secretConfig(map[string]any{"signing_key_wo": nil, "signing_key_wo_version": "1", "headers_wo": nil, "headers_wo_version": "1"})
	requirePlan(t, hook, job, driver.Update)
	hook.Apply(job).RequireNoErrors(t)
	hook = nextRun(t, mock, hook)
	hook.RequireEmptyPlan(job)
	// With the secrets at hand they are compared with what Hero shows, and noted, whenever that is.
	withSecrets := map[string]any{"signing_key_wo_version": "1", "headers_wo_version": "1"}
	another := map[string]any{"signing_key_wo_version": "1", "headers_wo_version": "1", "signing_key_wo": "another-key-of-0123456789"}
	requirePlan(t, hook, secretConfig(another), driver.Replace, "signing_key_fingerprint")
	requirePlan(t, hook, secretConfig(withSecrets), driver.Update)
	hook.Apply(secretConfig(withSecrets)).RequireNoErrors(t)
	hook = nextRun(t, mock, hook)
	hook.RequireEmptyPlan(secretConfig(withSecrets))
	hook.RequireEmptyPlan(job)
	if mock.Count(http.MethodPost, "") != 0 {
		t.Error("something was sent")
	}
}

func TestImport_takesAValueThatIsNotKnownYet(t *testing.T) {
	t.Parallel()
	mock, id := foreign(t, mockapi.Options{}, nil)
	hook := imported(t, mock, id)
	plan := requirePlan(t, hook, secretConfig(map[string]any{"signing_key_wo": driver.Unknown, "headers_wo": driver.Unknown}), driver.Update)
	plan.Diags.RequireWarning(t, "description, signing_key, headers")
	hook.ApplyPlanWith(plan, secretConfig(nil)).RequireNoErrors(t)
	hook = nextRun(t, mock, hook)
	hook.RequireEmptyPlan(secretConfig(nil))
}

func TestImport_comparesADescriptionShouldHeroTellIt(t *testing.T) {
	t.Parallel()
	mock, id := foreign(t, mockapi.Options{}, nil)
	mock.Fault(mockapi.Fault{
		Kind: mockapi.FaultStatus, Status: http.StatusOK, Method: http.MethodGet,
		Body: `[{"id":"` + id + `","event_type":"appointment.confirmed","url":"https://hooks.example.com/hero","description":"to the integration team"}]`,
	})
	hook := imported(t, mock, id)
	hook.RequireEmptyPlan(webhookConfig(map[string]any{"description": "to the integration team"}))
	requirePlan(t, hook, webhookConfig(map[string]any{"description": "to another"}), driver.Replace, "description")
}

func TestImport_aHeaderThatComesLaterIsNoDriftBeforeTheFirstApply(t *testing.T) {
	t.Parallel()
	mock, id := foreign(t, mockapi.Options{}, nil)
	hook := imported(t, mock, id)
	mock.ChangeWebhook(id, func(w *mockapi.Webhook) { w.Headers["X-New"] = "1" })
	hook = nextRun(t, mock, hook)
	hook.RequireEmptyPlan(webhookConfig(nil))
	requireOnly(t, hook.Plan(webhookConfig(map[string]any{"url": "https://hooks.example.com/other"})).Diags, "loses headers: Authorization, X-New, X-Team")
}

func TestImport_secretHeadersStayOutOfStateWhenHeroShowsThemLater(t *testing.T) {
	t.Parallel()
	mock, id := foreign(t, mockapi.Options{HeadersInList: mockapi.EchoOmitted}, nil)
	hook := imported(t, mock, id)
	hook.Apply(secretConfig(nil)).RequireNoErrors(t)
	mock.Configure(func(o *mockapi.Options) { o.HeadersInList = mockapi.EchoClear })
	hook = nextRun(t, mock, hook)
	hook.RequireEmptyPlan(secretConfig(nil))
	if got := hook.State().Get("headers").(map[string]any); len(got) != 1 {
		t.Errorf("headers in state: %v", got)
	}
}

func TestImport_comparesAKeyThatIsAddedLater(t *testing.T) {
	t.Parallel()
	mock, id := foreign(t, mockapi.Options{}, nil)
	hook := imported(t, mock, id)
	first := webhookConfig(map[string]any{"description": "to the integration team"})
	hook.Apply(first).RequireNoErrors(t)
	hook = nextRun(t, mock, hook)
	hook.RequireEmptyPlan(first)
	requirePlan(t, hook, secretConfig(map[string]any{"signing_key_wo": "another-key-of-0123456789"}), driver.Replace, "signing_key_fingerprint")
	requirePlan(t, hook, secretConfig(nil), driver.Update)
	hook.Apply(secretConfig(nil)).RequireNoErrors(t)
	hook = nextRun(t, mock, hook)
	hook.RequireEmptyPlan(secretConfig(nil))
	requirePlan(t, hook, secretConfig(map[string]any{"signing_key_wo": "another-key-of-0123456789"}), driver.Replace, "signing_key_fingerprint")
	if mock.Count(http.MethodPost, "") != 0 {
		t.Error("something was sent")
	}
}

func TestImport_aKeyThatHeroDoesNotShowIsSentWhenItIsAddedLater(t *testing.T) {
	t.Parallel()
	mock, id := foreign(t, mockapi.Options{SigningKeyInList: mockapi.EchoMasked}, nil)
	hook := imported(t, mock, id)
	hook.Apply(webhookConfig(map[string]any{"description": "to the integration team"})).RequireNoErrors(t)
	hook = nextRun(t, mock, hook)
	added := webhookConfig(map[string]any{"description": "to the integration team", "signing_key_wo": signingKey})
	requirePlan(t, hook, added, driver.Replace, "signing_key_fingerprint")
}
