package formlink_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

const practice = mockapi.DefaultOwnPracticeID

// hero is a mock of Hero whose time the test moves, and the provider for it.
type hero struct {
	*acctest.Mock
	*driver.Driver
	clock *acctest.Clock
}

func newHero(t *testing.T, options mockapi.Options) hero {
	t.Helper()
	clock := acctest.NewClock(time.Date(2027, 7, 1, 23, 15, 0, 0, time.UTC)) // the second of July in London
	options.Clock = clock.Now
	mock := acctest.NewMock(t, options)
	return hero{mock, mock.Driver(t, nil, provider.WithClock(clock)), clock}
}

func (h hero) created(t *testing.T, config map[string]any) *driver.Resource {
	t.Helper()
	link := h.Driver.Resource("hero_form_link")
	link.Apply(config).RequireNone(t)
	link.RequireEmptyPlan(config)
	return link
}

func formConfig(changes map[string]any) map[string]any {
	config := map[string]any{"form_id": "101", "expiry_date": "2027-12-31", "maximum_use_count": 1}
	for argument, value := range changes {
		if config[argument] = value; value == nil {
			delete(config, argument)
		}
	}
	return config
}

func bothModes(t *testing.T, story func(t *testing.T, options mockapi.Options)) {
	t.Helper()
	for name, options := range map[string]mockapi.Options{"all keys": {}, "documented keys only": {DocumentedOnly: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			story(t, options)
		})
	}
}

func TestFormLink_isCreatedAndReadByItsStatus(t *testing.T) {
	t.Parallel()
	bothModes(t, func(t *testing.T, options mockapi.Options) {
		h := newHero(t, options)
		link := h.created(t, formConfig(nil))
		stored, state := h.FormLinks(practice)[0], link.State()
		if stored.FormID != "101" || stored.MaximumUses != 1 || stored.ExpiresAt.Format(time.DateOnly) != "2027-12-31" {
			t.Errorf("Hero holds %+v", stored)
		}
		if state.String("id") != stored.ID || state.String("url") != stored.URL || state.String("status") != "unused" || state.Bool("recreate_when_unusable") {
			t.Errorf("state holds %v", state)
		}
		if id := link.Identity(); id.String("id") != stored.ID || id.String("practice_group_id") != practice {
			t.Errorf("identity %v", id)
		}
	})
}

func TestFormLink_readsTheAnswerUnderEveryNameToBeExpected(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"short_link", "form_link", "link", "url", "none"} {
		for _, id := range []string{"id", "none"} {
			if url == "none" && id == "none" {
				continue
			}
			h := newHero(t, mockapi.Options{FormLinkURLKey: url, FormLinkIDKey: id})
			link := h.created(t, formConfig(nil))
			stored := h.FormLinks(practice)[0]
			wantID, wantURL := stored.ID, stored.URL
			if id == "none" {
				wantID = stored.URL // a form link without an id of Hero's is known by its URL
			}
			if url == "none" {
				wantURL = ""
			}
			if state := link.State(); state.String("id") != wantID || state.String("url") != wantURL || state.String("status") != "unused" {
				t.Errorf("%s and %s: state holds %v", url, id, state)
			}
		}
	}
}

func TestFormLink_anAnswerWithNeitherIDNorURLIsAnErrorThatNamesItsKeys(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	h.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: "POST", Status: 200, Processed: true, Body: `{"slug":"very-secret","made":true}`})
	link := h.Driver.Resource("hero_form_link")
	diags := link.Apply(formConfig(nil))
	diags.RequireError(t, "neither an id nor a URL")
	diags.RequireError(t, "made, slug")
	diags.RequireError(t, "a link may exist")
	if diags.Has(driver.Error, "very-secret") || link.State() != nil {
		t.Errorf("got %s", diags)
	}
}

func TestFormLink_aCreateWhoseAnswerWasLostIsNotRepeated(t *testing.T) {
	t.Parallel()
	for patient, look := range map[string]string{"": "the data source hero_short_links.", "9000001": "hero_short_links with include_patient_links = true"} {
		h := newHero(t, mockapi.Options{})
		h.Fault(mockapi.Fault{Kind: mockapi.FaultDropAfter, Method: "POST"})
		config := formConfig(nil)
		if patient != "" {
			config["patient_id"] = patient
		}
		diags := h.Driver.Resource("hero_form_link").Apply(config)
		diags.RequireError(t, "a link may exist")
		diags.RequireError(t, look)
		if h.Count("POST", "") != 1 {
			t.Errorf("%d creates", h.Count("POST", ""))
		}
	}
}

func TestFormLink_a404OfTheCreateSaysThatThePathIsInferred(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	h.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: "POST", Status: 404})
	h.Driver.Resource("hero_form_link").Apply(formConfig(nil)).RequireError(t, "does not show this operation's path")
}

func TestFormLink_onceItExistsCreateWarnsOnly(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	remove := h.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: "GET", Status: 403})
	link := h.Driver.Resource("hero_form_link")
	diags := link.Apply(formConfig(nil))
	diags.RequireNoErrors(t)
	diags.RequireWarning(t, "could not be read")
	if link.Tainted() || link.State().String("url") == "" {
		t.Fatalf("state holds %v", link.State())
	}
	remove()
	link.RequireEmptyPlan(formConfig(nil))
	if link.State().String("status") != "unused" {
		t.Errorf("state holds %v", link.State())
	}
}

func TestFormLink_everyArgumentReplacesAndWarnsThatTheOldURLGoesOnWorking(t *testing.T) {
	t.Parallel()
	bothModes(t, func(t *testing.T, options mockapi.Options) {
		h := newHero(t, options)
		link := h.created(t, formConfig(nil))
		for argument, value := range map[string]any{"form_id": "102", "expiry_date": "2028-01-31", "maximum_use_count": 2, "practice_group_id": "15"} {
			plan := link.Plan(formConfig(map[string]any{argument: value}))
			if plan.Action != driver.Replace || len(plan.RequiresReplace) != 1 || plan.RequiresReplace[0] != argument {
				t.Errorf("%s: planned %s, forced by %v", argument, plan.Action, plan.RequiresReplace)
			}
			plan.Diags.RequireWarning(t, "goes on working")
			plan.Diags.RequireWarning(t, link.State().String("url"))
		}
		other := formConfig(map[string]any{"form_id": "102"})
		link.Apply(other).RequireNoErrors(t)
		link.RequireEmptyPlan(other)
	})
}

func TestFormLink_aPatientWarns(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.Driver.Resource("hero_form_link")
	config := formConfig(map[string]any{"patient_id": "9000001"})
	link.Apply(config).RequireWarning(t, "single patient")
	link.RequireEmptyPlan(config)
	link.Plan(config).Diags.RequireNone(t)
	plan := link.Plan(formConfig(map[string]any{"patient_id": "9000002"}))
	plan.Diags.RequireWarning(t, "single patient")
	if plan.Action != driver.Replace {
		t.Errorf("planned %s", plan.Action)
	}
}

func TestFormLink_refusesBadInput(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	for attribute, value := range map[string]any{"form_id": "", "patient_id": "", "expiry_date": "31 December", "maximum_use_count": 0} {
		diags := h.Driver.Resource("hero_form_link").Validate(formConfig(map[string]any{attribute: value}))
		if len(diags.Errors()) == 0 || diags[0].Attribute != attribute {
			t.Errorf("%s: got %s", attribute, diags)
		}
	}
	for date, past := range map[string]bool{"2027-07-01": true, "2027-07-02": false} {
		diags := h.Driver.Resource("hero_form_link").Plan(formConfig(map[string]any{"expiry_date": date})).Diags
		if diags.Has(driver.Error, "in the past") != past {
			t.Errorf("%s: got %s", date, diags)
		}
	}
}

func TestFormLink_aDateThatPassesNeverBreaksThePlanOfALinkThatExists(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, formConfig(nil))
	h.clock.Advance(365 * 24 * time.Hour)
	link.RequireEmptyPlan(formConfig(nil))
	if link.State().String("status") != "expired" {
		t.Errorf("state holds %v", link.State())
	}
}

func TestFormLink_recreateWhenUnusablePlansANewLinkAndSaysWhy(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		becomes func(h hero, id string)
		reason  string
	}{
		"expired": {func(h hero, id string) { h.ExpireFormLink(id) }, "Hero says that it is expired"},
		"used up": {func(h hero, id string) { h.UseFormLink(id, 1) }, "It is used up"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bothModes(t, func(t *testing.T, options mockapi.Options) {
				h := newHero(t, options)
				config := formConfig(map[string]any{"recreate_when_unusable": true})
				link := h.created(t, config)
				url := link.State().String("url")
				c.becomes(h, link.State().String("id"))
				link.Refresh().RequireNone(t)
				if plan := link.Plan(formConfig(nil)); plan.Action == driver.Replace {
					t.Error("it is replaced without recreate_when_unusable")
				}
				plan := link.Plan(config)
				if plan.Action != driver.Replace || len(plan.Diags) != 1 {
					t.Fatalf("planned %s: %s", plan.Action, plan.Diags)
				}
				plan.Diags.RequireWarning(t, c.reason)
				link.ApplyPlan(plan).RequireNone(t)
				link.RequireEmptyPlan(config)
				if link.State().String("url") == url {
					t.Error("the URL is the same")
				}
			})
		})
	}
}

func TestFormLink_aLinkOfSeveralUsesIsNotUsedUpByOne(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	config := formConfig(map[string]any{"recreate_when_unusable": true, "maximum_use_count": 5})
	link := h.created(t, config)
	h.UseFormLink(link.State().String("id"), 1)
	link.RequireEmptyPlan(config)
	if link.State().String("status") != "used" {
		t.Errorf("state holds %v", link.State())
	}
}

func TestFormLink_whenItsExpiryDateHasPassedNothingIsRecreated(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	config := formConfig(map[string]any{"recreate_when_unusable": true})
	link := h.created(t, config)
	h.clock.Advance(365 * 24 * time.Hour)
	link.Refresh().RequireNone(t)
	plan := link.Plan(config)
	if plan.Changes() || len(plan.Diags) != 1 || plan.Diags[0].Attribute != "expiry_date" {
		t.Errorf("planned %s: %s", plan.Action, plan.Diags)
	}
}

func TestFormLink_destroyWarnsInThePlanAndAfterThatTheURLGoesOnWorking(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, formConfig(nil))
	url := link.State().String("url")
	h.ResetRequests()
	plan := link.Plan(nil)
	plan.Diags.RequireWarning(t, url)
	after := link.ApplyPlan(plan)
	after.RequireNoErrors(t)
	after.RequireWarning(t, "goes on working")
	if link.State() != nil || h.Count("", "") != 0 || len(h.FormLinks(practice)) != 1 {
		t.Error("it did not merely leave state")
	}
}

func TestFormLink_destroyOfAnExpiredLinkDoesNotWarn(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, formConfig(nil))
	h.ExpireFormLink(link.State().String("id"))
	link.Refresh().RequireNone(t)
	link.Destroy().RequireNone(t)
}

func TestFormLink_thatIsGoneLeavesState(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, formConfig(nil))
	h.RemoveFormLink(link.State().String("id"))
	link.Refresh().RequireWarning(t, "is gone")
	if link.State() != nil {
		t.Error("it is still in state")
	}
	if plan := link.Plan(formConfig(nil)); plan.Action != driver.Create {
		t.Errorf("planned %s", plan.Action)
	}
}

func TestFormLink_ofAPracticeThatRefusesIsNotGone(t *testing.T) {
	t.Parallel()
	for _, status := range []int{401, 403, 404, 500} {
		h := newHero(t, mockapi.Options{})
		link := h.created(t, formConfig(nil))
		h.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: status})
		link = link.On(h.Mock.Driver(t, nil, provider.WithClock(h.clock)))
		if diags := link.Refresh(); !diags.HasErrors() || link.State() == nil {
			t.Errorf("%d: got %s", status, diags)
		}
	}
}

func TestFormLink_ofAnotherServerIsLeftAlone(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, formConfig(nil))
	other := link.On(h.Mock.Driver(t, map[string]any{"base_url": nil, "environment": "staging"}, provider.WithClock(h.clock)))
	other.Refresh().RequireError(t, "another Hero server")
	other.Apply(formConfig(map[string]any{"recreate_when_unusable": true})).RequireError(t, "another Hero server")
	other.Destroy().RequireError(t, "another Hero server")
	if other.State() == nil {
		t.Error("it left state")
	}
}

func TestFormLink_importByIDAndByURLTakesAllArgumentsInPlace(t *testing.T) {
	t.Parallel()
	bothModes(t, func(t *testing.T, options mockapi.Options) {
		h := newHero(t, options)
		id := h.AddFormLink(mockapi.FormLink{FormID: "101"})
		url := h.FormLinks(practice)[0].URL
		for _, how := range []struct{ text, wantID, wantURL string }{
			{id, id, ""}, {practice + "/" + id, id, ""}, {url, url, url}, {practice + "/" + url, url, url}, {"identity " + id, id, ""}, {"identity " + url, url, url},
		} {
			link := h.Driver.Resource("hero_form_link")
			var target string
			if n, _ := fmt.Sscanf(how.text, "identity %s", &target); n == 1 {
				link.ImportIdentity(map[string]any{"id": target}).RequireNone(t)
			} else {
				link.Import(how.text).RequireNone(t)
			}
			config := formConfig(map[string]any{"patient_id": "9000001"})
			plan := link.Plan(config)
			if plan.Action != driver.Update {
				t.Fatalf("%s: planned %s, forced by %v", how.text, plan.Action, plan.RequiresReplace)
			}
			plan.Diags.RequireWarning(t, "form_id, patient_id, expiry_date, maximum_use_count")
			h.ResetRequests()
			link.ApplyPlan(plan).RequireNoErrors(t)
			if n := h.Count("", ""); n != 0 {
				t.Errorf("%d requests", n)
			}
			link.RequireEmptyPlan(config)
			state := link.State()
			if state.String("id") != how.wantID || state.String("url") != how.wantURL || state.String("status") != "unused" || link.Identity().String("id") != how.wantID {
				t.Errorf("%s: state holds %v", how.text, state)
			}
			if plan := link.Plan(formConfig(nil)); plan.Action != driver.Replace {
				t.Errorf("from then on a change replaces, but planned %s", plan.Action)
			}
		}
	})
}

func TestFormLink_importOfNothingAndOfABookingLinkAreErrors(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	booking := h.AddBookingLink(mockapi.BookingLink{AppointmentTypeIDs: []string{"1"}})
	h.Driver.Resource("hero_form_link").Import(booking).RequireError(t, "is a booking link")
	h.Driver.Resource("hero_form_link").Import("4711").RequireError(t, "hero_short_links")
	h.Driver.Resource("hero_form_link").Import("").RequireError(t, "not complete")
	h.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, PathPrefix: "/v1/links/status", Status: 200, Body: `{"status":"unused","type":"attachment"}`, Times: 1})
	h.Driver.Resource("hero_form_link").Import("4711").RequireError(t, "is not a form link")
	h.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: 500})
	h.Driver.Resource("hero_form_link").Import("4711").RequireError(t, "failed")
}

func TestFormLink_whatAnImportTakesOverDecidesAtOnceWhetherItIsUsedUp(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	id := h.AddFormLink(mockapi.FormLink{FormID: "101", Link: mockapi.Link{NumberOfUses: 1}})
	link := h.Driver.Resource("hero_form_link")
	link.Import(id).RequireNone(t)
	config := formConfig(map[string]any{"recreate_when_unusable": true})
	link.Apply(config).RequireWarning(t, "Not verified")
	if plan := link.Plan(config); plan.Action != driver.Replace {
		t.Errorf("without a refresh planned %s", plan.Action)
	}
}

func TestFormLink_aStatusThatHeroDoesNotTellStaysAsItWas(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	link := h.created(t, formConfig(nil))
	h.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: "GET", Status: 200, Body: `{"type":"form"}`})
	link.RequireEmptyPlan(formConfig(nil))
	if link.State().String("status") != "unused" {
		t.Errorf("state holds %v", link.State())
	}
}
