package formresponse

import (
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

func (m listModel) filter() client.FormResponseFilter {
	return client.FormResponseFilter{
		Status: m.Status.ValueString(), CreatedAt: kit.Texts(m.CreatedAt), FormTitle: m.FormTitle.ValueString(), FormType: m.FormType.ValueString(), Service: m.Service.ValueString(),
		PatientID: m.PatientID.ValueString(), PatientFirstName: m.PatientFirstName.ValueString(), PatientLastName: m.PatientLastName.ValueString(), PatientFullName: m.PatientFullName.ValueString(),
		OrderBy: m.OrderBy.ValueString(), OrderDescending: m.OrderDescending.ValueBoolPointer(),
	}
}

// namesPatient says whether the filters name a patient.
func (m listModel) namesPatient() bool {
	return !m.PatientID.IsNull() || !m.PatientFirstName.IsNull() || !m.PatientLastName.IsNull() || !m.PatientFullName.IsNull()
}

// inWords tells one list from another in a message: " (status failed)". Filters that name a patient are left out.
func (m listModel) inWords() string {
	var filters []string
	add := func(name string, value types.String) {
		if !value.IsNull() {
			filters = append(filters, name+" "+value.ValueString())
		}
	}
	add("status", m.Status)
	add("form_title", m.FormTitle)
	add("form_type", m.FormType)
	add("service", m.Service)
	if len(filters) == 0 {
		return ""
	}
	return " (" + strings.Join(filters, ", ") + ")"
}

// checkList refuses what would count wrongly in silence.
func checkList(config listModel, diags *diag.Diagnostics) {
	if config.CountOnly.ValueBool() && kit.Given(config.MaxResults) {
		diags.AddAttributeError(path.Root("max_results"), "count_only and max_results contradict each other",
			"With count_only = true nothing is kept, and all responses are counted. Remove one of the two.")
	}
	between := kit.Texts(config.CreatedAt)
	if len(between) != 2 {
		return
	}
	// A date's time zone is not known, so a date is only compared with a date.
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		first, errFirst := time.Parse(layout, between[0])
		last, errLast := time.Parse(layout, between[1])
		if errFirst == nil && errLast == nil && last.Before(first) {
			diags.AddAttributeError(path.Root("created_at"), "The range of created_at ends before it begins",
				"It goes from "+between[0]+" to "+between[1]+", so nothing could be found in it. Write the earlier value first.")
		}
	}
}

func checkMoment(req validator.StringRequest, value string, resp *validator.StringResponse) {
	_, errDate := time.Parse(time.DateOnly, value)
	_, errTime := time.Parse(time.RFC3339, value)
	if errDate != nil && errTime != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Neither a date nor a timestamp", "Write a date as 2027-01-31, or a timestamp as 2027-01-31T09:00:00Z.")
	}
}
