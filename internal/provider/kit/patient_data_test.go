package kit

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

func TestPatientData_isRuledByTheProvidersChoice(t *testing.T) {
	t.Parallel()
	judge := func(choice string) diag.Diagnostics {
		var diags diag.Diagnostics
		(&Data{PatientData: choice}).PatientDataStored("hero_form_response", "form response 5", "client_id, json", "12", &diags)
		return diags
	}
	if allowed := judge(PatientDataAllow); len(allowed) != 0 {
		t.Errorf("allow says %v", allowed)
	}
	for choice, severity := range map[string]diag.Severity{PatientDataWarn: diag.SeverityWarning, PatientDataDeny: diag.SeverityError} {
		said := judge(choice)
		if len(said) != 1 || said[0].Severity() != severity {
			t.Fatalf("%s says %v", choice, said)
		}
		// Terraform folds warnings with equal summaries into one.
		if !strings.Contains(said[0].Summary(), "form response 5 of practice group 12") {
			t.Errorf("the summary %q does not name object and practice", said[0].Summary())
		}
		for _, part := range []string{"ephemeral resource hero_form_response", "client_id, json", "patient_data_in_state"} {
			if !strings.Contains(said[0].Detail(), part) {
				t.Errorf("%s: the detail does not say %q: %s", choice, part, said[0].Detail())
			}
		}
	}
}

func TestPatientData_withoutATwinIsBetterLeftOut(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	(&Data{PatientData: PatientDataDeny}).PatientDataStored("", "booking link 5", "url", "12", &diags)
	if len(diags) != 1 || !strings.Contains(diags[0].Detail(), "Leave it out of Terraform") || strings.Contains(diags[0].Detail(), "ephemeral") {
		t.Errorf("it says %v", diags)
	}
}
