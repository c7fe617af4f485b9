package bookinglink

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// NewDataSource is the data source hero_booking_link.
func NewDataSource() datasource.DataSource {
	return kit.Reading[dataModel]{Name: "booking_link", Schema: dataSchema, Read: readLink, Answered: patientAnswered}.DataSource()
}

type dataModel struct {
	PracticeGroupID types.String `tfsdk:"practice_group_id"`
	itemModel
	JSON jsontypes.Normalized `tfsdk:"json"`
}

// itemModel is a booking link in the data sources: with its counters, and with all values of what may be several.
type itemModel struct {
	ID                 types.String   `tfsdk:"id"`
	URL                types.String   `tfsdk:"url"`
	Active             types.Bool     `tfsdk:"active"`
	ExpiresAt          types.String   `tfsdk:"expires_at"`
	AppointmentTypeIDs []types.String `tfsdk:"appointment_type_ids"`
	LocationIDs        []types.String `tfsdk:"location_ids"`
	PractitionerIDs    []types.String `tfsdk:"practitioner_ids"`
	PatientID          types.String   `tfsdk:"patient_id"`
	FromDate           types.String   `tfsdk:"from_date"`
	ToDate             types.String   `tfsdk:"to_date"`
	MaximumUseCount    types.Int64    `tfsdk:"maximum_use_count"`
	UnlimitedUse       types.Bool     `tfsdk:"unlimited_use"`
	NumberOfUses       types.Int64    `tfsdk:"number_of_uses"`
	OpenCount          types.Int64    `tfsdk:"open_count"`
}

func item(l client.BookingLink) itemModel {
	limit := l.MaximumUseCount
	if limit.Or(0) < 1 {
		limit.Value = nil
	}
	return itemModel{
		ID: kit.StringFrom(l.ID), URL: kit.StringFrom(l.ShortLink), Active: kit.BoolFrom(l.Active), ExpiresAt: kit.StringFrom(l.ExpiryDate),
		AppointmentTypeIDs: stringList(l.AppointmentTypeID), LocationIDs: stringList(l.LocationID), PractitionerIDs: stringList(l.PractitionerID),
		PatientID: kit.StringFrom(l.PatientID), FromDate: kit.StringFrom(l.FromDate), ToDate: kit.StringFrom(l.ToDate),
		MaximumUseCount: types.Int64PointerValue(limit.Value), UnlimitedUse: unlimited(l),
		NumberOfUses: types.Int64PointerValue(l.NumberOfUses.Value), OpenCount: types.Int64PointerValue(l.OpenCount.Value),
	}
}

// unlimited is Hero's own word, else what the use limit says.
func unlimited(l client.BookingLink) types.Bool {
	if l.UnlimitedUse.Value == nil && l.MaximumUseCount.Told {
		return types.BoolValue(l.MaximumUseCount.Or(0) < 1)
	}
	return kit.BoolFrom(l.UnlimitedUse)
}

// stringList is null when Hero said nothing.
func stringList(told client.Field[[]string]) []types.String {
	if !told.Told {
		return nil
	}
	values := []types.String{}
	for _, value := range told.Or(nil) {
		values = append(values, types.StringValue(value))
	}
	return values
}

// itemAttributes describe itemModel.
func itemAttributes() map[string]schema.Attribute {
	list := func(description string) schema.ListAttribute {
		return schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: description + " Null where Hero does not tell."}
	}
	number := func(description string) schema.Int64Attribute {
		return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
	}
	return map[string]schema.Attribute{
		"id":                   kit.Text(kit.Shown, "Hero's id of the link."),
		"url":                  kit.Text(kit.Shown, "The short link that patients open."),
		"active":               kit.Flag("Whether Hero says that the link is active."),
		"expires_at":           kit.Text(kit.Shown, "When the link expires, as Hero writes it (ISO 8601, UTC); null when it does not."),
		"appointment_type_ids": list("The appointment types that can be booked."),
		"location_ids":         list("The locations to book at; empty for any."),
		"practitioner_ids":     list("The practitioners to book with; empty for any. (The key of Hero's answer is inferred.)"),
		"patient_id":           kit.Text(kit.Personal, "The patient whom the link is for; null for a generic link, and where Hero does not tell. (The key of Hero's answer is inferred.)"),
		"from_date":            kit.Text(kit.Shown, "Only slots from this day on are shown. (The key of Hero's answer is inferred.)"),
		"to_date":              kit.Text(kit.Shown, "Only slots up to this day are shown. (The key of Hero's answer is inferred.)"),
		"maximum_use_count":    number("How often the link can be used; null without a limit."),
		"unlimited_use":        kit.Flag("Whether the link can be used without a limit."),
		"number_of_uses":       number("How often the link has been used."),
		"open_count":           number("How often the link has been opened."),
	}
}

func dataSchema() schema.Schema {
	attributes := itemAttributes()
	attributes["practice_group_id"] = kit.PracticeArgument()
	attributes["id"] = kit.IDArgument("Hero's id of the link.")
	attributes["json"] = kit.WholeJSON(kit.Personal, "The link,")
	return schema.Schema{
		MarkdownDescription: "Reads one booking link: what it is for, whether it can be used, and how often it was opened and used.\n\n" +
			"To a link of a single patient the provider's `patient_data_in_state` applies.",
		Attributes: attributes,
	}
}

func readLink(ctx context.Context, c *client.Client, practice string, m *dataModel, diags *diag.Diagnostics) {
	id := m.ID
	found, err := c.ReadBookingLink(ctx, practice, id.ValueString())
	switch {
	case errors.Is(err, client.ErrGone):
		diags.AddAttributeError(path.Root("id"), fmt.Sprintf("Practice group %s has no booking link %s", practice, id.ValueString()), notThere)
	case err != nil:
		kit.AddError(diags, fmt.Sprintf("Reading booking link %s of practice group %s failed", id.ValueString(), practice), err)
	default:
		m.itemModel, m.JSON = item(*found), kit.JSON(found.Raw)
		m.ID = id
	}
}

const notThere = "The data source hero_booking_links lists those that there are. The ids are Hero's own; an id of another practice group is not found either."

func patientAnswered(d *kit.Data, practice string, m dataModel, diags *diag.Diagnostics) {
	if !m.PatientID.IsNull() {
		d.PatientDataStored("", "booking link "+m.ID.ValueString(), "patient_id, url and json", practice, diags)
	}
}
