package formlink_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

func TestFormLink_lifecycleWithTerraform(t *testing.T) {
	t.Parallel()
	bothModes(t, func(t *testing.T, options mockapi.Options) {
		const address = "hero_form_link.asthma"
		h := newHero(t, options)
		config := func(arguments ...string) string {
			return h.HCL("") + fmt.Sprintf("resource \"hero_form_link\" \"asthma\" {\n  form_id = \"101\"\n  %s\n}\n", strings.Join(arguments, "\n  "))
		}
		planned := func(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
			return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
		}
		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.Factories(provider.WithClock(h.clock)),
			Steps: []resource.TestStep{
				{
					Config: config(`expiry_date = "2027-12-31"`), ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
					Check: resource.ComposeAggregateTestCheckFunc(resource.TestCheckResourceAttr(address, "status", "unused"), resource.TestCheckResourceAttrSet(address, "url")),
				},
				{
					ResourceName: address, ImportState: true, ImportStateVerify: true,
					ImportStateVerifyIgnore: []string{"form_id", "expiry_date", "url"}, // by id, Hero tells nothing but the status
				},
				{Config: config(`expiry_date = "2028-01-31"`), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)},
				{Config: config(`expiry_date = "tomorrow"`), ExpectError: regexp.MustCompile("not a date")},
				{
					PreConfig:        func() { h.ExpireFormLink(h.FormLinks(practice)[1].ID) },
					Config:           config(`expiry_date = "2028-01-31"`, "recreate_when_unusable = true"),
					ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate),
				},
				{
					PreConfig:        func() { h.RemoveFormLink(h.FormLinks(practice)[2].ID) },
					Config:           config(`expiry_date = "2028-01-31"`, "recreate_when_unusable = true"),
					ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
				},
			},
		})
		if n := len(h.FormLinks(practice)); n != 3 {
			t.Errorf("Hero holds %d links", n)
		}
	})
}
