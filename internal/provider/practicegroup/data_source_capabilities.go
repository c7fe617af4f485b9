package practicegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// NewDataSourceCapabilities is the data source hero_practice_group_capabilities.
func NewDataSourceCapabilities() datasource.DataSource {
	return kit.Reading[capabilitiesModel]{Name: "practice_group_capabilities", Schema: capabilitiesSchema, Read: readCapabilities}.DataSource()
}

type capabilitiesModel struct {
	PracticeGroupID types.String         `tfsdk:"practice_group_id"`
	Capabilities    types.Set            `tfsdk:"capabilities"`
	JSON            jsontypes.Normalized `tfsdk:"json"`
}

func capabilitiesSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Reads what Hero has switched on for a practice group. Use it in a `precondition`, so that a plan fails where a practice lacks what a resource needs.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": kit.PracticeArgument(),
			"capabilities":      schema.SetAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "The capabilities, such as `sms_messaging`. Hero does not publish a list of them. Null when Hero does not tell."},
			"json":              kit.WholeJSON(kit.Shown, "The answer"),
		},
	}
}

func readCapabilities(ctx context.Context, c *client.Client, practice string, m *capabilitiesModel, diags *diag.Diagnostics) {
	found, err := c.Capabilities(ctx, practice)
	if err != nil {
		kit.AddError(diags, "Reading the capabilities of practice group "+practice+" failed", err)
		return
	}
	m.Capabilities, m.JSON = types.SetNull(types.StringType), kit.JSON(found.Raw)
	if found.Names.Value != nil {
		names, problems := types.SetValueFrom(ctx, types.StringType, *found.Names.Value)
		diags.Append(problems...)
		m.Capabilities = names
	}
}
