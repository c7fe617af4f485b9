package bookinglink_test

import (
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestBookingLink_refusesBadInput(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	for name, c := range map[string]struct {
		changes         map[string]any
		attribute, text string
	}{
		"an empty appointment type":        {map[string]any{"appointment_type_id": ""}, "appointment_type_id", "is empty"},
		"an empty location":                {map[string]any{"location_id": ""}, "location_id", "is empty"},
		"an empty patient":                 {map[string]any{"patient_id": ""}, "patient_id", "is empty"},
		"a date that is none":              {map[string]any{"from_date": "1 September 2027"}, "from_date", "YYYY-MM-DD"},
		"a day that no calendar has":       {map[string]any{"to_date": "2027-11-31"}, "to_date", "YYYY-MM-DD"},
		"a time where a date is due":       {map[string]any{"expiry_date": "2027-12-31T23:59:59Z"}, "expiry_date", "YYYY-MM-DD"},
		"no uses":                          {map[string]any{"maximum_use_count": 0}, "maximum_use_count", "at least 1"},
		"an unknown on_destroy":            {map[string]any{"on_destroy": "delete"}, "on_destroy", "expire"},
		"slots that end before they begin": {map[string]any{"from_date": "2027-12-24", "to_date": "2027-09-01"}, "to_date", "to_date is before from_date"},
	} {
		diags := h.Driver.Resource("hero_booking_link").Validate(generic(c.changes))
		if len(diags) != 1 || diags[0].Attribute != c.attribute || !diags.Has(driver.Error, c.text) {
			t.Errorf("%s: got %s", name, diags)
		}
	}
	for name, changes := range map[string]map[string]any{
		"slots of one day":       {"from_date": "2027-09-01", "to_date": "2027-09-01"},
		"an unknown end":         {"from_date": "2027-12-24", "to_date": driver.Unknown},
		"an unknown begin":       {"from_date": driver.Unknown},
		"everything unknown":     {"appointment_type_id": driver.Unknown, "expiry_date": driver.Unknown, "maximum_use_count": driver.Unknown, "on_destroy": driver.Unknown, "recreate_when_unusable": driver.Unknown},
		"slots after the expiry": {"to_date": "2028-12-31", "expiry_date": "2027-12-31"},
	} {
		link := h.Driver.Resource("hero_booking_link")
		link.Validate(generic(changes)).RequireNone(t)
		if diags := link.Plan(generic(changes)).Diags; len(diags) > 0 {
			t.Errorf("%s: got %s", name, diags)
		}
	}
}

func TestBookingLink_aNewLinkMustNotHavePassedInLondon(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		now, argument, date string
		past                bool
	}{
		// 00:15 in London, where it is the second of July; in UTC it is the first
		{summer, "expiry_date", "2027-07-01", true},
		{summer, "expiry_date", "2027-07-02", false},
		{summer, "to_date", "2027-07-01", true},
		{summer, "to_date", "2027-07-02", false},
		{"2027-07-01T22:59:59Z", "expiry_date", "2027-07-01", false},
		{"2027-12-31T23:59:59Z", "expiry_date", "2027-12-31", false},
		{"2028-01-01T00:00:00Z", "expiry_date", "2027-12-31", true},
	} {
		h := newHero(t, mockapi.Options{})
		h.setTime(c.now)
		diags := h.Driver.Resource("hero_booking_link").Plan(map[string]any{"appointment_type_id": "1", c.argument: c.date}).Diags
		if diags.HasErrors() != c.past || c.past && (diags[0].Attribute != c.argument || !diags.Has(driver.Error, "in the past")) {
			t.Errorf("%s = %s at %s: got %s", c.argument, c.date, c.now, diags)
		}
	}
}

func TestBookingLink_aFromDateInThePastIsNoError(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	h.created(t, generic(map[string]any{"from_date": "2020-01-01"}))
}

func TestBookingLink_aDateThatPassesNeverBreaksThePlanOfALinkThatExists(t *testing.T) {
	t.Parallel()
	bothModes(t, func(t *testing.T, options mockapi.Options) {
		h := newHero(t, options)
		link := h.created(t, generic(nil))
		h.setTime("2028-03-01T12:00:00Z")
		link.RequireEmptyPlan(generic(nil))
		if link.State().Bool("active") {
			t.Error("state says that it is active")
		}
		config := generic(map[string]any{"location_id": "6", "expiry_date": "2028-01-31"})
		link.Apply(config).RequireNone(t)
		link.RequireEmptyPlan(config)
	})
}

func TestBookingLink_keepsTheConfiguredExpiryDateWhateverTheTimeOfDay(t *testing.T) {
	t.Parallel()
	for _, date := range []string{"2027-08-15", "2027-12-31"} { // in London's summer time, and outside it
		for _, expiry := range []mockapi.ExpiryTime{
			mockapi.ExpiresEndOfDayLondon, mockapi.ExpiresStartOfDayLondon, mockapi.ExpiresMidnightAfterLondon,
			mockapi.ExpiresEndOfDayUTC, mockapi.ExpiresStartOfDayUTC, mockapi.ExpiresMidnightAfterUTC,
		} {
			h := newHero(t, mockapi.Options{ExpiryTime: expiry})
			config := generic(map[string]any{"to_date": nil, "from_date": nil, "expiry_date": date})
			link := h.created(t, config)
			link.RequireEmptyPlan(config)
			// another day is drift, at whatever time
			h.ChangeBookingLink(h.stored(t).ID, func(l *mockapi.BookingLink) { l.ExpiresAt = l.ExpiresAt.AddDate(0, 0, 3) })
			link.Refresh().RequireNone(t)
			if got := link.State().String("expiry_date"); got == date {
				t.Errorf("%s, %v: drift was not seen", date, expiry)
			}
			link.Apply(config).RequireNone(t)
			link.RequireEmptyPlan(config)
		}
	}
}

func TestBookingLink_sendsAnotherExpiryDateWhateverTheTimeOfDay(t *testing.T) {
	t.Parallel()
	for _, expiry := range []mockapi.ExpiryTime{
		mockapi.ExpiresEndOfDayLondon, mockapi.ExpiresStartOfDayLondon, mockapi.ExpiresMidnightAfterLondon,
		mockapi.ExpiresEndOfDayUTC, mockapi.ExpiresStartOfDayUTC, mockapi.ExpiresMidnightAfterUTC,
	} {
		h := newHero(t, mockapi.Options{ExpiryTime: expiry})
		date := func(date string) map[string]any { return generic(map[string]any{"expiry_date": date}) }
		link := h.created(t, date("2027-07-10"))
		for _, changed := range []string{"2027-07-11", "2027-07-10"} {
			h.ResetRequests()
			link.Apply(date(changed)).RequireNone(t)
			link.RequireEmptyPlan(date(changed))
			if h.Count("PATCH", "") != 1 {
				t.Errorf("%v: the change to %s was not sent", expiry, changed)
			}
		}
	}
}

func TestBookingLink_thatCannotBeUsedFromTheStartIsNotMadeAgainAndAgain(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{ExpiryTime: mockapi.ExpiresStartOfDayLondon})
	config := generic(map[string]any{"from_date": nil, "to_date": nil, "expiry_date": "2027-07-02", "recreate_when_unusable": true}) // today in London
	link := h.Driver.Resource("hero_booking_link")
	link.Apply(config).RequireWarning(t, "cannot be used")
	link.Refresh().RequireNone(t)
	plan := link.Plan(config)
	plan.Diags.RequireWarning(t, "has not been usable since it was made")
	if plan.Action != driver.NoOp {
		t.Errorf("planned %s", plan.Action)
	}
	config["expiry_date"] = "2027-08-01"
	link.Apply(config).RequireNoErrors(t)
	link.RequireEmptyPlan(config)
	h.ChangeBookingLink(h.stored(t).ID, func(l *mockapi.BookingLink) { l.Inactive = true })
	link.Refresh().RequireNone(t)
	if plan := link.Plan(config); plan.Action != driver.Replace {
		t.Errorf("a link that was usable in between is planned for %s", plan.Action)
	}
}

func TestBookingLink_whetherItIsRecreatedMustBeKnownInThePlan(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(nil))
	config := generic(map[string]any{"recreate_when_unusable": driver.Unknown})
	link.Plan(config).Diags.RequireNoErrors(t)
	h.ChangeBookingLink(h.stored(t).ID, func(l *mockapi.BookingLink) { l.Inactive = true })
	link.Refresh().RequireNone(t)
	link.Plan(config).Diags.RequireError(t, "whether to replace it is not known yet")
}

func TestBookingLink_unusableIsShownAndKept(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(nil))
	h.ChangeBookingLink(h.stored(t).ID, func(l *mockapi.BookingLink) { l.Inactive = true })
	link.RequireEmptyPlan(generic(nil))
	if link.State().Bool("active") {
		t.Error("state says that it is active")
	}
}

func TestBookingLink_recreateWhenUnusablePlansANewLinkAndSaysWhy(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		becomes func(h hero, id string)
		reason  string
	}{
		"expired":  {func(h hero, id string) { h.ExpireBookingLink(id) }, "It has expired, at 2027-07-01T23:15:00Z"},
		"used up":  {func(h hero, id string) { h.UseBookingLink(id, 500) }, "It is used up: 500 of 500 uses"},
		"inactive": {func(h hero, id string) { h.ChangeBookingLink(id, func(l *mockapi.BookingLink) { l.Inactive = true }) }, "Hero says that it is not active"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bothModes(t, func(t *testing.T, options mockapi.Options) {
				h := newHero(t, options)
				config := generic(map[string]any{"recreate_when_unusable": true})
				link := h.created(t, config)
				id, url := link.State().String("id"), link.State().String("url")
				c.becomes(h, id)
				link.Refresh().RequireNone(t)
				plan := link.Plan(config)
				if plan.Action != driver.Replace || len(plan.RequiresReplace) != 1 || plan.RequiresReplace[0] != "active" {
					t.Fatalf("planned %s, forced by %v: %s", plan.Action, plan.RequiresReplace, plan.Diags)
				}
				plan.Diags.RequireWarning(t, c.reason)
				if len(plan.Diags) != 1 {
					t.Errorf("got %s", plan.Diags)
				}
				link.ApplyPlan(plan).RequireNone(t)
				link.RequireEmptyPlan(config)
				if state := link.State(); state.String("id") == id || state.String("url") == url || !state.Bool("active") {
					t.Errorf("state holds %v", state)
				}
			})
		})
	}
}

func TestBookingLink_recreationIsDecidedByTheReadAloneSoThatPlanAndApplyAgree(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	config := generic(map[string]any{"recreate_when_unusable": true})
	link := h.created(t, config)
	id := link.State().String("id")
	h.UseBookingLink(id, 500)
	if plan := link.Plan(config); plan.Action != driver.NoOp {
		t.Fatalf("without a refresh planned %s", plan.Action)
	}
	link.Refresh().RequireNone(t)
	plan := link.Plan(config)
	h.ChangeBookingLink(id, func(l *mockapi.BookingLink) { l.MaximumUses = 0 }) // between plan and apply
	h.setTime("2027-12-24T23:00:00Z")
	link.ApplyPlan(plan).RequireNone(t)
	if link.State().String("id") == id {
		t.Error("it was not replaced")
	}
}

func TestBookingLink_whenItsConfiguredDateHasPassedNothingIsRecreated(t *testing.T) {
	t.Parallel()
	for argument, dates := range map[string]map[string]any{
		"expiry_date": {"expiry_date": "2027-08-15", "to_date": nil, "from_date": nil},
		"to_date":     {"to_date": "2027-08-15", "from_date": nil, "maximum_use_count": 1},
	} {
		t.Run(argument, func(t *testing.T) {
			t.Parallel()
			h := newHero(t, mockapi.Options{})
			dates["recreate_when_unusable"] = true
			config := generic(dates)
			link := h.created(t, config)
			h.UseBookingLink(h.stored(t).ID, 1)
			h.setTime("2027-08-16T12:00:00Z")
			link.Refresh().RequireNone(t)
			plan := link.Plan(config)
			if plan.Changes() || len(plan.Diags.Warnings()) != 1 || plan.Diags[0].Attribute != argument {
				t.Fatalf("planned %s: %s", plan.Action, plan.Diags)
			}
			plan.Diags.RequireWarning(t, "Change the date")
			dates[argument] = "2027-10-01"
			if plan := link.Plan(generic(dates)); plan.Action != driver.Replace {
				t.Errorf("with another date planned %s", plan.Action)
			}
		})
	}
}

func TestBookingLink_thePlannedReplacementOfAUsableLinkWarnsWithItsURL(t *testing.T) {
	t.Parallel()
	for onDestroy, text := range map[string]string{"expire": "stops working", "keep": "goes on working"} {
		h := newHero(t, mockapi.Options{})
		link := h.created(t, generic(map[string]any{"on_destroy": onDestroy}))
		plan := link.Plan(generic(map[string]any{"practice_group_id": "15", "on_destroy": onDestroy}))
		plan.Diags.RequireWarning(t, text)
		plan.Diags.RequireWarning(t, link.State().String("url"))
	}
}

func TestBookingLink_unknownsAreKnownByApply(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.Driver.Resource("hero_booking_link")
	plan := link.Plan(generic(map[string]any{"location_id": driver.Unknown, "on_destroy": driver.Unknown, "maximum_use_count": driver.Unknown}))
	link.ApplyPlanWith(plan, generic(map[string]any{"on_destroy": "keep"})).RequireNone(t)
	link.RequireEmptyPlan(generic(map[string]any{"on_destroy": "keep"}))
	plan = link.Plan(generic(map[string]any{"location_id": driver.Unknown, "expiry_date": driver.Unknown, "on_destroy": "keep"}))
	if plan.Action != driver.Update {
		t.Fatalf("planned %s", plan.Action)
	}
	later := generic(map[string]any{"location_id": "6", "on_destroy": "keep"})
	link.ApplyPlanWith(plan, later).RequireNone(t)
	link.RequireEmptyPlan(later)
}

func TestBookingLink_aLinkThatWorksAgainAfterAChangeIsNotRecreated(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(nil))
	h.ExpireBookingLink(h.stored(t).ID)
	link.Refresh().RequireNone(t)
	link.Apply(generic(nil)).RequireNone(t) // puts the expiry date back
	if plan := link.Plan(generic(map[string]any{"recreate_when_unusable": true})); plan.Action != driver.Update {
		t.Errorf("without a refresh planned %s: %s", plan.Action, plan.Diags)
	}
}

func TestBookingLink_theReplacementOfAnUnusableLinkHasNothingToWarnOf(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, generic(nil))
	h.UseBookingLink(h.stored(t).ID, 500)
	link.Refresh().RequireNone(t)
	for _, recreate := range []bool{false, true} {
		plan := link.Plan(generic(map[string]any{"practice_group_id": "15", "recreate_when_unusable": recreate}))
		plan.Diags.RequireNone(t)
		if plan.Action != driver.Replace || len(plan.RequiresReplace) != 1 || plan.RequiresReplace[0] != "practice_group_id" {
			t.Errorf("planned %s, forced by %v", plan.Action, plan.RequiresReplace)
		}
	}
}
