package mockapi

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"
	_ "time/tzdata" // London's summer time, also where the system has no zone files
)

// The statuses and types of links. Only unused, expired and booking were seen (S); the others are inferred.
const (
	statusUnused  = "unused"
	statusUsed    = "used"
	statusExpired = "expired"
	typeBooking   = "booking"
	typeForm      = "form"
)

// Link is what links of all kinds have.
type Link struct {
	ID           string
	PracticeID   string
	URL          string
	PatientID    string    // "" for a generic link
	ExpiresAt    time.Time // zero: never
	MaximumUses  int       // 0: no limit
	NumberOfUses int
	OpenCount    int
	Inactive     bool // switched off at Hero
}

// OtherLink is an attachment or video link.
type OtherLink struct {
	Link
	Type string
}

// usable says whether a patient can still use the link.
func (l Link) usable(now time.Time) bool {
	return !l.Inactive && !l.expired(now) && (l.MaximumUses == 0 || l.NumberOfUses < l.MaximumUses)
}

func (l Link) expired(now time.Time) bool { return !l.ExpiresAt.IsZero() && !now.Before(l.ExpiresAt) }

func (l Link) status(now time.Time) string {
	switch {
	case l.expired(now):
		return statusExpired
	case l.NumberOfUses > 0:
		return statusUsed
	default:
		return statusUnused
	}
}

// typedLink is a link of any kind, as the operations over all kinds see it.
type typedLink struct {
	Link
	kind string
}

// allLinks returns a practice group's links of all kinds, oldest first.
func (s *Server) allLinks(practiceID string) []typedLink {
	var links []typedLink
	for _, link := range s.bookingLinks.all(practiceID) {
		links = append(links, typedLink{link.Link, typeBooking})
	}
	for _, link := range s.formLinks.all(practiceID) {
		links = append(links, typedLink{link.Link, typeForm})
	}
	for _, link := range s.otherLinks.all(practiceID) {
		links = append(links, typedLink{link.Link, link.Type})
	}
	slices.SortStableFunc(links, func(a, b typedLink) int { return compareIDs(a.ID, b.ID) })
	return links
}

// compareIDs orders ids as the numbers that they mostly are.
func compareIDs(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) }

// newLink completes a link that is about to be kept.
func (s *Server) newLink(link Link) Link {
	link.ID, link.PracticeID = s.placed(link.ID, link.PracticeID)
	if link.URL == "" {
		link.URL = "https://bookings.herohealth.net/s/mock" + link.ID
	}
	return link
}

// limits reads the expiry and the use limit that links of all kinds are created with, and checks the ids that the body names.
func (s *Server) limits(c *call) (link Link, problems []issue) {
	link = Link{PracticeID: c.practice, PatientID: c.text("patient_id")}
	if date := c.text("expiry_date"); date != "" {
		link.ExpiresAt, problems = s.options.ExpiryTime.on(date, problems)
	}
	if count, given := c.body["maximum_use_count"]; given {
		link.MaximumUses, problems = useLimit(count, problems)
	}
	return link, s.references(c, problems)
}

// references complains of what the body names and the practice group does not have, where the options ask for that.
func (s *Server) references(c *call, problems []issue) []issue {
	if !s.options.CheckReferences {
		return problems
	}
	for field, has := range map[string]func(practiceID, id string) bool{
		"appointment_type_id": s.appointmentTypes.has, "location_id": s.locations.has,
		"practitioner_id": s.practitioners.has, "form_id": s.forms.has,
	} {
		if id := c.text(field); id != "" && !has(c.practice, id) {
			problems = append(problems, issue{Code: "custom", Expected: "an id that the practice group has", Path: []string{field}})
		}
	}
	return problems
}

func useLimit(count any, problems []issue) (int, []issue) {
	number, _ := count.(float64)
	if number < 1 || number != float64(int(number)) {
		return 0, append(problems, issue{Code: "too_small", Expected: "a whole number above 0", Path: []string{"maximum_use_count"}})
	}
	return int(number), problems
}

// ExpiryTime is the time of day at which a link of a given expiry date expires, which is not published.
type ExpiryTime int

// The times of day. London's differ from UTC's in summer.
const (
	ExpiresEndOfDayLondon      ExpiryTime = iota // 23:59:59 of that day
	ExpiresStartOfDayLondon                      // 00:00 of that day
	ExpiresMidnightAfterLondon                   // 00:00 of the next day
	ExpiresEndOfDayUTC
	ExpiresStartOfDayUTC
	ExpiresMidnightAfterUTC
)

// on returns the moment at which a link of that date (YYYY-MM-DD) expires.
func (e ExpiryTime) on(date string, problems []issue) (time.Time, []issue) {
	zone := time.UTC
	if e <= ExpiresMidnightAfterLondon {
		zone = london()
	}
	day, err := time.ParseInLocation(time.DateOnly, date, zone)
	if err != nil {
		return time.Time{}, append(problems, notADate("expiry_date"))
	}
	switch e {
	case ExpiresStartOfDayLondon, ExpiresStartOfDayUTC:
		return day, problems
	case ExpiresMidnightAfterLondon, ExpiresMidnightAfterUTC:
		return day.AddDate(0, 0, 1), problems
	case ExpiresEndOfDayLondon, ExpiresEndOfDayUTC:
	}
	return day.AddDate(0, 0, 1).Add(-time.Second), problems
}

func london() *time.Location {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(fmt.Sprintf("mockapi: the embedded time zones lack London: %s", err))
	}
	return zone
}

func notADate(field string) issue {
	return issue{Code: "invalid_string", Expected: "a date as YYYY-MM-DD", Path: []string{field}}
}

func (s *Server) linkOperations() map[string]handler {
	return map[string]handler{
		"getLinkStatus":        s.getLinkStatus,
		"listShortLinks":       s.listShortLinks,
		"createAttachmentLink": s.createAttachmentLink,
		"createVideoLink":      s.createVideoLink,
	}
}

func (s *Server) getLinkStatus(c *call) answer {
	url, id := c.query.Get("url"), c.query.Get("id")
	if (url == "") == (id == "") {
		return badRequest(issue{Code: "custom", Expected: "one of url and id", Path: []string{"url"}})
	}
	for _, link := range s.allLinks(c.practice) {
		if link.URL == url || link.ID == id {
			return ok(object{
				"status": link.status(s.options.Clock()), "type": link.kind, "reference": []object{{"id": link.ID}},
			})
		}
	}
	return notFound("Link")
}

func (s *Server) listShortLinks(c *call) answer {
	now := s.options.Clock()
	withoutPatients, _ := strconv.ParseBool(c.query.Get("exclude_patient_specific_links"))
	links := slices.DeleteFunc(s.allLinks(c.practice), func(link typedLink) bool {
		return differs(c.query.Get("type"), link.kind) || differs(c.query.Get("status"), link.status(now)) ||
			(withoutPatients && link.PatientID != "")
	})
	if c.query.Get("order_by") == "expiry_date" {
		slices.SortStableFunc(links, func(a, b typedLink) int { return a.ExpiresAt.Compare(b.ExpiresAt) })
	}
	if descending, _ := strconv.ParseBool(c.query.Get("order_descending")); descending {
		slices.Reverse(links)
	}
	return pageOf(c, s.options, links, func(link typedLink) object {
		return object{
			"id": link.ID, "short_link": link.URL, "type": link.kind, "status": link.status(now),
			"expiry_date": optionalTime(link.ExpiresAt), "patient_id": nullable(link.PatientID),
			"number_of_uses": link.NumberOfUses,
		}
	})
}

// differs says whether a filter of a query is given and rules the value out.
func differs(filter, value string) bool { return filter != "" && filter != value }

// optionalTime is a timestamp, or JSON's null for no time.
func optionalTime(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return timestamp(t)
}

func (s *Server) createAttachmentLink(c *call) answer {
	link, problems := s.limits(c)
	if len(problems) > 0 {
		return badRequest(problems...)
	}
	link = s.newLink(link)
	s.otherLinks.add(link.PracticeID, link.ID, OtherLink{Link: link, Type: "attachment"})
	return ok(object{"attachment_link": link.URL, "attachment_uuid": link.ID})
}

func (s *Server) createVideoLink(c *call) answer {
	link := s.newLink(Link{PracticeID: c.practice, PatientID: c.text("patient_id")})
	s.otherLinks.add(link.PracticeID, link.ID, OtherLink{Link: link, Type: "video"})
	return ok(object{"id": link.ID, "video_link": link.URL})
}
