package bookinglink_test

import (
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestBookingLink_isCreatedReadAndExpired(t *testing.T) {
	t.Parallel()
	bothModes(t, func(t *testing.T, options mockapi.Options) {
		h := newHero(t, options)
		config := generic(nil)
		link := h.created(t, config)

		stored, state := h.stored(t), link.State()
		if stored.AppointmentTypeIDs[0] != "1" || stored.LocationIDs[0] != "5" || stored.PractitionerIDs[0] != "7" || stored.FromDate != "2027-09-01" ||
			stored.ToDate != "2027-12-24" || stored.MaximumUses != 500 || stored.ExpiresAt.Format("2006-01-02") != "2027-12-31" {
			t.Errorf("Hero holds %+v", stored)
		}
		if state.String("id") != stored.ID || state.String("url") != stored.URL || !state.Bool("active") || state.String("expires_at") != "2027-12-31T23:59:59Z" {
			t.Errorf("state holds %v", state)
		}
		if state.Bool("recreate_when_unusable") || state.String("on_destroy") != "expire" {
			t.Errorf("the defaults are %v", state)
		}
		if id := link.Identity(); id.String("id") != stored.ID || id.String("practice_group_id") != practice {
			t.Errorf("identity %v", id)
		}
		link.Destroy().RequireNone(t)
		if link.State() != nil || !h.stored(t).ExpiresAt.Before(h.clock.Now()) {
			t.Errorf("after the destroy, Hero holds %+v", h.stored(t))
		}
	})
}

func TestBookingLink_withNothingButAnAppointmentType(t *testing.T) {
	t.Parallel()
	bothModes(t, func(t *testing.T, options mockapi.Options) {
		h := newHero(t, options)
		state := h.created(t, map[string]any{"appointment_type_id": "1"}).State()
		for _, attribute := range []string{"location_id", "practitioner_id", "patient_id", "from_date", "to_date", "expiry_date", "maximum_use_count", "expires_at"} {
			if !state.IsNull(attribute) {
				t.Errorf("%s is %v", attribute, state.Get(attribute))
			}
		}
	})
}

func TestBookingLink_urlStaysOverInPlaceChanges(t *testing.T) {
	t.Parallel()
	bothModes(t, func(t *testing.T, options mockapi.Options) {
		h := newHero(t, options)
		link := h.created(t, generic(nil))
		url := link.State().String("url")
		config := generic(map[string]any{
			"appointment_type_id": "2", "location_id": "6", "practitioner_id": "8", "from_date": "2027-10-01", "to_date": "2027-11-30",
			"expiry_date": "2028-01-15", "maximum_use_count": 600,
		})
		plan := link.Plan(config)
		if plan.Action != driver.Update || plan.Planned.String("url") != url || !plan.Planned.IsUnknown("expires_at") {
			t.Fatalf("planned %s: %v", plan.Action, plan.Planned)
		}
		link.ApplyPlan(plan).RequireNone(t)
		link.RequireEmptyPlan(config)
		stored := h.stored(t)
		if stored.AppointmentTypeIDs[0] != "2" || stored.LocationIDs[0] != "6" || stored.PractitionerIDs[0] != "8" || stored.FromDate != "2027-10-01" ||
			stored.ToDate != "2027-11-30" || stored.MaximumUses != 600 || stored.ExpiresAt.Format("2006-01-02") != "2028-01-15" {
			t.Errorf("Hero holds %+v", stored)
		}
		if link.State().String("url") != url || link.State().String("expires_at") != "2028-01-15T23:59:59Z" {
			t.Errorf("state holds %v", link.State())
		}
	})
}

func TestBookingLink_sendsExplicitNullsForWhatWasRemoved(t *testing.T) {
	t.Parallel()
	bothModes(t, func(t *testing.T, options mockapi.Options) {
		h := newHero(t, options)
		link := h.created(t, generic(nil))
		bare := map[string]any{"appointment_type_id": "1"}
		h.ResetRequests()
		link.Apply(bare).RequireNone(t)
		link.RequireEmptyPlan(bare)
		want := `{"expiry_date":null,"from_date":null,"location_id":null,"maximum_use_count":null,"practitioner_id":null,"to_date":null}`
		if body := h.Requests()[0].Body; body != want {
			t.Errorf("sent %s", body)
		}
		stored := h.stored(t)
		if len(stored.LocationIDs)+len(stored.PractitionerIDs) != 0 || stored.FromDate+stored.ToDate != "" || !stored.ExpiresAt.IsZero() || stored.MaximumUses != 0 {
			t.Errorf("Hero holds %+v", stored)
		}
		if !link.State().IsNull("expires_at") {
			t.Errorf("state holds %v", link.State())
		}
	})
}

func TestBookingLink_sendsOnlyWhatChanged(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(nil))
	h.ResetRequests()
	link.Apply(generic(map[string]any{"location_id": "6"})).RequireNone(t)
	if body := h.Requests()[0].Body; body != `{"location_id":"6"}` {
		t.Errorf("sent %s", body)
	}
}

func TestBookingLink_changesOfOnDestroyAndRecreateAreNotSent(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(nil))
	h.ResetRequests()
	link.Apply(generic(map[string]any{"on_destroy": "keep", "recreate_when_unusable": true})).RequireNone(t)
	if n := h.Count("", ""); n != 0 {
		t.Errorf("%d requests", n)
	}
	if state := link.State(); state.String("on_destroy") != "keep" || !state.Bool("recreate_when_unusable") {
		t.Errorf("state holds %v", state)
	}
}

func TestBookingLink_whatHeroIgnoredIsAnErrorOnThatAttributeThatOffersToReplace(t *testing.T) {
	t.Parallel()
	bothModes(t, func(t *testing.T, options mockapi.Options) {
		options.IgnoreOnPatch = []string{"expiry_date", "maximum_use_count"}
		h := newHero(t, options)
		link := h.created(t, generic(nil))
		config := generic(map[string]any{"location_id": "6", "expiry_date": "2028-01-15", "maximum_use_count": nil})
		diags := link.Apply(config)
		for _, attribute := range []string{"expiry_date", "maximum_use_count"} {
			found := false
			for _, d := range diags.Errors() {
				found = found || d.Attribute == attribute
			}
			if !found {
				t.Errorf("no error on %s: %s", attribute, diags)
			}
		}
		diags.RequireError(t, "-replace=")
		if len(diags.Errors()) != 2 || link.Tainted() {
			t.Errorf("tainted %v, got %s", link.Tainted(), diags)
		}
		state := link.State()
		if state.String("expiry_date") != "2027-12-31" || state.Int("maximum_use_count") != 500 || state.String("location_id") != "6" {
			t.Errorf("state does not hold what Hero has: %v", state)
		}
		// so the next plan shows it again, and replacing the link mends it
		link.Refresh().RequireNone(t)
		plan := link.Plan(config)
		if plan.Action != driver.Update || plan.Planned.String("expiry_date") != "2028-01-15" {
			t.Fatalf("planned %s: %v", plan.Action, plan.Planned)
		}
		link.Apply(config, driver.ForceReplace()).RequireNoErrors(t)
		link.RequireEmptyPlan(config)
	})
}

func TestBookingLink_whatHeroRefusesToChangeIsAnErrorOnThatAttribute(t *testing.T) {
	t.Parallel()
	bothModes(t, func(t *testing.T, options mockapi.Options) {
		options.RefuseOnPatch = []string{"maximum_use_count"}
		h := newHero(t, options)
		link := h.created(t, generic(nil))
		diags := link.Apply(generic(map[string]any{"maximum_use_count": 1}))
		diags.RequireError(t, "-replace=")
		if len(diags) != 1 || diags[0].Attribute != "maximum_use_count" {
			t.Errorf("got %s", diags)
		}
		if link.State().Int("maximum_use_count") != 500 {
			t.Errorf("state holds %v", link.State())
		}
		link.RequireEmptyPlan(generic(nil))
	})
}

func TestBookingLink_aChangeThatCannotBeReadBackWarns(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(nil))
	h.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: 500, Method: "GET"})
	config := generic(map[string]any{"expiry_date": "2028-01-15"})
	diags := link.Apply(config)
	diags.RequireNoErrors(t)
	diags.RequireWarning(t, "could not be read back")
	h.ClearFaults()
	link.RequireEmptyPlan(config)
	if link.State().String("expires_at") != "2028-01-15T23:59:59Z" {
		t.Errorf("state holds %v", link.State())
	}
}

func TestBookingLink_anotherPatientReplacesAndWarns(t *testing.T) {
	t.Parallel()
	bothModes(t, func(t *testing.T, options mockapi.Options) {
		h := newHero(t, options)
		link := h.Driver.Resource("hero_booking_link")
		config := generic(map[string]any{"patient_id": "9000001"})
		diags := link.Apply(config)
		diags.RequireNoErrors(t)
		diags.RequireWarning(t, "single patient")
		link.RequireEmptyPlan(config)
		if link.Plan(config).Diags.Has(driver.Warning, "patient") {
			t.Error("an unchanged link warns again")
		}
		other := generic(map[string]any{"patient_id": "9000002"})
		plan := link.Plan(other)
		if plan.Action != driver.Replace || plan.RequiresReplace[0] != "patient_id" {
			t.Fatalf("planned %s, forced by %v", plan.Action, plan.RequiresReplace)
		}
		plan.Diags.RequireWarning(t, "single patient")
		link.ApplyPlan(plan).RequireNoErrors(t)
		link.RequireEmptyPlan(other)
		if links := h.BookingLinks(practice); len(links) != 2 || links[1].PatientID != "9000002" {
			t.Errorf("Hero holds %+v", links)
		}
	})
}

func TestBookingLink_movesToAnotherPracticeOnlyWhenWrittenOnIt(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(nil))
	link.On(h.again(t, map[string]any{"practice_group_id": "15"})).Plan(generic(nil)).Diags.RequireError(t, `practice_group_id = "12"`)
	config := generic(map[string]any{"practice_group_id": "15"})
	if plan := link.Plan(config); plan.Action != driver.Replace || plan.RequiresReplace[0] != "practice_group_id" {
		t.Fatalf("planned %s", plan.Action)
	}
	link.Apply(config).RequireNoErrors(t)
	link.RequireEmptyPlan(config)
	if len(h.BookingLinks("15")) != 1 || !h.stored(t).ExpiresAt.Before(h.clock.Now()) {
		t.Error("the link did not move")
	}
}

func TestBookingLink_thatIsGoneLeavesStateAndIsCreatedAnew(t *testing.T) {
	t.Parallel()
	bothModes(t, func(t *testing.T, options mockapi.Options) {
		h := newHero(t, options)
		link := h.created(t, generic(nil))
		h.RemoveBookingLink(link.State().String("id"))
		diags := link.Refresh()
		diags.RequireNoErrors(t)
		diags.RequireWarning(t, "is gone")
		if link.State() != nil {
			t.Fatal("it is still in state")
		}
		if plan := link.Plan(generic(nil)); plan.Action != driver.Create {
			t.Errorf("planned %s", plan.Action)
		}
	})
}

func TestBookingLink_ofAPracticeThatRefusesIsNotGone(t *testing.T) {
	t.Parallel()
	for _, status := range []int{401, 403, 404, 500} {
		h := newHero(t, mockapi.Options{RefusalStatus: 403})
		config := generic(map[string]any{"practice_group_id": "15"})
		link := h.Driver.Resource("hero_booking_link")
		link.Apply(config).RequireNone(t)
		h.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: status, Practice: "15"})
		link = link.On(h.again(t, nil))
		if diags := link.Refresh(); !diags.HasErrors() || link.State() == nil {
			t.Errorf("%d: state %v, got %s", status, link.State(), diags)
		}
		kept := link.On(h.again(t, map[string]any{"on_unreachable_practice": "keep_state"}))
		diags := kept.Refresh()
		if want := status == 401 || status == 403; diags.HasErrors() == want || diags.Has(driver.Warning, "kept as it was") != want {
			t.Errorf("%d with keep_state: got %s", status, diags)
		}
	}
}

func TestBookingLink_driftIsShownAndPutBack(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(nil))
	h.ChangeBookingLink(h.stored(t).ID, func(l *mockapi.BookingLink) {
		l.LocationIDs, l.PractitionerIDs, l.FromDate, l.MaximumUses = []string{"6", "8"}, nil, "2027-09-15", 0
		l.ExpiresAt = l.ExpiresAt.AddDate(0, 0, 5)
	})
	link.Refresh().RequireNone(t)
	state := link.State()
	if state.String("location_id") != "6,8" || !state.IsNull("practitioner_id") || state.String("from_date") != "2027-09-15" || !state.IsNull("maximum_use_count") || state.String("expiry_date") != "2028-01-05" {
		t.Errorf("state holds %v", state)
	}
	link.Apply(generic(nil)).RequireNone(t)
	link.RequireEmptyPlan(generic(nil))
	if stored := h.stored(t); stored.LocationIDs[0] != "5" || len(stored.LocationIDs) != 1 || stored.MaximumUses != 500 {
		t.Errorf("Hero holds %+v", stored)
	}
}

func TestBookingLink_countersDoNotDisturbRefreshes(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(nil))
	before := link.State()
	h.UseBookingLink(h.stored(t).ID, 3)
	link.RequireEmptyPlan(generic(nil))
	for name, value := range before {
		if link.State()[name] != value {
			t.Errorf("%s is %v now", name, link.State()[name])
		}
	}
}

func TestBookingLink_ofAnotherServerIsLeftAlone(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(nil))
	h.ResetRequests()
	other := link.On(h.again(t, map[string]any{"base_url": nil, "environment": "staging"}))
	other.Refresh().RequireError(t, "another Hero server")
	other.Apply(generic(map[string]any{"location_id": "6"})).RequireError(t, "another Hero server")
	other.Destroy().RequireError(t, "another Hero server")
	if other.State() == nil || h.Count("", "") != 0 {
		t.Error("it was touched")
	}
}
