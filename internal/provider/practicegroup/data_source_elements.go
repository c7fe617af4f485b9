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

// NewDataSourceElements is the data source hero_practice_group_elements.
func NewDataSourceElements() datasource.DataSource {
	return kit.Reading[elementsModel]{Name: "practice_group_elements", Schema: elementsSchema, Read: readElements}.DataSource()
}

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

func elementsSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Lists the Hero Elements (Hero's embeddable parts of a web page) that a practice group has.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": kit.PracticeArgument(),
			"elements": kit.ListOf(kit.Shown, "The elements, in Hero's order. Hero gives them no ids.", map[string]schema.Attribute{
				"version": kit.Text(kit.Shown, "The element's version; null for none."),
				"config":  kit.WholeJSON(kit.Shown, "The element's configuration, whose members Hero does not document,"),
				"element": kit.WholeJSON(kit.Shown, "The element itself, whose members Hero does not document (null for none),"),
			}),
			"json": kit.WholeJSON(kit.Shown, "The list"+lessCredentials),
		},
	}
}

func readElements(ctx context.Context, c *client.Client, practice string, m *elementsModel, diags *diag.Diagnostics) {
	found, err := c.Elements(ctx, practice)
	if err != nil {
		kit.AddError(diags, "Listing the elements of practice group "+practice+" failed", err)
		return
	}
	m.Elements, m.JSON = []elementModel{}, kit.JSON(found.Raw, withoutCredentials())
	for _, element := range found.Items {
		m.Elements = append(m.Elements, elementModel{
			Version: kit.StringFrom(element.Version),
			Config:  kit.JSON(element.Config.Or(nil), withoutCredentials()),
			Element: kit.JSON(element.Element.Or(nil), withoutCredentials()),
		})
	}
}
