package bookinglink_test

import (
	"fmt"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// atOnce is Terraform's parallelism.
const atOnce = 10

func TestBookingLink_aRefreshStaysWithinItsBudgetOfRequests(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ inPractice, inTerraform, most int }{
		{250, 3, 4},
		{250, 250, 14},
		{50_000, 20, 30},
	} {
		t.Run(fmt.Sprintf("%d of %d", c.inTerraform, c.inPractice), func(t *testing.T) {
			t.Parallel()
			h := newHero(t, mockapi.Options{Seed: mockapi.Seed{BookingLinks: c.inPractice}, SkipValidation: true})
			config := map[string]any{"appointment_type_id": "1"}
			links := make([]*driver.Resource, c.inTerraform)
			for i, stored := range h.BookingLinks(practice)[:c.inTerraform] {
				links[i] = h.Driver.Resource("hero_booking_link")
				links[i].Import(stored.ID).RequireNone(t)
			}
			next := h.again(t, nil)
			h.ResetRequests()
			var refreshes errgroup.Group
			refreshes.SetLimit(atOnce)
			for i, link := range links {
				refreshes.Go(func() error {
					links[i] = link.On(next)
					if diags := links[i].Refresh(); len(diags) > 0 {
						return fmt.Errorf("link %d: %s", i, diags)
					}
					return nil
				})
			}
			if err := refreshes.Wait(); err != nil {
				t.Fatal(err)
			}
			if n := h.Count("", ""); n > c.most {
				t.Errorf("%d requests, at most %d are allowed", n, c.most)
			}
			for _, link := range links {
				if plan := link.Plan(config); plan.Changes() {
					t.Fatalf("planned %s: %v", plan.Action, plan.Planned)
				}
			}
		})
	}
}
