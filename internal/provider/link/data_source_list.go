package link

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// NewDataSourceList is the data source hero_short_links.
func NewDataSourceList() datasource.DataSource {
	return kit.Reading[listModel]{Name: "short_links", Schema: listSchema, Read: readList, Stored: patientLinksStored}.DataSource()
}

type listModel struct {
	PracticeGroupID     types.String         `tfsdk:"practice_group_id"`
	Type                types.String         `tfsdk:"type"`
	Status              types.String         `tfsdk:"status"`
	OrderBy             types.String         `tfsdk:"order_by"`
	OrderDescending     types.Bool           `tfsdk:"order_descending"`
	IncludePatientLinks types.Bool           `tfsdk:"include_patient_links"`
	ShortLinks          []itemModel          `tfsdk:"short_links"`
	IDs                 []types.String       `tfsdk:"ids"`
	JSON                jsontypes.Normalized `tfsdk:"json"`
}

type itemModel struct {
	ID        types.String `tfsdk:"id"`
	URL       types.String `tfsdk:"url"`
	Type      types.String `tfsdk:"type"`
	Status    types.String `tfsdk:"status"`
	ExpiresAt types.String `tfsdk:"expires_at"`
	PatientID types.String `tfsdk:"patient_id"`
}

func listSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Lists the links of all kinds of a practice group. What Hero tells of a link in this list is not documented: the attributes of `short_links` are inferred, and null where Hero says otherwise; `json` has it all.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id":     kit.PracticeArgument(),
			"type":                  kit.TextArgument(kit.Shown, "Only links of this kind, such as `booking`. Hero filters; all values are not published."),
			"status":                kit.TextArgument(kit.Shown, "Only links with this status, such as `expired`. Hero filters; all values are not published."),
			"order_by":              kit.TextArgument(kit.Shown, "The order in which Hero lists, such as `expiry_date`. By default Hero's own."),
			"order_descending":      kit.FlagArgument("`true`: the other way round."),
			"include_patient_links": kit.IncludePatientLinks("Hero leaves them out."),
			"short_links": kit.ListOf(kit.Shown, "The links, in Hero's order.", map[string]schema.Attribute{
				"id":         kit.Text(kit.Shown, "Hero's id of the link (inferred)."),
				"url":        kit.Text(kit.Shown, "The short link itself (inferred)."),
				"type":       kit.Text(kit.Shown, "The kind of link (inferred)."),
				"status":     kit.Text(kit.Shown, "What became of it (inferred)."),
				"expires_at": kit.Text(kit.Shown, "When it expires, as Hero writes it (inferred)."),
				"patient_id": kit.Text(kit.Personal, "The patient whom it is for, with `include_patient_links`; null for a generic link (inferred)."),
			}),
			"ids":  kit.IDs("links"),
			"json": kit.WholeJSON(kit.Personal, "The links, as an array,"),
		},
	}
}

func patientLinksStored(d *kit.Data, practice string, config listModel, diags *diag.Diagnostics) {
	d.PatientLinksStored(config.IncludePatientLinks, "links", practice, diags)
}

func readList(ctx context.Context, c *client.Client, practice string, m *listModel, diags *diag.Diagnostics) {
	withoutPatients := !m.IncludePatientLinks.ValueBool()
	list, err := c.ShortLinks(ctx, practice, client.ShortLinkFilter{
		Type: m.Type.ValueString(), Status: m.Status.ValueString(), ExcludePatientSpecificLinks: &withoutPatients,
		OrderBy: m.OrderBy.ValueString(), OrderDescending: m.OrderDescending.ValueBoolPointer(),
	})
	if err != nil {
		kit.AddError(diags, "Listing the links of practice group "+practice+" failed", err, "type", "status", "order_by", "order_descending")
		return
	}
	// Hero filters by itself; should it not, what it tells of patients is left out all the same.
	links := slices.DeleteFunc(list.Items, func(l client.ShortLink) bool { return withoutPatients && l.PatientID.Value != nil })
	m.ShortLinks, m.IDs, m.JSON = kit.Listed(links, item, func(l client.ShortLink) (client.Field[string], json.RawMessage) { return l.ID, l.Raw })
}

func item(l client.ShortLink) itemModel {
	return itemModel{
		ID: kit.StringFrom(l.ID), URL: kit.StringFrom(l.URL), Type: kit.StringFrom(l.Type), Status: kit.StringFrom(l.Status),
		ExpiresAt: kit.StringFrom(l.ExpiryDate), PatientID: kit.StringFrom(l.PatientID),
	}
}
