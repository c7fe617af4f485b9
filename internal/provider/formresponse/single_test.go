package formresponse_test

import (
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestFormResponse_readsWhatBecameOfIt(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	id := mock.AddFormResponses("12", 5)[4]
	bothFaces(t, mock, func(t *testing.T, read func(string, map[string]any) driver.Object) {
		response := read("hero_form_response", map[string]any{"id": id})
		for attribute, want := range map[string]any{
			"practice_group_id": "12", "form_id": "101", "client_id": "900004", "appointment_id": nil, "invoice_id": nil, "created_at": "2027-01-01T09:04:00Z", "hidden": false,
			"emis_file_record_at": nil, "short_link_id": "7004", "admin_id": nil, "write_to_record_error": "The record system did not answer",
		} {
			acctest.Equal(t, attribute, response.Get(attribute), want)
		}
		acctest.Equal(t, "practice", read("hero_form_response", map[string]any{"id": id, "practice_group_id": "12"}).Get("practice_group_id"), "12")
	})
}

func TestFormSubmissionResponse_readsEveryKindOfAnswer(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	id := mock.AddFormResponse(mockapi.FormResponse{
		FormType: "a type of tomorrow", PatientID: "900001", AppointmentID: 77, WriteToRecordStatus: "success",
		Answers: []mockapi.Answer{
			{QuestionID: "1", Name: "Text", Type: "text", Value: "Made up"},
			{QuestionID: "2", Name: "Number", Type: "integer", Value: 172},
			{QuestionID: "3", Name: "Fraction", Type: "string", Value: 36.6},
			{QuestionID: "4", Name: "Yes or no", Type: "boolean", Value: false},
			{QuestionID: "5", Name: "Choices", Type: "checkboxes", Value: []string{"Cough", "Wheeze"}},
			{QuestionID: "6", Name: "No choice", Type: "checkboxes", Value: []string{}},
			{QuestionID: "7", Name: "Nothing", Type: "a kind of tomorrow", More: map[string]any{"coded": "asthmatic"}},
		},
	})
	answer := func(id, name, kind string, value, values any) map[string]any {
		return map[string]any{"form_question_id": id, "name": name, "type": kind, "value": value, "values": values}
	}
	bothFaces(t, mock, func(t *testing.T, read func(string, map[string]any) driver.Object) {
		response := read("hero_form_submission_response", map[string]any{"id": id})
		acctest.Equal(t, "form_type", response.Get("form_type"), "a type of tomorrow")
		acctest.Equal(t, "appointment_id", response.Get("appointment_id"), "77")
		acctest.Equal(t, "title", response.Get("title"), nil)
		acctest.Equal(t, "undocumented", response.Get("fields.6.json"), `{"coded":"asthmatic","form_question_id":"7","name":"Nothing","type":"a kind of tomorrow","value":null}`)
		for i, want := range []map[string]any{
			answer("1", "Text", "text", "Made up", nil), answer("2", "Number", "integer", "172", nil), answer("3", "Fraction", "string", "36.6", nil),
			answer("4", "Yes or no", "boolean", "false", nil), answer("5", "Choices", "checkboxes", nil, []any{"Cough", "Wheeze"}),
			answer("6", "No choice", "checkboxes", nil, []any{}), answer("7", "Nothing", "a kind of tomorrow", nil, nil),
		} {
			field, _ := response.List("fields")[i].(map[string]any)
			delete(field, "json")
			acctest.Equal(t, "field", field, want)
		}
	})
}

func TestFormResponses_readNullsAndOddValues(t *testing.T) {
	t.Parallel()
	mock := acctest.NewBodies(t, map[string]string{
		"/v1/form_response/1":            `{"id":12345678901234567890,"form_id":null,"hidden":"yes","created_at":7,"practice_group_id":null,"client_id":{"a":1}}`,
		"/v1/form_submission_response/1": `{"id":1,"fields":null,"patient_id":900001,"created_at":null}`,
		"/v1/form_submission_response/2": `{}`,
		"/v2/form_responses":             `[{"id":1,"fields":[null,3,{"value":{"a":1}},{"answer":"x"},{"value":[1,true,null,"y"]}],"status":"failed","patient_full_name":"Fictitious Patient-00001"},null]`,
	})
	bothFaces(t, mock, func(t *testing.T, read func(string, map[string]any) driver.Object) {
		one := read("hero_form_response", map[string]any{"id": "1"})
		acctest.Equal(t, "practice", one.Get("practice_group_id"), "12")
		acctest.Equal(t, "hidden", one.Get("hidden"), nil)
		acctest.Equal(t, "created_at", one.Get("created_at"), "7")
		acctest.Equal(t, "client_id", one.Get("client_id"), `{"a":1}`)
		acctest.Equal(t, "json", one.Get("json"), `{"client_id":{"a":1},"created_at":7,"form_id":null,"hidden":"yes","id":12345678901234567890,"practice_group_id":null}`)
		acctest.Equal(t, "fields", read("hero_form_submission_response", map[string]any{"id": "1"}).Get("fields"), nil)
		acctest.Equal(t, "patient_id", read("hero_form_submission_response", map[string]any{"id": "1"}).Get("patient_id"), "900001")
		acctest.Equal(t, "json", read("hero_form_submission_response", map[string]any{"id": "2"}).Get("json"), "{}")

		list := read("hero_form_responses", nil)
		acctest.Equal(t, "ids", list.List("ids"), []any{"1", nil})
		acctest.Equal(t, "full name", list.Get("form_responses.0.patient_full_name"), "Fictitious Patient-00001")
		acctest.Equal(t, "status", list.Get("form_responses.0.status"), "failed")
		acctest.Equal(t, "object as answer", list.Get("form_responses.0.fields.2.value"), nil)
		acctest.Equal(t, "other name", list.Get("form_responses.0.fields.3.value"), "x")
		acctest.Equal(t, "mixed choices", list.Get("form_responses.0.fields.4.values"), []any{"1", "true", "y"})
	})
}

func TestFormResponse_thatDoesNotExistIsAnError(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, stored)
	for typeName, what := range map[string]string{"hero_form_response": "Reading form response 9 of practice group 12 failed", "hero_form_submission_response": "Reading form submission response 9 of practice group 12 failed"} {
		faces(d, typeName, map[string]any{"id": "9"}, func(diags driver.Diagnostics) {
			diags.RequireError(t, what)
			diags.RequireError(t, "Check the ids")
		})
		for _, id := range []string{"", "..", "../me", "1?x=2", "1 "} {
			faces(d, typeName, map[string]any{"id": id}, func(diags driver.Diagnostics) { diags.RequireError(t, "This is not an id") })
		}
	}
}
