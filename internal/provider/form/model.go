// Package form is the forms that a practice group's patients fill in, looked up by data sources.
package form

import (
	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// texts is what a form says, in a list as in a read of one.
type texts struct {
	FormType           types.String `tfsdk:"form_type"`
	Description        types.String `tfsdk:"description"`
	PatientTitle       types.String `tfsdk:"patient_title"`
	PatientDescription types.String `tfsdk:"patient_description"`
	SnomedCode         types.String `tfsdk:"snomed_code"`
}

// fieldModel is a question of a form.
type fieldModel struct {
	FormQuestionID types.String         `tfsdk:"form_question_id"`
	Name           types.String         `tfsdk:"name"`
	Type           types.String         `tfsdk:"type"`
	JSON           jsontypes.Normalized `tfsdk:"json"`
}

func textAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"form_type":           kit.Text(kit.Shown, "What the form is for: `questionnaire`, `response`, `appointment`, `care_navigation`, `intake_form`, `structured_consult`. New values may appear."),
		"description":         kit.Text(kit.Shown, "The description that staff see."),
		"patient_title":       kit.Text(kit.Shown, "The title that patients see; null when it is `title` (inferred)."),
		"patient_description": kit.Text(kit.Shown, "The description that patients see; null when there is none."),
		"snomed_code":         kit.Text(kit.Shown, "The SNOMED CT code of the form; null when there is none."),
	}
}

func textsOf(f client.Form) texts {
	return texts{
		FormType: kit.StringFrom(f.FormType), Description: kit.StringFrom(f.Description), PatientTitle: kit.StringFrom(f.PatientTitle),
		PatientDescription: kit.StringFrom(f.PatientDescription), SnomedCode: kit.StringFrom(f.SnomedCode),
	}
}

func fieldsOf(f client.Form) []fieldModel {
	if f.Fields.Value == nil {
		return nil
	}
	fields := []fieldModel{}
	for _, field := range *f.Fields.Value {
		fields = append(fields, fieldModel{
			FormQuestionID: kit.StringFrom(field.FormQuestionID), Name: kit.StringFrom(field.Name), Type: kit.StringFrom(field.Type), JSON: kit.JSON(field.Raw),
		})
	}
	return fields
}
