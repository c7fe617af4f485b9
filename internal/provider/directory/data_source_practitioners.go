package directory

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// NewPractitionersDataSource is the data source hero_practitioners.
func NewPractitionersDataSource() datasource.DataSource {
	return kit.Reading[practitionersModel]{Name: "practitioners", Schema: practitionersSchema, Read: readPractitioners}.DataSource()
}

type practitionersModel struct {
	PracticeGroupID    types.String         `tfsdk:"practice_group_id"`
	LocationIDs        types.Set            `tfsdk:"location_ids"`
	AppointmentTypeIDs types.Set            `tfsdk:"appointment_type_ids"`
	HasAvailability    types.Bool           `tfsdk:"has_availability"`
	Name               types.String         `tfsdk:"name"`
	Practitioners      []practitionerModel  `tfsdk:"practitioners"`
	IDs                []types.String       `tfsdk:"ids"`
	JSON               jsontypes.Normalized `tfsdk:"json"`
}

type practitionerModel struct {
	ID        types.String `tfsdk:"id"`
	Name      types.String `tfsdk:"name"`
	FirstName types.String `tfsdk:"first_name"`
	LastName  types.String `tfsdk:"last_name"`
}

func practitionersSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Lists the people whom patients of a practice group can book, for `practitioner_id` of a booking link. Hero does not document what it tells of them; whatever it does is in `json`. Names are sensitive.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id":    kit.PracticeArgument(),
			"location_ids":         kit.IDsArgument("Only who works at one of these locations. Hero filters."),
			"appointment_type_ids": kit.IDsArgument("Only who offers one of these kinds of appointments. Hero filters."),
			"has_availability":     kit.FlagArgument("`true`: only who has free slots; `false`: only who has none (inferred). Hero filters."),
			"name":                 kit.TextArgument(kit.Personal, "Only who has exactly this `name`; the provider filters. `one(data.hero_practitioners.nurse.ids)` is then the id, and fails when several have the name."),
			"practitioners": kit.ListOf(kit.Shown, "The people, in Hero's order.", map[string]schema.Attribute{
				"id":         kit.Text(kit.Shown, "Hero's id, for `practitioner_id` of a booking link (inferred)."),
				"name":       kit.Text(kit.Personal, "The name, or, where Hero tells only its parts, first and last name with a space between (inferred)."),
				"first_name": kit.Text(kit.Personal, "The first name, where Hero tells it (inferred)."),
				"last_name":  kit.Text(kit.Personal, "The last name, where Hero tells it (inferred)."),
			}),
			"ids":  kit.IDs("practitioners"),
			"json": kit.WholeJSON(kit.Personal, "An array of the practitioners"),
		},
	}
}

func readPractitioners(ctx context.Context, c *client.Client, practice string, m *practitionersModel, diags *diag.Diagnostics) {
	list, err := c.Practitioners(ctx, practice, client.PractitionerFilter{
		LocationIDs: kit.Texts(m.LocationIDs), AppointmentTypeIDs: kit.Texts(m.AppointmentTypeIDs), HasAvailability: m.HasAvailability.ValueBoolPointer(),
	})
	if err != nil {
		kit.AddError(diags, "Listing the practitioners of practice group "+practice+" failed", err, "location_ids", "appointment_type_ids", "has_availability")
		return
	}
	found := kit.Matching(list.Items, m.Name, func(p client.Practitioner, name string) bool { return fullName(p) == name })
	m.Practitioners, m.IDs, m.JSON = kit.Listed(found, practitionerItem, func(p client.Practitioner) (client.Field[string], json.RawMessage) { return p.ID, p.Raw })
}

func practitionerItem(p client.Practitioner) practitionerModel {
	item := practitionerModel{ID: kit.StringFrom(p.ID), FirstName: kit.StringFrom(p.FirstName), LastName: kit.StringFrom(p.LastName)}
	if name := fullName(p); name != "" {
		item.Name = types.StringValue(name)
	}
	return item
}

func fullName(p client.Practitioner) string {
	return p.Name.Or(strings.TrimSpace(p.FirstName.Or("") + " " + p.LastName.Or("")))
}
