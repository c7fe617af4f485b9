package bookinglink_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

const address = "hero_booking_link.flu"

// planned checks the action that terraform plans before it applies a step.
func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

func has(attribute string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), value)
}

func TestBookingLink_lifecycleWithTerraform(t *testing.T) {
	t.Parallel()
	bothModes(t, func(t *testing.T, options mockapi.Options) {
		h := newHero(t, options)
		config := func(arguments ...string) string {
			return h.HCL("") + fmt.Sprintf("resource \"hero_booking_link\" \"flu\" {\n  appointment_type_id = \"1\"\n  %s\n}\n", strings.Join(arguments, "\n  "))
		}
		urlStays := statecheck.CompareValue(same{})
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.Factories(provider.WithClock(h.clock)),
			Steps: []resource.TestStep{
				{
					Config:           config(`from_date = "2027-09-01"`, `to_date = "2027-12-24"`, `expiry_date = "2027-12-31"`, "maximum_use_count = 500"),
					ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
					ConfigStateChecks: []statecheck.StateCheck{
						has("id", knownvalue.NotNull()), has("active", knownvalue.Bool(true)), has("expires_at", knownvalue.StringExact("2027-12-31T23:59:59Z")),
						has("on_destroy", knownvalue.StringExact("expire")), urlStays.AddStateValue(address, tfjsonpath.New("url")),
					},
				},
				{ResourceName: address, ImportState: true, ImportStateIdFunc: importID, ImportStateVerify: true, ImportStateVerifyIgnore: untold(options)},
				{
					Config:           config(`location_id = "5"`, `expiry_date = "2028-01-15"`),
					ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
					ConfigStateChecks: []statecheck.StateCheck{
						has("location_id", knownvalue.StringExact("5")), has("maximum_use_count", knownvalue.Null()), urlStays.AddStateValue(address, tfjsonpath.New("url")),
					},
				},
				{
					PreConfig: func() {
						h.ChangeBookingLink(h.stored(t).ID, func(l *mockapi.BookingLink) { l.LocationIDs = []string{"6"} })
					},
					Config:           config(`location_id = "5"`, `expiry_date = "2028-01-15"`),
					ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
				},
				{Config: config(`from_date = "2027-12-24"`, `to_date = "2027-09-01"`), ExpectError: regexp.MustCompile("to_date is before from_date")},
				{
					PreConfig:        func() { h.ExpireBookingLink(h.stored(t).ID) },
					Config:           config(`location_id = "5"`, `expiry_date = "2028-01-15"`, "recreate_when_unusable = true"),
					ConfigPlanChecks: planned(plancheck.ResourceActionReplace),
				},
				{
					PreConfig: func() {
						for _, link := range h.BookingLinks(practice) {
							h.RemoveBookingLink(link.ID)
						}
					},
					Config:           config(`location_id = "5"`, `expiry_date = "2028-01-15"`, "recreate_when_unusable = true"),
					ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
				},
			},
		})
		if stored := h.stored(t); !stored.ExpiresAt.Before(h.clock.Now()) {
			t.Errorf("after the destroy, Hero holds %+v", stored)
		}
	})
}

func importID(state *terraform.State) (string, error) {
	attributes := state.RootModule().Resources[address].Primary.Attributes
	return attributes["practice_group_id"] + "/" + attributes["id"], nil
}

// untold are the arguments that an import cannot fill.
func untold(options mockapi.Options) []string {
	if options.DocumentedOnly {
		return []string{"from_date", "to_date"}
	}
	return nil
}

// same compares values over the steps of a test.
type same struct{}

func (same) CompareValues(values ...any) error {
	for _, value := range values {
		if value != values[0] {
			return fmt.Errorf("it was %v and is %v", values[0], value)
		}
	}
	return nil
}
