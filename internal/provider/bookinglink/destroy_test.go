package bookinglink_test

import (
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestBookingLink_onDestroyExpireWarnsIfTheLinkGoesOnWorking(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		options mockapi.Options
		fault   *mockapi.Fault
		works   bool
	}{
		"expired":                    {},
		"expired, yet called active": {options: mockapi.Options{ActiveStaysTrue: true}},
		"midnight after, in UTC":     {options: mockapi.Options{ExpiryTime: mockapi.ExpiresMidnightAfterUTC}},
		"ignored":                    {options: mockapi.Options{IgnoreOnPatch: []string{"expiry_date"}}, works: true},
		"refused":                    {options: mockapi.Options{RefuseOnPatch: []string{"expiry_date"}}, works: true},
		"not to be read back":        {fault: &mockapi.Fault{Kind: mockapi.FaultStatus, Method: "GET"}, works: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHero(t, c.options)
			link := h.created(t, generic(nil))
			url := link.State().String("url")
			if c.fault != nil {
				h.Fault(*c.fault)
			}
			plan := link.Plan(nil)
			plan.Diags.RequireNone(t) // what Hero will do is not known yet
			diags := link.ApplyPlan(plan)
			diags.RequireNoErrors(t)
			if diags.Has(driver.Warning, "goes on working") != c.works || c.works && !diags.Has(driver.Warning, url) {
				t.Errorf("got %s", diags)
			}
			if link.State() != nil {
				t.Error("it is still in state")
			}
		})
	}
}

func TestBookingLink_onDestroyKeepWarnsInThePlanAndAfter(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(map[string]any{"on_destroy": "keep"}))
	h.ResetRequests()
	plan := link.Plan(nil)
	plan.Diags.RequireWarning(t, link.State().String("url"))
	after := link.ApplyPlan(plan)
	after.RequireNoErrors(t)
	after.RequireWarning(t, "goes on working")
	if link.State() != nil || h.Count("", "") != 0 || !h.stored(t).ExpiresAt.After(h.clock.Now()) {
		t.Errorf("%d requests, Hero holds %+v", h.Count("", ""), h.stored(t))
	}
}

func TestBookingLink_theDestroyOfAnUnusableKeptLinkDoesNotWarn(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(map[string]any{"on_destroy": "keep"}))
	h.ExpireBookingLink(h.stored(t).ID)
	link.Refresh().RequireNone(t)
	link.Plan(nil).Diags.RequireNone(t)
	link.Destroy().RequireNone(t)
}

func TestBookingLink_atDestroyOnDestroyComesFromState(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(map[string]any{"on_destroy": "keep"}))
	link.Plan(generic(nil)) // never applied
	link.Destroy().RequireNoErrors(t)
	if !h.stored(t).ExpiresAt.After(h.clock.Now()) {
		t.Error("it was expired")
	}
}

func TestBookingLink_destroyOfALinkThatIsGoneSucceeds(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(nil))
	h.RemoveBookingLink(h.stored(t).ID)
	link.Destroy().RequireNone(t)
}

func TestBookingLink_aDestroyThatFailsKeepsTheLinkInState(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockapi.Fault{
		"not allowed":         {Kind: mockapi.FaultStatus, Status: 403, Method: "PATCH"},
		"broken":              {Kind: mockapi.FaultStatus, Status: 500, Method: "PATCH"},
		"a 404 of the change": {Kind: mockapi.FaultStatus, Status: 404, Method: "PATCH"},
		"a 404 of all":        {Kind: mockapi.FaultStatus, Status: 404},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHero(t, mockapi.Options{})
			link := h.created(t, generic(nil))
			h.Fault(fault)
			link = link.On(h.again(t, nil)) // Hero has not answered for the practice in this run
			if diags := link.Destroy(); !diags.HasErrors() || link.State() == nil {
				t.Errorf("state %v, got %s", link.State(), diags)
			}
			h.ClearFaults()
			link.Destroy().RequireNone(t)
		})
	}
}

func TestBookingLink_aTaintedLinkIsExpiredToo(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(nil))
	link.Taint()
	link.Apply(generic(nil)).RequireNone(t)
	if links := h.BookingLinks(practice); len(links) != 2 || !links[0].ExpiresAt.Before(h.clock.Now()) {
		t.Errorf("Hero holds %+v", links)
	}
}

func TestBookingLink_readOnlyRefusesToExpire(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(nil)).On(h.again(t, map[string]any{"read_only": true}))
	link.Destroy().RequireError(t, "read-only")
	if link.State() == nil {
		t.Error("it left state")
	}
}
