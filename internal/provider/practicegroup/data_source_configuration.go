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

// NewDataSourceConfiguration is the data source hero_practice_group_configuration.
func NewDataSourceConfiguration() datasource.DataSource {
	return kit.Reading[configurationModel]{Name: "practice_group_configuration", Schema: configurationSchema, Read: readConfiguration}.DataSource()
}

type configurationModel struct {
	PracticeGroupID types.String         `tfsdk:"practice_group_id"`
	JSON            jsontypes.Normalized `tfsdk:"json"`
}

func configurationSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Reads a practice group's configuration. Hero does not document what it holds, so it comes as JSON alone.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": kit.PracticeArgument(),
			"json":              kit.WholeJSON(kit.Shown, "The configuration"+lessCredentials),
		},
	}
}

func readConfiguration(ctx context.Context, c *client.Client, practice string, m *configurationModel, diags *diag.Diagnostics) {
	found, err := c.Configuration(ctx, practice)
	if err != nil {
		kit.AddError(diags, "Reading the configuration of practice group "+practice+" failed", err)
		return
	}
	m.JSON = kit.JSON(found, withoutCredentials())
}
