package webhook_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestDuplicates_thePlanOfACreateWarnsWithTheImportID(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	id := mock.AddWebhook(mockapi.Webhook{PracticeID: "15", EventType: "appointment.confirmed", URL: "https://hooks.example.com/hero"})
	d := mock.Driver(t, nil)
	config := webhookConfig(map[string]any{"practice_group_id": "15"})
	diags := d.Resource("hero_webhook").Plan(config).Diags
	requireOnly(t, diags, "Practice group 15 already sends appointment.confirmed to this URL (webhook "+id+")")
	diags.RequireWarning(t, "import it as 15/"+id)
	for _, other := range []map[string]any{
		{}, {"practice_group_id": "15", "event_type": "appointment.cancelled"}, {"practice_group_id": "15", "url": "https://hooks.example.com/other"}, {"practice_group_id": "15", "url": driver.Unknown},
	} {
		d.Resource("hero_webhook").Plan(webhookConfig(other)).Diags.RequireNone(t)
	}
	if got := mock.Count(http.MethodGet, "/v1/webhooks"); got != 2 {
		t.Errorf("%d lists for two practices", got)
	}
}

func TestDuplicates_ourOwnCreatesOfTheRunAreNone(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	d := mock.Driver(t, nil)
	for _, team := range []string{"a", "b"} { // the same event to the same URL, on purpose
		d.Resource("hero_webhook").Apply(webhookConfig(map[string]any{"headers": map[string]any{"X-Team": team}})).RequireNone(t)
	}
	if got := mock.Count(http.MethodGet, "/v1/webhooks"); got != 1 {
		t.Errorf("%d lists", got)
	}
}

func TestDuplicates_aReplacementWarnsToo(t *testing.T) {
	t.Parallel()
	mock, hook := created(t, mockapi.Options{}, webhookConfig(nil))
	id := mock.AddWebhook(mockapi.Webhook{EventType: "appointment.confirmed", URL: "https://hooks.example.com/other"})
	hook = nextRun(t, mock, hook)
	plan := requirePlan(t, hook, webhookConfig(map[string]any{"url": "https://hooks.example.com/other"}), driver.Replace, "url")
	requireOnly(t, plan.Diags, "(webhook "+id+")")
	// What is being replaced is no duplicate of its successor.
	requirePlan(t, hook, webhookConfig(map[string]any{"description": "x"}), driver.Replace, "description").Diags.RequireNone(t)
}

func TestDuplicates_aPracticeThatRefusesUsIsAnErrorAndAnythingElseAWarning(t *testing.T) {
	t.Parallel()
	for status, isError := range map[int]bool{http.StatusUnauthorized: true, http.StatusForbidden: true, http.StatusNotFound: true, http.StatusInternalServerError: false, http.StatusBadGateway: false} {
		mock := acctest.NewMock(t, mockapi.Options{})
		mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: status})
		diags := mock.Driver(t, nil).Resource("hero_webhook").Plan(webhookConfig(nil)).Diags
		if diags.HasErrors() != isError || len(diags) != 1 {
			t.Errorf("%d: %s", status, diags)
		}
	}
}

func TestCreate_aLostAnswerLeavesExactlyOneWebhookAndItIsInState(t *testing.T) {
	t.Parallel()
	post := func(kind mockapi.FaultKind) mockapi.Fault {
		return mockapi.Fault{Kind: kind, Method: http.MethodPost, Times: 1}
	}
	processed := post(mockapi.FaultHTML)
	processed.Processed = true
	for name, fault := range map[string]mockapi.Fault{
		"dropped after it was processed":  post(mockapi.FaultDropAfter),
		"dropped before it was processed": post(mockapi.FaultDropBefore),
		"cut short":                       post(mockapi.FaultTruncated),
		"a gateway's page, processed":     processed,
		"429":                             post(mockapi.FaultTooManyRequests),
	} {
		for kind, options := range answers() {
			t.Run(name+", "+kind, func(t *testing.T) {
				t.Parallel()
				mock := acctest.NewMock(t, options)
				// A webhook that looks alike was there before.
				older := mock.AddWebhook(mockapi.Webhook{EventType: "appointment.confirmed", URL: "https://hooks.example.com/hero"})
				mock.Fault(fault)
				hook := mock.Driver(t, nil).Resource("hero_webhook")
				hook.Apply(secretConfig(nil)).RequireNoErrors(t)
				held := mock.Webhooks("12")
				if len(held) != 2 || hook.State().String("id") == older || !slices.ContainsFunc(held, func(w mockapi.Webhook) bool { return w.ID == hook.State().String("id") }) {
					t.Fatalf("state has %s, Hero %+v", hook.State().String("id"), held)
				}
				hook = nextRun(t, mock, hook)
				hook.RequireEmptyPlan(secretConfig(nil))
			})
		}
	}
}

func TestCreate_lostAnswersOfManyAtOnceAreToldApart(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{SigningKeyInList: mockapi.EchoOmitted})
	for range 3 {
		mock.Fault(mockapi.Fault{Kind: mockapi.FaultDropAfter, Method: http.MethodPost, Times: 1})
	}
	d := mock.Driver(t, map[string]any{"max_retries": 4})
	hooks := make([]*driver.Resource, 8)
	var group sync.WaitGroup
	for i := range hooks {
		hooks[i] = d.Resource("hero_webhook")
		group.Go(func() {
			diags := hooks[i].Apply(webhookConfig(map[string]any{"headers": map[string]any{"X-Team": strings.Repeat("a", i+1)}, "signing_key_wo": signingKey}))
			if diags.HasErrors() {
				t.Error(diags)
			}
		})
	}
	group.Wait()
	ids := map[string]bool{}
	for i, hook := range hooks {
		if hook.State() == nil {
			t.Fatalf("webhook %d is not in state", i)
		}
		ids[hook.State().String("id")] = true
	}
	held := mock.Webhooks("12")
	if len(held) != len(hooks) || len(ids) != len(hooks) {
		t.Errorf("%d at Hero, %d in state", len(held), len(ids))
	}
	for _, w := range held {
		if !ids[w.ID] {
			t.Errorf("webhook %s is in no state", w.ID)
		}
	}
}

func TestCreate_anAnswerThatCannotBeSettledIsAnErrorThatSaysWhatToDo(t *testing.T) {
	t.Parallel()
	t.Run("the list fails", func(t *testing.T) {
		t.Parallel()
		mock := acctest.NewMock(t, mockapi.Options{})
		hook := mock.Driver(t, nil).Resource("hero_webhook")
		plan := hook.Plan(webhookConfig(nil))
		mock.Fault(mockapi.Fault{Kind: mockapi.FaultDropAfter, Method: http.MethodPost})
		mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: http.MethodGet})
		diags := hook.ApplyPlan(plan)
		diags.RequireError(t, "Creating the webhook for appointment.confirmed in practice group 12 failed")
		diags.RequireError(t, "The next plan looks for a webhook with this event and URL")
		if hook.State() != nil {
			t.Error("something is in state")
		}
		// And so it does.
		mock.ClearFaults()
		next := nextRun(t, mock, hook)
		requireOnly(t, next.Plan(webhookConfig(nil)).Diags, "import it as 12/"+stored(t, mock).ID)
	})
	t.Run("several look alike", func(t *testing.T) {
		t.Parallel()
		mock := acctest.NewMock(t, mockapi.Options{})
		hook := mock.Driver(t, nil).Resource("hero_webhook")
		plan := hook.Plan(webhookConfig(nil))
		elsewhere := mock.AddWebhook(mockapi.Webhook{EventType: "appointment.confirmed", URL: "https://hooks.example.com/hero"}) // by somebody else, meanwhile
		mock.Fault(mockapi.Fault{Kind: mockapi.FaultDropAfter, Method: http.MethodPost})
		diags := hook.ApplyPlan(plan)
		for _, w := range mock.Webhooks("12") {
			diags.RequireError(t, w.ID)
		}
		diags.RequireError(t, "import the right one as 12/<id>")
		if len(mock.Webhooks("12")) != 2 || hook.State() != nil || elsewhere == "" {
			t.Errorf("Hero holds %+v", mock.Webhooks("12"))
		}
	})
}

func TestCreate_hasARequestTimeout(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	release := make(chan struct{})
	defer close(release)
	hook := mock.Driver(t, map[string]any{"request_timeout": "50ms", "max_retries": 0}).Resource("hero_webhook")
	plan := hook.Plan(webhookConfig(nil))
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultSlow, Release: release, Delay: time.Minute, KeepGoing: true})
	began := time.Now()
	diags := hook.ApplyPlan(plan)
	diags.RequireError(t, "request_timeout")
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestReadOnly_refusesEveryWriteAndStillPlans(t *testing.T) {
	t.Parallel()
	mock, hook := created(t, mockapi.Options{}, webhookConfig(nil))
	mock.ResetRequests()
	job := hook.On(mock.Driver(t, map[string]any{"read_only": true}))
	job.RequireEmptyPlan(webhookConfig(nil))
	requirePlan(t, job, webhookConfig(map[string]any{"description": "x"}), driver.Replace, "description")
	job.Destroy().RequireError(t, "the provider is read-only (read_only or HERO_READ_ONLY)")
	another := mock.Driver(t, map[string]any{"read_only": true}).Resource("hero_webhook")
	diags := another.Apply(webhookConfig(map[string]any{"event_type": "appointment.cancelled"}))
	diags.RequireError(t, "Creating the webhook for appointment.cancelled in practice group 12 failed")
	diags.RequireError(t, "read-only")
	if len(mock.Webhooks("12")) != 1 || mock.Count(http.MethodPost, "")+mock.Count(http.MethodDelete, "") != 0 || another.State() != nil {
		t.Errorf("requests: %+v", mock.Requests())
	}
}

func TestUnknownProvider_isNoErrorBeforeHeroMustBeCalled(t *testing.T) {
	t.Parallel()
	mock, made := created(t, mockapi.Options{}, webhookConfig(nil))
	later := mock.Driver(t, map[string]any{"api_key": driver.Unknown, "base_url": driver.Unknown})
	later.ConfigureDiags.RequireNone(t)
	hook := later.Resource("hero_webhook")
	plan := hook.Plan(webhookConfig(nil))
	plan.Diags.RequireNone(t)
	if plan.Action != driver.Create || plan.Planned.String("practice_group_id") != "12" {
		t.Errorf("planned %s, %v", plan.Action, plan.Planned)
	}
	for name, diags := range map[string]driver.Diagnostics{
		"create": hook.ApplyPlan(plan), "import": later.Resource("hero_webhook").Import("1"), "refresh": made.On(later).Refresh(), "delete": made.On(later).Destroy(),
	} {
		if !diags.Has(driver.Error, "the provider's configuration (api_key and base_url) depends on") {
			t.Errorf("%s: %s", name, diags)
		}
	}
	made.On(later).Plan(webhookConfig(nil)).Diags.RequireNone(t)
	_, diags := later.ReadDataSource("hero_webhooks", nil)
	diags.RequireError(t, "The provider's configuration is not known yet")
}

func TestCreate_aRefusedSecretIsAnErrorOnTheArgumentThatItCameBy(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		path      string
		config    map[string]any
		attribute string
	}{
		"a key in state":            {`["signing_key"]`, map[string]any{"signing_key": signingKey}, "signing_key"},
		"a write-only key":          {`["signing_key"]`, map[string]any{"signing_key_wo": signingKey}, "signing_key_wo"},
		"a header in state":         {`["headers","X-Team"]`, map[string]any{"headers": map[string]any{"X-Team": "integration"}}, "headers"},
		"a write-only header":       {`["headers","x-team"]`, map[string]any{"headers_wo": map[string]any{"X-Team": "integration"}}, "headers_wo"},
		"a header nobody has named": {`["headers"]`, map[string]any{"headers_wo": map[string]any{"X-Team": "integration"}}, "headers"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, mockapi.Options{})
			mock.Fault(mockapi.Fault{
				Kind: mockapi.FaultStatus, Method: http.MethodPost, Status: http.StatusBadRequest,
				Body: `{"error":true,"statusCode":400,"message":[{"code":"too_small","expected":"string","path":` + test.path + `}]}`,
			})
			errors := mock.Driver(t, nil).Resource("hero_webhook").Apply(webhookConfig(test.config)).Errors()
			if len(errors) != 1 || errors[0].Attribute != test.attribute && !strings.HasPrefix(errors[0].Attribute, test.attribute+".") && !strings.HasPrefix(errors[0].Attribute, test.attribute+"[") {
				t.Errorf("the errors are %v", errors)
			}
		})
	}
}
