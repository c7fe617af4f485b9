package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const sampleFormResponse = `{"id": 0, "form_id": 0, "client_id": 0, "appointment_id": 0, "invoice_id": 0, "practice_group_id": 0, "created_at": "2019-08-24T14:15:22Z",
	"updated_at": "string", "hidden": true, "emis_file_record_at": "string", "short_link_id": 0, "admin_id": 0, "write_to_record_error": "string"}`

func TestFormResponse_readsTheDocumentedSample(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, answers(200, sampleFormResponse))
	r, err := c.FormResponse(t.Context(), practiceA, "0")
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]Field[string]{
		"id": r.ID, "form": r.FormID, "client": r.ClientID, "appointment": r.AppointmentID, "invoice": r.InvoiceID, "practice group": r.PracticeGroupID,
		"short link": r.ShortLinkID, "admin": r.AdminID,
	} {
		valueOf(t, name, f, "0")
	}
	for name, f := range map[string]Field[string]{"updated": r.UpdatedAt, "emis": r.EmisFileRecordAt, "error": r.WriteToRecordError} {
		valueOf(t, name, f, "string")
	}
	valueOf(t, "created", r.CreatedAt, "2019-08-24T14:15:22Z")
	valueOf(t, "hidden", r.Hidden, true)
	if string(r.Raw) != sampleFormResponse || fake.only(t).path != "/v1/form_response/0" {
		t.Errorf("asked %s, kept %s", fake.only(t), r.Raw)
	}
}

const sampleSubmission = `{"id": "string", "form_type": "questionnaire", "title": "string", "description": "string", "patient_title": "string",
	"patient_description": "string", "confirmation_message": "string", "snomed_code": "string", "fields": [{}], "patient_id":
	"string", "emis_file_record_at": "string", "created_at": "2019-08-24T14:15:22Z", "appointment_id": 0,
	"write_to_record_status": "string"}`

func TestFormSubmissionResponse_readsTheDocumentedSample(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, answers(200, sampleSubmission))
	r, err := c.FormSubmissionResponse(t.Context(), practiceA, "a")
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]Field[string]{
		"id": r.ID, "title": r.Title, "description": r.Description, "patient title": r.PatientTitle, "patient description": r.PatientDescription,
		"confirmation": r.ConfirmationMessage, "snomed": r.SnomedCode, "patient": r.PatientID, "emis": r.EmisFileRecordAt, "status": r.WriteToRecordStatus,
	} {
		valueOf(t, name, f, "string")
	}
	valueOf(t, "type", r.FormType, "questionnaire")
	valueOf(t, "created", r.CreatedAt, "2019-08-24T14:15:22Z")
	valueOf(t, "appointment", r.AppointmentID, "0")
	if fields := r.Fields.Or(nil); len(fields) != 1 || string(fields[0].Raw) != "{}" || string(r.Raw) != sampleSubmission {
		t.Errorf("fields %+v of %s", fields, r.Raw)
	}
	if fake.only(t).path != "/v1/form_submission_response/a" {
		t.Errorf("asked %s", fake.only(t))
	}
}

func TestFormResponses_sendsEveryFilter(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, answers(200, `{"data":[{"id":1,"status":"failed","form_title":"Flu","patient_first_name":"Fictitious","patient_last_name":"Patient",
		"patient_full_name":"Fictitious Patient","service":null,"write_to_record_status":"of tomorrow"}],"count":1}`))
	list, err := c.FormResponses(t.Context(), practiceA, FormResponseFilter{
		Status: "failed", PatientFirstName: "f", PatientLastName: "l", PatientFullName: "f l", PatientID: "8", FormTitle: "t", FormType: "response", Service: "s",
		CreatedAt: []string{"2027-01-01", "2027-01-31"}, OrderBy: "patient_first_name", OrderDescending: new(true),
	}, 0)
	if err != nil || len(list.Items) != 1 {
		t.Fatalf("got %v", err)
	}
	item := list.Items[0]
	valueOf(t, "id", item.ID, "1")
	valueOf(t, "status", item.Status, "failed")
	valueOf(t, "title", item.FormTitle, "Flu")
	valueOf(t, "first name", item.PatientFirstName, "Fictitious")
	valueOf(t, "last name", item.PatientLastName, "Patient")
	valueOf(t, "full name", item.PatientFullName, "Fictitious Patient")
	valueOf(t, "write-back", item.WriteToRecordStatus, "of tomorrow")
	empty(t, "service", item.Service, true)
	const want = "created_at%5B%5D=2027-01-01&created_at%5B%5D=2027-01-31&form_title=t&form_type=response&order_by=patient_first_name&order_descending=true" +
		"&page_index=0&page_size=100&patient_first_name=f&patient_full_name=f+l&patient_id=8&patient_last_name=l&service=s&status=failed"
	if got := fake.requests()[0]; got.path != "/v2/form_responses" || got.query.Encode() != want {
		t.Errorf("asked %s with %s", got, got.query.Encode())
	}
}

func TestFormResponses_everyOneOnceAndInOrder(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 257, 10_000} {
		for _, size := range []int{25, 50, 100} {
			for _, first := range []int{0, 1} {
				if n == 10_000 && (size < 100 || first > 0) {
					continue // the shapes are covered by fewer
				}
				t.Run(fmt.Sprintf("%d, %d a page from %d", n, size, first), func(t *testing.T) {
					t.Parallel()
					_, c := newFakeHero(t, paged{items: rawItems(n, `{"id":%}`), largest: size, first: first}.ServeHTTP)
					list, err := c.FormResponses(t.Context(), practiceA, FormResponseFilter{}, 0)
					if err != nil || len(list.Items) != n || list.Count != int64(n) {
						t.Fatalf("got %v", err)
					}
					for i, item := range list.Items {
						if item.ID.Or("") != fmt.Sprint(i+1) {
							t.Fatalf("at %d: %s", i, item.Raw)
						}
					}
					var whole struct {
						Data  []json.RawMessage `json:"data"`
						Count int               `json:"count"`
					}
					if err := json.Unmarshal(list.Raw, &whole); err != nil || whole.Data == nil || len(whole.Data) != n || whole.Count != n {
						t.Errorf("the joined answer holds %d of %d, %v", len(whole.Data), whole.Count, err)
					}
				})
			}
		}
	}
}

func TestFormResponses_mostEndsEarlyAndAsksForNoMore(t *testing.T) {
	t.Parallel()
	for most, requests := range map[int]int{1: 1, 30: 1, 100: 1, 150: 2, 400: 3} {
		fake, c := newFakeHero(t, paged{items: rawItems(257, `{"id":%}`), largest: 100}.ServeHTTP)
		list, err := c.FormResponses(t.Context(), practiceA, FormResponseFilter{}, most)
		if err != nil || len(list.Items) != min(most, 257) || list.Count != 257 {
			t.Errorf("at most %d: got %v", most, err)
		}
		asked := fake.requests()
		if want := fmt.Sprint(min(most, 100)); len(asked) != requests || asked[0].query.Get("page_size") != want {
			t.Errorf("at most %d: asked %v", most, asked)
		}
	}
}

func TestCountFormResponses(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 2, 257} {
		for name, p := range map[string]paged{"0": {}, "1": {first: 1}, "1, 0 refused": {first: 1, refuses: true}} {
			t.Run(fmt.Sprintf("%d from page %s", n, name), func(t *testing.T) {
				t.Parallel()
				p.items, p.largest = rawItems(n, `{"id":%}`), 100
				fake, c := newFakeHero(t, p.ServeHTTP)
				count, err := c.CountFormResponses(t.Context(), practiceA, FormResponseFilter{Status: "failed"})
				if err != nil || count != int64(n) {
					t.Errorf("got %d, %v", count, err)
				}
				requests := fake.requests()
				if len(requests) > 3 || n > 1 && len(requests) > 2 {
					t.Errorf("%d requests", len(requests))
				}
				for _, request := range requests {
					if request.query.Get("page_size") != "1" || request.query.Get("status") != "failed" {
						t.Errorf("asked for %s", request.query.Encode())
					}
				}
			})
		}
	}
}

func TestCountFormResponses_countsItselfWhenHeroCountsThePageOrNothing(t *testing.T) {
	t.Parallel()
	for _, count := range []string{`,"count":`, ""} {
		for _, n := range []int{0, 1, 2, 30} {
			_, c := newFakeHero(t, func(w http.ResponseWriter, r *http.Request) {
				var index, size int
				_, _ = fmt.Sscan(r.URL.Query().Get("page_index"), &index)
				_, _ = fmt.Sscan(r.URL.Query().Get("page_size"), &size)
				items := rawItems(n, `{"id":%}`)[min(n, index*size):min(n, (index+1)*size)]
				data, _ := json.Marshal(items)
				ending := ""
				if count != "" {
					ending = count + fmt.Sprint(len(items))
				}
				answers(200, `{"data":`+string(data)+ending+`}`)(w, r)
			})
			if got, err := c.CountFormResponses(t.Context(), practiceA, FormResponseFilter{}); err != nil || got != int64(n) {
				t.Errorf("%d responses, envelope %q: got %d, %v", n, count, got, err)
			}
		}
	}
}

func TestFormResponses_anErrorNamesNoPatient(t *testing.T) {
	t.Parallel()
	_, c := newFakeHero(t, answers(500, ""))
	for _, err := range []error{
		func() error {
			_, err := c.FormResponses(t.Context(), practiceA, FormResponseFilter{PatientFullName: "Fictitious"}, 0)
			return err
		}(),
		func() error {
			_, err := c.CountFormResponses(t.Context(), practiceA, FormResponseFilter{PatientFullName: "Fictitious"})
			return err
		}(),
	} {
		if err == nil || strings.Contains(err.Error(), "Fictitious") {
			t.Errorf("got %v", err)
		}
	}
}

func TestFormResponse_nullIsNoObject(t *testing.T) {
	t.Parallel()
	var shape *ShapeError
	if _, err := newWiredClient(t, Config{}, answersWith(200, " null ")).FormResponse(t.Context(), testPractice, "7"); !errors.As(err, &shape) {
		t.Errorf("got %v", err)
	}
}
