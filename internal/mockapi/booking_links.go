package mockapi

import (
	"slices"
	"time"
)

// BookingLinkItemShape is what GET /v2/bookinglinks tells of each link; its items were not seen.
type BookingLinkItemShape int

// The shapes of items.
const (
	ItemsFull    BookingLinkItemShape = iota // all that GET of one link tells
	ItemsPartial                             // without meta and the use counters
	ItemsIDs                                 // the ids alone
)

// BookingLink is a booking link as Hero keeps it. Its dates are YYYY-MM-DD, "" for none.
type BookingLink struct {
	Link
	AppointmentTypeIDs []string
	LocationIDs        []string
	PractitionerIDs    []string
	FromDate           string
	ToDate             string
}

// BookingLinks returns the booking links of a practice group in the order of their creation.
func (s *Server) BookingLinks(practiceID string) []BookingLink {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bookingLinks.all(practiceID)
}

// AddBookingLink adds a booking link as somebody else would. Id and URL are made up where they are missing; an empty
// PracticeID is the key's own. It returns the link's id.
func (s *Server) AddBookingLink(link BookingLink) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addBookingLink(link).ID
}

func (s *Server) addBookingLink(link BookingLink) *BookingLink {
	link.Link = s.newLink(link.Link)
	return s.bookingLinks.add(link.PracticeID, link.ID, link)
}

// ChangeBookingLink changes a booking link as somebody else would and says whether there is one of that id. Lists must be
// replaced, not changed in place.
func (s *Server) ChangeBookingLink(id string, f func(*BookingLink)) bool {
	return change(s, &s.bookingLinks, id, f)
}

// UseBookingLink has patients open the link and book with it n times.
func (s *Server) UseBookingLink(id string, n int) bool {
	return s.ChangeBookingLink(id, func(link *BookingLink) {
		link.NumberOfUses += n
		link.OpenCount += n
	})
}

// ExpireBookingLink lets the link expire now.
func (s *Server) ExpireBookingLink(id string) bool {
	now := s.now()
	return s.ChangeBookingLink(id, func(link *BookingLink) { link.ExpiresAt = now })
}

// RemoveBookingLink removes a booking link, which Hero's public API cannot, and says whether there was one.
func (s *Server) RemoveBookingLink(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bookingLinks.remove(id)
}

func (s *Server) bookingLinkOperations() map[string]handler {
	return map[string]handler{
		"createBookingLink": s.createBookingLink,
		"getBookingLink":    s.getBookingLink,
		"updateBookingLink": s.updateBookingLink,
		"listBookingLinks": func(c *call) answer {
			return pageOf(c, s.options, s.bookingLinks.all(c.practice), s.bookingLinkItem)
		},
	}
}

func (s *Server) createBookingLink(c *call) answer {
	common, problems := s.limits(c)
	link := BookingLink{
		Link: common, AppointmentTypeIDs: one(c.text("appointment_type_id")), LocationIDs: one(c.text("location_id")),
		PractitionerIDs: one(c.text("practitioner_id")), FromDate: c.text("from_date"), ToDate: c.text("to_date"),
	}
	for _, field := range []string{"from_date", "to_date"} {
		problems = checkDate(c, field, problems)
	}
	if len(problems) > 0 {
		return badRequest(problems...)
	}
	return ok(s.bookingLinkJSON(*s.addBookingLink(link)))
}

func (s *Server) getBookingLink(c *call) answer {
	link, found := s.bookingLinks.get(c.practice, c.id())
	if !found {
		return notFound("Booking link")
	}
	return ok(s.bookingLinkJSON(*link))
}

// updateBookingLink changes what the body names; null clears.
func (s *Server) updateBookingLink(c *call) answer {
	kept, found := s.bookingLinks.get(c.practice, c.id())
	if !found {
		return notFound("Booking link")
	}
	link := *kept
	problems := s.references(c, nil)
	for field, value := range c.body {
		if slices.Contains(s.options.RefuseOnPatch, field) {
			problems = append(problems, issue{Code: "unrecognized_keys", Expected: "no such key", Path: []string{field}})
			continue
		}
		if !slices.Contains(s.options.IgnoreOnPatch, field) {
			problems = s.patchBookingLink(&link, c, field, value, problems)
		}
	}
	if len(problems) > 0 {
		slices.SortFunc(problems, func(a, b issue) int { return slices.Compare(a.Path, b.Path) })
		return badRequest(problems...)
	}
	*kept = link
	return ok(s.bookingLinkJSON(link))
}

func (s *Server) patchBookingLink(link *BookingLink, c *call, field string, value any, problems []issue) []issue {
	switch field {
	case "appointment_type_id":
		link.AppointmentTypeIDs = one(c.text(field))
	case "location_id":
		link.LocationIDs = one(c.text(field))
	case "practitioner_id":
		link.PractitionerIDs = one(c.text(field))
	case "from_date":
		link.FromDate, problems = c.text(field), checkDate(c, field, problems)
	case "to_date":
		link.ToDate, problems = c.text(field), checkDate(c, field, problems)
	case "expiry_date":
		link.ExpiresAt = time.Time{}
		if value != nil {
			link.ExpiresAt, problems = s.options.ExpiryTime.on(c.text(field), problems)
		}
	case "maximum_use_count":
		link.MaximumUses = 0
		if value != nil {
			link.MaximumUses, problems = useLimit(value, problems)
		}
	}
	return problems
}

func checkDate(c *call, field string, problems []issue) []issue {
	if c.body[field] == nil {
		return problems
	}
	if _, err := time.Parse(time.DateOnly, c.text(field)); err != nil {
		return append(problems, notADate(field))
	}
	return problems
}

// one is a list of the one value, or of none.
func one(value string) []string {
	if value == "" {
		return []string{}
	}
	return []string{value}
}

// bookingLinkJSON is a link as Hero shows it, with other names than it is created with.
func (s *Server) bookingLinkJSON(link BookingLink) object {
	var maximum any
	if link.MaximumUses > 0 {
		maximum = link.MaximumUses
	}
	return object{
		"id": link.ID, "practice_group_id": link.PracticeID, "short_link": link.URL,
		"active":      !link.Inactive && (s.options.ActiveStaysTrue || link.usable(s.options.Clock())),
		"expiry_date": optionalTime(link.ExpiresAt), "maximum_uses": maximum, "number_of_uses": link.NumberOfUses,
		"open_count": link.OpenCount, "unlimited_use": link.MaximumUses == 0, "patient_id": nullable(link.PatientID),
		"meta": object{
			"appointment_type_id": append([]string{}, link.AppointmentTypeIDs...),
			"location_id":         append([]string{}, link.LocationIDs...),
			"practitioner_id":     append([]string{}, link.PractitionerIDs...),
			"from_date":           nullable(link.FromDate), "to_date": nullable(link.ToDate),
		},
	}
}

// bookingLinkItem is a link as the list shows it.
func (s *Server) bookingLinkItem(link BookingLink) object {
	item := s.bookingLinkJSON(link)
	switch s.options.BookingLinkItemShape {
	case ItemsPartial:
		for _, key := range []string{"meta", "maximum_uses", "number_of_uses", "open_count", "unlimited_use", "patient_id"} {
			delete(item, key)
		}
	case ItemsIDs:
		return object{"id": item["id"]}
	case ItemsFull:
	}
	return item
}
