package webhook_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

const address = "hero_webhook.events"

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

func has(attribute string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), value)
}

// hcl is a webhook with these arguments beside event and URL.
func hcl(arguments ...string) string {
	return fmt.Sprintf("resource \"hero_webhook\" \"events\" {\n  %s\n  lifecycle { create_before_destroy = true }\n}\n", strings.Join(arguments, "\n  "))
}

const (
	event   = `event_type = "appointment.confirmed"`
	target  = `url = "https://hooks.example.com/hero"`
	note    = `description = "to the integration team"`
	team    = `headers = { "X-Team" = "integration" }`
	bearers = `headers_wo = { "Authorization" = "` + bearer + `" }`
	key     = `signing_key_wo = "` + signingKey + `"`
)

// untold are the arguments that an import does not fill.
func untold() []string {
	return []string{"description", "headers", "headers_wo_fingerprint", "signing_key_fingerprint"}
}

func importID(s *terraform.State) (string, error) {
	attributes := s.RootModule().Resources[address].Primary.Attributes
	return attributes["practice_group_id"] + "/" + attributes["id"], nil
}

func TestWebhook_lifecycleWithTerraform(t *testing.T) {
	t.Parallel()
	for _, documentedOnly := range []bool{false, true} {
		t.Run(fmt.Sprintf("documented keys only: %t", documentedOnly), func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, mockapi.Options{DocumentedOnly: documentedOnly})
			test := lifecycle(mock.HCL(""), "https://hooks.example.com/")
			test.ProtoV6ProviderFactories = acctest.Factories()
			test.CheckDestroy = func(*terraform.State) error {
				if left := mock.Webhooks("12"); len(left) > 0 {
					return fmt.Errorf("left at Hero: %+v", left)
				}
				return nil
			}
			resource.UnitTest(t, test)
			var writes []string
			for _, r := range mock.Requests() {
				if r.Method != http.MethodGet {
					writes = append(writes, r.Method)
				}
			}
			// Created, replaced with the new one first; the key's move writes nothing; destroyed.
			if got := strings.Join(writes, " "); got != "POST POST DELETE DELETE" {
				t.Errorf("writes were %s", got)
			}
		})
	}
}

func TestAcc_webhookLifecycle(t *testing.T) {
	t.Parallel()
	test := lifecycle(acctest.Staging(t), acctest.StagingURL)
	test.ProtoV6ProviderFactories = acctest.StagingFactories()
	resource.Test(t, test)
}

// lifecycle creates, imports, replaces and changes a webhook in place, at URLs that begin with receiver. Every step is followed by an empty plan.
func lifecycle(provider, receiver string) resource.TestCase {
	config := func(arguments ...string) string { return provider + hcl(arguments...) }
	first, moved := `url = "`+receiver+`hero"`, `url = "`+receiver+`v2"`
	return resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_11_0)},
		Steps: []resource.TestStep{
			{
				Config:           config(event, first, note, team, bearers, key),
				ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{
					has("practice_group_id", knownvalue.NotNull()), has("id", knownvalue.NotNull()), has("created_at", knownvalue.NotNull()),
					has("signing_key_wo", knownvalue.Null()), has("headers_wo", knownvalue.Null()), has("signing_key_fingerprint", knownvalue.NotNull()), has("headers_wo_fingerprint", knownvalue.NotNull()),
				},
			},
			{ResourceName: address, ImportState: true, ImportStateIdFunc: importID, ImportStateVerify: true, ImportStateVerifyIgnore: untold()},
			{
				Config: config(event, moved, note, team, bearers, key),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreateBeforeDestroy), plancheck.ExpectUnknownValue(address, tfjsonpath.New("id")),
				}},
			},
			{ // the key moves into state, and nothing changes at Hero
				Config:            config(event, moved, note, team, bearers, `signing_key = "`+signingKey+`"`),
				ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{has("signing_key", knownvalue.StringExact(signingKey))},
			},
		},
	}
}

func TestWebhook_driftAndDisappearanceWithTerraform(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	config := mock.HCL("") + hcl(event, target, team)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig: func() {
					mock.ChangeWebhook(stored(t, mock).ID, func(w *mockapi.Webhook) { w.URL = "https://elsewhere.example.net/" })
				},
				Config:           config,
				ConfigPlanChecks: planned(plancheck.ResourceActionCreateBeforeDestroy),
			},
			{
				PreConfig:          func() { mock.RemoveWebhook(stored(t, mock).ID) },
				RefreshState:       true,
				ExpectNonEmptyPlan: true,
				RefreshPlanChecks:  resource.RefreshPlanChecks{PostRefresh: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate)}},
			},
			{Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionCreate)},
		},
	})
}

func TestWebhook_badInputWithTerraform(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	var steps []resource.TestStep
	for _, c := range []struct{ arguments, message string }{
		{`event_type = "appointment.confirm"` + "\n" + target, `You probably mean\s+"appointment\.confirmed"`},
		{event + "\n" + `url = "hooks.example.com"`, `is not an absolute URL`},
		{event + "\n" + target + "\n" + `headers = { "X-Herohealth-Signature" = "a" }`, `The header is reserved`},
		{event + "\n" + target + "\n" + `signing_key_wo_version = "1"`, `signing_key_wo is\s+null`},
		{event + "\n" + target + "\n" + `practice_group_id = "99"`, `practice_group_id[\s\S]*same\s+Hero\s+network`},
	} {
		steps = append(steps, resource.TestStep{Config: mock.HCL("") + hcl(c.arguments), PlanOnly: true, ExpectError: regexp.MustCompile(c.message)})
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_11_0)},
		Steps:                    steps,
	})
	if got := mock.Count(http.MethodPost, ""); got != 0 {
		t.Errorf("%d webhooks were created", got)
	}
}

func TestWebhook_importedByIdentityWithTerraform(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	config := mock.HCL("") + hcl(event, target, `practice_group_id = "15"`)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		Steps: []resource.TestStep{
			{
				Config: config,
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentity(address, map[string]knownvalue.Check{
					"practice_group_id": knownvalue.StringExact("15"), "id": knownvalue.NotNull(),
				})},
			},
			{Config: config, ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
			{Config: config, ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithID, ImportStateIdFunc: importID},
		},
	})
}

func TestWebhooks_readWithTerraform(t *testing.T) {
	t.Parallel()
	mock := audited(t, mockapi.Options{})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: mock.HCL("") + `
data "hero_webhooks" "all" {
  entire_network = true
}
output "hosts" {
  value = distinct(data.hero_webhooks.all.webhooks[*].url_host)
}
output "first" {
  value = jsondecode(data.hero_webhooks.all.json)[0].event_type
}`,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownOutputValue("hosts", knownvalue.ListExact([]knownvalue.Check{
					knownvalue.StringExact("hooks.example.com:8443"), knownvalue.StringExact("hooks.example.com"), knownvalue.StringExact("rogue.example.net"),
				})),
				statecheck.ExpectKnownOutputValue("first", knownvalue.StringExact("appointment.confirmed")),
			},
		}},
	})
}
