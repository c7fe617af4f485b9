// Package formresponse is what patients answered to forms, read by data sources and by their ephemeral twins. It is patients' health data.
package formresponse

import (
	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// submission is a filled-in form without its id, read singly or in a list.
type submission struct {
	FormType            types.String  `tfsdk:"form_type"`
	Title               types.String  `tfsdk:"title"`
	Description         types.String  `tfsdk:"description"`
	PatientTitle        types.String  `tfsdk:"patient_title"`
	PatientDescription  types.String  `tfsdk:"patient_description"`
	ConfirmationMessage types.String  `tfsdk:"confirmation_message"`
	SnomedCode          types.String  `tfsdk:"snomed_code"`
	Fields              []answerModel `tfsdk:"fields"`
	PatientID           types.String  `tfsdk:"patient_id"`
	EmisFileRecordAt    types.String  `tfsdk:"emis_file_record_at"`
	CreatedAt           types.String  `tfsdk:"created_at"`
	AppointmentID       types.String  `tfsdk:"appointment_id"`
	WriteToRecordStatus types.String  `tfsdk:"write_to_record_status"`
}

// answerModel is a question of a form with the patient's answer.
type answerModel struct {
	FormQuestionID types.String         `tfsdk:"form_question_id"`
	Name           types.String         `tfsdk:"name"`
	Type           types.String         `tfsdk:"type"`
	Value          types.String         `tfsdk:"value"`
	Values         []types.String       `tfsdk:"values"`
	JSON           jsontypes.Normalized `tfsdk:"json"`
}

// The descriptions of what several of our types tell.
const (
	emisDescription    = "When it was filed in the patient's EMIS record, as Hero writes it; null when it was not (inferred)."
	createdDescription = "When the patient sent it, as Hero writes it (ISO 8601, UTC)."
)

// submissionAttributes describes submission. What the form itself says is the same for everybody and is shown; what tells of a patient is as
// sensitive as it is told to be.
func submissionAttributes(patients kit.Sensitivity) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"form_type":            kit.Text(kit.Shown, "What the form is for, such as `questionnaire` or `intake_form`. New values may appear."),
		"title":                kit.Text(kit.Shown, "The form's title that staff see."),
		"description":          kit.Text(kit.Shown, "The form's description that staff see."),
		"patient_title":        kit.Text(kit.Shown, "The form's title that patients see."),
		"patient_description":  kit.Text(kit.Shown, "The form's description that patients see."),
		"confirmation_message": kit.Text(kit.Shown, "What patients are told after they sent the form."),
		"snomed_code":          kit.Text(kit.Shown, "The SNOMED CT code of the form."),
		"fields": kit.ListOf(patients, "The questions with the patient's answers, in the form's order.", map[string]schema.Attribute{
			"form_question_id": kit.Text(kit.Covered, "Hero's id of the question."),
			"name":             kit.Text(kit.Covered, "The question."),
			"type":             kit.Text(kit.Covered, "How it is answered, such as `text`, `radio` or `checkboxes`. New values may appear."),
			"value":            kit.Text(kit.Covered, "The answer as a string, numbers and `true` or `false` included; null when there is none, and for several choices (the name that Hero gives it is inferred)."),
			"values": schema.ListAttribute{
				Computed: true, ElementType: types.StringType,
				MarkdownDescription: "The answers where several can be chosen; null for a single answer (the name that Hero gives it is inferred).",
			},
			"json": kit.WholeJSON(kit.Covered, "The question and the answer"),
		}),
		"patient_id":             kit.Text(patients, "Hero's id of the patient."),
		"emis_file_record_at":    kit.Text(kit.Shown, emisDescription),
		"created_at":             kit.Text(kit.Shown, createdDescription),
		"appointment_id":         kit.Text(patients, "Hero's id of the appointment that it belongs to; null when there is none."),
		"write_to_record_status": kit.Text(kit.Shown, "What became of writing it to the patient's record. Hero documents no values; `success` is one."),
	}
}

func submissionOf(r client.FormSubmissionResponse) submission {
	return submission{
		FormType: kit.StringFrom(r.FormType), Title: kit.StringFrom(r.Title), Description: kit.StringFrom(r.Description),
		PatientTitle: kit.StringFrom(r.PatientTitle), PatientDescription: kit.StringFrom(r.PatientDescription),
		ConfirmationMessage: kit.StringFrom(r.ConfirmationMessage), SnomedCode: kit.StringFrom(r.SnomedCode), Fields: answers(r.Fields),
		PatientID: kit.StringFrom(r.PatientID), EmisFileRecordAt: kit.StringFrom(r.EmisFileRecordAt), CreatedAt: kit.StringFrom(r.CreatedAt),
		AppointmentID: kit.StringFrom(r.AppointmentID), WriteToRecordStatus: kit.StringFrom(r.WriteToRecordStatus),
	}
}

// answers is null when Hero told no fields.
func answers(told client.Field[[]client.FormField]) []answerModel {
	if told.Value == nil {
		return nil
	}
	models := make([]answerModel, 0, len(*told.Value))
	for _, field := range *told.Value {
		answer := answerModel{
			FormQuestionID: kit.StringFrom(field.FormQuestionID), Name: kit.StringFrom(field.Name), Type: kit.StringFrom(field.Type),
			Value: kit.StringFrom(field.Value), JSON: kit.JSON(field.Raw),
		}
		if field.Values.Value != nil {
			answer.Values = []types.String{}
			for _, choice := range *field.Values.Value {
				answer.Values = append(answer.Values, types.StringValue(choice))
			}
		}
		models = append(models, answer)
	}
	return models
}
