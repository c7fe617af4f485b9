package acctest_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// fleet is how many webhooks of how many practices a benchmark manages.
type fleet struct {
	practices, webhooksEach int
	counted                 bool // with count instead of for_each
}

func (f fleet) String() string {
	meta := "for_each"
	if f.counted {
		meta = "count"
	}
	return fmt.Sprintf("webhooks=%d/practices=%d/%s", f.size(), f.practices, meta)
}

func (f fleet) size() int { return f.practices * f.webhooksEach }

// configuration declares the fleet.
func (f fleet) configuration() string {
	return `
terraform {
  required_providers {
    hero = { source = "herohealth/hero" }
  }
}

provider "hero" {}
` + f.declare("hero_webhook", func(practice, number string) string {
		return fmt.Sprintf(`
  practice_group_id = %s
  event_type        = "appointment.confirmed"
  url               = "https://hooks.example.com/${%s}"
`, practice, number)
	})
}

// floor declares as many objects of a built-in resource that calls nobody: what terraform itself needs.
func (f fleet) floor() string {
	return f.declare("terraform_data", func(_, number string) string {
		return fmt.Sprintf(`
  input = "https://hooks.example.com/${%s}"
`, number)
	})
}

// declare writes a resource that is multiplied to the fleet's size. Its arguments get expressions for an object's practice and number. The floor
// must be multiplied as the fleet is: for each object terraform goes through the whole map of for_each.
func (f fleet) declare(resource string, arguments func(practice, number string) string) string {
	if f.counted {
		practice := fmt.Sprintf("tostring(1000 + floor(count.index / %d))", f.webhooksEach)
		return fmt.Sprintf("resource %q \"fleet\" {\n  count = %d%s}\n", resource, f.size(), arguments(practice, "count.index"))
	}
	return fmt.Sprintf(`
locals {
  numbers  = [for p in setproduct(range(%d), range(1000)) : 1000 * p[0] + p[1]] # range stops at 1,024
  webhooks = { for n in local.numbers : tostring(n) => { practice = tostring(1000 + floor(n / %d)), n = n } if n < %d }
}

resource %q "fleet" {
  for_each = local.webhooks%s}
`, f.size()/1000+1, f.webhooksEach, f.size(), resource, arguments("each.value.practice", "each.value.n"))
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

// BenchmarkFleet manages fleets of webhooks with the real terraform, and prints what that costs next to the floor in the same run. The plans
// are ones with nothing to change.
func BenchmarkFleet(b *testing.B) {
	for _, f := range []fleet{{practices: 1, webhooksEach: 1000}, {practices: 125, webhooksEach: 8}, {practices: 1, webhooksEach: 1000, counted: true}} {
		b.Run(f.String(), func(b *testing.B) {
			for b.Loop() {
				mock := f.mock(b, fleetLatency)
				ours, floor := f.terraform(b, mock, f.configuration()), f.terraform(b, mock, f.floor())
				compare(b, "apply", mock, func(c *acctest.CLI) acctest.Result { return c.Apply() }, ours, floor)
				compare(b, "plan", mock, func(c *acctest.CLI) acctest.Result { return c.Plan() }, ours, floor)
			}
		})
	}
	for _, f := range []fleet{{practices: 1, webhooksEach: 5000}, {practices: 625, webhooksEach: 8}} {
		b.Run(f.String(), func(b *testing.B) {
			for b.Loop() {
				mock := f.mock(b, fleetLatency)
				ours, floor := f.applied(b, mock)
				compare(b, "plan", mock, func(c *acctest.CLI) acctest.Result { return c.Plan() }, ours, floor)
			}
		})
	}
}

const fleetLatency = 50 * time.Millisecond

func compare(b *testing.B, command string, mock *acctest.Mock, run func(*acctest.CLI) acctest.Result, ours, floor *acctest.CLI) {
	b.Helper()
	mock.ResetRequests()
	connectionsBefore := mock.Connections()
	result, floorResult := run(ours).RequireExit(b, 0), run(floor).RequireExit(b, 0)
	b.ReportMetric(float64(mock.Count("", "")), command+"-requests")
	b.ReportMetric(float64(mock.Connections()-connectionsBefore), command+"-connections")
	b.ReportMetric(result.Took.Seconds(), command+"-s")
	b.ReportMetric(floorResult.Took.Seconds(), command+"-floor-s")
	b.ReportMetric(result.Took.Seconds()/floorResult.Took.Seconds(), command+"-ratio")
	b.ReportMetric(float64(result.PeakMemory>>20), command+"-MiB")
	b.ReportMetric(float64(floorResult.PeakMemory>>20), command+"-floor-MiB")
}

// applied is a fleet and its floor as if they had been applied. Terraform itself would need a quarter of an hour for each of 5,000 objects, so
// one object is applied, and its state is made into that of all.
func (f fleet) applied(b *testing.B, mock *acctest.Mock) (ours, floor *acctest.CLI) {
	b.Helper()
	one := fleet{practices: 1, webhooksEach: 1}
	ours, floor = f.terraform(b, mock, one.configuration()), f.terraform(b, mock, one.floor())
	ours.Apply().RequireExit(b, 0)
	floor.Apply().RequireExit(b, 0)
	for _, webhook := range mock.Webhooks("1000") {
		mock.RemoveWebhook(webhook.ID)
	}
	f.grow(b, ours, f.configuration(), func(n int, attributes map[string]any) {
		practice, url := strconv.Itoa(1000+n/f.webhooksEach), "https://hooks.example.com/"+strconv.Itoa(n)
		attributes["id"] = mock.AddWebhook(mockapi.Webhook{PracticeID: practice, EventType: "appointment.confirmed", URL: url})
		attributes["practice_group_id"], attributes["url"] = practice, url
	})
	f.grow(b, floor, f.floor(), func(n int, attributes map[string]any) {
		value := map[string]any{"type": "string", "value": "https://hooks.example.com/" + strconv.Itoa(n)}
		attributes["input"], attributes["output"] = value, value
	})
	return ours, floor
}

// grow copies the one object of a state for each of the fleet. change makes the attributes those of the nth.
func (f fleet) grow(b *testing.B, c *acctest.CLI, configuration string, change func(n int, attributes map[string]any)) {
	b.Helper()
	file := filepath.Join(c.Dir, "terraform.tfstate")
	text, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	var state map[string]any
	if err := json.Unmarshal(text, &state); err != nil {
		b.Fatal(err)
	}
	resource := state["resources"].([]any)[0].(map[string]any)
	first := resource["instances"].([]any)[0].(map[string]any)
	instances, model := []any{}, first["attributes"].(map[string]any)
	for n := range f.size() {
		object, attributes := maps.Clone(first), maps.Clone(model)
		delete(object, "identity") // of the first
		change(n, attributes)
		object["index_key"], object["attributes"] = strconv.Itoa(n), attributes
		instances = append(instances, object)
	}
	resource["instances"] = instances
	if text, err = json.Marshal(state); err != nil {
		b.Fatal(err)
	}
	for name, content := range map[string]string{file: string(text), filepath.Join(c.Dir, "main.tf"): configuration} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			b.Fatal(err)
		}
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
