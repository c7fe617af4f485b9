package bookinglink_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

const linkType = "hero_booking_link"

func listedIDs(found []driver.ListResult) []string {
	var ids []string
	for _, result := range found {
		ids = append(ids, result.Identity.String("practice_group_id")+"/"+result.Identity.String("id"))
	}
	return ids
}

// itemShapes are what the items of Hero's list may be like.
func itemShapes() map[string]mockapi.Options {
	return map[string]mockapi.Options{
		"whole items": {}, "items in part": {BookingLinkItemShape: mockapi.ItemsPartial}, "ids": {BookingLinkItemShape: mockapi.ItemsIDs}, "documented keys only": {DocumentedOnly: true},
	}
}

func TestBookingLinkList_findsEveryLinkOfEveryPageAndPractice(t *testing.T) {
	t.Parallel()
	for _, each := range []int{0, 1, 45} {
		t.Run(fmt.Sprint(each), func(t *testing.T) {
			t.Parallel()
			h := newHero(t, mockapi.Options{Seed: mockapi.Seed{BookingLinks: each}, MaxPageSize: 20})
			var want []string
			for _, practice := range []string{"12", "15", "18"} {
				for _, link := range h.BookingLinks(practice) {
					want = append(want, practice+"/"+link.ID)
				}
			}
			found, diags := h.ListAll(linkType, map[string]any{"entire_network": true}, driver.ListOptions{Limit: 1000})
			diags.RequireNone(t)
			if got := listedIDs(found); len(got) != 3*each || !slices.Equal(got, want) {
				t.Errorf("got %v", got)
			}
			if single := h.Count("GET", "/v1/booking_links/{id}"); single != 0 {
				t.Errorf("%d links were read by themselves, although the list tells all", single)
			}
		})
	}
}

func TestBookingLinkList_asksForNoMorePagesThanAreWanted(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{Seed: mockapi.Seed{BookingLinks: 500}, MaxPageSize: 20})
	found, diags := h.ListAll(linkType, nil, driver.ListOptions{Limit: 10})
	diags.RequireNone(t)
	if asked := h.Count("GET", "/v2/bookinglinks"); len(found) != 10 || asked > 10 { // of 25 pages, those of 100 objects ahead
		t.Errorf("%d found, %d pages asked for", len(found), asked)
	}
}

func TestBookingLinkList_whatIsGeneratedFromItAppliesWithAnEmptyPlan(t *testing.T) {
	t.Parallel()
	for name, options := range itemShapes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHero(t, options)
			h.elsewhere(nil)
			h.AddBookingLink(mockapi.BookingLink{AppointmentTypeIDs: []string{"2"}})
			h.ExpireBookingLink(h.elsewhere(func(l *mockapi.BookingLink) { l.PracticeID = "15" }))
			found, diags := h.ListAll(linkType, map[string]any{"entire_network": true}, driver.ListOptions{IncludeResource: true})
			diags.RequireNoErrors(t)
			if len(found) != 3 {
				t.Fatalf("found %v", listedIDs(found))
			}
			for _, listed := range found {
				link := h.Driver.Resource(linkType)
				link.ImportIdentity(listed.Identity).RequireNoErrors(t)
				generated := h.GeneratedConfig(linkType, listed.Resource)
				link.RequireEmptyPlan(generated)
				if imported := link.State(); fmt.Sprint(imported) != fmt.Sprint(listed.Resource) {
					t.Errorf("listed as\n%v\nimported as\n%v", listed.Resource, imported)
				}
			}
			if writes := h.Count("PATCH", "") + h.Count("POST", ""); writes != 0 {
				t.Errorf("%d writes", writes)
			}
		})
	}
}

func TestBookingLinkList_leavesOutSinglePatientsLinks(t *testing.T) {
	t.Parallel()
	for name, options := range itemShapes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHero(t, options)
			forAll := h.elsewhere(nil)
			forOne := h.elsewhere(func(l *mockapi.BookingLink) { l.PatientID = "9000001" })
			found, diags := h.ListAll(linkType, nil, driver.ListOptions{})
			diags.RequireNoErrors(t)
			if options.DocumentedOnly { // Hero does not tell of patients
				if len(found) != 2 || len(diags) != 1 || !diags.Has(driver.Warning, "does not tell which booking links of practice group 12 are for single patients") {
					t.Errorf("got %v, %s", listedIDs(found), diags)
				}
				return
			}
			if got := listedIDs(found); len(diags) != 0 || !slices.Equal(got, []string{"12/" + forAll}) {
				t.Errorf("got %v, %s", got, diags)
			}
			found, diags = h.ListAll(linkType, map[string]any{"include_patient_links": true}, driver.ListOptions{IncludeResource: true})
			diags.RequireNone(t)
			if got := listedIDs(found); !slices.Equal(got, []string{"12/" + forAll, "12/" + forOne}) {
				t.Fatalf("got %v", got)
			}
			if patient := found[1]; patient.Resource.String("patient_id") != "9000001" || !strings.Contains(patient.DisplayName, "for a single patient") || strings.Contains(patient.DisplayName, "9000001") {
				t.Errorf("got %+v", patient)
			}
			if generated := h.GeneratedConfig(linkType, found[1].Resource); generated["patient_id"] != nil {
				t.Error("Terraform leaves sensitive values out: the description says so")
			}
		})
	}
}

func TestBookingLinkList_activeOnlyLeavesOutWhatCannotBeUsed(t *testing.T) {
	t.Parallel()
	shapes := itemShapes()
	shapes["active stays true"] = mockapi.Options{ActiveStaysTrue: true}
	for name, options := range shapes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHero(t, options)
			usable, expired, usedUp := h.elsewhere(nil), h.elsewhere(nil), h.elsewhere(nil)
			h.ExpireBookingLink(expired)
			h.UseBookingLink(usedUp, 500)
			want := []string{"12/" + usable}
			if !options.ActiveStaysTrue {
				inactive := h.elsewhere(nil)
				h.ChangeBookingLink(inactive, func(l *mockapi.BookingLink) { l.Inactive = true })
			}
			found, diags := h.ListAll(linkType, map[string]any{"active_only": true}, driver.ListOptions{})
			diags.RequireNoErrors(t)
			if got := listedIDs(found); !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			found, diags = h.ListAll(linkType, nil, driver.ListOptions{})
			diags.RequireNoErrors(t)
			if len(found) < 3 || !strings.HasSuffix(found[1].DisplayName, ": it has expired, at 2027-07-01T23:15:00Z") || !strings.HasSuffix(found[2].DisplayName, ": it is used up: 500 of 500 uses") {
				t.Errorf("got %+v", found)
			}
		})
	}
}

func TestBookingLinkList_showsWhatTellsLinksApart(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	h.elsewhere(nil)
	found, diags := h.ListAll(linkType, nil, driver.ListOptions{})
	diags.RequireNone(t)
	if want := "appointment type 1 → " + h.stored(t).URL + ", Riverside Medical Centre (12)"; len(found) != 1 || found[0].DisplayName != want || found[0].Resource != nil {
		t.Errorf("got %+v, want %s", found, want)
	}
	h.Configure(func(o *mockapi.Options) { o.BookingLinkItemShape = mockapi.ItemsIDs })
	found, diags = h.ListAll(linkType, map[string]any{"include_patient_links": true}, driver.ListOptions{})
	diags.RequireNone(t)
	if want := "booking link " + h.stored(t).ID + ", Riverside Medical Centre (12)"; len(found) != 1 || found[0].DisplayName != want {
		t.Errorf("got %+v, want %s", found, want)
	}
}

func TestBookingLinkList_warnsInThePlaceOfALinkThatCannotBeManaged(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	odd := h.elsewhere(func(l *mockapi.BookingLink) {
		l.LocationIDs, l.AppointmentTypeIDs = []string{"5", "6"}, []string{"1", "2"}
	})
	plain := h.elsewhere(nil)
	found, diags := h.ListAll(linkType, nil, driver.ListOptions{Limit: 1, IncludeResource: true})
	if got := listedIDs(found); !slices.Equal(got, []string{"12/" + plain}) {
		t.Errorf("got %v", got)
	}
	if len(diags) != 1 {
		t.Errorf("got %s", diags)
	}
	diags.RequireWarning(t, "booking link "+odd+" of Riverside Medical Centre (12)")
	diags.RequireWarning(t, "several values for appointment_type_id and location_id")
}

func TestBookingLinkList_warnsOfAPracticeThatRefuses(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{Seed: mockapi.Seed{BookingLinks: 1}})
	h.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: http.StatusForbidden, Practice: "15"})
	found, diags := h.ListAll(linkType, map[string]any{"entire_network": true}, driver.ListOptions{})
	if len(found) != 2 || len(diags) != 1 || !diags.Has(driver.Warning, "Hilltop Surgery (15)") {
		t.Errorf("got %v, %s", listedIDs(found), diags)
	}
}

func TestBookingLinkList_failsWhenAPageOrALinkCannotBeRead(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockapi.Fault{
		"the second page": {Pattern: "/v2/bookinglinks", After: 1}, "a link": {Pattern: "/v1/booking_links/{id}", After: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHero(t, mockapi.Options{Seed: mockapi.Seed{BookingLinks: 30}, MaxPageSize: 20, BookingLinkItemShape: mockapi.ItemsPartial})
			fault.Kind = mockapi.FaultStatus
			h.Fault(fault)
			_, diags := h.ListAll(linkType, nil, driver.ListOptions{})
			diags.RequireError(t, "Listing Riverside Medical Centre (12) failed")
		})
	}
}

func TestBookingLinkList_aLinkThatGoesMeanwhileIsNotListed(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{BookingLinkItemShape: mockapi.ItemsPartial})
	first, second := h.elsewhere(nil), h.elsewhere(nil)
	h.Before(func(r *http.Request) {
		if r.URL.Path == "/v1/booking_links/"+first {
			h.RemoveBookingLink(second)
		}
	})
	found, diags := h.ListAll(linkType, nil, driver.ListOptions{})
	diags.RequireNone(t)
	if got := listedIDs(found); !slices.Equal(got, []string{"12/" + first}) {
		t.Errorf("got %v", got)
	}
}

func TestBookingLinkList_refusesAChoiceThatContradictsItself(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	h.ValidateList(linkType, map[string]any{"practice_group_ids": []string{"12"}, "entire_network": true}).RequireError(t, "Two arguments")
	h.ValidateList(linkType, map[string]any{"entire_network": true, "active_only": true, "include_patient_links": true}).RequireNone(t)
}

func TestBookingLinkList_isFoundByTerraformQuery(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	usable := h.elsewhere(nil)
	h.elsewhere(func(l *mockapi.BookingLink) { l.PatientID = "9000001" })
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
		Steps: []resource.TestStep{
			{Config: h.HCL("") + "data \"hero_booking_links\" \"all\" {}\n"}, // the query uses this provider block
			{
				Query:  true,
				Config: "list \"hero_booking_link\" \"all\" {\n  provider = hero\n  config {\n    entire_network = true\n  }\n}\n",
				QueryResultChecks: []querycheck.QueryResultCheck{
					querycheck.ExpectLength("hero_booking_link.all", 1),
					querycheck.ExpectIdentity("hero_booking_link.all", map[string]knownvalue.Check{"practice_group_id": knownvalue.StringExact(practice), "id": knownvalue.StringExact(usable)}),
				},
			},
		},
	})
}
