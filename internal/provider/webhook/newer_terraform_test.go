package webhook_test

import (
	"fmt"
	"net/http"
	"regexp"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// What needs a newer Terraform than 1.11. The protocol-level tests beside this one hold the same without it.

func since1_14() []tfversion.TerraformVersionCheck {
	return []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)}
}

func TestWebhookList_isFoundByTerraformQuery(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	elsewhere := mock.AddWebhook(mockapi.Webhook{PracticeID: "15", EventType: "prescription.issued", URL: "https://hooks.example.com/elsewhere", SigningKey: signingKey})
	found := map[string]knownvalue.Check{"practice_group_id": knownvalue.StringExact("15"), "id": knownvalue.StringExact(elsewhere)}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		TerraformVersionChecks:   since1_14(),
		Steps: []resource.TestStep{
			{Config: mock.HCL("") + hcl(event, target)}, // the query uses this provider block
			{
				Query: true,
				Config: `
					list "hero_webhook" "network" {
					  provider         = hero
					  include_resource = true
					  config {
					    entire_network = true
					  }
					}
					list "hero_webhook" "first" {
					  provider = hero
					  limit    = 1
					  config {
					    practice_group_ids = ["15", "12"]
					  }
					}`,
				QueryResultChecks: []querycheck.QueryResultCheck{
					querycheck.ExpectLength("hero_webhook.network", 2),
					querycheck.ExpectIdentity("hero_webhook.network", found),
					querycheck.ExpectResourceDisplayName("hero_webhook.network", queryfilter.ByResourceIdentity(found), knownvalue.StringExact("prescription.issued → https://hooks.example.com/elsewhere, Hilltop Surgery (15)")),
					querycheck.ExpectResourceKnownValues("hero_webhook.network", queryfilter.ByResourceIdentity(found), []querycheck.KnownValueCheck{
						{Path: tfjsonpath.New("url"), KnownValue: knownvalue.StringExact("https://hooks.example.com/elsewhere")},
						{Path: tfjsonpath.New("signing_key"), KnownValue: knownvalue.Null()},
						{Path: tfjsonpath.New("headers"), KnownValue: knownvalue.Null()},
					}),
					querycheck.ExpectLength("hero_webhook.first", 1),
					querycheck.ExpectIdentity("hero_webhook.first", found),
				},
			},
		},
	})
}

func TestWebhookTest_isTriggeredByAWebhooksCreation(t *testing.T) {
	t.Parallel()
	var answer, asked atomic.Int64
	answer.Store(http.StatusNoContent)
	url, _ := newReceiver(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.WriteHeader(int(answer.Load()))
	})
	mock := acctest.NewMock(t, mockapi.Options{})
	config := func(event string) string {
		return mock.HCL("") + fmt.Sprintf(`
			resource "hero_webhook" "events" {
			  event_type = %q
			  url        = %q
			  lifecycle {
			    create_before_destroy = true
			    action_trigger {
			      events  = [after_create]
			      actions = [action.hero_webhook_test.events]
			    }
			  }
			}
			action "hero_webhook_test" "events" {
			  config {
			    event_type = %[1]q
			    url        = %[2]q
			  }
			}`, event, url)
	}
	requireAsked := func(times int64) func() {
		return func() {
			if got := asked.Load(); got != times {
				t.Errorf("the receiver was asked %d times, not %d", got, times)
			}
		}
	}
	confirmed := config("appointment.confirmed")
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		TerraformVersionChecks:   since1_14(),
		Steps: []resource.TestStep{
			{Config: confirmed, PostApplyFunc: requireAsked(1)},
			{Config: confirmed, PostApplyFunc: requireAsked(1)}, // nothing is created
			{
				PreConfig:   func() { answer.Store(http.StatusUnauthorized) },
				Config:      config("appointment.cancelled"),
				ExpectError: regexp.MustCompile(`did not\s+answer\s+as\s+expected`),
			},
		},
	})
}
