package client

import (
	"errors"
	"net/http"
	"testing"
)

func TestCreateFormLink_findsIDAndURLUnderTheNamesToBeExpected(t *testing.T) {
	t.Parallel()
	const u = "https://forms.herohealth.net/s/f1"
	for body, want := range map[string][2]string{
		`{"id":12,"short_link":"` + u + `"}`:                                {"12", u},
		`{"form_link":"` + u + `","form_link_uuid":"b-1"}`:                  {"b-1", u},
		`{"link":"` + u + `","uuid":"b-1"}`:                                 {"b-1", u},
		`{"url":"` + u + `"}`:                                               {"", u},
		`{"id":"12"}`:                                                       {"12", ""},
		`{"id":"12","form_link":{"a":1},"url":"` + u + `"}`:                 {"12", u},
		`{"id":null,"form_link_id":"9","short_link":"","link":"` + u + `"}`: {"9", u},
	} {
		fake, c := newFakeHero(t, answers(200, body))
		made, err := c.CreateFormLink(t.Context(), practiceA, NewFormLink{FormID: "3", PatientID: new("8")})
		if err != nil {
			t.Errorf("%s: %v", body, err)
			continue
		}
		if made.ID.Or("") != want[0] || made.URL.Or("") != want[1] || string(made.Raw) != body {
			t.Errorf("%s: got id %s, URL %s", body, show(made.ID), show(made.URL))
		}
		if request := fake.only(t); request.String() != "POST /v1/form_links" || request.body != `{"form_id":"3","patient_id":"8"}` {
			t.Errorf("sent %s %s", request, request.body)
		}
	}
}

func TestLinkStatus(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, answers(200, `{"status":"unused","type":"a kind of tomorrow","reference":[{"id":1}]}`))
	status, err := c.LinkStatus(t.Context(), practiceA, LinkRef{URL: "https://bookings.herohealth.net/s/a?b&c"})
	if err != nil {
		t.Fatal(err)
	}
	valueOf(t, "status", status.Status, "unused")
	valueOf(t, "type", status.Type, "a kind of tomorrow")
	if got := string(status.Reference.Or(nil)); got != `[{"id":1}]` {
		t.Errorf("reference is %s", got)
	}
	if _, err := c.LinkStatus(t.Context(), practiceA, LinkRef{ID: "12345"}); err != nil {
		t.Fatal(err)
	}
	requests := fake.requests()
	if requests[0].path != "/v1/links/status" || len(requests[0].query) != 1 || requests[0].query.Get("url") != "https://bookings.herohealth.net/s/a?b&c" {
		t.Errorf("asked %+v", requests[0])
	}
	if len(requests[1].query) != 1 || requests[1].query.Get("id") != "12345" {
		t.Errorf("asked %+v", requests[1])
	}
}

func TestLinkStatus_wantsExactlyOneName(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, answers(200, `{}`))
	for _, link := range []LinkRef{{}, {URL: "https://a", ID: "1"}} {
		if _, err := c.LinkStatus(t.Context(), practiceA, link); err == nil {
			t.Errorf("%+v was accepted", link)
		}
	}
	if n := len(fake.requests()); n != 0 {
		t.Errorf("%d requests were made", n)
	}
}

func TestLinkStatus_isGoneOnlyWhenThePracticeAnswers(t *testing.T) {
	t.Parallel()
	_, c := newFakeHero(t, answersByPath(map[string]string{"GET /v1/me": `{}`}))
	if _, err := c.LinkStatus(t.Context(), practiceA, LinkRef{ID: "1"}); !errors.Is(err, ErrGone) {
		t.Errorf("got %v", err)
	}
	_, c = newFakeHero(t, answers(http.StatusNotFound, ""))
	if _, err := c.LinkStatus(t.Context(), practiceA, LinkRef{ID: "1"}); errors.Is(err, ErrGone) {
		t.Errorf("got %v", err)
	}
}

func TestShortLinks_filtersAndItems(t *testing.T) {
	t.Parallel()
	items := rawItems(30, `{"id":%,"url":"https://h/%","type":"booking","status":"expired","expiry_date":"string","patient_id":null}`)
	items[1] = []byte(`{"short_link":"https://h/x","other":1}`)
	fake, c := newFakeHero(t, paged{items: items, largest: 25}.ServeHTTP)
	list, err := c.ShortLinks(t.Context(), practiceA, ShortLinkFilter{
		Type: "booking", Status: "expired", ExcludePatientSpecificLinks: new(true), OrderBy: "expiry_date", OrderDescending: new(false),
	})
	if err != nil || len(list.Items) != 30 {
		t.Fatalf("got %v", err)
	}
	first, second := list.Items[0], list.Items[1]
	valueOf(t, "id", first.ID, "1")
	valueOf(t, "url", first.URL, "https://h/1")
	valueOf(t, "type", first.Type, "booking")
	valueOf(t, "status", first.Status, "expired")
	valueOf(t, "expiry", first.ExpiryDate, "string")
	empty(t, "patient", first.PatientID, true)
	valueOf(t, "url", second.URL, "https://h/x")
	empty(t, "id", second.ID, false)
	empty(t, "patient", second.PatientID, false)
	if string(second.Raw) != string(items[1]) {
		t.Errorf("raw is %s", second.Raw)
	}
	const want = "exclude_patient_specific_links=true&order_by=expiry_date&order_descending=false&page_index=0&page_size=100&status=expired&type=booking"
	if got := fake.requests()[0].query.Encode(); got != want {
		t.Errorf("asked for %s", got)
	}
}
