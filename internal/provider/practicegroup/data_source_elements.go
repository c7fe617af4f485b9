package practicegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var _ datasource.DataSourceWithConfigure = (*elementsDataSource)(nil)

// NewDataSourceElements is the data source hero_practice_group_elements.
func NewDataSourceElements() datasource.DataSource { return &elementsDataSource{} }

type elementsDataSource struct{ kit.DataSourceBase }

type elementsModel struct {
	PracticeGroupID types.String         `tfsdk:"practice_group_id"`
	Elements        []elementModel       `tfsdk:"elements"`
	JSON            jsontypes.Normalized `tfsdk:"json"`
}

type elementModel struct {
	Version types.String         `tfsdk:"version"`
	Config  jsontypes.Normalized `tfsdk:"config"`
	Element jsontypes.Normalized `tfsdk:"element"`
}

// Metadata implements [datasource.DataSource].
func (d *elementsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_practice_group_elements"
}

// Schema implements [datasource.DataSource].
func (d *elementsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the Hero Elements (Hero's embeddable parts of a web page) that a practice group has.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": practiceAttribute(),
			"elements": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The elements, in Hero's order. Hero gives them no ids.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"version": computedString("The element's version; null for none."),
					"config":  jsonAttribute("The element's configuration as JSON, whose members Hero does not document."),
					"element": jsonAttribute("The element itself as JSON, whose members Hero does not document; null for none."),
				}},
			},
			"json": jsonAttribute("The whole answer, so that nothing undocumented is lost; without members that are called credentials, password, secret, api_key or access_token."),
		},
	}
}

// Read implements [datasource.DataSource].
func (d *elementsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config elementsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	c, practice, ok := start(d.Data, config.PracticeGroupID, &resp.Diagnostics)
	if !ok {
		return
	}
	found, err := c.Elements(ctx, practice)
	if err != nil {
		kit.AddError(&resp.Diagnostics, "Listing the elements of practice group "+practice+" failed", err)
		return
	}
	state := elementsModel{PracticeGroupID: types.StringValue(practice), Elements: []elementModel{}, JSON: kit.JSON(found.Raw, withoutCredentials())}
	for _, element := range found.Items {
		state.Elements = append(state.Elements, elementModel{
			Version: kit.StringFrom(element.Version),
			Config:  kit.JSON(element.Config.Or(nil), withoutCredentials()),
			Element: kit.JSON(element.Element.Or(nil), withoutCredentials()),
		})
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
