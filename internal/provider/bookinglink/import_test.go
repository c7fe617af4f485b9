package bookinglink_test

import (
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// elsewhere is a link that somebody made in Hero's portal, as generic describes it.
func (h hero) elsewhere(changes func(*mockapi.BookingLink)) string {
	link := mockapi.BookingLink{
		Link:               mockapi.Link{MaximumUses: 500, ExpiresAt: h.clock.Now().AddDate(0, 5, 29)},
		AppointmentTypeIDs: []string{"1"}, LocationIDs: []string{"5"}, PractitionerIDs: []string{"7"}, FromDate: "2027-09-01", ToDate: "2027-12-24",
	}
	link.ExpiresAt = link.ExpiresAt.AddDate(0, 0, 1) // 2027-12-31 in London
	if changes != nil {
		changes(&link)
	}
	return h.AddBookingLink(link)
}

func TestBookingLink_importFillsAllAndPlansNothing(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	id := h.elsewhere(nil)
	for name, how := range map[string]func(*driver.Resource) driver.Diagnostics{
		"id":              func(r *driver.Resource) driver.Diagnostics { return r.Import(id) },
		"practice and id": func(r *driver.Resource) driver.Diagnostics { return r.Import(practice + "/" + id) },
		"identity":        func(r *driver.Resource) driver.Diagnostics { return r.ImportIdentity(map[string]any{"id": id}) },
		"identity and practice": func(r *driver.Resource) driver.Diagnostics {
			return r.ImportIdentity(map[string]any{"id": id, "practice_group_id": practice})
		},
	} {
		link := h.Driver.Resource("hero_booking_link")
		how(link).RequireNone(t)
		plan := link.Plan(generic(nil))
		if plan.Diags.RequireNone(t); plan.Changes() {
			t.Errorf("%s: planned %s from %v to %v", name, plan.Action, plan.Before, plan.Planned)
		}
		link.RequireEmptyPlan(generic(nil))
	}
	if n := h.Count("PATCH", "") + h.Count("POST", ""); n != 0 {
		t.Errorf("%d writes", n)
	}
}

func TestBookingLink_importTakesInPlaceWhatHeroDoesNotTell(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{DocumentedOnly: true})
	id := h.elsewhere(func(l *mockapi.BookingLink) { l.PatientID = "9000001" })
	link := h.Driver.Resource("hero_booking_link")
	link.Import(id).RequireNone(t)
	config := generic(map[string]any{"patient_id": "9000001"})
	plan := link.Plan(config)
	if plan.Action != driver.Update {
		t.Fatalf("planned %s, forced by %v", plan.Action, plan.RequiresReplace)
	}
	plan.Diags.RequireWarning(t, "Not verified in the imported booking link "+id+" of practice group 12: practitioner_id, from_date, to_date, patient_id")
	h.ResetRequests()
	link.ApplyPlan(plan).RequireNoErrors(t)
	if n := h.Count("", ""); n != 0 {
		t.Errorf("%d requests", n)
	}
	link.RequireEmptyPlan(config)
	if diags := link.Plan(config).Diags; len(diags) != 0 {
		t.Errorf("the warning comes again: %s", diags)
	}
	// from then on they are arguments like the others
	if plan := link.Plan(generic(map[string]any{"patient_id": "9000002"})); plan.Action != driver.Replace {
		t.Errorf("another patient: planned %s", plan.Action)
	}
	h.ResetRequests()
	link.Apply(generic(map[string]any{"patient_id": "9000001", "from_date": "2027-10-01"})).RequireNone(t)
	if n := h.Count("PATCH", ""); n != 1 {
		t.Errorf("%d changes were sent", n)
	}
}

func TestBookingLink_importSendsOnlyWhatHeroTellsOtherwise(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{DocumentedOnly: true})
	link := h.Driver.Resource("hero_booking_link")
	link.Import(h.elsewhere(func(l *mockapi.BookingLink) { l.LocationIDs = []string{"6"} })).RequireNone(t)
	h.ResetRequests()
	link.Apply(generic(nil)).RequireWarning(t, "practitioner_id, from_date, to_date")
	if body := h.Requests()[0].Body; body != `{"location_id":"5"}` {
		t.Errorf("sent %s", body)
	}
	link.RequireEmptyPlan(generic(nil))
}

func TestBookingLink_importedAtAMidnightTheDayThatItEndsIsNoChangeAtHero(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{ExpiryTime: mockapi.ExpiresMidnightAfterUTC})
	first := h.created(t, generic(nil))
	link := h.Driver.Resource("hero_booking_link")
	link.Import(first.State().String("id")).RequireNone(t)
	h.ResetRequests()
	link.Apply(generic(nil)).RequireNone(t)
	if n := h.Count("PATCH", ""); n != 0 {
		t.Errorf("%d changes were sent", n)
	}
	link.RequireEmptyPlan(generic(nil))
}

func TestBookingLink_importSetsTheDefaults(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.Driver.Resource("hero_booking_link")
	link.Import(h.elsewhere(nil)).RequireNone(t)
	if state := link.State(); state.String("on_destroy") != "expire" || state.IsNull("recreate_when_unusable") || state.Bool("recreate_when_unusable") {
		t.Errorf("state holds %v", state)
	}
}

func TestBookingLink_importOfSeveralValuesIsAnErrorThatSaysSo(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	id := h.elsewhere(func(l *mockapi.BookingLink) {
		l.LocationIDs, l.AppointmentTypeIDs = []string{"5", "6"}, []string{"1", "2", "3"}
	})
	diags := h.Driver.Resource("hero_booking_link").Import(id)
	diags.RequireError(t, "several values for location_id")
	diags.RequireError(t, "1,2,3")
	diags.RequireError(t, "hero_booking_link shows all values")
}

func TestBookingLink_importOfNothingIsAnError(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	other := h.elsewhere(func(l *mockapi.BookingLink) { l.PracticeID = "15" })
	for _, id := range []string{"4711", other, "", "12/"} {
		if diags := h.Driver.Resource("hero_booking_link").Import(id); !diags.HasErrors() {
			t.Errorf("%q was imported", id)
		}
	}
	h.Driver.Resource("hero_booking_link").Import(other).RequireError(t, "hero_booking_links")
}
