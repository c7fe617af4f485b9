package webhook_test

import (
	"net/http"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// answers are the ways in which Hero may answer about one and the same webhook.
func answers() map[string]mockapi.Options {
	return map[string]mockapi.Options{
		"all keys":             {},
		"documented keys only": {DocumentedOnly: true},
		"masked keys":          {SigningKeyInCreate: mockapi.EchoMasked, SigningKeyInList: mockapi.EchoMasked, HeadersInCreate: mockapi.EchoMasked, HeadersInList: mockapi.EchoMasked},
		"omitted keys":         {SigningKeyInCreate: mockapi.EchoOmitted, SigningKeyInList: mockapi.EchoOmitted, HeadersInCreate: mockapi.EchoOmitted, HeadersInList: mockapi.EchoOmitted},
		"masked in the list":   {SigningKeyInList: mockapi.EchoMasked, HeadersInList: mockapi.EchoMasked},
		"omitted in the list":  {SigningKeyInList: mockapi.EchoOmitted, HeadersInList: mockapi.EchoOmitted},
		"bare list":            {ListEnvelope: mockapi.EnvelopeBareArray},
		"list without a count": {ListEnvelope: mockapi.EnvelopeDataOnly},
		"count as text":        {ListEnvelope: mockapi.EnvelopeCountAsString},
	}
}

func TestWebhook_isCreatedReadAndDeletedHoweverHeroAnswers(t *testing.T) {
	t.Parallel()
	for name, options := range answers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, options)
			hook := mock.Driver(t, nil).Resource("hero_webhook")
			config := secretConfig(nil)
			plan := hook.Plan(config)
			plan.Diags.RequireNone(t)
			if plan.Action != driver.Create {
				t.Fatalf("planned %s", plan.Action)
			}
			hook.ApplyPlan(plan).RequireNone(t)
			hook.RequireEmptyPlan(config)

			held := stored(t, mock)
			if held.SigningKey != signingKey || held.Headers["Authorization"] != bearer || held.Headers["X-Team"] != "integration" || held.Description != "to the integration team" {
				t.Fatalf("Hero holds %+v", held)
			}
			state := hook.State()
			if state.String("id") != held.ID || state.String("practice_group_id") != "12" || hook.Identity().String("id") != held.ID || hook.Identity().String("practice_group_id") != "12" {
				t.Errorf("state %v, identity %v, Hero %s", state, hook.Identity(), held.ID)
			}
			if !state.IsNull("signing_key_wo") || !state.IsNull("headers_wo") || state.IsNull("signing_key_fingerprint") || state.IsNull("headers_wo_fingerprint") {
				t.Errorf("state %v", state)
			}
			hook.Destroy().RequireNone(t)
			if left := mock.Webhooks("12"); len(left) != 0 {
				t.Errorf("left at Hero: %+v", left)
			}
		})
	}
}

// In the documentation's words, times are strings; and an answer without them is one that says nothing.
func TestWebhook_nullAndEmptyAreNullAndAbsentSaysNothing(t *testing.T) {
	t.Parallel()
	mock, hook := created(t, mockapi.Options{}, webhookConfig(nil))
	id, before := stored(t, mock).ID, hook.State()
	for _, answer := range []struct {
		name, item string
		created    any
	}{
		{"absent", `{"id":"` + id + `"}`, before.String("created_at")},
		{"null", `{"id":"` + id + `","created_at":null,"updated_at":null,"description":null,"signing_key":null,"headers":null}`, nil},
		{"empty", `{"id":"` + id + `","created_at":"","updated_at":""}`, nil},
		{"not a time", `{"id":"` + id + `","created_at":"string"}`, "string"},
	} {
		remove := mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: http.StatusOK, Body: `{"data":[` + answer.item + `],"count":1}`, Pattern: "/v1/webhooks"})
		copied := nextRun(t, mock, hook)
		copied.Refresh().RequireNone(t)
		if got := copied.State().Get("created_at"); got != answer.created {
			t.Errorf("%s: created_at is %v, want %v", answer.name, got, answer.created)
		}
		if got := copied.State().String("url"); got != "https://hooks.example.com/hero" {
			t.Errorf("%s: url is %q", answer.name, got)
		}
		copied.RequireEmptyPlan(webhookConfig(nil))
		remove()
	}
}

func TestWebhook_everyChangeReplacesAndOnlyWhatChangesIsUnknown(t *testing.T) {
	t.Parallel()
	before := secretConfig(map[string]any{"signing_key_wo": nil, "signing_key": signingKey})
	for name, change := range map[string]struct {
		changes  map[string]any
		forcedBy string
	}{
		"event_type":          {map[string]any{"event_type": "appointment.cancelled"}, "event_type"},
		"url":                 {map[string]any{"url": "https://hooks.example.com/hero/v2"}, "url"},
		"practice":            {map[string]any{"practice_group_id": "15"}, "practice_group_id"},
		"description":         {map[string]any{"description": "to another team"}, "description"},
		"description removed": {map[string]any{"description": nil}, "description"},
		"headers":             {map[string]any{"headers": map[string]any{"X-Team": "other"}}, "headers"},
		"headers removed":     {map[string]any{"headers": nil}, "headers"},
		"headers_wo":          {map[string]any{"headers_wo": map[string]any{"Authorization": otherBearer}}, "headers_wo_fingerprint"},
		"headers_wo removed":  {map[string]any{"headers_wo": nil}, "headers_wo_fingerprint"},
		"signing_key":         {map[string]any{"signing_key": otherKey}, "signing_key_fingerprint"},
		"signing_key removed": {map[string]any{"signing_key": nil}, "signing_key_fingerprint"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock, hook := created(t, mockapi.Options{}, before)
			hook.RequireEmptyPlan(before)
			old := stored(t, mock).ID
			after := secretConfig(map[string]any{"signing_key_wo": nil, "signing_key": signingKey})
			for argument, value := range change.changes {
				after[argument] = value
			}
			requirePlan(t, hook, after, driver.Replace, change.forcedBy)
			hook.Apply(after, driver.CreateBeforeDestroy()).RequireNoErrors(t)
			hook.RequireEmptyPlan(after)
			if id := hook.State().String("id"); id == old || mock.Count(http.MethodPost, "/v1/webhooks") != 2 || mock.Count(http.MethodDelete, "/v1/webhooks/"+old) != 1 {
				t.Errorf("the webhook is %s, was %s; requests: %v", id, old, mock.Requests())
			}
			if hook.Deposed() != 0 || len(mock.Webhooks("12"))+len(mock.Webhooks("15")) != 1 {
				t.Error("the old webhook is still there")
			}
		})
	}
}

func TestWebhook_showsNothingAsKnownAfterApplyWhenNothingChanges(t *testing.T) {
	t.Parallel()
	_, hook := created(t, mockapi.Options{}, secretConfig(nil))
	plan := requirePlan(t, hook, secretConfig(nil), driver.NoOp)
	// In place, as when a version is first set, nothing becomes unknown either.
	inPlace := requirePlan(t, hook, secretConfig(map[string]any{"signing_key_wo_version": "2027-01"}), driver.Update)
	for _, p := range []*driver.Plan{plan, inPlace} {
		for argument := range p.Planned {
			if p.Planned.IsUnknown(argument) {
				t.Errorf("%s is (known after apply)", argument)
			}
		}
	}
}

func TestWebhook_refusesEmptyStrings(t *testing.T) {
	t.Parallel()
	hook := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil).Resource("hero_webhook")
	for _, argument := range []string{"event_type", "url", "description", "practice_group_id", "signing_key", "signing_key_wo", "signing_key_wo_version", "headers_wo_version"} {
		diags := hook.Validate(webhookConfig(map[string]any{argument: ""}))
		diags.RequireError(t, argument)
		if len(diags.Errors()) != 1 {
			t.Errorf("%s: one error is enough:\n%s", argument, diags)
		}
	}
}

func TestWebhook_takesOneSigningKeyOnly(t *testing.T) {
	t.Parallel()
	hook := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil).Resource("hero_webhook")
	hook.Validate(webhookConfig(map[string]any{"signing_key": signingKey, "signing_key_wo": signingKey})).RequireError(t, "signing_key")
	hook.Validate(webhookConfig(map[string]any{"signing_key": signingKey, "signing_key_wo_version": "1"})).RequireError(t, "signing_key")
	hook.Validate(webhookConfig(map[string]any{"signing_key_wo": signingKey, "signing_key_wo_version": "1"})).RequireNone(t)
}

func TestWebhook_isPlannedWithWhatIsNotKnownYet(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	hook := mock.Driver(t, nil).Resource("hero_webhook")
	unknown := webhookConfig(map[string]any{"url": driver.Unknown, "event_type": driver.Unknown, "practice_group_id": driver.Unknown, "headers": driver.Unknown, "headers_wo": map[string]any{"Authorization": driver.Unknown}, "signing_key_wo": driver.Unknown})
	plan := hook.Plan(unknown)
	plan.Diags.RequireNone(t)
	hook.ApplyPlanWith(plan, secretConfig(map[string]any{"practice_group_id": "15", "description": nil})).RequireNone(t)
	hook.RequireEmptyPlan(secretConfig(map[string]any{"practice_group_id": "15", "description": nil}))
	if len(mock.Webhooks("15")) != 1 {
		t.Error("the webhook is not in practice 15")
	}
}

func TestWebhook_needsTerraform111ForWriteOnlyArgumentsAndNothingElse(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	old := driver.New(t, acctest.Provider(), mock.Config(nil), driver.WithoutWriteOnly(), driver.TerraformVersion("1.8.5"))
	hook := old.Resource("hero_webhook")
	hook.Validate(webhookConfig(map[string]any{"signing_key_wo": signingKey})).RequireError(t, "1.11")
	config := webhookConfig(map[string]any{"signing_key": signingKey, "headers": map[string]any{"X-Team": "integration"}})
	hook.Apply(config).RequireNone(t)
	hook.RequireEmptyPlan(config)
}

// A state that an older version or another tool wrote has none.
func TestIdentity_isSetByReadAndUpdateToo(t *testing.T) {
	t.Parallel()
	mock, hook := created(t, mockapi.Options{}, webhookConfig(map[string]any{"signing_key": signingKey}))
	bare := func() *driver.Resource {
		other := mock.Driver(t, nil).Resource("hero_webhook")
		other.SetState(hook.State())
		other.SetPrivate(hook.Private())
		return other
	}
	refreshed, updated := bare(), bare()
	refreshed.Refresh().RequireNone(t)
	updated.Apply(webhookConfig(map[string]any{"signing_key_wo": signingKey})).RequireNone(t)
	for name, other := range map[string]*driver.Resource{"read": refreshed, "update": updated} {
		if got := other.Identity(); got == nil || got.String("id") != hook.State().String("id") || got.String("practice_group_id") != "12" {
			t.Errorf("%s: identity is %v", name, got)
		}
	}
}
