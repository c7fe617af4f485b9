package formresponse_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// What a fictitious patient sent, in texts long enough to be searched for.
const (
	patientID  = "9000000001"
	lastName   = "Fictitious-Lastname"
	answerText = "made-up answer about health"
	writeError = "made-up failure to write"
)

const providerHCL = `
terraform {
  required_providers {
    hero = {
      source = "herohealth/hero"
    }
  }
}
`

// twins reads one response in each way and passes what it says on to where Terraform keeps nothing: a write-only argument.
const twins = `
variable "id" {}

ephemeral "hero_form_response" "it" {
  id = var.id
}

ephemeral "hero_form_submission_response" "it" {
  id = var.id
}

ephemeral "hero_form_responses" "all" {
  status = "failed"
}

ephemeral "hero_api_request" "it" {
  path  = "/v1/patients/${ephemeral.hero_form_submission_response.it.patient_id}"
  query = {}
}

resource "hero_webhook" "relay" {
  event_type         = "appointment.confirmed"
  url                = "https://hooks.example.com/hero"
  headers_wo_version = "1"
  headers_wo = {
    X-Record  = ephemeral.hero_form_response.it.write_to_record_error
    X-Answer  = ephemeral.hero_form_submission_response.it.fields[0].value
    X-Patient = one(ephemeral.hero_form_responses.all.form_responses[*].patient_id)
    X-Name    = jsondecode(ephemeral.hero_api_request.it.json).last_name
  }
}
`

// stores is the same by data sources, which store it.
const stores = `
variable "id" {}

data "hero_form_response" "it" {
  id = var.id
}

data "hero_form_submission_response" "it" {
  id = var.id
}

data "hero_form_responses" "all" {
  status = "failed"
}

data "hero_api_request" "it" {
  path = "/v1/patients/${data.hero_form_submission_response.it.patient_id}"
}
`

func patientMock(t *testing.T) (mock *acctest.Mock, responseID string) {
	t.Helper()
	mock = acctest.NewMock(t, mockapi.Options{})
	mock.SetRaw("12", "/v1/patients/"+patientID, map[string]any{"id": patientID, "last_name": lastName})
	responseID = mock.AddFormResponse(mockapi.FormResponse{
		PatientID: patientID, PatientLastName: lastName, WriteToRecordStatus: "failed", WriteToRecordError: writeError,
		Answers: []mockapi.Answer{{QuestionID: "1", Name: "How are you?", Type: "text", Value: answerText}},
	})
	return mock, responseID
}

func TestTwins_leaveNothingInStatePlanOrTraceLog(t *testing.T) {
	t.Parallel()
	mock, id := patientMock(t)
	tf := acctest.Terraform(t, acctest.TerraformOptions{
		Files: map[string]string{"main.tf": providerHCL + mock.HCL(`patient_data_in_state = "deny"`) + twins}, Env: map[string]string{"TF_VAR_id": id}, LogLevel: "TRACE",
	})
	tf.Plan("-out", "run.tfplan").RequireExit(t, 2)
	tf.Show("run.tfplan").RequireExit(t, 0)
	tf.Apply("run.tfplan").RequireExit(t, 0)
	tf.Show().RequireExit(t, 0)
	tf.Plan().RequireExit(t, 0)

	hooks := mock.Webhooks("12")
	if len(hooks) != 1 {
		t.Fatalf("Hero has the webhooks %+v", hooks)
	}
	acctest.Equal(t, "what arrived", hooks[0].Headers, map[string]string{"X-Record": writeError, "X-Answer": answerText, "X-Patient": patientID, "X-Name": lastName})
	acctest.AssertNoSecrets(t, tf.Artifacts(), patientID, lastName, answerText, writeError)
	if !bytes.Contains(tf.Log(), []byte("/v1/form_submission_response/…")) {
		t.Error("the log does not show the calls, so that it holds no secret proves nothing")
	}
}

// The other face shows that the search above would find what it looks for, and that what is stored is at least not printed.
func TestDataSources_storeWhatTheyReadAndPrintNoneOfIt(t *testing.T) {
	t.Parallel()
	mock, id := patientMock(t)
	tf := acctest.Terraform(t, acctest.TerraformOptions{
		Files: map[string]string{"main.tf": providerHCL + mock.HCL("") + stores}, Env: map[string]string{"TF_VAR_id": id}, LogLevel: "TRACE",
	})
	applied := tf.Apply().RequireExit(t, 0)
	state := tf.Artifacts()["terraform.tfstate"]
	for _, stored := range []string{patientID, lastName, answerText, writeError} {
		if !bytes.Contains(state, []byte(stored)) {
			t.Errorf("state does not hold %q", stored)
		}
	}
	// Terraform's time grows with the square of the sensitive paths, so that none may lie in an item of a list.
	if bytes.Contains(state, []byte(`"type": "index"`)) {
		t.Error("what is sensitive is flagged in each item of a list, not once for the list")
	}
	// The path of hero_api_request names the patient, and is printed.
	acctest.AssertNoSecrets(t, map[string][]byte{"output": []byte(applied.String()), "log": tf.Log()}, lastName, answerText, writeError)
	for _, object := range []string{"form response " + id, "form submission response " + id, "form responses (status failed)", "GET /v1/patients/" + patientID} {
		if !strings.Contains(applied.Stdout, "Patients' data is stored in state: "+object+" of") {
			t.Errorf("no warning of its own names %q:\n%s", object, applied)
		}
	}
}

func TestCountOnly_isAnEmptyPlanAndNamesNobody(t *testing.T) {
	t.Parallel()
	mock, _ := patientMock(t)
	tf := acctest.Terraform(t, acctest.TerraformOptions{Files: map[string]string{"main.tf": providerHCL + mock.HCL(`patient_data_in_state = "deny"`) + `
data "hero_form_responses" "failed" {
  count_only = true
  status     = "failed"
}

check "write_backs" {
  assert {
    condition     = data.hero_form_responses.failed.total_count == 0
    error_message = "${data.hero_form_responses.failed.total_count} responses could not be written to a record."
  }
}
`}})
	checked := tf.Plan().RequireExit(t, 0)
	if !strings.Contains(checked.Stdout+checked.Stderr, "1 responses could not be written to a record.") {
		t.Errorf("the check does not fail:\n%s", checked)
	}
	tf.Apply().RequireExit(t, 0)
	acctest.AssertNoSecrets(t, tf.Artifacts(), patientID, lastName, answerText, writeError)
}

// What the guide on patients' data says of ephemeral values in conditions.
func TestTwins_canBeAskedInConditions(t *testing.T) {
	t.Parallel()
	mock, id := patientMock(t)
	const condition = `
ephemeral "hero_form_response" "it" {
  id = "ID"
  POST
}

check "written" {
  assert {
    condition     = ephemeral.hero_form_response.it.write_to_record_error == null
    error_message = "The response could not be written to the record."
  }
}
`
	const postcondition = `lifecycle {
    postcondition {
      condition     = self.write_to_record_error == null
      error_message = "The response must be written to the record."
    }
  }`
	for _, c := range []struct {
		post string
		exit int
		says string
	}{{"", 0, "The response could not be written to the record."}, {postcondition, 1, "The response must be written to the record."}} {
		config := providerHCL + mock.HCL("") + strings.NewReplacer("ID", id, "POST", c.post).Replace(condition)
		tf := acctest.Terraform(t, acctest.TerraformOptions{Files: map[string]string{"main.tf": config}})
		planned := tf.Plan().RequireExit(t, c.exit)
		if said := planned.Stdout + planned.Stderr; !strings.Contains(said, c.says) {
			t.Errorf("it does not say %q:\n%s", c.says, planned)
		}
		acctest.AssertNoSecrets(t, tf.Artifacts(), writeError)
	}
}
