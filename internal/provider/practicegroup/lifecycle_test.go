package practicegroup_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

const address = settingsType + ".riverside"

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

func has(attribute string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), value)
}

func TestSettings_lifecycleWithTerraform(t *testing.T) {
	t.Parallel()
	for _, documentedOnly := range []bool{false, true} {
		t.Run(fmt.Sprintf("documented keys only: %t", documentedOnly), func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, mockapi.Options{DocumentedOnly: documentedOnly})
			config := func(arguments ...string) string {
				return mock.HCL("") + fmt.Sprintf("resource %q \"riverside\" {\n  %s\n}\n", settingsType, strings.Join(arguments, "\n  "))
			}
			login := func(version string) string {
				return fmt.Sprintf("prescription_partner_credentials = { email = \"rx@example.nhs.uk\", password_wo = %q, password_wo_version = %s }", password, version)
			}
			name, restore := `name = "Hilltop Medical Centre"`, `on_destroy = "restore"`
			overwritten, drift := knownvalue.MapExact(map[string]knownvalue.Check{"name": knownvalue.StringExact("Riverside Medical Centre")}), plancheck.ResourceActionUpdate
			if documentedOnly {
				overwritten, drift = knownvalue.MapExact(map[string]knownvalue.Check{}), plancheck.ResourceActionNoop
			}
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_11_0)},
				Steps: []resource.TestStep{
					{
						Config:            config(name, `address = { town = "Exampleton" }`, login("1"), restore),
						ConfigPlanChecks:  planned(plancheck.ResourceActionCreate),
						ConfigStateChecks: []statecheck.StateCheck{has("overwritten_values", overwritten), has("id", knownvalue.StringExact("12"))},
					},
					{
						ResourceName: address, ImportState: true, ImportStateId: "12", ImportStateVerify: true,
						// An import fills what is not configured as well, and cannot fill what Hero does not tell.
						ImportStateVerifyIgnore: []string{"name", "address", "prescription_partner_enabled", "prescription_partner_credentials", "overwritten_values", "on_destroy"},
					},
					{
						PreConfig:        func() { mock.ChangeSettings("12", func(p *mockapi.PracticeSettings) { p.Name = "Changed by hand" }) },
						Config:           config(name, `address = { town = "Exampleton" }`, login("1"), restore),
						ConfigPlanChecks: planned(drift),
					},
					{
						PreConfig:        func() { mock.ChangeSettings("12", func(p *mockapi.PracticeSettings) { p.Address.Line1 = "Moved" }) },
						Config:           config(name, `address = { town = "Exampleton" }`, login("1"), restore),
						ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
					},
					{
						Config:            config(`address = { county = "" }`, login("2"), restore),
						ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
						ConfigStateChecks: []statecheck.StateCheck{has("name", knownvalue.Null()), has("overwritten_values", overwritten)},
					},
					{Config: config(name, `practice_group_id = "99"`), ExpectError: regexp.MustCompile(`(?s)practice_group_id.*in\s+the\s+same\s+Hero\s+network`)},
					{Config: config(`on_destroy = "delete"`), ExpectError: regexp.MustCompile(`on_destroy`)},
					{Config: config(restore, name, login(`""`)), ExpectError: regexp.MustCompile(`password_wo_version is empty`)},
					{Config: config(restore, name)},
				},
			})
			if documentedOnly {
				return
			}
			if got := mock.Settings("12").Name; got != "Hilltop Medical Centre" { // which it was when it became managed for the second time
				t.Errorf("restored to %q", got)
			}
		})
	}
}
