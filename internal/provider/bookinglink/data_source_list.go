package bookinglink

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

// NewDataSourceList is the data source hero_booking_links.
func NewDataSourceList() datasource.DataSource {
	return kit.Reading[listModel]{Name: "booking_links", Schema: listSchema, Read: readList, Stored: patientLinksStored}.DataSource()
}

type listModel struct {
	PracticeGroupID     types.String         `tfsdk:"practice_group_id"`
	IncludePatientLinks types.Bool           `tfsdk:"include_patient_links"`
	BookingLinks        []itemModel          `tfsdk:"booking_links"`
	IDs                 []types.String       `tfsdk:"ids"`
	JSON                jsontypes.Normalized `tfsdk:"json"`
}

func listSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Lists all booking links of a practice group. What Hero's list tells of a link is not documented: attributes that it leaves out are null, and `hero_booking_link` reads one link whole.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id":     kit.PracticeArgument(),
			"include_patient_links": kit.IncludePatientLinks("Where Hero does not tell whether a link is for a single patient, it is listed anyway, and a warning says so."),
			"booking_links":         kit.ListOf(kit.Shown, "The links, in Hero's order.", itemAttributes()),
			"ids":                   kit.IDs("links"),
			"json":                  kit.WholeJSON(kit.Personal, "The links, as an array,"),
		},
	}
}

func patientLinksStored(d *kit.Data, practice string, config listModel, diags *diag.Diagnostics) {
	d.PatientLinksStored(config.IncludePatientLinks, "booking links", practice, diags)
}

func readList(ctx context.Context, c *client.Client, practice string, m *listModel, diags *diag.Diagnostics) {
	list, err := c.ListBookingLinks(ctx, practice)
	if err != nil {
		kit.AddError(diags, "Listing the booking links of practice group "+practice+" failed", err)
		return
	}
	patient := func(l client.BookingLink) client.Field[string] { return l.PatientID }
	links := kit.WithoutPatientLinks(list.Items, m.IncludePatientLinks, patient, "booking links", practice, diags)
	m.BookingLinks, m.IDs, m.JSON = kit.Listed(links, item, func(l client.BookingLink) (client.Field[string], json.RawMessage) { return l.ID, l.Raw })
}
