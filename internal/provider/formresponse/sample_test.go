package formresponse_test

import (
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
)

// What the documentation's samples say, to the letter: ids are numbers in the one and text in the others, and the word "string" stands where a
// timestamp is.
const (
	sampleRecordJSON = `{"admin_id":0,"appointment_id":0,"client_id":0,"created_at":"2019-08-24T14:15:22Z","emis_file_record_at":"string","form_id":0,"hidden":true,` +
		`"id":0,"invoice_id":0,"practice_group_id":0,"short_link_id":0,"updated_at":"string","write_to_record_error":"string"}`
	sampleSubmissionJSON = `{"appointment_id":0,"confirmation_message":"string","created_at":"2019-08-24T14:15:22Z","description":"string","emis_file_record_at":"string",` +
		`"fields":[{"form_question_id":"string","name":"string"}],"form_type":"questionnaire","id":"string","patient_description":"string","patient_id":"string",` +
		`"patient_title":"string","snomed_code":"string","title":"string","write_to_record_status":"string"}`
)

func sampleSubmission(more map[string]any) driver.Object {
	object := driver.Object{
		"form_type": "questionnaire", "title": "string", "description": "string", "patient_title": "string", "patient_description": "string", "confirmation_message": "string",
		"snomed_code": "string", "patient_id": "string", "emis_file_record_at": "string", "created_at": "2019-08-24T14:15:22Z", "appointment_id": "0", "write_to_record_status": "string",
		"fields": []any{map[string]any{
			"form_question_id": "string", "name": "string", "type": nil, "value": nil, "values": nil, "json": `{"form_question_id":"string","name":"string"}`,
		}},
	}
	for name, value := range more {
		object[name] = value
	}
	return object
}

func TestFormResponse_readsTheDocumentationsSample(t *testing.T) {
	t.Parallel()
	bothFaces(t, acctest.NewSample(t), func(t *testing.T, read func(string, map[string]any) driver.Object) {
		acctest.Equal(t, "form response", read("hero_form_response", map[string]any{"id": "0"}), driver.Object{
			"practice_group_id": "0", "id": "0", "form_id": "0", "client_id": "0", "appointment_id": "0", "invoice_id": "0", "created_at": "2019-08-24T14:15:22Z",
			"updated_at": "string", "hidden": true, "emis_file_record_at": "string", "short_link_id": "0", "admin_id": "0", "write_to_record_error": "string", "json": sampleRecordJSON,
		})
	})
}

func TestFormSubmissionResponse_readsTheDocumentationsSample(t *testing.T) {
	t.Parallel()
	bothFaces(t, acctest.NewSample(t), func(t *testing.T, read func(string, map[string]any) driver.Object) {
		acctest.Equal(t, "submission", read("hero_form_submission_response", map[string]any{"id": "5"}),
			sampleSubmission(map[string]any{"practice_group_id": nil, "id": "5", "json": sampleSubmissionJSON}))
	})
}

func TestFormResponses_readTheDocumentationsSample(t *testing.T) {
	t.Parallel()
	bothFaces(t, acctest.NewSample(t), func(t *testing.T, read func(string, map[string]any) driver.Object) {
		responses := read("hero_form_responses", nil)
		acctest.Equal(t, "form_responses", responses.List("form_responses"), []any{map[string]any(sampleSubmission(map[string]any{
			"id": "string", "status": nil, "form_title": nil, "service": nil, "patient_first_name": nil, "patient_last_name": nil, "patient_full_name": nil,
		}))})
		acctest.Equal(t, "ids", responses.List("ids"), []any{"string"})
		acctest.Equal(t, "json", responses.String("json"), "["+sampleSubmissionJSON+"]")
		acctest.Equal(t, "total_count", responses.Int("total_count"), int64(1))
		acctest.Equal(t, "count", read("hero_form_responses", map[string]any{"count_only": true}).Int("total_count"), int64(1))
	})
}
