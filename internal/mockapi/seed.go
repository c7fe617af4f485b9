package mockapi

import (
	"fmt"
	"time"
)

// furnish gives a new practice group what every one has: settings, and a directory of fictitious people.
func (s *Server) furnish(practiceID string) {
	settings := s.settings[practiceID]
	settings.Capabilities = []string{"sms_messaging", "online_booking"}
	settings.Configuration = object{"time_zone": "Europe/London"}
	settings.Elements = []Element{
		{Version: "1.4.0", Config: object{"theme": "light"}, Element: object{"name": "booking"}},
		{Config: object{}},
	}

	id := func(number string) string { return s.directoryID(practiceID, number) }
	locations := []string{id("5"), id("6")}
	for i, name := range []string{"Main surgery", "Branch surgery"} {
		s.locations.add(practiceID, locations[i], Location{ID: locations[i], PracticeID: practiceID, Name: name})
	}
	types := []AppointmentType{
		{
			ID: id("1"), Name: "Flu vaccination", PartnerSlotName: "Flu", SlotCount: 12, Duration: 10, InPerson: true,
			PractitionerType: "Nurse", LocationIDs: locations, NextAvailableAt: time.Date(2027, 9, 1, 8, 0, 0, 0, time.UTC),
		},
		{
			ID: id("2"), Name: "Asthma review", PartnerSlotName: "Asthma", SlotCount: 3, Duration: 20, Video: true, Telephone: true,
			PractitionerType: "GP", LocationIDs: locations[:1], FormID: id("101"), AssigneeID: id("3"), AssigneeType: "Admin",
		},
		{
			ID: id("3"), Name: "Travel advice", PartnerSlotName: "Travel", Price: 45.5, Duration: 30, Telephone: true,
			PractitionerType: "Nurse", LocationIDs: locations[1:], UsePartnerBookableSlots: true,
		},
	}
	for _, t := range types {
		t.PracticeID, t.Sector = practiceID, settings.Sector
		s.appointmentTypes.add(practiceID, t.ID, t)
	}
	practitioners := []Practitioner{
		{ID: id("7"), Name: "Dr Made-Up", PractitionerType: "GP", LocationIDs: locations[:1], AppointmentTypeIDs: []string{id("2")}},
		{ID: id("8"), Name: "Nurse Example", PractitionerType: "Nurse", LocationIDs: locations, AppointmentTypeIDs: []string{id("1"), id("3")}},
	}
	for _, p := range practitioners {
		p.PracticeID = practiceID
		s.practitioners.add(practiceID, p.ID, p)
	}
	s.furnishStaff(practiceID, id)
	s.furnishForms(practiceID, id)
}

// directoryID is an id in a practice group's directory: a plain number in the key's own, led by the practice group's id
// elsewhere.
func (s *Server) directoryID(practiceID, number string) string {
	if practiceID == s.options.OwnPracticeID {
		return number
	}
	return practiceID + "0" + number
}

func (s *Server) furnishStaff(practiceID string, id func(string) string) {
	admins := []Admin{
		{
			ID: id("3"), FirstName: "Zoe", LastName: "Example", Email: "zoe.example@practice.example",
			ExternalPrescriberID: "P-1", PrescriberDetails: &PrescriberDetails{
				Name: "Zoe Example", Email: "zoe.example@practice.example", RegistrationCode: "0000001",
			},
		},
		{ID: id("4"), FirstName: "Alex", LastName: "Example", Email: "alex.example@practice.example"},
	}
	for _, a := range admins {
		a.PracticeID = practiceID
		s.admins.add(practiceID, a.ID, a)
	}
	templates := []Template{
		{ID: id("21"), Name: "Flu invitation", Body: "Please book your flu vaccination."},
		{ID: id("22"), Name: "Review reminder", Body: "Your review is due.", HasFollowUp: true},
	}
	for _, t := range templates {
		t.PracticeID = practiceID
		s.templates.add(practiceID, t.ID, t)
	}
}

func (s *Server) furnishForms(practiceID string, id func(string) string) {
	forms := []Form{
		{
			ID: id("101"), Title: "Asthma review", Description: "Yearly review of asthma care", PatientTitle: "Your asthma",
			FormType: "questionnaire", SnomedCode: "394700004", Questions: []Question{
				{ID: "1", Name: "How have you been?", Type: "text"},
				{ID: "2", Name: "Height in centimetres", Type: "integer"},
				{ID: "3", Name: "Do you smoke?", Type: "boolean"},
				{ID: "4", Name: "Symptoms", Type: "checkboxes"},
				{ID: "5", Name: "Anything else?", Type: "paragraph"},
			},
		},
		{
			ID: id("102"), Title: "New patient", Description: "What we ask people who join", FormType: "intake_form",
			Questions: []Question{{ID: "1", Name: "Preferred name", Type: "string"}},
		},
		{ID: id("103"), Title: "Reply", Description: "A plain answer to a message", FormType: "response", ReplyForm: true},
	}
	for _, f := range forms {
		f.PracticeID = practiceID
		s.forms.add(practiceID, f.ID, f)
	}
	patient := object{"id": "900001", "first_name": "Fictitious", "last_name": "Patient-00001"}
	s.setRaw(practiceID, "/v1/patients", object{"data": []object{patient}, "count": 1})
	s.setRaw(practiceID, "/v1/patients/900001", patient)
}

// seed adds what Options.Seed asks for to each practice group of the network.
func (s *Server) seed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, practiceID := range s.order {
		if !s.mayActFor(practiceID) {
			continue
		}
		for i := range s.options.Seed.Webhooks {
			s.addWebhook(Webhook{
				PracticeID: practiceID, EventType: knownEventTypes[i%len(knownEventTypes)],
				URL: fmt.Sprintf("https://hooks.example.com/hero/%d", i+1),
			})
		}
		for range s.options.Seed.BookingLinks {
			s.addBookingLink(BookingLink{Link: Link{PracticeID: practiceID}, AppointmentTypeIDs: []string{"1"}})
		}
		s.addFormResponses(practiceID, s.options.Seed.FormResponses)
	}
}
