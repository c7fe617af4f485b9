package mockapi

import (
	"net/http"
	"net/url"
	"testing"
)

func TestFormLinks_createAndAskForTheirStatus(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{Clock: clock(june).time})
	created := hero.do(http.MethodPost, "/v1/form_links", `{"form_id":"101","expiry_date":"2027-06-30","maximum_use_count":2}`).must(t).object
	id := str(created["id"])
	kept := server.FormLinks("12")[0]
	equal(t, "form", kept.FormID, "101")
	equal(t, "limit", kept.MaximumUses, 2)
	status := func() any {
		byID := hero.do(http.MethodGet, "/v1/links/status?id="+id, "").must(t).object
		byURL := hero.do(http.MethodGet, "/v1/links/status?url="+url.QueryEscape(str(created["short_link"])), "").must(t).object
		equal(t, "type", byID["type"], any("form"))
		equal(t, "status by URL", byURL["status"], byID["status"])
		return byID["status"]
	}
	equal(t, "status", status(), any("unused"))
	server.UseFormLink(id, 1)
	equal(t, "status after a use", status(), any("used"))
	server.ExpireFormLink(id)
	equal(t, "status after its time", status(), any("expired"))
	equal(t, "status for another practice", hero.as("15").do(http.MethodGet, "/v1/links/status?id="+id, "").status, http.StatusNotFound)
	server.RemoveFormLink(id)
	equal(t, "status when gone", hero.do(http.MethodGet, "/v1/links/status?id="+id, "").status, http.StatusNotFound)
}

func TestFormLinks_answerUnderTheKeysOfTheOptions(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		id, url string
		want    []string
	}{
		{"", "", []string{"id", "short_link"}},
		{"form_uuid", "form_link", []string{"form_uuid", "form_link"}},
		{"none", "link", []string{"link"}},
		{"id", "none", []string{"id"}},
		{"none", "none", nil},
	} {
		_, hero := mock(t, Options{FormLinkIDKey: test.id, FormLinkURLKey: test.url})
		created := hero.do(http.MethodPost, "/v1/form_links", `{"form_id":"101"}`).must(t).object
		if missing, extra := keys(created, test.want...); missing != nil || extra != nil {
			t.Errorf("lacks %q and has %q beside", missing, extra)
		}
	}
}

func TestFormLinks_documentedOnlyKeepsWhatTheCreateIsFor(t *testing.T) {
	t.Parallel()
	_, hero := mock(t, Options{DocumentedOnly: true})
	created := hero.do(http.MethodPost, "/v1/form_links", `{"form_id":"101"}`).must(t).object
	if missing, extra := keys(created, "id", "short_link"); missing != nil || extra != nil {
		t.Errorf("lacks %q and has %q beside", missing, extra)
	}
}

func TestFormLinks_refuseBadValues(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	_, path := hero.do(http.MethodPost, "/v1/form_links", `{"form_id":"101","expiry_date":"later"}`).complaint(t)
	equal(t, "path", path, "expiry_date")
	equal(t, "links", len(server.FormLinks("12")), 0)
}

func TestLinkStatus_wantsOneOfURLAndID(t *testing.T) {
	t.Parallel()
	_, hero := mock(t, Options{})
	for _, query := range []string{"", "?id=1&url=https://a.example"} {
		_, path := hero.do(http.MethodGet, "/v1/links/status"+query, "").complaint(t)
		equal(t, "path", path, "url")
	}
}

func TestShortLinks_filterAndOrder(t *testing.T) {
	t.Parallel()
	now := clock(june)
	server, hero := mock(t, Options{Clock: now.time})
	late := server.AddBookingLink(BookingLink{Link: Link{ExpiresAt: now.now.AddDate(0, 2, 0)}})
	soon := server.AddBookingLink(BookingLink{Link: Link{ExpiresAt: now.now.AddDate(0, 1, 0), PatientID: "77"}})
	past := server.AddFormLink(FormLink{Link: Link{ExpiresAt: now.now.AddDate(0, -1, 0)}})
	attachment := str(hero.do(http.MethodPost, "/v1/attachment_links", `{"ehr_file_id":"4","patient_id":"77"}`).must(t).object["attachment_uuid"])
	video := str(hero.do(http.MethodPost, "/v1/video_links", `{"patient_id":"77"}`).must(t).object["id"])
	server.AddBookingLink(BookingLink{Link: Link{PracticeID: "15"}})

	for query, want := range map[string][]string{
		"":                                    {late, soon, past, attachment, video},
		"order_descending=true":               {video, attachment, past, soon, late},
		"order_by=expiry_date":                {attachment, video, past, soon, late},
		"type=booking":                        {late, soon},
		"type=form":                           {past},
		"status=expired":                      {past},
		"status=unused&type=booking":          {late, soon},
		"exclude_patient_specific_links=true": {late, past},
		"page_index=1&page_size=2":            {past, attachment},
	} {
		items := hero.do(http.MethodGet, "/v1/short_links?"+query, "").data(t)
		var got []string
		for _, item := range items {
			got = append(got, str(item["id"]))
		}
		if len(got) != len(want) {
			t.Errorf("%s: got %q, want %q", query, got, want)
			continue
		}
		for i := range want {
			equal(t, query, got[i], want[i])
		}
	}
	equal(t, "bad expiry", hero.do(http.MethodPost, "/v1/attachment_links", `{"expiry_date":"x"}`).status, http.StatusBadRequest)
}
