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

// NewLocationsDataSource is the data source hero_locations.
func NewLocationsDataSource() datasource.DataSource {
	return kit.Reading[locationsModel]{Name: "locations", Schema: locationsSchema, Read: readLocations}.DataSource()
}

type locationsModel struct {
	PracticeGroupID    types.String         `tfsdk:"practice_group_id"`
	AppointmentTypeIDs types.Set            `tfsdk:"appointment_type_ids"`
	HasAvailability    types.Bool           `tfsdk:"has_availability"`
	Name               types.String         `tfsdk:"name"`
	Locations          []locationModel      `tfsdk:"locations"`
	IDs                []types.String       `tfsdk:"ids"`
	JSON               jsontypes.Normalized `tfsdk:"json"`
}

type locationModel struct {
	ID   types.String `tfsdk:"id"`
	Name types.String `tfsdk:"name"`
}

func locationsSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Lists the places where a practice group sees patients, for `location_id` of a booking link. Hero does not document what it tells of a place; whatever it does is in `json`.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id":    kit.PracticeArgument(),
			"appointment_type_ids": kit.IDsArgument("Only where one of these kinds of appointments is offered. Hero filters."),
			"has_availability":     kit.FlagArgument("`true`: only where there are free slots; `false`: only where there are none (inferred). Hero filters."),
			"name":                 kit.TextArgument(kit.Shown, "Only what has exactly this name; the provider filters. `one(data.hero_locations.main.ids)` is then the id, and fails when several have the name."),
			"locations": kit.ListOf(kit.Shown, "The places, in Hero's order.", map[string]schema.Attribute{
				"id":   kit.Text(kit.Shown, "Hero's id, for `location_id` of a booking link (inferred)."),
				"name": kit.Text(kit.Shown, "The name (inferred)."),
			}),
			"ids":  kit.IDs("locations"),
			"json": kit.WholeJSON(kit.Shown, "An array of the locations"),
		},
	}
}

func readLocations(ctx context.Context, c *client.Client, practice string, m *locationsModel, diags *diag.Diagnostics) {
	wanted := client.LocationFilter{AppointmentTypeIDs: kit.Texts(m.AppointmentTypeIDs), HasAvailability: m.HasAvailability.ValueBoolPointer()}
	list, err := c.Locations(ctx, practice, wanted)
	if err != nil {
		kit.AddError(diags, "Listing the locations of practice group "+practice+" failed", err, "appointment_type_ids", "has_availability")
		return
	}
	found := kit.Matching(list.Items, m.Name, func(l client.Location, name string) bool { return l.Name.Or("") == name })
	m.Locations, m.IDs, m.JSON = kit.Listed(found, locationItem, func(l client.Location) (client.Field[string], json.RawMessage) { return l.ID, l.Raw })
}

func locationItem(l client.Location) locationModel {
	return locationModel{ID: kit.StringFrom(l.ID), Name: kit.StringFrom(l.Name)}
}
