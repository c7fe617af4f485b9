package formresponse

import (
	"context"
	"encoding/json"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// NewDataSourceList is the data source hero_form_responses.
func NewDataSourceList() datasource.DataSource { return list().DataSource() }

// list reads all responses that pass the filters, or only counts them.
func list() kit.Reading[listModel] {
	return kit.Reading[listModel]{
		Name: "form_responses", Schema: listSchema, Validate: checkList, Read: readList,
		Stored: func(d *kit.Data, practice string, config listModel, diags *diag.Diagnostics) {
			object := "form responses" + config.inWords()
			switch {
			case !config.CountOnly.ValueBool():
				d.PatientDataStored("hero_form_responses", object, "form_responses with the patients' answers, ids and names, json", practice, diags)
			case config.namesPatient(): // the answer tells of nobody, but the arguments are stored beside it
				d.PatientDataStored("hero_form_responses", "the number of "+object, "the patient that the arguments name", practice, diags)
			}
		},
	}
}

type listModel struct {
	PracticeGroupID  types.String         `tfsdk:"practice_group_id"`
	CountOnly        types.Bool           `tfsdk:"count_only"`
	Status           types.String         `tfsdk:"status"`
	CreatedAt        types.List           `tfsdk:"created_at"`
	FormTitle        types.String         `tfsdk:"form_title"`
	FormType         types.String         `tfsdk:"form_type"`
	Service          types.String         `tfsdk:"service"`
	PatientID        types.String         `tfsdk:"patient_id"`
	PatientFirstName types.String         `tfsdk:"patient_first_name"`
	PatientLastName  types.String         `tfsdk:"patient_last_name"`
	PatientFullName  types.String         `tfsdk:"patient_full_name"`
	OrderBy          types.String         `tfsdk:"order_by"`
	OrderDescending  types.Bool           `tfsdk:"order_descending"`
	MaxResults       types.Int64          `tfsdk:"max_results"`
	TotalCount       types.Int64          `tfsdk:"total_count"`
	FormResponses    []itemModel          `tfsdk:"form_responses"`
	IDs              []types.String       `tfsdk:"ids"`
	JSON             jsontypes.Normalized `tfsdk:"json"`
}

type itemModel struct {
	ID types.String `tfsdk:"id"`
	submission
	Status           types.String `tfsdk:"status"`
	FormTitle        types.String `tfsdk:"form_title"`
	Service          types.String `tfsdk:"service"`
	PatientFirstName types.String `tfsdk:"patient_first_name"`
	PatientLastName  types.String `tfsdk:"patient_last_name"`
	PatientFullName  types.String `tfsdk:"patient_full_name"`
}

func listSchema() schema.Schema {
	item := map[string]schema.Attribute{
		"id":                 kit.Text(kit.Covered, "Hero's id of the response."),
		"status":             kit.Text(kit.Covered, "The status that the list filters by (inferred; null where Hero does not tell)."),
		"form_title":         kit.Text(kit.Covered, "The title that the list filters by (inferred; null where Hero does not tell)."),
		"service":            kit.Text(kit.Covered, "The service that the list filters by (inferred; null where Hero does not tell)."),
		"patient_first_name": kit.Text(kit.Covered, "The patient's first name (inferred; null where Hero does not tell)."),
		"patient_last_name":  kit.Text(kit.Covered, "The patient's last name (inferred; null where Hero does not tell)."),
		"patient_full_name":  kit.Text(kit.Covered, "The patient's whole name (inferred; null where Hero does not tell)."),
	}
	maps.Copy(item, submissionAttributes(kit.Covered))
	return schema.Schema{
		MarkdownDescription: "Counts or lists responses to forms. With `count_only = true` it answers in `total_count` how many there are, such as how many could not be written to a patient's record, and keeps nothing else: " +
			"no patient's data reaches state, unless an argument names a patient, and one small page, or two, is all that is asked of Hero.\n\n" +
			"Without `count_only` it lists all responses with the answers, all pages. That is patients' health data: the ephemeral resource of this name leaves nothing in state or plan, " +
			"the data source stores it, which `patient_data_in_state` of the provider rules. Hero does not document what the list's items hold; all of their attributes are inferred, and `json` holds whatever comes.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": kit.PracticeArgument(),
			"count_only":        kit.FlagArgument("`true` only counts: `total_count` is set, and `form_responses`, `ids` and `json` are null. Default `false`. Not together with `max_results`."),
			"status":            kit.TextArgument(kit.Shown, "Only responses of which the writing to the patient's record has this status. Hero documents `success` alone; check once that another value finds a response that you know."),
			"created_at": schema.ListAttribute{
				Optional: true, ElementType: types.StringType,
				Validators:          []validator.List{listvalidator.SizeBetween(1, 2), listvalidator.NoNullValues(), listvalidator.ValueStringsAre(kit.StringCheck("a date or a timestamp", checkMoment))},
				MarkdownDescription: "Only responses that were sent then: one or two values, each a date (`YYYY-MM-DD`) or an RFC 3339 timestamp. Hero documents neither the form nor the meaning; two look like the first and the last of a range (inferred).",
			},
			"form_title":         kit.TextArgument(kit.Shown, "Only responses to forms with this title. Hero filters."),
			"form_type":          kit.TextArgument(kit.Shown, "Only responses to forms of this type, such as `questionnaire`. Hero filters."),
			"service":            kit.TextArgument(kit.Shown, "Only responses of this service. Hero documents no values."),
			"patient_id":         kit.TextArgument(kit.Personal, "Only this patient's responses, by Hero's id. Hero filters."),
			"patient_first_name": kit.TextArgument(kit.Personal, "Only responses of patients with this first name. Hero filters."),
			"patient_last_name":  kit.TextArgument(kit.Personal, "Only responses of patients with this last name. Hero filters."),
			"patient_full_name":  kit.TextArgument(kit.Personal, "Only responses of patients with this whole name. Hero filters."),
			"order_by":           kit.TextArgument(kit.Shown, "What Hero sorts by: `patient_first_name` is the value that Hero documents. By default Hero's own order."),
			"order_descending":   kit.FlagArgument("`true` sorts downwards. By default Hero decides."),
			"max_results": schema.Int64Attribute{
				Optional: true, Validators: []validator.Int64{int64validator.AtLeast(1)},
				MarkdownDescription: "Read no more than so many, in Hero's order. By default all of them, whatever the number of pages.",
			},
			"total_count":    schema.Int64Attribute{Computed: true, MarkdownDescription: "How many responses pass the filters at Hero, whatever `max_results` says."},
			"form_responses": kit.ListOf(kit.Personal, "The responses, in Hero's order; null with `count_only`. It is sensitive as a whole, also what tells of nobody; `ids` and `total_count` are not.", item),
			"ids":            kit.IDs("responses"),
			"json":           kit.WholeJSON(kit.Personal, "An array of the responses"),
		},
	}
}

func readList(ctx context.Context, c *client.Client, practice string, m *listModel, diags *diag.Diagnostics) {
	fail := func(err error) {
		kit.AddError(diags, "Listing form responses"+m.inWords()+" of practice group "+practice+" failed", err,
			"status", "created_at", "form_title", "form_type", "service", "patient_id", "patient_first_name", "patient_last_name", "patient_full_name", "order_by", "order_descending")
	}
	if m.CountOnly.ValueBool() {
		count, err := c.CountFormResponses(ctx, practice, m.filter())
		if err != nil {
			fail(err)
			return
		}
		m.TotalCount = types.Int64Value(count)
		return
	}
	found, err := c.FormResponses(ctx, practice, m.filter(), int(m.MaxResults.ValueInt64()))
	if err != nil {
		fail(err)
		return
	}
	m.TotalCount = types.Int64Value(found.Count)
	m.FormResponses, m.IDs, m.JSON = kit.Listed(found.Items, listed, func(r client.FormResponseItem) (client.Field[string], json.RawMessage) { return r.ID, r.Raw })
}

func listed(r client.FormResponseItem) itemModel {
	return itemModel{
		ID: kit.StringFrom(r.ID), submission: submissionOf(r.FormSubmissionResponse), Status: kit.StringFrom(r.Status), FormTitle: kit.StringFrom(r.FormTitle), Service: kit.StringFrom(r.Service),
		PatientFirstName: kit.StringFrom(r.PatientFirstName), PatientLastName: kit.StringFrom(r.PatientLastName), PatientFullName: kit.StringFrom(r.PatientFullName),
	}
}
