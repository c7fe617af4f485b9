package bookinglink

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var _ datasource.DataSourceWithConfigure = (*bookingLinkDataSource)(nil)

// NewDataSource is the data source hero_booking_link.
func NewDataSource() datasource.DataSource { return &bookingLinkDataSource{} }

type bookingLinkDataSource struct{ kit.DataSourceBase }

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
		ID: kit.StringFrom(l.ID), URL: kit.StringFrom(l.ShortLink), Active: types.BoolPointerValue(l.Active.Value), ExpiresAt: kit.StringFrom(l.ExpiryDate),
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
	return types.BoolPointerValue(l.UnlimitedUse.Value)
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
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	list := func(description string) schema.ListAttribute {
		return schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: description + " Null where Hero does not tell."}
	}
	number := func(description string) schema.Int64Attribute {
		return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
	}
	return map[string]schema.Attribute{
		"id":                   text("Hero's id of the link."),
		"url":                  text("The short link that patients open."),
		"active":               schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether Hero says that the link is active."},
		"expires_at":           text("When the link expires, as Hero writes it (ISO 8601, UTC); null when it does not."),
		"appointment_type_ids": list("The appointment types that can be booked."),
		"location_ids":         list("The locations to book at; empty for any."),
		"practitioner_ids":     list("The practitioners to book with; empty for any. (The key of Hero's answer is inferred.)"),
		"patient_id":           schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: "The patient whom the link is for; null for a generic link, and where Hero does not tell. (The key of Hero's answer is inferred.)"},
		"from_date":            text("Only slots from this day on are shown. (The key of Hero's answer is inferred.)"),
		"to_date":              text("Only slots up to this day are shown. (The key of Hero's answer is inferred.)"),
		"maximum_use_count":    number("How often the link can be used; null without a limit."),
		"unlimited_use":        schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the link can be used without a limit."},
		"number_of_uses":       number("How often the link has been used."),
		"open_count":           number("How often the link has been opened."),
	}
}

// Metadata implements [datasource.DataSource].
func (d *bookingLinkDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_booking_link"
}

// Schema implements [datasource.DataSource].
func (d *bookingLinkDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"practice_group_id": schema.StringAttribute{Optional: true, Validators: []validator.String{kit.PracticeGroupID()}, MarkdownDescription: kit.PracticeDescription},
		"json": schema.StringAttribute{
			Computed: true, Sensitive: true, CustomType: jsontypes.NormalizedType{},
			MarkdownDescription: "The link as Hero answered it, so that nothing undocumented is lost. Read it with `jsondecode`.",
		},
	}
	maps.Copy(attributes, itemAttributes())
	attributes["id"] = schema.StringAttribute{Required: true, Validators: []validator.String{kit.NotEmpty()}, MarkdownDescription: "Hero's id of the link."}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads one booking link: what it is for, whether it can be used, and how often it was opened and used.",
		Attributes:          attributes,
	}
}

// Read implements [datasource.DataSource].
func (d *bookingLinkDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config dataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	c, ready := d.Data.Ready(&resp.Diagnostics)
	if resp.Diagnostics.HasError() || !ready {
		return
	}
	practice, ok := d.Data.Practice(config.PracticeGroupID, &resp.Diagnostics)
	if !ok {
		return
	}
	found, err := c.ReadBookingLink(ctx, practice, config.ID.ValueString())
	switch {
	case errors.Is(err, client.ErrGone):
		resp.Diagnostics.AddAttributeError(path.Root("id"), fmt.Sprintf("Practice group %s has no booking link %s", practice, config.ID.ValueString()),
			"The data source hero_booking_links lists those that there are. The ids are Hero's own; an id of another practice group is not found either.")
		return
	case err != nil:
		kit.AddError(&resp.Diagnostics, fmt.Sprintf("Reading booking link %s of practice group %s failed", config.ID.ValueString(), practice), err)
		return
	}
	id := config.ID
	config.itemModel, config.JSON = item(*found), kit.JSON(found.Raw)
	config.ID = id
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}
