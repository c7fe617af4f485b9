package staging

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

const header = "terraform {\n  required_providers {\n    hero = { source = \"herohealth/hero\" }\n  }\n}\n\nprovider \"hero\" {}\n\n"

var lifecycles = map[string]func(t *testing.T, h target){
	"a webhook is made, found unchanged, imported, replaced and deleted":  webhookLifecycle,
	"a booking link is made, found unchanged, changed and left to expire": bookingLinkLifecycle,
	"a form link is made, found unchanged and left to expire":             formLinkLifecycle,
	"a practice's settings are adopted, found unchanged and restored":     settingsLifecycle,
	"the data sources read": dataSources,
}

// TestStaging runs against Hero's staging, one lifecycle after the other: its rate limit is not ours to use up.
func TestStaging(t *testing.T) { //nolint:paralleltest // see above
	h := stagingTarget(t)
	clean := func(ctx context.Context) {
		swept, err := h.sweep(ctx)
		if err != nil {
			t.Errorf("webhooks whose URL begins with %s may be left in practice group %s: %v", acctest.StagingURL, h.practice, err)
		}
		t.Logf("swept %d webhooks of earlier runs", swept)
	}
	clean(t.Context())
	t.Cleanup(func() { clean(context.Background()) })
	for name, run := range lifecycles {
		t.Run(name, func(t *testing.T) { run(t, h) })
	}
}

func TestLifecycles_holdOnAMock(t *testing.T) {
	t.Parallel()
	for name, run := range lifecycles {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, _ := mockTarget(t)
			run(t, h)
			if left, err := h.marked(t.Context()); err != nil || len(left) > 0 {
				t.Errorf("%d webhooks are left (%v)", len(left), err)
			}
		})
	}
}

func TestSweep_deletesWhatTestsMadeAndNothingElse(t *testing.T) {
	t.Parallel()
	h, mock := mockTarget(t)
	mock.AddWebhook(mockapi.Webhook{EventType: "appointment.confirmed", URL: acctest.StagingURL + "left"})
	theirs := mock.AddWebhook(mockapi.Webhook{EventType: "appointment.confirmed", URL: "https://hooks.example.com/hero"})
	if swept, err := h.sweep(t.Context()); err != nil || swept != 1 {
		t.Errorf("swept %d (%v); one was left", swept, err)
	}
	if left := mock.Webhooks(h.practice); len(left) != 1 || left[0].ID != theirs {
		t.Errorf("left are %v", left)
	}
}

func TestStagingKey_refusesProduction(t *testing.T) {
	t.Parallel()
	fine := map[string]string{"HERO_API_KEY": "key", "HERO_PRACTICE_GROUP_ID": "12", "HERO_ENVIRONMENT": "staging"}
	if key, practice, err := stagingKey(func(name string) string { return fine[name] }); err != nil || key != "key" || practice != "12" {
		t.Errorf("%q, %q, %v", key, practice, err)
	}
	for variable, value := range map[string]string{"HERO_ENVIRONMENT": "production", "HERO_BASE_URL": "https://api.herohealth.net", "HERO_API_KEY": "", "HERO_PRACTICE_GROUP_ID": ""} {
		environment := maps.Clone(fine)
		environment[variable] = value
		if _, _, err := stagingKey(func(name string) string { return environment[name] }); err == nil {
			t.Errorf("%s=%q was accepted", variable, value)
		}
	}
}

func webhookLifecycle(t *testing.T, h target) {
	t.Helper()
	configuration := func(path string) string {
		return header + fmt.Sprintf("resource \"hero_webhook\" \"test\" {\n  event_type  = \"appointment.cancelled\"\n  url         = %q\n  description = \"Made by a test of terraform-provider-hero; it may be deleted\"\n  headers     = { \"X-Test\" = \"1\" }\n  signing_key = %q\n\n  lifecycle {\n    create_before_destroy = true\n  }\n}\n",
			acctest.StagingURL+path, "a-signing-key-of-the-tests-"+path)
	}
	run := rand.Text()
	cli := h.terraform(t, configuration(run))
	h.settle(t, cli)
	made := attribute(t, cli, "hero_webhook.test", "id")

	cli.Run("state", "rm", "hero_webhook.test").RequireExit(t, 0)
	cli.Run("import", "-no-color", "hero_webhook.test", h.practice+"/"+made).RequireExit(t, 0)
	h.settle(t, cli)
	if kept := attribute(t, cli, "hero_webhook.test", "id"); kept != made {
		t.Errorf("webhook %s was imported, and %s is in state", made, kept)
	}

	h.rewrite(t, cli, configuration(run+"-moved"))
	h.settle(t, cli)
	if moved := attribute(t, cli, "hero_webhook.test", "id"); moved == made {
		t.Error("another URL did not make another webhook")
	}
	cli.Destroy().RequireExit(t, 0)
	left, err := h.marked(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, webhook := range left {
		if strings.Contains(webhook.URL.Or(""), run) {
			t.Errorf("webhook %s is left after the destroy", webhook.ID.Or(""))
		}
	}
}

func bookingLinkLifecycle(t *testing.T, h target) {
	t.Helper()
	types, err := h.client.AppointmentTypes(t.Context(), h.practice, client.AppointmentTypeFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if len(types.Items) == 0 {
		t.Skip("the practice group has no appointment type to link to")
	}
	configuration := func(until time.Time) string {
		return header + fmt.Sprintf("resource \"hero_booking_link\" \"test\" {\n  appointment_type_id = %q\n  to_date             = %q\n  expiry_date         = %q\n}\n",
			types.Items[0].ID.Or(""), until.Format(time.DateOnly), time.Now().AddDate(0, 0, 1).Format(time.DateOnly))
	}
	cli := h.terraform(t, configuration(time.Now().AddDate(0, 1, 0)))
	h.settle(t, cli)
	url := attribute(t, cli, "hero_booking_link.test", "url")
	h.rewrite(t, cli, configuration(time.Now().AddDate(0, 2, 0)))
	h.settle(t, cli)
	if after := attribute(t, cli, "hero_booking_link.test", "url"); after != url || url == "" {
		t.Errorf("the URL was %q, and is %q after a change that keeps it", url, after)
	}
	cli.Destroy().RequireExit(t, 0)
}

func formLinkLifecycle(t *testing.T, h target) {
	t.Helper()
	forms, err := h.client.Forms(t.Context(), h.practice, client.FormFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if len(forms.Items) == 0 {
		t.Skip("the practice group has no form to link to")
	}
	cli := h.terraform(t, header+fmt.Sprintf("resource \"hero_form_link\" \"test\" {\n  form_id           = %q\n  expiry_date       = %q\n  maximum_use_count = 1\n}\n",
		forms.Items[0].ID.Or(""), time.Now().AddDate(0, 0, 1).Format(time.DateOnly)))
	h.settle(t, cli)
	if url := attribute(t, cli, "hero_form_link.test", "url"); url == "" {
		t.Error("the link has no URL")
	}
	cli.Destroy().RequireExit(t, 0)
}

// settingsLifecycle touches the third line of the address alone.
func settingsLifecycle(t *testing.T, h target) {
	t.Helper()
	line := func() string {
		t.Helper()
		group, err := h.client.PracticeGroup(t.Context(), h.practice)
		if err != nil {
			t.Fatal(err)
		}
		return group.Address.Or(client.Address{}).Line3.Or("")
	}
	before := line()
	const marked = "made by a test of terraform-provider-hero"
	cli := h.terraform(t, header+fmt.Sprintf("resource \"hero_practice_group_settings\" \"test\" {\n  address    = { line_3 = %q }\n  on_destroy = \"restore\"\n}\n", marked))
	h.settle(t, cli)
	if now := line(); now != marked {
		t.Errorf("the address has %q", now)
	}
	cli.Destroy().RequireExit(t, 0)
	if now := line(); now != before {
		t.Errorf("the address was restored to %q, not to %q", now, before)
	}
}

func dataSources(t *testing.T, h target) {
	t.Helper()
	cli := h.terraform(t, header+`
data "hero_practice_group" "own" {}
data "hero_practice_group_capabilities" "own" {}
data "hero_practice_group_configuration" "own" {}
data "hero_practice_group_elements" "own" {}
data "hero_network" "own" {}
data "hero_webhooks" "own" {}
data "hero_booking_links" "own" {}
data "hero_short_links" "own" {}
data "hero_forms" "own" {}
data "hero_appointment_types" "own" {}
data "hero_locations" "own" {}
data "hero_practitioners" "own" {}
data "hero_admins" "own" {}

data "hero_form_responses" "own" {
  count_only = true
}
`)
	cli.Apply().RequireExit(t, 0)
	cli.Plan().RequireExit(t, 0)
}

func (h target) terraform(t *testing.T, configuration string) *acctest.CLI {
	t.Helper()
	return acctest.Terraform(t, acctest.TerraformOptions{Files: map[string]string{"main.tf": configuration}, Env: h.environment})
}

// settle applies, and requires that nothing is left to do.
func (h target) settle(t *testing.T, cli *acctest.CLI) {
	t.Helper()
	cli.Apply().RequireExit(t, 0)
	cli.Plan().RequireExit(t, 0)
}

func (h target) rewrite(t *testing.T, cli *acctest.CLI, configuration string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(cli.Dir, "main.tf"), []byte(configuration), 0o600); err != nil {
		t.Fatal(err)
	}
}

// attribute is a text in state.
func attribute(t *testing.T, cli *acctest.CLI, resource, name string) string {
	t.Helper()
	var state struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Address string
					Values  map[string]any
				}
			} `json:"root_module"`
		}
	}
	if err := json.Unmarshal([]byte(cli.Show().RequireExit(t, 0).Stdout), &state); err != nil {
		t.Fatal(err)
	}
	for _, found := range state.Values.RootModule.Resources {
		if found.Address == resource {
			text, _ := found.Values[name].(string)
			return text
		}
	}
	t.Fatalf("%s is not in state", resource)
	return ""
}
