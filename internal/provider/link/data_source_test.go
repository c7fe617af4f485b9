package link_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

const practice = mockapi.DefaultOwnPracticeID

// furnished is a Hero with a generic booking link, an expired one, one for a patient, and a form link, in this order.
func furnished(t *testing.T, options mockapi.Options) (mock *acctest.Mock, d *driver.Driver, ids []string) {
	t.Helper()
	mock = acctest.NewMock(t, options)
	for _, link := range []mockapi.Link{{}, {ExpiresAt: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}, {PatientID: "9000001"}} {
		ids = append(ids, mock.AddBookingLink(mockapi.BookingLink{Link: link, AppointmentTypeIDs: []string{"1"}}))
	}
	ids = append(ids, mock.AddFormLink(mockapi.FormLink{FormID: "101"}))
	d = mock.Driver(t, nil)
	return mock, d, ids
}

func TestLinkStatus_byURLAndByID(t *testing.T) {
	t.Parallel()
	for _, documented := range []bool{false, true} {
		mock, d, ids := furnished(t, mockapi.Options{DocumentedOnly: documented})
		for _, config := range []map[string]any{{"id": ids[1]}, {"url": mock.BookingLinks(practice)[1].URL}} {
			status := acctest.Read(t, d, "hero_link_status", config)
			if status.String("status") != "expired" || status.String("type") != "booking" {
				t.Errorf("got %v", status)
			}
			var whole map[string]any
			if err := json.Unmarshal([]byte(status.String("json")), &whole); err != nil || whole["reference"] == nil {
				t.Errorf("json is %s", status.String("json"))
			}
		}
		if status := acctest.Read(t, d, "hero_link_status", map[string]any{"id": ids[3]}); status.String("type") != "form" || status.String("status") != "unused" {
			t.Errorf("got %v", status)
		}
	}
}

func TestLinkStatus_namesExactlyOneLink(t *testing.T) {
	t.Parallel()
	mock, d, _ := furnished(t, mockapi.Options{})
	mock.ResetRequests()
	d.ValidateDataSource("hero_link_status", nil).RequireError(t, "No link is named")
	both := map[string]any{"id": "1", "url": "https://bookings.herohealth.net/s/abc123"}
	if diags := d.ValidateDataSource("hero_link_status", both); len(diags) != 1 || diags[0].Attribute != "id" {
		t.Errorf("got %s", diags)
	}
	for _, unknown := range []map[string]any{{"id": driver.Unknown}, {"id": driver.Unknown, "url": "https://bookings.herohealth.net/s/abc123"}} {
		d.ValidateDataSource("hero_link_status", unknown).RequireNone(t)
	}
	if n := mock.Count("", ""); n != 0 {
		t.Errorf("%d requests", n)
	}
}

func TestLinkStatus_ofNothingIsAnErrorOnWhatNamedIt(t *testing.T) {
	t.Parallel()
	mock, d, _ := furnished(t, mockapi.Options{})
	for attribute, value := range map[string]string{"id": "4711", "url": "https://bookings.herohealth.net/s/nothing"} {
		_, diags := d.ReadDataSource("hero_link_status", map[string]any{attribute: value})
		if len(diags) != 1 || diags[0].Attribute != attribute || !diags.Has(driver.Error, "hero_short_links") {
			t.Errorf("got %s", diags)
		}
	}
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: 500})
	_, diags := d.ReadDataSource("hero_link_status", map[string]any{"id": "4711"})
	diags.RequireError(t, "failed")
}

func TestShortLinks_leavesLinksOfSinglePatientsOut(t *testing.T) {
	t.Parallel()
	mock, d, ids := furnished(t, mockapi.Options{})
	list := acctest.Read(t, d, "hero_short_links", nil)
	acctest.Equal(t, "ids", list.List("ids"), []any{ids[0], ids[1], ids[3]})
	if got := mock.Requests()[0].Query.Get("exclude_patient_specific_links"); got != "true" {
		t.Errorf("asked with %q", got)
	}
	acctest.Equal(t, "a link", list.Get("short_links.1"), map[string]any{
		"id": ids[1], "url": mock.BookingLinks(practice)[1].URL, "type": "booking", "status": "expired", "expires_at": "2020-01-01T00:00:00Z", "patient_id": nil,
	})

	list, diags := d.ReadDataSource("hero_short_links", map[string]any{"include_patient_links": true})
	diags.RequireNoErrors(t)
	diags.RequireWarning(t, "Patients' data is stored in state")
	acctest.Equal(t, "ids", list.List("ids"), []any{ids[0], ids[1], ids[2], ids[3]})
	if list.String("short_links.2.patient_id") != "9000001" {
		t.Errorf("got %v", list.Get("short_links.2"))
	}
}

func TestShortLinks_leavesThemOutAlsoWhenHeroDoesNotFilter(t *testing.T) {
	t.Parallel()
	d := acctest.NewBodies(t, map[string]string{"/v1/short_links": `{"data":[{"id":1,"patient_id":null},{"id":2,"patient_id":"9000001"},{"id":3}],"count":3}`}).Driver(t, nil)
	list := acctest.Read(t, d, "hero_short_links", nil)
	acctest.Equal(t, "ids", list.List("ids"), []any{"1", "3"})
	if strings.Contains(list.String("json"), "9000001") {
		t.Error("json holds a patient's link")
	}
}

func TestShortLinks_patientLinksFollowTheRuleOnPatientsData(t *testing.T) {
	t.Parallel()
	mock, _, _ := furnished(t, mockapi.Options{})
	mock.ResetRequests()
	denied := mock.Driver(t, map[string]any{"patient_data_in_state": "deny"})
	acctest.Read(t, denied, "hero_short_links", nil)
	_, diags := denied.ReadDataSource("hero_short_links", map[string]any{"include_patient_links": true})
	diags.RequireError(t, "may not be stored")
	if n := mock.Count("", ""); n != 1 {
		t.Errorf("%d requests", n)
	}
	acctest.Read(t, mock.Driver(t, map[string]any{"patient_data_in_state": "allow"}), "hero_short_links", map[string]any{"include_patient_links": true})
}

func TestShortLinks_passesAllFiltersOn(t *testing.T) {
	t.Parallel()
	mock, d, ids := furnished(t, mockapi.Options{})
	list := acctest.Read(t, d, "hero_short_links", map[string]any{"type": "booking", "status": "expired", "order_by": "expiry_date", "order_descending": true})
	acctest.Equal(t, "ids", list.List("ids"), []any{ids[1]})
	query := mock.Requests()[0].Query
	for name, want := range map[string]string{"type": "booking", "status": "expired", "order_by": "expiry_date", "order_descending": "true"} {
		if query.Get(name) != want {
			t.Errorf("%s was asked with %q", name, query.Get(name))
		}
	}
}

func TestShortLinks_comesWhole(t *testing.T) {
	t.Parallel()
	for _, first := range []int{0, 1} {
		mock := acctest.NewMock(t, mockapi.Options{FirstPageIndex: first, Seed: mockapi.Seed{BookingLinks: 150}, MaxPageSize: 40})
		list := acctest.Read(t, mock.Driver(t, nil), "hero_short_links", map[string]any{"practice_group_id": "15"})
		if n := len(list.List("short_links")); n != 150 || len(list.List("ids")) != n {
			t.Errorf("%d links", n)
		}
	}
}

func TestShortLinks_refusesEmptyFiltersAndReportsFailures(t *testing.T) {
	t.Parallel()
	mock, d, _ := furnished(t, mockapi.Options{})
	for _, name := range []string{"type", "status", "order_by"} {
		d.ValidateDataSource("hero_short_links", map[string]any{name: ""}).RequireError(t, "is empty")
	}
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: 400, Body: fmt.Sprintf(`{"error":true,"statusCode":400,"message":[{"code":"invalid","expected":"a column","path":[%q]}]}`, "order_by")})
	_, diags := d.ReadDataSource("hero_short_links", map[string]any{"order_by": "colour"})
	if len(diags) != 1 || diags[0].Attribute != "order_by" {
		t.Errorf("got %s", diags)
	}
}

func TestLinks_readTheDocumentationsSamples(t *testing.T) {
	t.Parallel()
	d := acctest.NewSample(t).Driver(t, nil)
	if status := acctest.Read(t, d, "hero_link_status", map[string]any{"id": "12345"}); status.String("status") != "unused" || status.String("type") != "booking" {
		t.Errorf("got %v", status)
	}
	if list := acctest.Read(t, d, "hero_short_links", nil); list.IsNull("json") {
		t.Errorf("got %v", list)
	}
}
