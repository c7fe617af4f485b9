package form

import (
	"context"
	"encoding/json"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// NewDataSourceList is the data source hero_forms.
func NewDataSourceList() datasource.DataSource {
	return kit.Reading[listModel]{Name: "forms", Schema: listSchema, Read: readList}.DataSource()
}

type listModel struct {
	PracticeGroupID types.String         `tfsdk:"practice_group_id"`
	Search          types.String         `tfsdk:"search"`
	ReplyForm       types.Bool           `tfsdk:"reply_form"`
	FormType        types.String         `tfsdk:"form_type"`
	Title           types.String         `tfsdk:"title"`
	Forms           []itemModel          `tfsdk:"forms"`
	IDs             []types.String       `tfsdk:"ids"`
	JSON            jsontypes.Normalized `tfsdk:"json"`
}

type itemModel struct {
	ID    types.String `tfsdk:"id"`
	Title types.String `tfsdk:"title"`
	texts
	ReplyForm types.Bool `tfsdk:"reply_form"`
}

func listSchema() schema.Schema {
	item := map[string]schema.Attribute{
		"id":         kit.Text(kit.Shown, "Hero's id, for `form_id` of a form link."),
		"title":      kit.Text(kit.Shown, "The title that staff see."),
		"reply_form": kit.Flag("Whether it is a form to reply with."),
	}
	maps.Copy(item, textAttributes())
	return schema.Schema{
		MarkdownDescription: "Lists the forms of a practice group. Forms hold no patients' data; the responses to them do.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": kit.PracticeArgument(),
			"search":            kit.TextArgument(kit.Shown, "Only what Hero finds for this text; where it looks is not documented."),
			"reply_form":        kit.FlagArgument("`true`: only forms to reply with; `false`: only others. Hero filters."),
			"form_type":         kit.TextArgument(kit.Shown, "Only forms of this type, such as `questionnaire`. Hero filters."),
			"title":             kit.TextArgument(kit.Shown, "Only forms with exactly this title; the provider filters. For one form that must exist there is the data source `hero_form`."),
			"forms":             kit.ListOf(kit.Shown, "The forms, in Hero's order.", item),
			"ids":               kit.IDs("forms"),
			"json":              kit.WholeJSON(kit.Shown, "An array of the forms"),
		},
	}
}

func readList(ctx context.Context, c *client.Client, practice string, m *listModel, diags *diag.Diagnostics) {
	wanted := client.FormFilter{Search: m.Search.ValueString(), ReplyForm: m.ReplyForm.ValueBoolPointer(), FormType: m.FormType.ValueString()}
	list, err := c.Forms(ctx, practice, wanted)
	if err != nil {
		kit.AddError(diags, "Listing the forms of practice group "+practice+" failed", err, "search", "reply_form", "form_type")
		return
	}
	found := kit.Matching(list.Items, m.Title, func(f client.Form, title string) bool { return f.Title.Or("") == title })
	m.Forms, m.IDs, m.JSON = kit.Listed(found, listed, func(f client.Form) (client.Field[string], json.RawMessage) { return f.ID, f.Raw })
}

func listed(f client.Form) itemModel {
	return itemModel{ID: kit.StringFrom(f.ID), Title: kit.StringFrom(f.Title), texts: textsOf(f), ReplyForm: kit.BoolFrom(f.ReplyForm)}
}
