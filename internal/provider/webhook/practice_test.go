package webhook_test

import (
	"net/http"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestPractice_isTheProvidersUnlessTheResourceNamesOne(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	d := mock.Driver(t, nil)
	inherited, named := d.Resource("hero_webhook"), d.Resource("hero_webhook")
	inherited.Apply(webhookConfig(nil)).RequireNone(t)
	named.Apply(webhookConfig(map[string]any{"practice_group_id": "15"})).RequireNone(t)
	if len(mock.Webhooks("12")) != 1 || len(mock.Webhooks("15")) != 1 {
		t.Errorf("12 has %d, 15 has %d", len(mock.Webhooks("12")), len(mock.Webhooks("15")))
	}
	inherited.RequireEmptyPlan(webhookConfig(nil))
	named.RequireEmptyPlan(webhookConfig(map[string]any{"practice_group_id": "15"}))
	// Writing down what was inherited changes nothing, and so does leaving it out again.
	inherited.RequireEmptyPlan(webhookConfig(map[string]any{"practice_group_id": "12"}))
}

func TestPractice_aChangedDefaultOfTheProviderIsAnErrorThatSaysWhatToWrite(t *testing.T) {
	t.Parallel()
	mock, hook := created(t, mockapi.Options{}, webhookConfig(nil))
	moved := hook.On(mock.Driver(t, map[string]any{"practice_group_id": "15"}))
	moved.Refresh().RequireNone(t)
	diags := moved.Plan(webhookConfig(nil)).Diags
	for _, text := range []string{"practice_group_id", "lives in practice group 12", "practice_group_id in the provider's configuration now says 15", `write practice_group_id = "12"`, `write practice_group_id = "15"`} {
		diags.RequireError(t, text)
	}
	moved.RequireEmptyPlan(webhookConfig(map[string]any{"practice_group_id": "12"}))
	requirePlan(t, moved, webhookConfig(map[string]any{"practice_group_id": "15"}), driver.Replace, "practice_group_id")
	moved.Destroy().RequireNone(t) // a destroy moves nothing
	if mock.Count(http.MethodDelete, "/v1/webhooks/{id}") != 1 {
		t.Error("it was not deleted where it lives")
	}
}

func TestPractice_anUnknownOrMissingDefaultKeepsStates(t *testing.T) {
	t.Parallel()
	mock, hook := created(t, mockapi.Options{}, webhookConfig(nil))
	for name, practice := range map[string]any{"unknown": driver.Unknown, "missing": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			later := hook.On(mock.Driver(t, map[string]any{"practice_group_id": practice}))
			later.RequireEmptyPlan(webhookConfig(nil))
			// Also where something else replaces it, of which Terraform's second plan knows no state.
			plan := requirePlan(t, later, webhookConfig(map[string]any{"url": "https://hooks.example.com/other"}), driver.Replace, "url")
			acctest.Equal(t, "practice", plan.Planned.String("practice_group_id"), "12")
		})
	}
}

func TestPractice_isPlannedUnknownWhileTheProvidersIs(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	plan := mock.Driver(t, map[string]any{"practice_group_id": driver.Unknown}).Resource("hero_webhook").Plan(webhookConfig(nil))
	plan.Diags.RequireNone(t)
	if !plan.Planned.IsUnknown("practice_group_id") || mock.Count("", "") != 0 {
		t.Errorf("planned %v", plan.Planned)
	}
}

func TestPractice_withoutAnyIsAnErrorThatNamesArgumentAndVariable(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	d := mock.Driver(t, map[string]any{"practice_group_id": nil})
	diags := d.Resource("hero_webhook").Plan(webhookConfig(nil)).Diags
	diags.RequireError(t, "practice_group_id")
	diags.RequireError(t, "HERO_PRACTICE_GROUP_ID")
	_, diags = d.ReadDataSource("hero_webhooks", nil)
	diags.RequireError(t, "HERO_PRACTICE_GROUP_ID")
}

func TestPractice_outsideTheAllowedOnesIsRefusedInThePlan(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	d := mock.Driver(t, map[string]any{"allowed_practice_group_ids": []string{"12", "18"}})
	hook := d.Resource("hero_webhook")
	diags := hook.Plan(webhookConfig(map[string]any{"practice_group_id": "15"})).Diags
	diags.RequireError(t, `Practice group "15" is not in the provider's allowed_practice_group_ids`)
	hook.Import("15/1").RequireError(t, "allowed_practice_group_ids")
	_, diags = d.ReadDataSource("hero_webhooks", map[string]any{"practice_group_ids": []string{"12", "15"}})
	diags.RequireError(t, "allowed_practice_group_ids")
	if mock.Count("", "") != 0 {
		t.Errorf("calls were made: %+v", mock.Requests())
	}
	_, diags = d.ReadDataSource("hero_webhooks", map[string]any{"entire_network": true})
	diags.RequireError(t, "practice group 15 is not in allowed_practice_group_ids")
	hook.Apply(webhookConfig(map[string]any{"practice_group_id": "18"})).RequireNone(t)

	// The guard may also be narrowed later, and may exclude the provider's own.
	narrowed := mock.Driver(t, map[string]any{"allowed_practice_group_ids": []string{"15"}})
	narrowed.Resource("hero_webhook").Plan(webhookConfig(nil)).Diags.RequireError(t, `Practice group "12"`)
	hook.On(narrowed).Refresh().RequireError(t, "practice group 18 is not in allowed_practice_group_ids")
	hook.On(narrowed).Plan(webhookConfig(map[string]any{"practice_group_id": "18"})).Diags.RequireError(t, `Practice group "18"`)
}

func TestPractice_idWithALineBreakIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil)
	for _, id := range []string{"12\r\n", "12\n", " 12", "1\x002"} {
		d.Resource("hero_webhook").Validate(webhookConfig(map[string]any{"practice_group_id": id})).RequireError(t, "practice_group_id")
		d.ValidateDataSource("hero_webhooks", map[string]any{"practice_group_id": id}).RequireError(t, "practice_group_id")
		d.ValidateDataSource("hero_webhooks", map[string]any{"practice_group_ids": []string{"12", id}}).RequireError(t, "practice_group_ids")
	}
}
