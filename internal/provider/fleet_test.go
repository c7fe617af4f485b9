package provider_test

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

// terraformsParallelism is how many objects terraform works on at once by default.
const terraformsParallelism = 10

// atOnce works on n objects as terraform does.
func atOnce(n int, work func(int)) {
	slots := make(chan struct{}, terraformsParallelism)
	var group sync.WaitGroup
	for i := range n {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			work(i)
		})
	}
	group.Wait()
}

// The same of a hundred webhooks with the real terraform is in package acctest.
func TestFleet_aThousandWebhooksOfOnePracticeTakeAThousandCreatesAndOneListEachTime(t *testing.T) {
	t.Parallel()
	const webhooks = 1000
	mock := acctest.NewMock(t, mockapi.Options{SkipValidation: true})
	config := func(i int) map[string]any {
		return map[string]any{"event_type": "appointment.confirmed", "url": fmt.Sprintf("https://hooks.example.com/%d", i)}
	}
	hooks, plans := make([]*driver.Resource, webhooks), make([]*driver.Plan, webhooks)
	d := mock.Driver(t, nil)
	nextRun := func() {
		d = mock.Driver(t, nil)
		mock.ResetRequests()
	}
	expect := func(phase string, creates, mostConnections, connectionsBefore int) {
		t.Helper()
		if posts, lists, all := mock.Count(http.MethodPost, "/v1/webhooks"), mock.Count(http.MethodGet, "/v1/webhooks"), mock.Count("", ""); posts != creates || lists != 1 || all != posts+lists {
			t.Errorf("%s: %d creates, %d lists, %d requests in all", phase, posts, lists, all)
		}
		if connections := mock.Connections() - connectionsBefore; connections > mostConnections {
			t.Errorf("%s: %d connections", phase, connections)
		}
	}

	// The plan of the creates looks once for webhooks that they would double.
	atOnce(webhooks, func(i int) {
		hooks[i] = d.Resource("hero_webhook")
		plans[i] = hooks[i].Plan(config(i))
	})
	expect("plan of the creates", 0, 2, 0)

	// So does the apply, in a process of its own; to the same list it would turn to settle answers that got lost.
	nextRun()
	before := mock.Connections()
	atOnce(webhooks, func(i int) {
		hooks[i] = hooks[i].On(d)
		if diags := hooks[i].ApplyPlan(plans[i]); len(diags) > 0 {
			t.Errorf("webhook %d: %s", i, diags)
		}
	})
	expect("apply", webhooks, 4*terraformsParallelism, before) // kept; a few are dialled that turn out not to be needed

	nextRun()
	before = mock.Connections()
	atOnce(webhooks, func(i int) {
		hooks[i] = hooks[i].On(d)
		if diags := hooks[i].Refresh(); len(diags) > 0 {
			t.Errorf("webhook %d: %s", i, diags)
		}
		if plan := hooks[i].Plan(config(i)); plan.Action != driver.NoOp {
			t.Errorf("webhook %d: planned %s\n%s", i, plan.Action, plan.Diags)
		}
	})
	expect("plan without changes", 0, 2, before)
}

func TestFleet_aPlanWithoutChangesAsksOncePerPractice(t *testing.T) {
	t.Parallel()
	const practices, webhooksEach = 125, 8
	mock, held := seededFleet(t, practices, webhooksEach)
	d := mock.Driver(t, nil)
	atOnce(len(held), func(i int) {
		w := held[i]
		hook := d.Resource("hero_webhook")
		hook.SetState(map[string]any{"practice_group_id": w.PracticeID, "id": w.ID, "event_type": w.EventType, "url": w.URL})
		if diags := hook.Refresh(); len(diags) > 0 {
			t.Errorf("webhook %s: %s", w.ID, diags)
		}
		if i%webhooksEach > 0 {
			return // a plan asks nothing after its refresh: one of each practice shows it
		}
		if plan := hook.Plan(map[string]any{"practice_group_id": w.PracticeID, "event_type": w.EventType, "url": w.URL}); plan.Action != driver.NoOp {
			t.Errorf("webhook %s: planned %s\n%s", w.ID, plan.Action, plan.Diags)
		}
	})
	if requests, lists := mock.Count("", ""), mock.Count(http.MethodGet, "/v1/webhooks"); requests != practices || lists != practices {
		t.Errorf("%d requests, %d of them lists, for %d webhooks in %d practices", requests, lists, len(held), practices)
	}
	if connections := mock.Connections(); connections > 4*terraformsParallelism {
		t.Errorf("%d connections", connections)
	}
}

// seededFleet is a Hero where each practice of a network has webhooks already.
func seededFleet(t *testing.T, practices, webhooksEach int) (*acctest.Mock, []mockapi.Webhook) {
	t.Helper()
	var all []mockapi.Practice
	for n := range practices {
		all = append(all, mockapi.Practice{ID: strconv.Itoa(1000 + n), Name: "Practice " + strconv.Itoa(n), InNetwork: true})
	}
	mock := acctest.NewMock(t, mockapi.Options{Practices: all, Seed: mockapi.Seed{Webhooks: webhooksEach}, SkipValidation: true})
	var held []mockapi.Webhook
	for _, practice := range all {
		held = append(held, mock.Webhooks(practice.ID)...)
	}
	return mock, held
}

// The same with the real terraform is BenchmarkThrottle of package acctest.
func TestFleet_ofALimitedHeroIsAppliedWithFewRefusals(t *testing.T) {
	t.Parallel()
	const webhooks, perSecond = 200, 20
	apply := func(t *testing.T, limit mockapi.RateLimit) (took time.Duration, refused int) {
		t.Helper()
		synctest.Test(t, func(t *testing.T) {
			hero := mockapi.New(mockapi.Options{RateLimit: limit, Latency: 50 * time.Millisecond, SkipValidation: true})
			d := driver.New(t, provider.New(acctest.Version, provider.WithWire(mockapi.Wire(hero))), map[string]any{
				"base_url": "https://hero.test", "api_key": mockapi.DefaultAPIKey, "practice_group_id": mockapi.DefaultOwnPracticeID,
			})
			began := time.Now()
			atOnce(webhooks, func(i int) {
				config := map[string]any{"event_type": "appointment.confirmed", "url": fmt.Sprintf("https://hooks.example.com/%d", i)}
				if diags := d.Resource("hero_webhook").Apply(config); len(diags) > 0 {
					t.Errorf("webhook %d: %s", i, diags)
				}
			})
			took = time.Since(began)
			if held := len(hero.Webhooks(mockapi.DefaultOwnPracticeID)); held != webhooks {
				t.Errorf("Hero holds %d webhooks", held)
			}
			for _, request := range hero.Requests() {
				if request.Status == http.StatusTooManyRequests {
					refused++
				}
			}
			if all := hero.Count("", ""); refused*10 > all {
				t.Errorf("%d of %d requests were refused", refused, all)
			}
		})
		return took, refused
	}
	unlimited, _ := apply(t, mockapi.RateLimit{})
	limited, refused := apply(t, mockapi.RateLimit{PerSecond: perSecond, Burst: perSecond, RetryAfter: mockapi.RetryAfter{After: time.Second}})
	if refused == 0 {
		t.Error("nothing was refused: the limit was never met")
	}
	// In virtual time: no machine is too slow for it.
	if most := unlimited + webhooks*time.Second/perSecond*12/10; limited > most {
		t.Errorf("it took %s, more than %s (%s without a limit)", limited, most, unlimited)
	}
}
