package mockapi

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestForms_filter(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	for query, want := range map[string]string{
		"":                    "101 102 103",
		"search=ASTHMA":       "101",
		"search=join":         "102",
		"form_type=response":  "103",
		"reply_form=true":     "103",
		"reply_form=false":    "101 102",
		"search=none-of-them": "",
	} {
		equal(t, "forms for "+query, ids(hero.do(http.MethodGet, "/v1/forms?"+query, "").data(t)), want)
	}
	equal(t, "another practice's forms", ids(hero.as("15").do(http.MethodGet, "/v1/forms", "").data(t)), "150101 150102 150103")
	id := server.AddForm(Form{Title: "New", FormType: "questionnaire"})
	equal(t, "the added form", ids(hero.do(http.MethodGet, "/v1/forms?search=new", "").data(t)), "102 "+id)
}

// ids are the ids of the items, in order.
func ids(items []object) string {
	texts := make([]string, 0, len(items))
	for _, item := range items {
		texts = append(texts, str(item["id"]))
	}
	return strings.Join(texts, " ")
}

func TestForms_readWithTheirQuestions(t *testing.T) {
	t.Parallel()
	_, hero := mock(t, Options{})
	form := hero.do(http.MethodGet, "/v1/forms/101", "").must(t).object
	if missing, extra := keys(form, "id", "form_type", "title", "description", "patient_title", "patient_description", "snomed_code", "fields"); missing != nil || extra != nil {
		t.Errorf("lacks %q and has %q beside", missing, extra)
	}
	equal(t, "patient_description", form["patient_description"], nil)
	equal(t, "questions", len(arr(form["fields"])), 5)
	equal(t, "another practice's form", hero.as("15").do(http.MethodGet, "/v1/forms/101", "").status, http.StatusNotFound)
}

func TestFormResponses_readInBothWays(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	ids := server.AddFormResponses("12", 5)
	numbers := hero.do(http.MethodGet, "/v1/form_response/"+ids[4], "").must(t).object
	equal(t, "id", fmt.Sprint(numbers["id"]), ids[4])
	equal(t, "form_id", numbers["form_id"], any(101.0))
	equal(t, "practice_group_id", numbers["practice_group_id"], any(12.0))
	equal(t, "invoice_id", numbers["invoice_id"], nil)
	equal(t, "emis_file_record_at", numbers["emis_file_record_at"], nil)
	equal(t, "write_to_record_error", numbers["write_to_record_error"], any("The record system did not answer"))

	submission := hero.do(http.MethodGet, "/v1/form_submission_response/"+ids[0], "").must(t).object
	equal(t, "id", submission["id"], any(ids[0]))
	equal(t, "write_to_record_status", submission["write_to_record_status"], any("success"))
	var values []string
	for _, field := range arr(submission["fields"]) {
		values = append(values, fmt.Sprint(obj(field)["value"]))
	}
	equal(t, "values", strings.Join(values, "; "), "Made-up answer 1; 150; true; [Cough Wheeze]; <nil>")

	equal(t, "a missing one", hero.do(http.MethodGet, "/v1/form_response/7", "").status, http.StatusNotFound)
	equal(t, "another practice's", hero.as("15").do(http.MethodGet, "/v1/form_submission_response/"+ids[0], "").status, http.StatusNotFound)
}

func TestFormResponses_keepWhatIsAddedAndChanged(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{Clock: clock(june).time})
	id := server.AddFormResponse(FormResponse{
		Title: "Odd", Answers: []Answer{{QuestionID: "9", Name: "Weight", Type: "number", Value: 70.5, More: map[string]any{"unit": "kg"}}},
	})
	server.ChangeFormResponse(id, func(r *FormResponse) { r.WriteToRecordStatus = "pending" })
	got := hero.do(http.MethodGet, "/v1/form_submission_response/"+id, "").must(t).object
	equal(t, "status", got["write_to_record_status"], any("pending"))
	equal(t, "created_at", got["created_at"], any(june))
	equal(t, "field", fmt.Sprint(arr(got["fields"])[0]), "map[form_question_id:9 name:Weight type:number unit:kg value:70.5]")
	equal(t, "kept", server.FormResponses("12")[0].Title, "Odd")
	equal(t, "removed", server.RemoveFormResponse(id), true)
	equal(t, "left", len(server.FormResponses("12")), 0)
}

func TestFormResponses_filterAndOrder(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	server.AddFormResponses("12", 10)
	server.AddFormResponses("15", 1)
	server.AddFormResponse(FormResponse{
		FormType: "intake_form", Title: "New patient", PatientFirstName: "Another", PatientLastName: "Invention", Service: "online",
		PatientID: "1", CreatedAt: time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC), WriteToRecordStatus: "success",
	})
	for query, want := range map[string]int{
		"":              11,
		"status=failed": 2,
		"status=failed&patient_last_name=patient-00005":        1,
		"patient_first_name=Fictitious":                        10,
		"patient_full_name=Another+Invention":                  1,
		"form_title=Asthma+review":                             10,
		"form_type=intake_form":                                1,
		"patient_id=900003":                                    1,
		"service=online":                                       1,
		"created_at[]=2027-01-01":                              10,
		"created_at[]=2027-01-02&created_at[]=2027-02-01":      1,
		"created_at[]=2027-01-01T00:00:00Z":                    10,
		"created_at[]=2026-01-01&created_at[]=2026-12-31":      0,
		"page_index=1&page_size=4":                             4,
		"page_index=2&page_size=4&order_by=patient_first_name": 3,
	} {
		equal(t, query, len(hero.do(http.MethodGet, "/v2/form_responses?"+query, "").data(t)), want)
	}
	for order, want := range map[string]string{
		"order_by=patient_first_name":                          "1",
		"order_by=created_at&order_descending=true":            "1",
		"order_by=created_at":                                  "900000",
		"order_by=patient_last_name&order_descending=true":     "900009",
		"order_by=form_title&order_descending=true":            "1",
		"order_by=something+else":                              "900000",
		"page_index=10&page_size=1&order_by=patient_last_name": "900009",
	} {
		equal(t, "first by "+order, hero.do(http.MethodGet, "/v2/form_responses?"+order, "").data(t)[0]["patient_id"], any(want))
	}
	_, path := hero.do(http.MethodGet, "/v2/form_responses?created_at[]=a&created_at[]=b&created_at[]=c", "").complaint(t)
	equal(t, "path", path, "created_at")
}

func TestFormResponses_allPagesHoldEachOnce(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{FirstPageIndex: 1})
	want := strings.Join(server.AddFormResponses("12", 257), " ")
	for _, size := range []int{25, 50, 100} {
		var got []object
		for index := 1; ; index++ {
			items := hero.do(http.MethodGet, fmt.Sprintf("/v2/form_responses?page_index=%d&page_size=%d", index, size), "").data(t)
			if len(items) == 0 {
				break
			}
			got = append(got, items...)
		}
		equal(t, "ids", ids(got), want)
	}
}

func TestFormResponses_documentedOnlyKeepsWhatTheSampleShows(t *testing.T) {
	t.Parallel()
	_, hero := mock(t, Options{DocumentedOnly: true, Seed: Seed{FormResponses: 1}})
	item := hero.do(http.MethodGet, "/v2/form_responses", "").data(t)[0]
	equal(t, "keys", len(item), 14)
	// The members of a field were not seen, so that an undocumented one stays only where the contract does not name it.
	equal(t, "the first field", fmt.Sprint(arr(item["fields"])[0]), "map[]")
}
