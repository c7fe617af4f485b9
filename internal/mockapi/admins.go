package mockapi

import (
	"slices"
	"strconv"
	"strings"
)

// Admin is a member of staff who uses Hero.
type Admin struct {
	ID                   string
	PracticeID           string
	FirstName            string
	LastName             string
	Email                string
	ExternalPrescriberID string // "": null
	PrescriberDetails    *PrescriberDetails
}

// PrescriberDetails are what makes a member of staff a prescriber.
type PrescriberDetails struct {
	Name             string
	Email            string
	RegistrationCode string
}

// Admins returns the staff of a practice group.
func (s *Server) Admins(practiceID string) []Admin {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.admins.all(practiceID)
}

// AddAdmin adds a member of staff. An id is made up where it is missing; an empty PracticeID is the key's own. It returns
// the id.
func (s *Server) AddAdmin(admin Admin) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	admin.ID, admin.PracticeID = s.placed(admin.ID, admin.PracticeID)
	return s.admins.add(admin.PracticeID, admin.ID, admin).ID
}

func (s *Server) adminOperations() map[string]handler {
	return map[string]handler{"listAdmins": s.listAdmins, "updateAdmin": s.updateAdmin}
}

func (s *Server) listAdmins(c *call) answer {
	admins := s.admins.all(c.practice)
	if c.query.Get("order_by") == "first_name" {
		slices.SortStableFunc(admins, func(a, b Admin) int { return strings.Compare(a.FirstName, b.FirstName) })
	}
	if descending, _ := strconv.ParseBool(c.query.Get("order_descending")); descending {
		slices.Reverse(admins)
	}
	return pageOf(c, s.options, admins, Admin.json)
}

// updateAdmin changes what the body names; null clears.
func (s *Server) updateAdmin(c *call) answer {
	admin, found := s.admins.get(c.practice, c.id())
	if !found {
		return notFound("Admin")
	}
	if _, given := c.body["external_prescriber_id"]; given {
		admin.ExternalPrescriberID = c.text("external_prescriber_id")
	}
	if value, given := c.body["prescriber_details"]; given {
		admin.PrescriberDetails = nil
		if details, isObject := value.(object); isObject {
			text := (&call{body: details}).text
			admin.PrescriberDetails = &PrescriberDetails{Name: text("name"), Email: text("email"), RegistrationCode: text("registration_code")}
		}
	}
	return ok(object{"admin_id": admin.ID})
}

func (a Admin) json() object {
	var details any
	if d := a.PrescriberDetails; d != nil {
		details = object{"name": d.Name, "email": d.Email, "registration_code": d.RegistrationCode}
	}
	return object{
		"id": a.ID, "first_name": a.FirstName, "last_name": a.LastName, "email": a.Email,
		"external_prescriber_id": nullable(a.ExternalPrescriberID), "prescriber_details": details,
	}
}
