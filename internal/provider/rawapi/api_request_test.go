package rawapi_test

import (
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

var stored = map[string]any{"patient_data_in_state": "allow"}

// bothFaces calls test with the data source and with its ephemeral twin, which must read the same.
func bothFaces(t *testing.T, d *driver.Driver, test func(read func(config map[string]any) driver.Object)) {
	t.Helper()
	test(func(config map[string]any) driver.Object {
		t.Helper()
		return acctest.Read(t, d, "hero_api_request", config)
	})
	test(func(config map[string]any) driver.Object {
		t.Helper()
		return acctest.Open(t, d, "hero_api_request", config)
	})
}

// refused calls check with what both faces say about a configuration.
func refused(d *driver.Driver, config map[string]any, check func(driver.Diagnostics)) {
	_, diags := d.ReadDataSource("hero_api_request", config)
	check(diags)
	_, diags = d.OpenEphemeral("hero_api_request", config)
	check(diags)
}

func TestAPIRequest_readsAnyPath(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	bothFaces(t, mock.Driver(t, stored), func(read func(map[string]any) driver.Object) {
		acctest.Equal(t, "object", read(map[string]any{"path": "/v1/patients/900001"}), driver.Object{
			"practice_group_id": nil, "path": "/v1/patients/900001", "query": nil, "allow_not_found": nil, "status_code": int64(200),
			"json": `{"first_name":"Fictitious","id":"900001","last_name":"Patient-00001"}`,
		})
		read(map[string]any{"path": "/v1/templates", "practice_group_id": "15", "query": map[string]any{"has_follow_up": []string{"true"}}})
	})
	last := mock.Requests()[len(mock.Requests())-1]
	if last.PracticeID != "15" || last.Query.Get("has_follow_up") != "true" {
		t.Errorf("sent %v for practice %s", last.Query, last.PracticeID)
	}
}

func TestAPIRequest_repeatsAParameterWithSeveralValues(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	acctest.Read(t, mock.Driver(t, stored), "hero_api_request", map[string]any{"path": "/v1/appointment_types", "query": map[string]any{"location_ids": []string{"5", "6"}}})
	acctest.Equal(t, "location_ids", mock.Requests()[0].Query["location_ids"], []string{"5", "6"})
}

func TestAPIRequest_notFoundIsAnErrorUnlessAllowed(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, stored)
	refused(d, map[string]any{"path": "/v1/patients/5"}, func(diags driver.Diagnostics) {
		diags.RequireError(t, "GET /v1/patients/5 for practice group 12 failed")
		diags.RequireError(t, "404")
	})
	refused(d, map[string]any{"path": "/v1/patients/5", "practice_group_id": "99", "allow_not_found": true}, func(diags driver.Diagnostics) { diags.RequireError(t, "403") })
	bothFaces(t, d, func(read func(map[string]any) driver.Object) {
		absent := read(map[string]any{"path": "/v1/patients/5", "allow_not_found": true})
		acctest.Equal(t, "status_code", absent.Get("status_code"), int64(404))
		acctest.Equal(t, "json", absent.Get("json"), nil)
	})
}

func TestAPIRequest_takesPathsAlone(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, stored)
	for _, path := range []string{
		"", "/", "v1/templates", "/v3/templates", "/v1/", "/v1", "https://api.herohealth.net/v1/templates", "//evil.example/v1/templates", "/v1/../v1/templates", "/v1/%2e%2e/templates",
		"/v1/templates#top", "/v1/templates?page_index=0", "/v1//templates", "/v1/a b", "/v1/a\\b", "/v1/%zz",
	} {
		refused(d, map[string]any{"path": path}, func(diags driver.Diagnostics) { diags.RequireError(t, "The path cannot be read") })
	}
	d.ValidateDataSource("hero_api_request", map[string]any{"path": driver.Unknown}).RequireNone(t)
	d.ValidateDataSource("hero_api_request", map[string]any{"path": "/v1/templates", "query": map[string]any{"a": nil}}).RequireError(t, "ull")
	d.ValidateDataSource("hero_api_request", map[string]any{"path": "/v1/templates", "query": map[string]any{"a": []any{nil}}}).RequireError(t, "ull")
}

func TestAPIRequest_readsEveryAnswer(t *testing.T) {
	t.Parallel()
	d := acctest.NewBodies(t, map[string]string{
		"/v1/number": "12345678901234567890", "/v1/null": "null", "/v1/empty": "", "/v1/blank": "\n", "/v1/array": `[{"b":1,"a":null}]`, "/v1/html": "<p>Fictitious Patient-00001</p>",
	}).Driver(t, stored)
	bothFaces(t, d, func(read func(map[string]any) driver.Object) {
		for path, want := range map[string]any{"/v1/number": "12345678901234567890", "/v1/null": "null", "/v1/empty": nil, "/v1/blank": nil, "/v1/array": `[{"a":null,"b":1}]`} {
			acctest.Equal(t, path, read(map[string]any{"path": path}).Get("json"), want)
		}
	})
	refused(d, map[string]any{"path": "/v1/html"}, func(diags driver.Diagnostics) {
		diags.RequireError(t, "Hero answered 200 with 31 bytes that are not JSON")
		if diags.Has(driver.Error, "Fictitious") {
			t.Error("the message repeats the answer")
		}
	})
}

func TestAPIRequest_leavesOutTheSecretsOfWebhooks(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	mock.AddWebhook(mockapi.Webhook{EventType: "appointment.confirmed", URL: "https://hooks.example.com/hero", SigningKey: "a-key-that-opens-doors", Headers: map[string]string{"Authorization": "Bearer opens-doors"}})
	bothFaces(t, mock.Driver(t, stored), func(read func(map[string]any) driver.Object) {
		text := read(map[string]any{"path": "/v1/webhooks"}).String("json")
		if !strings.Contains(text, `"headers":{"Authorization":null}`) || strings.Contains(text, "opens-doors") {
			t.Errorf("json is %s", text)
		}
	})
}

func TestAPIRequest_isRuledAsPatientsData(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	config := map[string]any{"path": "/v1/patients/900001"}
	_, diags := mock.Driver(t, nil).ReadDataSource("hero_api_request", config)
	diags.RequireNoErrors(t)
	if len(diags) != 1 || diags[0].Summary != "Patients' data is stored in state: GET /v1/patients/900001 of practice group 12" {
		t.Errorf("it says %s", diags)
	}
	mock.ResetRequests()
	denying := mock.Driver(t, map[string]any{"patient_data_in_state": "deny"})
	_, diags = denying.ReadDataSource("hero_api_request", config)
	diags.RequireError(t, "ephemeral resource hero_api_request")
	acctest.Equal(t, "requests", len(mock.Requests()), 0)
	acctest.Open(t, denying, "hero_api_request", config)
}

func TestAPIRequest_neverStoresAToken(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	mock.SetRaw("12", "/v1/partners/heidi/token", map[string]any{"token": "opens-doors"})
	d := mock.Driver(t, stored)
	config := map[string]any{"path": "/v1/partners/heidi/token"}
	for _, path := range []string{"/v1/partners/heidi/token", "/v1/partners/heidi/%74oken", "/v1/partners/heidi/%2574oken", "/v1/partners/heidi/Token"} {
		_, diags := d.ReadDataSource("hero_api_request", map[string]any{"path": path})
		diags.RequireError(t, "A token must not be stored in state")
	}
	acctest.Equal(t, "requests", len(mock.Requests()), 0)
	acctest.Equal(t, "json", acctest.Open(t, d, "hero_api_request", config).Get("json"), `{"token":"opens-doors"}`)
}
