package mockapi

import (
	"slices"
	"strconv"
	"time"
)

// AppointmentType is a kind of appointment that a practice group offers.
type AppointmentType struct {
	ID                          string
	PracticeID                  string
	Name                        string
	PartnerSlotName             string
	NextAvailableAt             time.Time // zero: null
	SlotCount                   int
	Price                       float64
	Duration                    int
	AssigneeID                  string // "": null
	AssigneeType                string // Admin, AdminTeam or "" for null
	Sector                      string // nhs or paid
	Video                       bool
	InPerson                    bool
	Telephone                   bool
	FormID                      string // "": null
	PractitionerType            string
	UsePartnerBookableSlots     bool
	AdminBookingInvoiceRequired bool
	LocationIDs                 []string
}

// Location is a place where a practice group sees patients.
type Location struct {
	ID         string
	PracticeID string
	Name       string
}

// Practitioner is somebody who sees patients.
type Practitioner struct {
	ID                 string
	PracticeID         string
	Name               string
	PractitionerType   string
	LocationIDs        []string
	AppointmentTypeIDs []string
}

// Template is a message template.
type Template struct {
	ID          string
	PracticeID  string
	Name        string
	Body        string
	HasFollowUp bool
}

// AddAppointmentType adds an appointment type. An id is made up where it is missing; an empty PracticeID is the key's
// own. It returns the id.
func (s *Server) AddAppointmentType(a AppointmentType) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	a.ID, a.PracticeID = s.placed(a.ID, a.PracticeID)
	return s.appointmentTypes.add(a.PracticeID, a.ID, a).ID
}

// AddLocation adds a location, as [Server.AddAppointmentType] does.
func (s *Server) AddLocation(l Location) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	l.ID, l.PracticeID = s.placed(l.ID, l.PracticeID)
	return s.locations.add(l.PracticeID, l.ID, l).ID
}

// AddPractitioner adds a practitioner, as [Server.AddAppointmentType] does.
func (s *Server) AddPractitioner(p Practitioner) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	p.ID, p.PracticeID = s.placed(p.ID, p.PracticeID)
	return s.practitioners.add(p.PracticeID, p.ID, p).ID
}

// AddTemplate adds a message template, as [Server.AddAppointmentType] does.
func (s *Server) AddTemplate(t Template) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	t.ID, t.PracticeID = s.placed(t.ID, t.PracticeID)
	return s.templates.add(t.PracticeID, t.ID, t).ID
}

// ClearDirectory removes a practice group's appointment types, locations, practitioners, staff, templates and forms.
func (s *Server) ClearDirectory(practiceID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.appointmentTypes.clear(practiceID)
	s.locations.clear(practiceID)
	s.practitioners.clear(practiceID)
	s.admins.clear(practiceID)
	s.templates.clear(practiceID)
	s.forms.clear(practiceID)
}

func (s *Server) directoryOperations() map[string]handler {
	return map[string]handler{
		"listAppointmentTypes": s.listAppointmentTypes,
		"listLocations":        s.listLocations,
		"listPractitioners":    s.listPractitioners,
		"getPractitioner":      s.getPractitioner,
		"listTemplates":        s.listTemplates,
	}
}

func (s *Server) listAppointmentTypes(c *call) answer {
	var items []object
	for _, a := range s.appointmentTypes.all(c.practice) {
		if overlaps(c.query["location_ids"], a.LocationIDs) && c.wantsAvailability(a.SlotCount > 0) {
			items = append(items, a.json())
		}
	}
	return list(items, len(items))
}

// overlaps says whether a filter by ids lets through what has these ids.
func overlaps(filter, ids []string) bool {
	return len(filter) == 0 || slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(filter, id) })
}

// wantsAvailability says whether the filter has_availability lets through what has free slots or has none.
func (c *call) wantsAvailability(available bool) bool {
	return !differs(c.query.Get("has_availability"), strconv.FormatBool(available))
}

// appointmentTypesAt returns the ids of the appointment types at a location, and whether any has free slots.
func (s *Server) appointmentTypesAt(practiceID, locationID string) (ids []string, available bool) {
	for _, a := range s.appointmentTypes.all(practiceID) {
		if slices.Contains(a.LocationIDs, locationID) {
			ids = append(ids, a.ID)
			available = available || a.SlotCount > 0
		}
	}
	return ids, available
}

func (s *Server) listLocations(c *call) answer {
	var items []object
	for _, location := range s.locations.all(c.practice) {
		ids, available := s.appointmentTypesAt(c.practice, location.ID)
		if overlaps(c.query["appointment_type_ids"], ids) && c.wantsAvailability(available) {
			items = append(items, object{"id": location.ID, "name": location.Name})
		}
	}
	return list(items, len(items))
}

func (s *Server) listPractitioners(c *call) answer {
	var items []object
	for _, p := range s.practitioners.all(c.practice) {
		available := slices.ContainsFunc(s.appointmentTypes.all(c.practice), func(a AppointmentType) bool {
			return a.SlotCount > 0 && slices.Contains(p.AppointmentTypeIDs, a.ID)
		})
		if overlaps(c.query["location_ids"], p.LocationIDs) && c.wantsAvailability(available) &&
			overlaps(c.query["appointment_type_ids"], p.AppointmentTypeIDs) {
			items = append(items, p.json())
		}
	}
	return list(items, len(items))
}

func (s *Server) getPractitioner(c *call) answer {
	practitioner, found := s.practitioners.get(c.practice, c.id())
	if !found {
		return notFound("Practitioner")
	}
	return ok(practitioner.json())
}

func (s *Server) listTemplates(c *call) answer {
	var items []object
	for _, template := range s.templates.all(c.practice) {
		if !differs(c.query.Get("has_follow_up"), strconv.FormatBool(template.HasFollowUp)) {
			items = append(items, object{"id": template.ID, "name": template.Name, "body": template.Body})
		}
	}
	return list(items, len(items))
}

func (a AppointmentType) json() object {
	return object{
		"id": a.ID, "name": a.Name, "partner_slot_name": a.PartnerSlotName,
		"next_available_at": optionalTime(a.NextAvailableAt), "slot_count": a.SlotCount, "price": a.Price,
		"duration": a.Duration, "assignee_id": nullable(a.AssigneeID), "assignee_type": nullable(a.AssigneeType),
		"sector": a.Sector, "video": a.Video, "in_person": a.InPerson, "telephone": a.Telephone,
		"use_partner_bookable_slots":     a.UsePartnerBookableSlots,
		"admin_booking_invoice_required": a.AdminBookingInvoiceRequired,
		"form_id":                        nullable(a.FormID), "practitioner_type": a.PractitionerType,
	}
}

func (p Practitioner) json() object {
	return object{"id": p.ID, "name": p.Name, "practitioner_type": p.PractitionerType}
}
