package client

import (
	"errors"
	"testing"
)

func TestAppointmentTypes(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, answers(200, `{"data":[{"id":1,"name":"Flu jab","partner_slot_name":"F","next_available_at":null,"slot_count":3,"price":12.5,"duration":"10","assignee_id":null,
		"assignee_type":"Robot","sector":"nhs","video":false,"in_person":true,"telephone":false,"use_partner_bookable_slots":true,"admin_booking_invoice_required":false,"form_id":9,
		"practitioner_type":"Astronaut"}],"count":1}`))
	list, err := c.AppointmentTypes(t.Context(), practiceA, AppointmentTypeFilter{LocationIDs: []string{"5", "6"}, HasAvailability: new(true)})
	if err != nil || len(list.Items) != 1 {
		t.Fatalf("got %v", err)
	}
	a := list.Items[0]
	valueOf(t, "id", a.ID, "1")
	valueOf(t, "name", a.Name, "Flu jab")
	valueOf(t, "partner slot", a.PartnerSlotName, "F")
	empty(t, "next", a.NextAvailableAt, true)
	valueOf(t, "slots", a.SlotCount, 3)
	valueOf(t, "price", a.Price, 12.5)
	valueOf(t, "duration", a.Duration, 10)
	empty(t, "assignee", a.AssigneeID, true)
	valueOf(t, "assignee type", a.AssigneeType, "Robot")
	valueOf(t, "sector", a.Sector, "nhs")
	valueOf(t, "video", a.Video, false)
	valueOf(t, "in person", a.InPerson, true)
	valueOf(t, "telephone", a.Telephone, false)
	valueOf(t, "partner slots", a.UsePartnerBookableSlots, true)
	valueOf(t, "invoice", a.AdminBookingInvoiceRequired, false)
	valueOf(t, "form", a.FormID, "9")
	valueOf(t, "practitioner", a.PractitionerType, "Astronaut")
	if request := fake.only(t); request.path != "/v1/appointment_types" || request.query.Encode() != "has_availability=true&location_ids=5&location_ids=6" {
		t.Errorf("asked %+v", request)
	}
}

func TestLocationsAndPractitioners(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, answersByPath(map[string]string{
		"GET /v1/locations":     `[{"id":5,"name":"Main surgery","beds":2}]`,
		"GET /v1/practitioners": `{"data":[{"id":"8","first_name":"Fictitious","last_name":"Doctor"},{"name":"Dr Fictitious"}]}`,
	}))
	locations, err := c.Locations(t.Context(), practiceA, LocationFilter{AppointmentTypeIDs: []string{"1"}, HasAvailability: new(false)})
	if err != nil || len(locations.Items) != 1 || locations.Count != 1 {
		t.Fatalf("got %v", err)
	}
	valueOf(t, "id", locations.Items[0].ID, "5")
	valueOf(t, "name", locations.Items[0].Name, "Main surgery")
	if string(locations.Items[0].Raw) != `{"id":5,"name":"Main surgery","beds":2}` {
		t.Errorf("raw is %s", locations.Items[0].Raw)
	}
	practitioners, err := c.Practitioners(t.Context(), practiceA, PractitionerFilter{LocationIDs: []string{"5"}, AppointmentTypeIDs: []string{"1"}})
	if err != nil || len(practitioners.Items) != 2 {
		t.Fatalf("got %v", err)
	}
	valueOf(t, "first name", practitioners.Items[0].FirstName, "Fictitious")
	valueOf(t, "last name", practitioners.Items[0].LastName, "Doctor")
	valueOf(t, "name", practitioners.Items[1].Name, "Dr Fictitious")
	requests := fake.requests()
	if got := requests[0].query.Encode(); got != "appointment_type_ids=1&has_availability=false" {
		t.Errorf("asked for %s", got)
	}
	if got := requests[1].query.Encode(); got != "appointment_type_ids=1&location_ids=5" {
		t.Errorf("asked for %s", got)
	}
}

func TestAdmins_allPages(t *testing.T) {
	t.Parallel()
	items := rawItems(120, `{"id":"%","first_name":"F","last_name":"%","email":"%@example.com","external_prescriber_id":null,"prescriber_details":{"name":"N"}}`)
	fake, c := newFakeHero(t, paged{items: items, largest: 50}.ServeHTTP)
	list, err := c.Admins(t.Context(), practiceA, "first_name", new(true))
	if err != nil || len(list.Items) != 120 {
		t.Fatalf("got %v", err)
	}
	last := list.Items[119]
	valueOf(t, "id", last.ID, "120")
	valueOf(t, "first name", last.FirstName, "F")
	valueOf(t, "last name", last.LastName, "120")
	valueOf(t, "email", last.Email, "120@example.com")
	empty(t, "prescriber", last.ExternalPrescriberID, true)
	if got := string(last.PrescriberDetails.Or(nil)); got != `{"name":"N"}` {
		t.Errorf("details are %s", got)
	}
	if got := fake.requests()[0].query.Encode(); got != "order_by=first_name&order_descending=true&page_index=0&page_size=100" {
		t.Errorf("asked for %s", got)
	}
}

func TestDirectory_aListThatIsNotWholeIsAnError(t *testing.T) {
	t.Parallel()
	_, c := newFakeHero(t, answers(200, `{"data":[{"id":"1"}],"count":40}`))
	if _, err := c.Locations(t.Context(), practiceA, LocationFilter{}); !errors.Is(err, ErrIncomplete) {
		t.Errorf("got %v", err)
	}
}
