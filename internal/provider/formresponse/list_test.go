package formresponse_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestFormResponses_comeOnceEachAndInOrderWhateverThePages(t *testing.T) {
	t.Parallel()
	for _, size := range []int{25, 50, 100} {
		for _, first := range []int{0, 1} {
			t.Run(fmt.Sprintf("pages of %d from %d on", size, first), func(t *testing.T) {
				t.Parallel()
				mock := acctest.NewMock(t, mockapi.Options{MaxPageSize: size, FirstPageIndex: first, RefusePageZero: first == 1 && size == 50})
				want := texts(mock.AddFormResponses("12", 257))
				bothFaces(t, mock, func(t *testing.T, read func(string, map[string]any) driver.Object) {
					requireWhole(t, read("hero_form_responses", nil), want)
					limited := read("hero_form_responses", map[string]any{"max_results": 101})
					acctest.Equal(t, "limited", limited.List("ids"), want[:101])
					acctest.Equal(t, "total_count", limited.Int("total_count"), int64(257))
				})
			})
		}
	}
}

func TestFormResponses_tenThousandAreRead(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{SkipValidation: true})
	want := make([]any, 10_000)
	for i := range want {
		want[i] = mock.AddFormResponse(mockapi.FormResponse{PatientID: strconv.Itoa(900_000 + i)})
	}
	requireWhole(t, acctest.Read(t, mock.Driver(t, stored), "hero_form_responses", nil), want)
}

func texts(ids []string) []any {
	list := make([]any, len(ids))
	for i, id := range ids {
		list[i] = id
	}
	return list
}

// requireWhole holds that a list has exactly these responses, in this order, in each of its forms.
func requireWhole(t *testing.T, list driver.Object, want []any) {
	t.Helper()
	acctest.Equal(t, "ids", list.List("ids"), want)
	acctest.Equal(t, "total_count", list.Int("total_count"), int64(len(want)))
	var whole []struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal([]byte(list.String("json")), &whole); err != nil || len(whole) != len(want) || len(list.List("form_responses")) != len(want) {
		t.Fatalf("%d in json, %d in form_responses, %v", len(whole), len(list.List("form_responses")), err)
	}
	for i, item := range list.List("form_responses") {
		if typed, ok := item.(map[string]any); !ok || typed["id"] != want[i] || whole[i].ID != want[i] {
			t.Fatalf("item %d is %v, in json %s, and should be %v", i, typed["id"], whole[i].ID, want[i])
		}
	}
}

func TestFormResponses_readAnswersWithoutWhatIsNotDocumented(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{DocumentedOnly: true})
	mock.AddFormResponses("12", 3)
	bothFaces(t, mock, func(t *testing.T, read func(string, map[string]any) driver.Object) {
		acctest.Equal(t, "responses", len(read("hero_form_responses", nil).List("form_responses")), 3)
		acctest.Equal(t, "count", read("hero_form_responses", map[string]any{"count_only": true}).Int("total_count"), int64(3))
	})
}

func TestFormResponses_countOnlyAsksForOneSmallPageAndKeepsNothing(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	mock.AddFormResponses("12", 257)
	d := mock.Driver(t, nil)
	counted := acctest.Read(t, d, "hero_form_responses", map[string]any{"count_only": true})
	acctest.Equal(t, "total_count", counted.Int("total_count"), int64(257))
	for _, kept := range []string{"form_responses", "ids", "json"} {
		acctest.Equal(t, kept, counted.Get(kept), nil)
	}
	requests := mock.Requests()
	if len(requests) != 1 || requests[0].Query.Get("page_size") != "1" {
		t.Errorf("%d requests, the first of them %v", len(requests), requests[0].Query)
	}
	acctest.Equal(t, "failed", acctest.Read(t, d, "hero_form_responses", map[string]any{"count_only": true, "status": "failed"}).Int("total_count"), int64(51))
	acctest.Equal(t, "none", acctest.Read(t, d, "hero_form_responses", map[string]any{"count_only": true, "status": "pending"}).Int("total_count"), int64(0))
}

func TestFormResponses_countWhenHeroCountsNothing(t *testing.T) {
	t.Parallel()
	for name, envelope := range map[string]mockapi.ListEnvelope{"a bare array": mockapi.EnvelopeBareArray, "no count": mockapi.EnvelopeDataOnly, "a count as text": mockapi.EnvelopeCountAsString} {
		mock := acctest.NewMock(t, mockapi.Options{ListEnvelope: envelope})
		mock.AddFormResponses("12", 257)
		bothFaces(t, mock, func(t *testing.T, read func(string, map[string]any) driver.Object) {
			acctest.Equal(t, name, read("hero_form_responses", map[string]any{"count_only": true}).Int("total_count"), int64(257))
			acctest.Equal(t, name, read("hero_form_responses", nil).Int("total_count"), int64(257))
		})
	}
}

func TestFormResponses_sendEveryFilterToHero(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	ids := mock.AddFormResponses("12", 10)
	other := mock.AddFormResponse(mockapi.FormResponse{Title: "New patient", FormType: "intake_form", Service: "registration", PatientID: "800000", PatientFirstName: "Adam", PatientLastName: "Madeup", WriteToRecordStatus: "success"})
	for _, c := range []struct {
		config map[string]any
		query  string // the parameter that must be sent
		ids    []any
	}{
		{map[string]any{"status": "failed"}, "status", []any{ids[4], ids[9]}},
		{map[string]any{"form_title": "New patient"}, "form_title", []any{other}},
		{map[string]any{"form_type": "intake_form"}, "form_type", []any{other}},
		{map[string]any{"service": "registration"}, "service", []any{other}},
		{map[string]any{"patient_id": "900002"}, "patient_id", []any{ids[2]}},
		{map[string]any{"patient_first_name": "Adam"}, "patient_first_name", []any{other}},
		{map[string]any{"patient_last_name": "Patient-00003"}, "patient_last_name", []any{ids[2]}},
		{map[string]any{"patient_full_name": "Adam Madeup"}, "patient_full_name", []any{other}},
		{map[string]any{"created_at": []string{"2027-01-01"}}, "created_at[]", texts(ids)},
		{map[string]any{"created_at": []string{"2026-12-01", "2026-12-31"}}, "created_at[]", []any{}},
		{map[string]any{"order_by": "patient_first_name", "max_results": 1}, "order_by", []any{other}},
		{map[string]any{"order_descending": true, "created_at": []string{"2027-01-01"}, "max_results": 2}, "order_descending", []any{ids[9], ids[8]}},
	} {
		bothFaces(t, mock, func(t *testing.T, read func(string, map[string]any) driver.Object) {
			acctest.Equal(t, fmt.Sprint(c.config), read("hero_form_responses", c.config).List("ids"), c.ids)
		})
	}
	t.Cleanup(func() {
		sent := map[string]bool{}
		for _, request := range mock.Requests() {
			for parameter := range request.Query {
				sent[parameter] = true
			}
		}
		for _, parameter := range []string{"status", "form_title", "form_type", "service", "patient_id", "patient_first_name", "patient_last_name", "patient_full_name", "created_at[]", "order_by", "order_descending"} {
			if !sent[parameter] {
				t.Errorf("%s was never sent", parameter)
			}
		}
	})
}

func TestFormResponses_refuseWhatWouldCountWronglyInSilence(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, stored)
	for _, c := range []struct {
		config map[string]any
		says   string
	}{
		{map[string]any{"count_only": true, "max_results": 5}, "count_only and max_results contradict each other"},
		{map[string]any{"max_results": 0}, "at least 1"},
		{map[string]any{"created_at": []string{}}, "at least 1"},
		{map[string]any{"created_at": []string{"2027-01-01", "2027-01-02", "2027-01-03"}}, "at most 2"},
		{map[string]any{"created_at": []string{"yesterday"}}, "Neither a date nor a timestamp"},
		{map[string]any{"created_at": []string{"2027-02-30"}}, "Neither a date nor a timestamp"},
		{map[string]any{"created_at": []any{nil}}, "ull"},
		{map[string]any{"created_at": []string{"2027-01-31", "2027-01-01"}}, "The range of created_at ends before it begins"},
		{map[string]any{"created_at": []string{"2027-01-31T10:00:00Z", "2027-01-31T09:00:00Z"}}, "The range of created_at ends before it begins"},
		{map[string]any{"status": ""}, "empty"},
	} {
		faces(d, "hero_form_responses", c.config, func(diags driver.Diagnostics) { diags.RequireError(t, c.says) })
	}
	for _, config := range []map[string]any{
		{"created_at": []string{"2027-01-31T10:00:00Z", "2027-01-31"}},
		{"created_at": []string{"2027-01-31", "2027-01-31T00:00:00+01:00"}},
		{"created_at": []string{"2027-01-31", "2027-01-31"}},
		{"created_at": driver.Unknown},
		{"count_only": true, "max_results": driver.Unknown}, // it may turn out to be null
		{"created_at": []any{"2027-01-31", driver.Unknown}},
		{"count_only": driver.Unknown, "max_results": 5},
	} {
		d.ValidateDataSource("hero_form_responses", config).RequireNone(t)
	}
}

func TestFormResponses_thatCannotBeListedAreAnError(t *testing.T) {
	t.Parallel()
	d := acctest.NewBodies(t, map[string]string{"/v2/form_responses": `{"things":[]}`}).Driver(t, stored)
	for _, countOnly := range []bool{false, true} {
		faces(d, "hero_form_responses", map[string]any{"status": "failed", "patient_last_name": "Patient-00001", "count_only": countOnly}, func(diags driver.Diagnostics) {
			diags.RequireError(t, "Listing form responses (status failed) of practice group 12 failed")
			if diags.Has(driver.Error, "Patient-00001") {
				t.Error("the message names a patient")
			}
		})
	}
}
