package practicegroup

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// NewDataSourceNetwork is the data source hero_network.
func NewDataSourceNetwork() datasource.DataSource {
	return kit.Reading[networkModel]{Name: "network", Schema: networkSchema, Read: readNetwork}.DataSource()
}

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

func networkSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Lists the practice groups of a network, that is all for which the API key may act. Whether Hero's own list holds the practice group that asks is not documented, so it is put first when it is missing.\n\n" +
			"Compare it with a reviewed list in a `check`; do not subscribe by it: who joins the network would then get webhooks that nobody decided on.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": kit.PracticeArgument(),
			"practice_groups": kit.ListOf(kit.Shown, "The practice groups, in Hero's order.", map[string]schema.Attribute{
				"id":   kit.Text(kit.Shown, "Hero's id of the practice group."),
				"name": kit.Text(kit.Shown, "The practice's name. Null for the practice group that asks, when neither Hero's list nor `GET /v1/me` tells it."),
			}),
			"ids":  kit.IDs("practice groups"),
			"json": kit.WholeJSON(kit.Shown, "The list, without the practice group that was put first,"),
		},
	}
}

func readNetwork(ctx context.Context, c *client.Client, practice string, m *networkModel, diags *diag.Diagnostics) {
	members, raw, err := c.Network(ctx, practice)
	if err == nil && !slices.ContainsFunc(members, func(member client.NetworkMember) bool { return member.ID.Or("") == practice }) {
		var own *client.PracticeGroup
		if own, err = c.SharedPracticeGroup(ctx, practice); err == nil {
			members = slices.Insert(members, 0, client.NetworkMember{ID: client.Tell(practice), Name: own.Name})
		}
	}
	if err != nil {
		kit.AddError(diags, "Listing the network of practice group "+practice+" failed", err)
		return
	}
	m.PracticeGroups, m.IDs, m.JSON = []memberModel{}, []types.String{}, kit.JSON(raw)
	for _, member := range members {
		m.PracticeGroups = append(m.PracticeGroups, memberModel{ID: kit.StringFrom(member.ID), Name: kit.StringFrom(member.Name)})
		m.IDs = append(m.IDs, kit.StringFrom(member.ID))
	}
}
