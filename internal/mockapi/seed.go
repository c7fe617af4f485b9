package mockapi

import "fmt"

// furnish gives a new practice group what every one has.
func (s *Server) furnish(practiceID string) {
	settings := s.settings[practiceID]
	settings.Capabilities = []string{"sms_messaging", "online_booking"}
	settings.Configuration = object{"time_zone": "Europe/London"}
	settings.Elements = []Element{
		{Version: "1.4.0", Config: object{"theme": "light"}, Element: object{"name": "booking"}},
		{Config: object{}},
	}
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
	}
}
