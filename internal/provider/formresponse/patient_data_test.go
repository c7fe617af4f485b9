package formresponse_test

import (
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// patientReads are reads of patients' data, with how a message names them.
func patientReads(id string) map[string]struct {
	config map[string]any
	object string
} {
	return map[string]struct {
		config map[string]any
		object string
	}{
		"hero_form_response":            {map[string]any{"id": id}, "form response " + id},
		"hero_form_submission_response": {map[string]any{"id": id}, "form submission response " + id},
		"hero_form_responses":           {map[string]any{"status": "failed", "patient_last_name": "Patient-00001"}, "form responses (status failed)"},
	}
}

func TestPatientData_deniedIsAnErrorBeforeAnyCallThatNamesTheTwin(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	id := mock.AddFormResponses("12", 1)[0]
	d := mock.Driver(t, map[string]any{"patient_data_in_state": "deny"})
	for typeName, read := range patientReads(id) {
		_, diags := d.ReadDataSource(typeName, read.config)
		diags.RequireError(t, "Patients' data may not be stored: "+read.object+" of practice group 12")
		diags.RequireError(t, "ephemeral resource "+typeName)
	}
	if n := len(mock.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestPatientData_isWarnedOfOncePerObjectByDefault(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	id := mock.AddFormResponses("12", 1)[0]
	d := mock.Driver(t, nil)
	for typeName, read := range patientReads(id) {
		_, diags := d.ReadDataSource(typeName, read.config)
		diags.RequireNoErrors(t)
		if len(diags) != 1 || diags[0].Summary != "Patients' data is stored in state: "+read.object+" of practice group 12" {
			t.Errorf("%s says %s", typeName, diags)
		}
	}
}

func TestPatientData_rulesNeitherTwinsNorCounts(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	id := mock.AddFormResponses("12", 1)[0]
	for _, choice := range []string{"warn", "deny", "allow"} {
		d := mock.Driver(t, map[string]any{"patient_data_in_state": choice})
		for typeName, read := range patientReads(id) {
			acctest.Open(t, d, typeName, read.config)
		}
		acctest.Read(t, d, "hero_form_responses", map[string]any{"count_only": true})
	}
}

func TestPatientData_rulesACountWhoseArgumentsNameAPatient(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, map[string]any{"patient_data_in_state": "deny"})
	for _, argument := range []string{"patient_id", "patient_first_name", "patient_last_name", "patient_full_name"} {
		_, diags := d.ReadDataSource("hero_form_responses", map[string]any{"count_only": true, argument: "900001"})
		diags.RequireError(t, "the number of form responses of practice group 12")
		acctest.Open(t, d, "hero_form_responses", map[string]any{"count_only": true, argument: "900001"})
	}
}
