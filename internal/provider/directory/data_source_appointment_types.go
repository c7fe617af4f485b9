// Package directory is what a practice group's links can be configured with: its kinds of appointments, places and people, looked up by
// data sources.
package directory

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// NewAppointmentTypesDataSource is the data source hero_appointment_types.
func NewAppointmentTypesDataSource() datasource.DataSource {
	return kit.Reading[appointmentTypesModel]{Name: "appointment_types", Schema: appointmentTypesSchema, Read: readAppointmentTypes}.DataSource()
}

type appointmentTypesModel struct {
	PracticeGroupID  types.String           `tfsdk:"practice_group_id"`
	LocationIDs      types.Set              `tfsdk:"location_ids"`
	HasAvailability  types.Bool             `tfsdk:"has_availability"`
	Name             types.String           `tfsdk:"name"`
	AppointmentTypes []appointmentTypeModel `tfsdk:"appointment_types"`
	IDs              []types.String         `tfsdk:"ids"`
	JSON             jsontypes.Normalized   `tfsdk:"json"`
}

type appointmentTypeModel struct {
	ID                          types.String  `tfsdk:"id"`
	Name                        types.String  `tfsdk:"name"`
	PartnerSlotName             types.String  `tfsdk:"partner_slot_name"`
	NextAvailableAt             types.String  `tfsdk:"next_available_at"`
	SlotCount                   types.Int64   `tfsdk:"slot_count"`
	Price                       types.Float64 `tfsdk:"price"`
	Duration                    types.Float64 `tfsdk:"duration"`
	AssigneeID                  types.String  `tfsdk:"assignee_id"`
	AssigneeType                types.String  `tfsdk:"assignee_type"`
	Sector                      types.String  `tfsdk:"sector"`
	Video                       types.Bool    `tfsdk:"video"`
	InPerson                    types.Bool    `tfsdk:"in_person"`
	Telephone                   types.Bool    `tfsdk:"telephone"`
	UsePartnerBookableSlots     types.Bool    `tfsdk:"use_partner_bookable_slots"`
	AdminBookingInvoiceRequired types.Bool    `tfsdk:"admin_booking_invoice_required"`
	FormID                      types.String  `tfsdk:"form_id"`
	PractitionerType            types.String  `tfsdk:"practitioner_type"`
}

func appointmentTypesSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Lists the kinds of appointments that a practice group offers, for `appointment_type_id` of a booking link.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": kit.PracticeArgument(),
			"location_ids":      kit.IDsArgument("Only what is offered at one of these locations. Hero filters."),
			"has_availability":  kit.FlagArgument("`true`: only what has free slots; `false`: only what has none (inferred). Hero filters."),
			"name":              kit.TextArgument(kit.Shown, "Only what has exactly this name; the provider filters. `one(data.hero_appointment_types.flu.ids)` is then the id, and fails when several have the name."),
			"appointment_types": kit.ListOf(kit.Shown, "The kinds of appointments, in Hero's order.", map[string]schema.Attribute{
				"id":                             kit.Text(kit.Shown, "Hero's id, for `appointment_type_id` of a booking link."),
				"name":                           kit.Text(kit.Shown, "The name."),
				"partner_slot_name":              kit.Text(kit.Shown, "The name of the slots at the partner."),
				"next_available_at":              kit.Text(kit.Shown, "When the next free slot begins, as Hero writes it (ISO 8601, UTC); null when there is none."),
				"slot_count":                     schema.Int64Attribute{Computed: true, MarkdownDescription: "How many slots there are."},
				"price":                          schema.Float64Attribute{Computed: true, MarkdownDescription: "The price. Hero does not document its unit."},
				"duration":                       schema.Float64Attribute{Computed: true, MarkdownDescription: "How long an appointment takes. Hero does not document the unit; it looks like minutes (inferred)."},
				"assignee_id":                    kit.Text(kit.Shown, "Id of whom it is assigned to; null when nobody."),
				"assignee_type":                  kit.Text(kit.Shown, "What `assignee_id` is an id of: `Admin` or `AdminTeam`; null when nobody's."),
				"sector":                         kit.Text(kit.Shown, "`nhs` or `paid`."),
				"video":                          kit.Flag("Whether it can take place by video."),
				"in_person":                      kit.Flag("Whether it can take place in person."),
				"telephone":                      kit.Flag("Whether it can take place by telephone."),
				"use_partner_bookable_slots":     kit.Flag("Whether the partner's bookable slots are used."),
				"admin_booking_invoice_required": kit.Flag("Whether a booking by staff needs an invoice."),
				"form_id":                        kit.Text(kit.Shown, "Id of the form that goes with it; null when there is none."),
				"practitioner_type":              kit.Text(kit.Shown, "Who sees the patient, such as `GP` or `Nurse`. New values may appear."),
			}),
			"ids":  kit.IDs("appointment types"),
			"json": kit.WholeJSON(kit.Shown, "An array of the appointment types"),
		},
	}
}

func readAppointmentTypes(ctx context.Context, c *client.Client, practice string, m *appointmentTypesModel, diags *diag.Diagnostics) {
	wanted := client.AppointmentTypeFilter{LocationIDs: kit.Texts(m.LocationIDs), HasAvailability: m.HasAvailability.ValueBoolPointer()}
	list, err := c.AppointmentTypes(ctx, practice, wanted)
	if err != nil {
		kit.AddError(diags, "Listing the appointment types of practice group "+practice+" failed", err, "location_ids", "has_availability")
		return
	}
	found := kit.Matching(list.Items, m.Name, func(a client.AppointmentType, name string) bool { return a.Name.Or("") == name })
	m.AppointmentTypes, m.IDs, m.JSON = kit.Listed(found, appointmentTypeItem, func(a client.AppointmentType) (client.Field[string], json.RawMessage) { return a.ID, a.Raw })
}

func appointmentTypeItem(a client.AppointmentType) appointmentTypeModel {
	return appointmentTypeModel{
		ID: kit.StringFrom(a.ID), Name: kit.StringFrom(a.Name), PartnerSlotName: kit.StringFrom(a.PartnerSlotName), NextAvailableAt: kit.StringFrom(a.NextAvailableAt),
		SlotCount: types.Int64PointerValue(a.SlotCount.Value), Price: types.Float64PointerValue(a.Price.Value), Duration: types.Float64PointerValue(a.Duration.Value),
		AssigneeID: kit.StringFrom(a.AssigneeID), AssigneeType: kit.StringFrom(a.AssigneeType), Sector: kit.StringFrom(a.Sector),
		Video: kit.BoolFrom(a.Video), InPerson: kit.BoolFrom(a.InPerson), Telephone: kit.BoolFrom(a.Telephone),
		UsePartnerBookableSlots: kit.BoolFrom(a.UsePartnerBookableSlots), AdminBookingInvoiceRequired: kit.BoolFrom(a.AdminBookingInvoiceRequired),
		FormID: kit.StringFrom(a.FormID), PractitionerType: kit.StringFrom(a.PractitionerType),
	}
}
