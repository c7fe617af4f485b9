package acctest_test

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// fleet is how many webhooks of how many practices a benchmark manages.
type fleet struct{ practices, webhooksEach int }

func (f fleet) size() int { return f.practices * f.webhooksEach }

// configuration declares the fleet.
func (f fleet) configuration() string {
	return fmt.Sprintf(`
terraform {
  required_providers {
    hero = { source = "herohealth/hero" }
  }
}

provider "hero" {}

locals {
  webhooks = { for n in range(%d) : tostring(n) => { practice = tostring(1000 + floor(n / %d)), n = n } }
}

resource "hero_webhook" "fleet" {
  for_each          = local.webhooks
  practice_group_id = each.value.practice
  event_type        = "appointment.confirmed"
  url               = "https://hooks.example.com/${each.value.n}"
}
`, f.size(), f.webhooksEach)
}

// floor declares as many objects of a built-in resource that calls nobody: what terraform itself needs.
func (f fleet) floor() string {
	return fmt.Sprintf("resource \"terraform_data\" \"floor\" {\n  for_each = { for n in range(%d) : tostring(n) => n }\n  input    = \"https://hooks.example.com/${each.value}\"\n}\n", f.size())
}

func (f fleet) mock(tb testing.TB, latency time.Duration) *acctest.Mock {
	tb.Helper()
	practices := []mockapi.Practice{{ID: mockapi.DefaultOwnPracticeID, Name: "Head Office", InNetwork: true}}
	for n := range f.practices {
		practices = append(practices, mockapi.Practice{ID: strconv.Itoa(1000 + n), Name: "Practice " + strconv.Itoa(n), InNetwork: true})
	}
	return acctest.NewMock(tb, mockapi.Options{Practices: practices, Latency: latency, SkipValidation: true})
}

func (f fleet) terraform(tb testing.TB, mock *acctest.Mock, configuration string) *acctest.CLI {
	tb.Helper()
	return acctest.Terraform(tb, acctest.TerraformOptions{
		Files: map[string]string{"main.tf": configuration},
		Env:   map[string]string{"HERO_BASE_URL": mock.URL, "HERO_API_KEY": mockapi.DefaultAPIKey, "HERO_PRACTICE_GROUP_ID": mockapi.DefaultOwnPracticeID},
	})
}

// BenchmarkFleet manages fleets of webhooks with the real terraform, and prints what that costs next to the floor in the same run.
func BenchmarkFleet(b *testing.B) {
	const latency = 50 * time.Millisecond
	for _, f := range []fleet{{1, 1000}, {125, 8}, {1, 5000}, {625, 8}} {
		b.Run(fmt.Sprintf("webhooks=%d/practices=%d", f.size(), f.practices), func(b *testing.B) {
			for b.Loop() {
				mock := f.mock(b, latency)
				ours, floor := f.terraform(b, mock, f.configuration()), f.terraform(b, mock, f.floor())
				for _, command := range []struct {
					name string
					run  func(*acctest.CLI) acctest.Result
				}{
					{"apply", func(c *acctest.CLI) acctest.Result { return c.Apply() }},
					{"plan", func(c *acctest.CLI) acctest.Result { return c.Plan() }}, // nothing to change
				} {
					mock.ResetRequests()
					connectionsBefore := mock.Connections()
					result, floorResult := command.run(ours).RequireExit(b, 0), command.run(floor).RequireExit(b, 0)
					b.ReportMetric(float64(mock.Count("", "")), command.name+"-requests")
					b.ReportMetric(float64(mock.Connections()-connectionsBefore), command.name+"-connections")
					b.ReportMetric(result.Took.Seconds(), command.name+"-s")
					b.ReportMetric(floorResult.Took.Seconds(), command.name+"-floor-s")
					b.ReportMetric(result.Took.Seconds()/floorResult.Took.Seconds(), command.name+"-ratio")
					b.ReportMetric(float64(result.PeakMemory>>20), command.name+"-MiB")
					b.ReportMetric(float64(floorResult.PeakMemory>>20), command.name+"-floor-MiB")
				}
			}
		})
	}
}

// BenchmarkThrottle applies 200 webhooks to a Hero that takes 20 requests per second, and prints what that costs next to one without a
// limit. That few requests are wasted is tested in package provider, in virtual time.
func BenchmarkThrottle(b *testing.B) {
	const perSecond = 20
	f := fleet{practices: 1, webhooksEach: 200}
	apply := func(limit mockapi.RateLimit) (took float64, mock *acctest.Mock) {
		mock = f.mock(b, 50*time.Millisecond)
		mock.Configure(func(o *mockapi.Options) { o.RateLimit = limit })
		return f.terraform(b, mock, f.configuration()).Apply().RequireExit(b, 0).Took.Seconds(), mock
	}
	for b.Loop() {
		unlimited, _ := apply(mockapi.RateLimit{})
		limited, mock := apply(mockapi.RateLimit{PerSecond: perSecond, Burst: perSecond, RetryAfter: mockapi.RetryAfter{After: time.Second}})
		refused := 0
		for _, request := range mock.Requests() {
			if request.Status == http.StatusTooManyRequests {
				refused++
			}
		}
		b.ReportMetric(float64(mock.Count("", "")), "requests")
		b.ReportMetric(100*float64(refused)/float64(mock.Count("", "")), "refused-%")
		b.ReportMetric(unlimited, "unlimited-s")
		b.ReportMetric(limited, "limited-s")
		b.ReportMetric((limited-unlimited)/(float64(f.size())/perSecond), "over-ideal-ratio")
	}
}
