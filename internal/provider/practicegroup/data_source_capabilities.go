package practicegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var _ datasource.DataSourceWithConfigure = (*capabilitiesDataSource)(nil)

// NewDataSourceCapabilities is the data source hero_practice_group_capabilities.
func NewDataSourceCapabilities() datasource.DataSource { return &capabilitiesDataSource{} }

type capabilitiesDataSource struct{ kit.DataSourceBase }

type capabilitiesModel struct {
	PracticeGroupID types.String         `tfsdk:"practice_group_id"`
	Capabilities    types.Set            `tfsdk:"capabilities"`
	JSON            jsontypes.Normalized `tfsdk:"json"`
}

// Metadata implements [datasource.DataSource].
func (d *capabilitiesDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_practice_group_capabilities"
}

// Schema implements [datasource.DataSource].
func (d *capabilitiesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads what Hero has switched on for a practice group. Use it in a `precondition`, so that a plan fails where a practice lacks what a resource needs.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": practiceAttribute(),
			"capabilities":      schema.SetAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "The capabilities, such as `sms_messaging`. Hero does not publish a list of them. Null when Hero does not tell."},
			"json":              jsonAttribute("The whole answer, so that nothing undocumented is lost."),
		},
	}
}

// Read implements [datasource.DataSource].
func (d *capabilitiesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config capabilitiesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	c, practice, ok := start(d.Data, config.PracticeGroupID, &resp.Diagnostics)
	if !ok {
		return
	}
	found, err := c.Capabilities(ctx, practice)
	if err != nil {
		kit.AddError(&resp.Diagnostics, "Reading the capabilities of practice group "+practice+" failed", err)
		return
	}
	state := capabilitiesModel{PracticeGroupID: types.StringValue(practice), Capabilities: types.SetNull(types.StringType), JSON: kit.JSON(found.Raw)}
	if found.Names.Told {
		names, diags := types.SetValueFrom(ctx, types.StringType, found.Names.Or([]string{}))
		resp.Diagnostics.Append(diags...)
		state.Capabilities = names
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
