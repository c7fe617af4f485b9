package bookinglink_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestBookingLinkDataSource_readsTheLinkWithItsCountersAndAllValues(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	id := h.elsewhere(func(l *mockapi.BookingLink) { l.LocationIDs = []string{"5", "6"} })
	h.UseBookingLink(id, 3)
	link, diags := h.ReadDataSource("hero_booking_link", map[string]any{"id": id})
	diags.RequireNone(t)
	if link.String("url") == "" || !link.Bool("active") || link.Int("number_of_uses") != 3 || link.Int("open_count") != 3 || link.Int("maximum_use_count") != 500 || link.Bool("unlimited_use") {
		t.Errorf("got %v", link)
	}
	if len(link.List("location_ids")) != 2 || link.String("appointment_type_ids.0") != "1" || link.String("practitioner_ids.0") != "7" || link.String("from_date") != "2027-09-01" || !link.IsNull("patient_id") {
		t.Errorf("got %v", link)
	}
	var whole map[string]any
	if err := json.Unmarshal([]byte(link.String("json")), &whole); err != nil || whole["maximum_uses"] != float64(500) {
		t.Errorf("json is %s", link.String("json"))
	}
}

func TestBookingLinkDataSource_withoutLimitAndWithoutWhatHeroDoesNotTell(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{DocumentedOnly: true})
	id := h.AddBookingLink(mockapi.BookingLink{AppointmentTypeIDs: []string{"1"}})
	link, diags := h.ReadDataSource("hero_booking_link", map[string]any{"id": id})
	diags.RequireNone(t)
	if !link.IsNull("maximum_use_count") || !link.Bool("unlimited_use") || !link.IsNull("expires_at") || !link.IsNull("practitioner_ids") || len(link.List("location_ids")) != 0 {
		t.Errorf("got %v", link)
	}
}

func TestBookingLinkDataSource_ofNothingIsAnErrorOnTheID(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	_, diags := h.ReadDataSource("hero_booking_link", map[string]any{"id": "4711"})
	if len(diags) != 1 || diags[0].Attribute != "id" {
		t.Errorf("got %s", diags)
	}
	diags.RequireError(t, "no booking link 4711")
}

func TestBookingLinksDataSource_listsTheWholeListWithoutPatientLinks(t *testing.T) {
	t.Parallel()
	for _, first := range []int{0, 1} {
		h := newHero(t, mockapi.Options{Seed: mockapi.Seed{BookingLinks: 250}, FirstPageIndex: first})
		id := h.elsewhere(func(l *mockapi.BookingLink) { l.PatientID = "9000001" })
		list, diags := h.ReadDataSource("hero_booking_links", nil)
		diags.RequireNone(t)
		if len(list.List("booking_links")) != 250 || len(list.List("ids")) != 250 || list.String("booking_links.249.id") != list.List("ids")[249] {
			t.Errorf("%d links, %d ids", len(list.List("booking_links")), len(list.List("ids")))
		}
		if strings.Contains(list.String("json"), "9000001") {
			t.Error("json holds a patient's link")
		}
		list, diags = h.ReadDataSource("hero_booking_links", map[string]any{"include_patient_links": true})
		diags.RequireNoErrors(t)
		if len(list.List("ids")) != 251 || list.List("ids")[250] != id || list.String("booking_links.250.patient_id") != "9000001" {
			t.Errorf("%d ids", len(list.List("ids")))
		}
	}
}

func TestBookingLinksDataSource_saysWhereHeroDoesNotTellWhomALinkIsFor(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]mockapi.Options{"documented keys only": {DocumentedOnly: true}, "ids only": {BookingLinkItemShape: mockapi.ItemsIDs}} {
		h := newHero(t, options)
		h.elsewhere(func(l *mockapi.BookingLink) { l.PatientID = "9000001" })
		list, diags := h.ReadDataSource("hero_booking_links", nil)
		diags.RequireNoErrors(t)
		if len(diags) != 1 || !diags.Has(driver.Warning, "does not tell which booking links of practice group 12") || len(list.List("ids")) != 1 {
			t.Errorf("%s: got %s", name, diags)
		}
	}
}

func TestBookingLinksDataSource_ofAnotherPracticeAndOfNone(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	h.elsewhere(nil)
	list, diags := h.ReadDataSource("hero_booking_links", map[string]any{"practice_group_id": "15"})
	diags.RequireNone(t)
	if len(list.List("ids")) != 0 || list.String("json") != "[]" {
		t.Errorf("got %v", list)
	}
	if _, diags = h.ReadDataSource("hero_booking_links", map[string]any{"practice_group_id": "99"}); !diags.Has(driver.Error, "403") {
		t.Errorf("got %s", diags)
	}
}

func TestBookingLinkDataSources_linksOfSinglePatientsFollowTheRuleOnPatientsData(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	generic, personal := h.elsewhere(nil), h.elsewhere(func(l *mockapi.BookingLink) { l.PatientID = "9000001" })
	for choice, severity := range map[string]driver.Severity{"allow": "", "warn": driver.Warning, "deny": driver.Error} {
		d := h.again(t, map[string]any{"patient_data_in_state": choice})
		for _, c := range []struct {
			typeName string
			config   map[string]any
			personal bool
		}{
			{"hero_booking_link", map[string]any{"id": generic}, false},
			{"hero_booking_link", map[string]any{"id": personal}, true},
			{"hero_booking_links", nil, false},
			{"hero_booking_links", map[string]any{"include_patient_links": true}, true},
		} {
			_, diags := d.ReadDataSource(c.typeName, c.config)
			if !c.personal || severity == "" {
				diags.RequireNone(t)
			} else if len(diags) != 1 || diags[0].Severity != severity || !strings.Contains(diags[0].Summary, "Patients' data") {
				t.Errorf("%s, %s of %v: got %s", choice, c.typeName, c.config, diags)
			}
		}
	}
}
