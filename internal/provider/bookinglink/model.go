package bookinglink

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// What on_destroy can be.
const (
	expireOnDestroy = "expire"
	keepOnDestroy   = "keep"
)

// model is a hero_booking_link as Terraform sees it.
type model struct {
	PracticeGroupID      types.String `tfsdk:"practice_group_id"`
	ID                   types.String `tfsdk:"id"`
	AppointmentTypeID    types.String `tfsdk:"appointment_type_id"`
	LocationID           types.String `tfsdk:"location_id"`
	PractitionerID       types.String `tfsdk:"practitioner_id"`
	PatientID            types.String `tfsdk:"patient_id"`
	FromDate             types.String `tfsdk:"from_date"`
	ToDate               types.String `tfsdk:"to_date"`
	ExpiryDate           types.String `tfsdk:"expiry_date"`
	MaximumUseCount      types.Int64  `tfsdk:"maximum_use_count"`
	RecreateWhenUnusable types.Bool   `tfsdk:"recreate_when_unusable"`
	OnDestroy            types.String `tfsdk:"on_destroy"`
	URL                  types.String `tfsdk:"url"`
	Active               types.Bool   `tfsdk:"active"`
	ExpiresAt            types.String `tfsdk:"expires_at"`
}

// link is the object as messages name it; before it exists, by what it is for.
func (m model) link() kit.Link {
	object := "booking link " + m.ID.ValueString()
	if m.ID.ValueString() == "" {
		object = "booking link for appointment type " + m.AppointmentTypeID.ValueString()
	}
	return kit.Link{Object: object, Practice: m.PracticeGroupID.ValueString(), URL: m.URL}
}

// endDates are the dates after which a link is of no use.
func (m model) endDates() []kit.EndDate {
	return []kit.EndDate{{Argument: "expiry_date", Date: m.ExpiryDate}, {Argument: "to_date", Date: m.ToDate}}
}

// request is what Hero is asked to create.
func (m model) request() client.NewBookingLink {
	return client.NewBookingLink{
		AppointmentTypeID: m.AppointmentTypeID.ValueString(), LocationID: m.LocationID.ValueStringPointer(),
		PractitionerID: m.PractitionerID.ValueStringPointer(), PatientID: m.PatientID.ValueStringPointer(),
		FromDate: m.FromDate.ValueStringPointer(), ToDate: m.ToDate.ValueStringPointer(),
		ExpiryDate: m.ExpiryDate.ValueStringPointer(), MaximumUseCount: m.MaximumUseCount.ValueInt64Pointer(),
	}
}

// takeComputed fills in what only Hero can tell. What it does not tell stays; what is still unknown then is null.
func (m *model) takeComputed(link *client.BookingLink) {
	for _, text := range []struct {
		held *types.String
		told client.Field[string]
	}{{&m.ID, link.ID}, {&m.URL, link.ShortLink}, {&m.ExpiresAt, link.ExpiryDate}} {
		if text.told.Told || text.held.IsUnknown() {
			*text.held = kit.StringFrom(text.told)
		}
	}
	if link.Active.Told || m.Active.IsUnknown() {
		m.Active = types.BoolPointerValue(link.Active.Value)
	}
}

// refresh brings state up to what Hero says now.
func (m *model) refresh(found *client.BookingLink, memory kit.Memory) {
	for _, a := range arguments() {
		a.set(m, memory.Settle(a.name, a.get(*m), a.told(found, *m)))
	}
	id := m.ID // of several spellings of a number, state's stays
	m.takeComputed(found)
	m.ID = id
}
