package webhook_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestScale_aRefreshOfAThousandWebhooksIsOneListPerPractice(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ practices, each int }{"1,000 webhooks of one practice": {1, 1000}, "8 webhooks each of 125 practices": {125, 8}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var practices []mockapi.Practice
			for p := range c.practices {
				practices = append(practices, mockapi.Practice{ID: fmt.Sprint(100 + p), InNetwork: true})
			}
			mock := acctest.NewMock(t, mockapi.Options{Practices: practices, OwnPracticeID: "100", SkipValidation: true, Seed: mockapi.Seed{Webhooks: c.each}})
			provider := map[string]any{"practice_group_id": "100"}
			hooks, configs := fleet(t, mock.Driver(t, provider))
			mock.ResetRequests()

			later := mock.Driver(t, provider) // the next run
			inTens(len(hooks), func(i int) {
				hooks[i] = hooks[i].On(later)
				if diags := hooks[i].Refresh(); len(diags) > 0 {
					t.Error(diags)
				}
				if plan := hooks[i].Plan(configs[i]); plan.Action != driver.NoOp || len(plan.Diags) > 0 {
					t.Errorf("planned %s\n%s", plan.Action, plan.Diags)
				}
			})
			if lists, all := mock.Count(http.MethodGet, "/v1/webhooks"), mock.Count("", ""); lists != c.practices || all != lists {
				t.Errorf("%d lists and %d calls for %d practices", lists, all, c.practices)
			}
		})
	}
}

// fleet holds all webhooks of the network, with their configurations.
func fleet(t *testing.T, d *driver.Driver) ([]*driver.Resource, []map[string]any) {
	t.Helper()
	var hooks []*driver.Resource
	var configs []map[string]any
	all := read(t, d, map[string]any{"entire_network": true})
	for _, each := range all.List("webhooks") {
		w := driver.Object(each.(map[string]any))
		hook := d.Resource("hero_webhook")
		hook.SetState(map[string]any{"practice_group_id": w.Get("practice_group_id"), "id": w.Get("id"), "event_type": w.Get("event_type"), "url": w.Get("url"), "created_at": w.Get("created_at"), "updated_at": w.Get("updated_at")})
		hooks = append(hooks, hook)
		configs = append(configs, map[string]any{"practice_group_id": w.Get("practice_group_id"), "event_type": w.Get("event_type"), "url": w.Get("url")})
	}
	if len(hooks) != 1000 {
		t.Fatalf("the mock holds %d webhooks", len(hooks))
	}
	return hooks, configs
}

// inTens calls do for each index below n, ten at once, as Terraform does by default.
func inTens(n int, do func(i int)) {
	slots := make(chan struct{}, 10)
	var group sync.WaitGroup
	for i := range n {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			do(i)
		})
	}
	group.Wait()
}

func TestScale_coalescingCanBeSwitchedOff(t *testing.T) {
	t.Setenv("HERO_COALESCE_READS", "0")
	mock := acctest.NewMock(t, mockapi.Options{})
	d := mock.Driver(t, nil)
	hook := d.Resource("hero_webhook")
	hook.Apply(webhookConfig(nil)).RequireNone(t)
	mock.ResetRequests()
	for range 3 {
		hook.RequireEmptyPlan(webhookConfig(nil))
	}
	if lists := mock.Count(http.MethodGet, "/v1/webhooks"); lists != 3 {
		t.Errorf("%d lists for three reads", lists)
	}
}
