package practicegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var _ datasource.DataSourceWithConfigure = (*configurationDataSource)(nil)

// NewDataSourceConfiguration is the data source hero_practice_group_configuration.
func NewDataSourceConfiguration() datasource.DataSource { return &configurationDataSource{} }

type configurationDataSource struct{ kit.DataSourceBase }

type configurationModel struct {
	PracticeGroupID types.String         `tfsdk:"practice_group_id"`
	JSON            jsontypes.Normalized `tfsdk:"json"`
}

// Metadata implements [datasource.DataSource].
func (d *configurationDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_practice_group_configuration"
}

// Schema implements [datasource.DataSource].
func (d *configurationDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads a practice group's configuration. Hero does not document what it holds, so it comes as JSON alone.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": practiceAttribute(),
			"json":              jsonAttribute("The whole answer as JSON; without members that are called credentials, password, secret, api_key or access_token."),
		},
	}
}

// Read implements [datasource.DataSource].
func (d *configurationDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config configurationModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	c, practice, ok := start(d.Data, config.PracticeGroupID, &resp.Diagnostics)
	if !ok {
		return
	}
	found, err := c.Configuration(ctx, practice)
	if err != nil {
		kit.AddError(&resp.Diagnostics, "Reading the configuration of practice group "+practice+" failed", err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, configurationModel{PracticeGroupID: types.StringValue(practice), JSON: kit.JSON(found, withoutCredentials())})...)
}
