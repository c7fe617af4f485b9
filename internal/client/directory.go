package client

import (
	"context"
	"encoding/json"
	"net/url"
)

// AppointmentType is a kind of appointment that can be booked (documented). AssigneeType, Sector and PractitionerType are open sets.
type AppointmentType struct {
	ID                          Field[string]   `json:"id"`
	Name                        Field[string]   `json:"name"`
	PartnerSlotName             Field[string]   `json:"partner_slot_name"`
	NextAvailableAt             Field[string]   `json:"next_available_at"`
	SlotCount                   Field[int64]    `json:"slot_count"`
	Price                       Field[float64]  `json:"price"`    // the unit is not documented
	Duration                    Field[float64]  `json:"duration"` // the unit is not documented
	AssigneeID                  Field[string]   `json:"assignee_id"`
	AssigneeType                Field[string]   `json:"assignee_type"`
	Sector                      Field[string]   `json:"sector"`
	Video                       Field[bool]     `json:"video"`
	InPerson                    Field[bool]     `json:"in_person"`
	Telephone                   Field[bool]     `json:"telephone"`
	UsePartnerBookableSlots     Field[bool]     `json:"use_partner_bookable_slots"`
	AdminBookingInvoiceRequired Field[bool]     `json:"admin_booking_invoice_required"`
	FormID                      Field[string]   `json:"form_id"`
	PractitionerType            Field[string]   `json:"practitioner_type"`
	Raw                         json.RawMessage `json:"-"`
}

// Location is a place of a practice. Its members were not seen: id and name are inferred.
type Location struct {
	ID   Field[string]   `json:"id"`
	Name Field[string]   `json:"name"`
	Raw  json.RawMessage `json:"-"`
}

// Practitioner is somebody whom patients can book. Its members were not seen: all are inferred, the names' parts from those of an [Admin].
type Practitioner struct {
	ID        Field[string]   `json:"id"`
	Name      Field[string]   `json:"name"`
	FirstName Field[string]   `json:"first_name"`
	LastName  Field[string]   `json:"last_name"`
	Raw       json.RawMessage `json:"-"`
}

// Admin is a member of a practice's staff who uses Hero (documented).
type Admin struct {
	ID                   Field[string]          `json:"id"`
	FirstName            Field[string]          `json:"first_name"`
	LastName             Field[string]          `json:"last_name"`
	Email                Field[string]          `json:"email"`
	ExternalPrescriberID Field[string]          `json:"external_prescriber_id"`
	PrescriberDetails    Field[json.RawMessage] `json:"prescriber_details"` // an object with name, email and registration_code
	Raw                  json.RawMessage        `json:"-"`
}

// AppointmentTypeFilter narrows the list of appointment types (documented). The zero value asks for all.
type AppointmentTypeFilter struct {
	LocationIDs     []string
	HasAvailability *bool
}

// AppointmentTypes lists kinds of appointments.
func (c *Client) AppointmentTypes(ctx context.Context, practice string, wanted AppointmentTypeFilter) (*List[AppointmentType], error) {
	query := url.Values{}
	filter(query).list("location_ids", wanted.LocationIDs)
	filter(query).flag("has_availability", wanted.HasAvailability)
	return getList(ctx, c, practice, "/v1/appointment_types", query, func(o *AppointmentType) *json.RawMessage { return &o.Raw })
}

// LocationFilter narrows the list of locations (sample). The zero value asks for all.
type LocationFilter struct {
	AppointmentTypeIDs []string
	HasAvailability    *bool
}

// Locations lists places.
func (c *Client) Locations(ctx context.Context, practice string, wanted LocationFilter) (*List[Location], error) {
	query := url.Values{}
	filter(query).list("appointment_type_ids", wanted.AppointmentTypeIDs)
	filter(query).flag("has_availability", wanted.HasAvailability)
	return getList(ctx, c, practice, "/v1/locations", query, func(o *Location) *json.RawMessage { return &o.Raw })
}

// PractitionerFilter narrows the list of practitioners (sample). The zero value asks for all.
type PractitionerFilter struct {
	LocationIDs        []string
	AppointmentTypeIDs []string
	HasAvailability    *bool
}

// Practitioners lists people whom patients can book.
func (c *Client) Practitioners(ctx context.Context, practice string, wanted PractitionerFilter) (*List[Practitioner], error) {
	query := url.Values{}
	filter(query).list("location_ids", wanted.LocationIDs)
	filter(query).list("appointment_type_ids", wanted.AppointmentTypeIDs)
	filter(query).flag("has_availability", wanted.HasAvailability)
	return getList(ctx, c, practice, "/v1/practitioners", query, func(o *Practitioner) *json.RawMessage { return &o.Raw })
}

// Admins lists a practice's staff, all pages (documented), in Hero's order unless orderBy says otherwise: "first_name" is the documented value.
func (c *Client) Admins(ctx context.Context, practice, orderBy string, descending *bool) (*List[Admin], error) {
	query := url.Values{}
	filter(query).text("order_by", orderBy)
	filter(query).flag("order_descending", descending)
	return getPages(ctx, c, practice, "/v1/admins", query, 0, func(o *Admin) *json.RawMessage { return &o.Raw })
}
