package formresponse

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// NewSubmissionDataSource is the data source hero_form_submission_response.
func NewSubmissionDataSource() datasource.DataSource { return single().DataSource() }

// single reads one form as a patient filled it in.
func single() kit.Reading[submissionModel] {
	return kit.Reading[submissionModel]{
		Name: "form_submission_response", Schema: submissionSchema, Read: readSubmission,
		Stored: func(d *kit.Data, practice string, config submissionModel, diags *diag.Diagnostics) {
			d.PatientDataStored("hero_form_submission_response", "form submission response "+config.ID.ValueString(),
				"fields with the patient's answers, patient_id, appointment_id, json", practice, diags)
		},
	}
}

type submissionModel struct {
	PracticeGroupID types.String `tfsdk:"practice_group_id"`
	ID              types.String `tfsdk:"id"`
	submission
	JSON jsontypes.Normalized `tfsdk:"json"`
}

func submissionSchema() schema.Schema {
	attributes := map[string]schema.Attribute{
		"practice_group_id": kit.PracticeArgument(),
		"id":                kit.IDArgument("Hero's id of the response."),
		"json":              kit.WholeJSON(kit.Personal, "The filled-in form"),
	}
	maps.Copy(attributes, submissionAttributes(kit.Personal))
	return schema.Schema{
		MarkdownDescription: "Reads one form as a patient filled it in, with the answers. It is patients' health data: the ephemeral resource of this name leaves nothing in state or plan, " +
			"the data source stores it, which `patient_data_in_state` of the provider rules.",
		Attributes: attributes,
	}
}

func readSubmission(ctx context.Context, c *client.Client, practice string, m *submissionModel, diags *diag.Diagnostics) {
	r, err := c.FormSubmissionResponse(ctx, practice, m.ID.ValueString())
	if err != nil {
		kit.AddError(diags, fmt.Sprintf("Reading form submission response %s of practice group %s failed", m.ID.ValueString(), practice), err)
		return
	}
	m.submission, m.JSON = submissionOf(*r), kit.JSON(r.Raw)
}
