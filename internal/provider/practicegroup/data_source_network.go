package practicegroup

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var _ datasource.DataSourceWithConfigure = (*networkDataSource)(nil)

// NewDataSourceNetwork is the data source hero_network.
func NewDataSourceNetwork() datasource.DataSource { return &networkDataSource{} }

type networkDataSource struct{ kit.DataSourceBase }

type networkModel struct {
	PracticeGroupID types.String         `tfsdk:"practice_group_id"`
	PracticeGroups  []memberModel        `tfsdk:"practice_groups"`
	IDs             []types.String       `tfsdk:"ids"`
	JSON            jsontypes.Normalized `tfsdk:"json"`
}

type memberModel struct {
	ID   types.String `tfsdk:"id"`
	Name types.String `tfsdk:"name"`
}

// Metadata implements [datasource.DataSource].
func (d *networkDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_network"
}

// Schema implements [datasource.DataSource].
func (d *networkDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the practice groups of a network, that is all for which the API key may act. Whether Hero's own list holds the practice group that asks is not documented, so it is added when it is missing.\n\n" +
			"Compare it with a reviewed list in a `check`; do not subscribe by it: who joins the network would then get webhooks that nobody decided on.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": practiceAttribute(),
			"practice_groups": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The practice groups: in Hero's order, after the one that asks when Hero leaves it out.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"id":   computedString("Hero's id of the practice group."),
					"name": computedString("The practice's name. Null for the practice group that asks, when neither Hero's list nor `GET /v1/me` tells it."),
				}},
			},
			"ids":  schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "The practice groups' ids, in the same order."},
			"json": jsonAttribute("Hero's whole answer, so that nothing undocumented is lost; without the practice group that was added."),
		},
	}
}

// Read implements [datasource.DataSource].
func (d *networkDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config networkModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	c, practice, ok := start(d.Data, config.PracticeGroupID, &resp.Diagnostics)
	if !ok {
		return
	}
	members, raw, err := c.Network(ctx, practice)
	if err == nil && !slices.ContainsFunc(members, func(m client.NetworkMember) bool { return m.ID.Or("") == practice }) {
		var own *client.PracticeGroup
		if own, err = c.SharedPracticeGroup(ctx, practice); err == nil {
			members = append([]client.NetworkMember{{ID: client.Tell(practice), Name: own.Name}}, members...)
		}
	}
	if err != nil {
		kit.AddError(&resp.Diagnostics, "Listing the network of practice group "+practice+" failed", err)
		return
	}
	state := networkModel{PracticeGroupID: types.StringValue(practice), PracticeGroups: []memberModel{}, IDs: []types.String{}, JSON: kit.JSON(raw)}
	for _, member := range members {
		state.PracticeGroups = append(state.PracticeGroups, memberModel{ID: kit.StringFrom(member.ID), Name: kit.StringFrom(member.Name)})
		state.IDs = append(state.IDs, kit.StringFrom(member.ID))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
