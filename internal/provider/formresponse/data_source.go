package formresponse

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// NewDataSource is the data source hero_form_response.
func NewDataSource() datasource.DataSource { return record().DataSource() }

// record reads the record that Hero keeps of a response: what it belongs to and what became of it, without the answers.
func record() kit.Reading[recordModel] {
	return kit.Reading[recordModel]{
		Name: "form_response", Schema: recordSchema, Read: readRecord,
		Stored: func(d *kit.Data, practice string, config recordModel, diags *diag.Diagnostics) {
			d.PatientDataStored("hero_form_response", "form response "+config.ID.ValueString(),
				"client_id, appointment_id, invoice_id, short_link_id, write_to_record_error, json", practice, diags)
		},
	}
}

type recordModel struct {
	PracticeGroupID    types.String         `tfsdk:"practice_group_id"`
	ID                 types.String         `tfsdk:"id"`
	FormID             types.String         `tfsdk:"form_id"`
	ClientID           types.String         `tfsdk:"client_id"`
	AppointmentID      types.String         `tfsdk:"appointment_id"`
	InvoiceID          types.String         `tfsdk:"invoice_id"`
	CreatedAt          types.String         `tfsdk:"created_at"`
	UpdatedAt          types.String         `tfsdk:"updated_at"`
	Hidden             types.Bool           `tfsdk:"hidden"`
	EmisFileRecordAt   types.String         `tfsdk:"emis_file_record_at"`
	ShortLinkID        types.String         `tfsdk:"short_link_id"`
	AdminID            types.String         `tfsdk:"admin_id"`
	WriteToRecordError types.String         `tfsdk:"write_to_record_error"`
	JSON               jsontypes.Normalized `tfsdk:"json"`
}

func recordSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Reads the record that Hero keeps of one response to a form: what it belongs to, and whether it could be written to the patient's record. " +
			"The answers are in `hero_form_submission_response`. It is patients' data: the ephemeral resource of this name leaves nothing in state or plan, " +
			"the data source stores it, which `patient_data_in_state` of the provider rules.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": schema.StringAttribute{
				Optional: true, Computed: true, Validators: []validator.String{kit.PracticeGroupID()},
				MarkdownDescription: kit.PracticeDescription + " When left out, it becomes the practice group that Hero says the response belongs to.",
			},
			"id":                    kit.IDArgument("Hero's id of the response."),
			"form_id":               kit.Text(kit.Shown, "Hero's id of the form."),
			"client_id":             kit.Text(kit.Personal, "Hero's id of the patient (inferred from the name)."),
			"appointment_id":        kit.Text(kit.Personal, "Hero's id of the appointment that it belongs to; null when there is none."),
			"invoice_id":            kit.Text(kit.Personal, "Hero's id of the invoice that it belongs to; null when there is none."),
			"created_at":            kit.Text(kit.Shown, createdDescription),
			"updated_at":            kit.Text(kit.Shown, "When it was last changed, as Hero writes it."),
			"hidden":                kit.Flag("Whether it is hidden in Hero."),
			"emis_file_record_at":   kit.Text(kit.Shown, emisDescription),
			"short_link_id":         kit.Text(kit.Personal, "Hero's id of the link by which the patient came; null when there is none."),
			"admin_id":              kit.Text(kit.Shown, "Hero's id of the member of staff who has to do with it; null when nobody has."),
			"write_to_record_error": kit.Text(kit.Personal, "Why it could not be written to the patient's record; null when it could."),
			"json":                  kit.WholeJSON(kit.Personal, "The record"),
		},
	}
}

func readRecord(ctx context.Context, c *client.Client, practice string, m *recordModel, diags *diag.Diagnostics) {
	r, err := c.FormResponse(ctx, practice, m.ID.ValueString())
	if err != nil {
		kit.AddError(diags, fmt.Sprintf("Reading form response %s of practice group %s failed", m.ID.ValueString(), practice), err)
		return
	}
	if m.PracticeGroupID.IsNull() {
		m.PracticeGroupID = types.StringValue(r.PracticeGroupID.Or(practice))
	}
	m.FormID, m.ClientID, m.AppointmentID, m.InvoiceID = kit.StringFrom(r.FormID), kit.StringFrom(r.ClientID), kit.StringFrom(r.AppointmentID), kit.StringFrom(r.InvoiceID)
	m.CreatedAt, m.UpdatedAt, m.EmisFileRecordAt = kit.StringFrom(r.CreatedAt), kit.StringFrom(r.UpdatedAt), kit.StringFrom(r.EmisFileRecordAt)
	m.ShortLinkID, m.AdminID, m.WriteToRecordError = kit.StringFrom(r.ShortLinkID), kit.StringFrom(r.AdminID), kit.StringFrom(r.WriteToRecordError)
	m.Hidden, m.JSON = kit.BoolFrom(r.Hidden), kit.JSON(r.Raw)
}
