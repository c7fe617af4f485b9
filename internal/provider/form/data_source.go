package form

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// NewDataSource is the data source hero_form.
func NewDataSource() datasource.DataSource {
	return kit.Reading[model]{Name: "form", Schema: formSchema, Validate: validate, Read: read}.DataSource()
}

type model struct {
	PracticeGroupID types.String `tfsdk:"practice_group_id"`
	ID              types.String `tfsdk:"id"`
	Title           types.String `tfsdk:"title"`
	texts
	Fields []fieldModel         `tfsdk:"fields"`
	JSON   jsontypes.Normalized `tfsdk:"json"`
}

func formSchema() schema.Schema {
	either := func(check validator.String, description string) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, Computed: true, Validators: []validator.String{check}, MarkdownDescription: description}
	}
	attributes := map[string]schema.Attribute{
		"practice_group_id": kit.PracticeArgument(),
		"id":                either(kit.ObjectID(), "Hero's id of the form, for `form_id` of a form link. Give it or `title`."),
		"title":             either(kit.NotEmpty(), "The title that staff see. Give it or `id`: the form with exactly this title is read, and none or several are an error."),
		"fields": kit.ListOf(kit.Shown, "The questions, in the form's order.", map[string]schema.Attribute{
			"form_question_id": kit.Text(kit.Shown, "Hero's id of the question."),
			"name":             kit.Text(kit.Shown, "The question."),
			"type":             kit.Text(kit.Shown, "How it is answered, such as `text`, `radio` or `checkboxes` (inferred; null where Hero does not tell). New values may appear."),
			"json":             kit.WholeJSON(kit.Shown, "The question"),
		}),
		"json": kit.WholeJSON(kit.Shown, "The form"),
	}
	maps.Copy(attributes, textAttributes())
	return schema.Schema{
		MarkdownDescription: "Reads one form of a practice group with its questions, by id or by its exact title. Forms hold no patients' data; the responses to them do.",
		Attributes:          attributes,
	}
}

func validate(config model, diags *diag.Diagnostics) {
	switch {
	case config.ID.IsNull() && config.Title.IsNull():
		diags.AddError("Which form?", "Neither id nor title is given. Give one of them.")
	case kit.Given(config.ID) && kit.Given(config.Title):
		diags.AddAttributeError(path.Root("title"), "Both id and title are given", "They could name two forms. Give one of them; the other is then read from Hero.")
	}
}

func read(ctx context.Context, c *client.Client, practice string, m *model, diags *diag.Diagnostics) {
	if m.ID.IsNull() {
		if m.ID = idByTitle(ctx, c, practice, m.Title.ValueString(), diags); diags.HasError() {
			return
		}
	}
	found, err := c.Form(ctx, practice, m.ID.ValueString())
	if err != nil {
		kit.AddError(diags, fmt.Sprintf("Reading form %s of practice group %s failed", m.ID.ValueString(), practice), err)
		return
	}
	if m.Title.IsNull() {
		m.Title = kit.StringFrom(found.Title)
	}
	m.texts, m.Fields, m.JSON = textsOf(*found), fieldsOf(*found), kit.JSON(found.Raw)
}

// idByTitle compares the titles of all forms: what Hero's own search finds is not documented.
func idByTitle(ctx context.Context, c *client.Client, practice, title string, diags *diag.Diagnostics) types.String {
	list, err := c.Forms(ctx, practice, client.FormFilter{})
	if err != nil {
		kit.AddError(diags, "Listing the forms of practice group "+practice+" failed", err)
		return types.StringNull()
	}
	var ids []string
	for _, f := range list.Items {
		if f.Title.Or("") == title && f.ID.Value != nil {
			ids = append(ids, *f.ID.Value)
		}
	}
	switch len(ids) {
	case 1:
		return types.StringValue(ids[0])
	case 0:
		diags.AddAttributeError(path.Root("title"), "No form has this title",
			fmt.Sprintf("None of the %d forms of practice group %s has exactly the title %q. Upper and lower case count. The data source hero_forms lists them.", len(list.Items), practice, title))
	default:
		diags.AddAttributeError(path.Root("title"), "Several forms have this title",
			fmt.Sprintf("In practice group %s the forms with the ids %s have the title %q. Give the id of the one that is meant instead.", practice, strings.Join(ids, ", "), title))
	}
	return types.StringNull()
}
