package webhook_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

const (
	signingKey  = "0123456789abcdef0123456789abcdef"
	otherKey    = "fedcba9876543210fedcba9876543210"
	bearer      = "Bearer abcdefghijkl"
	otherBearer = "Bearer mnopqrstuvwx"
)

// webhookConfig is the smallest configuration, with changes laid over it (nil removes an argument).
func webhookConfig(changes map[string]any) map[string]any {
	config := map[string]any{"event_type": "appointment.confirmed", "url": "https://hooks.example.com/hero"}
	maps.Copy(config, changes)
	return config
}

// secretConfig is a configuration with everything in it, secrets in their write-only arguments.
func secretConfig(changes map[string]any) map[string]any {
	config := webhookConfig(map[string]any{
		"description": "to the integration team", "headers": map[string]any{"X-Team": "integration"},
		"headers_wo": map[string]any{"Authorization": bearer}, "signing_key_wo": signingKey,
	})
	maps.Copy(config, changes)
	return config
}

// created is a mock with one webhook that the provider made, and the instance that holds it.
func created(t *testing.T, options mockapi.Options, config map[string]any) (*acctest.Mock, *driver.Resource) {
	t.Helper()
	mock := acctest.NewMock(t, options)
	hook := mock.Driver(t, nil).Resource("hero_webhook")
	hook.Apply(config).RequireNoErrors(t)
	return mock, hook
}

// nextRun is the same state in a new run of terraform, which remembers no list of the run before.
func nextRun(t *testing.T, mock *acctest.Mock, hook *driver.Resource) *driver.Resource {
	t.Helper()
	return hook.On(mock.Driver(t, nil))
}

// stored is the only webhook that the mock holds for its own practice.
func stored(t *testing.T, mock *acctest.Mock) mockapi.Webhook {
	t.Helper()
	held := mock.Webhooks("12")
	if len(held) != 1 {
		t.Fatalf("Hero holds %d webhooks, want one: %+v", len(held), held)
	}
	return held[0]
}

// requirePlan refreshes, plans, and stops the test unless the plan is this action, forced by these attributes.
func requirePlan(t *testing.T, hook *driver.Resource, config map[string]any, action driver.Action, forcedBy ...string) *driver.Plan {
	t.Helper()
	hook.Refresh().RequireNoErrors(t)
	plan := hook.Plan(config)
	plan.Diags.RequireNoErrors(t)
	if plan.Action != action || strings.Join(plan.RequiresReplace, " ") != strings.Join(forcedBy, " ") {
		t.Fatalf("planned %s, forced by %v; want %s, forced by %v\nbefore:  %v\nplanned: %v\n%s",
			plan.Action, plan.RequiresReplace, action, forcedBy, plan.Before, plan.Planned, plan.Diags)
	}
	return plan
}

// editMemory changes what the provider keeps in private state, as a state file from elsewhere would have it.
func editMemory(t *testing.T, hook *driver.Resource, edit func(memory map[string]any)) {
	t.Helper()
	private, memory := map[string][]byte{}, map[string]any{}
	must(t, json.Unmarshal(hook.Private(), &private))
	must(t, json.Unmarshal(private["hero"], &memory))
	edit(memory)
	var err error
	private["hero"], err = json.Marshal(memory)
	must(t, err)
	encoded, err := json.Marshal(private)
	must(t, err)
	hook.SetPrivate(encoded)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// requireOnly stops the test unless there is exactly one message, a warning with the text.
func requireOnly(t *testing.T, diags driver.Diagnostics, warning string) {
	t.Helper()
	diags.RequireWarning(t, warning)
	if len(diags) != 1 {
		t.Fatalf("want one warning alone, got:\n%s", diags)
	}
}
