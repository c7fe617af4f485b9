package mockapi

import (
	"net/http"
	"testing"
)

func TestDirectory_filters(t *testing.T) {
	t.Parallel()
	_, hero := mock(t, Options{})
	for _, test := range [][2]string{
		{"/v1/appointment_types", "1 2 3"},
		{"/v1/appointment_types?location_ids=5", "1 2"},
		{"/v1/appointment_types?location_ids=5&location_ids=6", "1 2 3"},
		{"/v1/appointment_types?has_availability=true", "1 2"},
		{"/v1/appointment_types?has_availability=false&location_ids=5", ""},
		{"/v1/locations", "5 6"},
		{"/v1/locations?appointment_type_ids=2", "5"},
		{"/v1/locations?appointment_type_ids=2&appointment_type_ids=3", "5 6"},
		{"/v1/locations?has_availability=false", ""},
		{"/v1/practitioners", "7 8"},
		{"/v1/practitioners?location_ids=6", "8"},
		{"/v1/practitioners?appointment_type_ids=2", "7"},
		{"/v1/practitioners?appointment_type_ids=2&location_ids=6", ""},
		{"/v1/practitioners?has_availability=true", "7 8"},
		{"/v1/templates", "21 22"},
		{"/v1/templates?has_follow_up=true", "22"},
		{"/v1/admins", "3 4"},
		{"/v1/admins?order_by=first_name", "4 3"},
		{"/v1/admins?order_by=first_name&order_descending=true", "3 4"},
		{"/v1/admins?page_index=1&page_size=1", "4"},
	} {
		equal(t, test[0], ids(hero.do(http.MethodGet, test[0], "").data(t)), test[1])
	}
	equal(t, "another practice's locations", ids(hero.as("15").do(http.MethodGet, "/v1/locations", "").data(t)), "1505 1506")
}

func TestDirectory_readsOnePractitioner(t *testing.T) {
	t.Parallel()
	_, hero := mock(t, Options{})
	equal(t, "name", hero.do(http.MethodGet, "/v1/practitioners/7", "").must(t).object["name"], any("Dr Made-Up"))
	equal(t, "a missing one", hero.do(http.MethodGet, "/v1/practitioners/99", "").status, http.StatusNotFound)
}

func TestDirectory_canBeWrittenAnew(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	server.ClearDirectory("12")
	for _, path := range []string{"/v1/appointment_types", "/v1/locations", "/v1/practitioners", "/v1/admins", "/v1/templates", "/v1/forms"} {
		equal(t, path, len(hero.do(http.MethodGet, path, "").data(t)), 0)
	}
	location := server.AddLocation(Location{Name: "New"})
	appointmentType := server.AddAppointmentType(AppointmentType{Name: "New", LocationIDs: []string{location}, SlotCount: 1})
	practitioner := server.AddPractitioner(Practitioner{Name: "New", AppointmentTypeIDs: []string{appointmentType}})
	template := server.AddTemplate(Template{Name: "New"})
	admin := server.AddAdmin(Admin{FirstName: "New"})
	for path, id := range map[string]string{
		"/v1/appointment_types?location_ids=" + location: appointmentType,
		"/v1/locations?has_availability=true":            location,
		"/v1/practitioners?has_availability=true":        practitioner,
		"/v1/templates": template,
		"/v1/admins":    admin,
	} {
		equal(t, path, ids(hero.do(http.MethodGet, path, "").data(t)), id)
	}
}

func TestAdmins_patchChangesWhatItNames(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	changed := hero.do(http.MethodPatch, "/v1/admins/4", `{"external_prescriber_id":"P-9","prescriber_details":{"name":"Alex Example"}}`).must(t)
	equal(t, "admin_id", changed.object["admin_id"], any("4"))
	equal(t, "prescriber", server.Admins("12")[1].ExternalPrescriberID, "P-9")
	equal(t, "details", server.Admins("12")[1].PrescriberDetails.Name, "Alex Example")
	hero.do(http.MethodPatch, "/v1/admins/4", `{"prescriber_details":null}`).must(t)
	admin := hero.do(http.MethodGet, "/v1/admins", "").data(t)[1]
	equal(t, "details", admin["prescriber_details"], nil)
	equal(t, "prescriber", admin["external_prescriber_id"], any("P-9"))
	equal(t, "a missing one", hero.do(http.MethodPatch, "/v1/admins/99", `{}`).status, http.StatusNotFound)
}

func TestAdmins_patchRefusesAnEmptyPrescriber(t *testing.T) {
	t.Parallel()
	server := New(Options{})
	hero := client{t: t, server: server, key: DefaultAPIKey, practice: "12"}
	_, path := hero.do(http.MethodPatch, "/v1/admins/4", `{"external_prescriber_id":""}`).complaint(t)
	equal(t, "path", path, "external_prescriber_id")
}

func TestLinks_checkReferencesWhenToldTo(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{CheckReferences: true})
	id := str(hero.do(http.MethodPost, "/v1/booking_links", aBookingLink).must(t).object["id"])
	hero.do(http.MethodPost, "/v1/form_links", `{"form_id":"101"}`).must(t)
	for path, wrong := range map[string]string{
		"/v1/booking_links": `{"appointment_type_id":"4711"}`, "/v1/form_links": `{"form_id":"4711"}`,
	} {
		code, _ := hero.do(http.MethodPost, path, wrong).complaint(t)
		equal(t, "code", code, "custom")
	}
	_, field := hero.do(http.MethodPatch, "/v1/booking_links/"+id, `{"practitioner_id":"4711"}`).complaint(t)
	equal(t, "path", field, "practitioner_id")
	hero.do(http.MethodPatch, "/v1/booking_links/"+id, `{"practitioner_id":"8","location_id":null}`).must(t)
	equal(t, "links", len(server.BookingLinks("12"))+len(server.FormLinks("12")), 2)
}

func TestRaw_answersWhatWasSet(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	equal(t, "patients", ids(hero.do(http.MethodGet, "/v1/patients", "").data(t)), "900001")
	equal(t, "one patient", hero.do(http.MethodGet, "/v1/patients/900001", "").must(t).object["first_name"], any("Fictitious"))
	equal(t, "attachments", len(hero.do(http.MethodGet, "/v1/patients/900001/attachments", "").data(t)), 0)
	equal(t, "a task", hero.do(http.MethodGet, "/v2/tasks/1", "").status, http.StatusNotFound)
	server.SetRaw("12", "/v2/tasks/1", map[string]any{"title": "Call back"})
	server.SetRaw("12", "/v1/slots/count", map[string]any{"count": 3})
	equal(t, "a task", hero.do(http.MethodGet, "/v2/tasks/1", "").must(t).object["title"], any("Call back"))
	equal(t, "slots", hero.do(http.MethodGet, "/v1/slots/count", "").must(t).object["count"], any(3.0))
	equal(t, "another practice's task", hero.as("15").do(http.MethodGet, "/v2/tasks/1", "").status, http.StatusNotFound)
}
