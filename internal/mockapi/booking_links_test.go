package mockapi

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

const aBookingLink = `{"appointment_type_id":"1","location_id":"5","from_date":"2027-06-01","to_date":"2027-06-30",` +
	`"expiry_date":"2027-06-30","maximum_use_count":3}`

// june is a day on which London is an hour ahead of UTC.
const june = "2027-06-10T12:00:00Z"

func TestBookingLinks_createAndRead(t *testing.T) {
	t.Parallel()
	_, hero := mock(t, Options{Clock: clock(june).time})
	created := hero.do(http.MethodPost, "/v1/booking_links", aBookingLink).must(t).object
	read := hero.do(http.MethodGet, "/v1/booking_links/"+str(created["id"]), "").must(t).object
	for _, link := range []object{created, read} {
		equal(t, "practice_group_id", link["practice_group_id"], any("12"))
		equal(t, "active", link["active"], any(true))
		equal(t, "expiry_date", link["expiry_date"], any("2027-06-30T22:59:59Z"))
		equal(t, "maximum_uses", link["maximum_uses"], any(3.0))
		equal(t, "unlimited_use", link["unlimited_use"], any(false))
		equal(t, "meta", fmt.Sprint(link["meta"]), "map[appointment_type_id:[1] from_date:2027-06-01 location_id:[5] practitioner_id:[] to_date:2027-06-30]")
	}
	equal(t, "short_link", read["short_link"], created["short_link"])
	equal(t, "for another practice", hero.as("15").do(http.MethodGet, "/v1/booking_links/"+str(created["id"]), "").status, http.StatusNotFound)
}

func TestBookingLinks_withoutLimitsSayNull(t *testing.T) {
	t.Parallel()
	_, hero := mock(t, Options{})
	link := hero.do(http.MethodPost, "/v1/booking_links", `{"appointment_type_id":"1","patient_id":"77"}`).must(t).object
	equal(t, "expiry_date", link["expiry_date"], nil)
	equal(t, "maximum_uses", link["maximum_uses"], nil)
	equal(t, "unlimited_use", link["unlimited_use"], any(true))
	equal(t, "patient_id", link["patient_id"], any("77"))
}

func TestBookingLinks_expiryTimes(t *testing.T) {
	t.Parallel()
	for rule, want := range map[ExpiryTime]string{
		ExpiresEndOfDayLondon: "2027-06-30T22:59:59Z", ExpiresStartOfDayLondon: "2027-06-29T23:00:00Z",
		ExpiresMidnightAfterLondon: "2027-06-30T23:00:00Z", ExpiresEndOfDayUTC: "2027-06-30T23:59:59Z",
		ExpiresStartOfDayUTC: "2027-06-30T00:00:00Z", ExpiresMidnightAfterUTC: "2027-07-01T00:00:00Z",
	} {
		_, hero := mock(t, Options{ExpiryTime: rule})
		equal(t, "expiry_date", hero.do(http.MethodPost, "/v1/booking_links", aBookingLink).object["expiry_date"], any(want))
	}
}

func TestBookingLinks_stopBeingActive(t *testing.T) {
	t.Parallel()
	now := clock(june)
	for name, end := range map[string]func(*Server, string){
		"expired by time":  func(*Server, string) { now.now = now.now.AddDate(0, 1, 0) },
		"expired by force": func(s *Server, id string) { s.ExpireBookingLink(id) },
		"used up":          func(s *Server, id string) { s.UseBookingLink(id, 3) },
		"switched off":     func(s *Server, id string) { s.ChangeBookingLink(id, func(l *BookingLink) { l.Inactive = true }) },
	} {
		now.now, _ = time.Parse(time.RFC3339, june)
		server, hero := mock(t, Options{Clock: now.time})
		id := str(hero.do(http.MethodPost, "/v1/booking_links", aBookingLink).object["id"])
		server.UseBookingLink(id, 2)
		active := func() any { return hero.do(http.MethodGet, "/v1/booking_links/"+id, "").object["active"] }
		equal(t, "active before it is "+name, active(), any(true))
		end(server, id)
		equal(t, "active when "+name, active(), any(false))
		server.Configure(func(o *Options) { o.ActiveStaysTrue = true })
		equal(t, "active for a careless Hero when "+name, active(), any(name != "switched off"))
	}
}

func TestBookingLinks_patchChangesAndClears(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{ExpiryTime: ExpiresStartOfDayUTC})
	created := hero.do(http.MethodPost, "/v1/booking_links", aBookingLink).object
	path := "/v1/booking_links/" + str(created["id"])
	changed := hero.do(http.MethodPatch, path, `{"appointment_type_id":"2","location_id":null,"practitioner_id":"8","from_date":null,`+
		`"to_date":"2027-07-31","expiry_date":"2027-08-01","maximum_use_count":9}`).must(t).object
	equal(t, "short_link", changed["short_link"], created["short_link"])
	equal(t, "expiry_date", changed["expiry_date"], any("2027-08-01T00:00:00Z"))
	equal(t, "maximum_uses", changed["maximum_uses"], any(9.0))
	equal(t, "meta", fmt.Sprint(changed["meta"]), "map[appointment_type_id:[2] from_date:<nil> location_id:[] practitioner_id:[8] to_date:2027-07-31]")
	cleared := hero.do(http.MethodPatch, path, `{"expiry_date":null,"maximum_use_count":null}`).must(t).object
	equal(t, "expiry_date", cleared["expiry_date"], nil)
	equal(t, "unlimited_use", cleared["unlimited_use"], any(true))
	equal(t, "the kept to_date", server.BookingLinks("12")[0].ToDate, "2027-07-31")
	equal(t, "patch of nothing", hero.do(http.MethodPatch, "/v1/booking_links/7", `{}`).status, http.StatusNotFound)
}

func TestBookingLinks_patchIgnoresAndRefusesAsTheOptionsSay(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{IgnoreOnPatch: []string{"maximum_use_count"}, RefuseOnPatch: []string{"expiry_date"}})
	path := "/v1/booking_links/" + str(hero.do(http.MethodPost, "/v1/booking_links", aBookingLink).object["id"])
	code, where := hero.do(http.MethodPatch, path, `{"expiry_date":"2028-01-01","location_id":"6"}`).complaint(t)
	equal(t, "code", code, "unrecognized_keys")
	equal(t, "path", where, "expiry_date")
	equal(t, "location after a refusal", server.BookingLinks("12")[0].LocationIDs[0], "5")
	changed := hero.do(http.MethodPatch, path, `{"maximum_use_count":9,"location_id":"6"}`).must(t).object
	equal(t, "maximum_uses", changed["maximum_uses"], any(3.0))
	equal(t, "location", server.BookingLinks("12")[0].LocationIDs[0], "6")
}

func TestBookingLinks_refuseBadValues(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	for field, value := range map[string]string{
		"expiry_date": `"31/12/2027"`, "from_date": `"soon"`, "to_date": `"2027-02-30"`, "maximum_use_count": "0.5",
	} {
		_, path := hero.do(http.MethodPost, "/v1/booking_links", fmt.Sprintf(`{"appointment_type_id":"1",%q:%s}`, field, value)).complaint(t)
		equal(t, "path", path, field)
		id := server.AddBookingLink(BookingLink{})
		_, path = hero.do(http.MethodPatch, "/v1/booking_links/"+id, fmt.Sprintf(`{%q:%s}`, field, value)).complaint(t)
		equal(t, "path", path, field)
		server.RemoveBookingLink(id)
	}
	equal(t, "links", len(server.BookingLinks("12")), 0)
}

func TestBookingLinks_listInPages(t *testing.T) {
	t.Parallel()
	for _, first := range []int{0, 1} {
		_, hero := mock(t, Options{FirstPageIndex: first, MaxPageSize: 10, DefaultPageSize: 4, Seed: Seed{BookingLinks: 25}})
		seen := map[any]bool{}
		for _, test := range []struct{ index, size, items int }{{first, 10, 10}, {first + 1, 10, 10}, {first + 2, 10, 5}, {first + 3, 10, 0}, {first, 999, 10}} {
			answer := hero.do(http.MethodGet, fmt.Sprintf("/v2/bookinglinks?page_index=%d&page_size=%d", test.index, test.size), "")
			equal(t, "items", len(answer.data(t)), test.items)
			equal(t, "count", answer.object["count"], any(25.0))
			for _, item := range answer.data(t) {
				seen[item["id"]] = true
			}
		}
		equal(t, "distinct links", len(seen), 25)
		equal(t, "items of a default page", len(hero.do(http.MethodGet, "/v2/bookinglinks", "").data(t)), 4)
		equal(t, "items of page 0", len(hero.do(http.MethodGet, "/v2/bookinglinks?page_index=0", "").data(t)), 4)
	}
}

func TestBookingLinks_refuseBadPages(t *testing.T) {
	t.Parallel()
	_, hero := mock(t, Options{FirstPageIndex: 1, RefusePageZero: true})
	for query, field := range map[string]string{
		"page_index=0": "page_index", "page_index=first": "page_index", "page_size=0": "page_size", "page_size=-1": "page_size",
	} {
		_, path := hero.do(http.MethodGet, "/v2/bookinglinks?"+query, "").complaint(t)
		equal(t, "path for "+query, path, field)
	}
}

func TestBookingLinks_listItemsAsTheOptionsSay(t *testing.T) {
	t.Parallel()
	for shape, size := range map[BookingLinkItemShape]int{ItemsFull: 11, ItemsPartial: 5, ItemsIDs: 1} {
		_, hero := mock(t, Options{BookingLinkItemShape: shape, Seed: Seed{BookingLinks: 1}})
		equal(t, "keys", len(hero.do(http.MethodGet, "/v2/bookinglinks", "").data(t)[0]), size)
	}
}

func TestBookingLinks_documentedOnlyKeepsWhatTheSampleShows(t *testing.T) {
	t.Parallel()
	_, hero := mock(t, Options{DocumentedOnly: true})
	link := hero.do(http.MethodPost, "/v1/booking_links", aBookingLink).must(t).object
	if missing, extra := keys(link, "id", "practice_group_id", "short_link", "active", "expiry_date", "maximum_uses",
		"number_of_uses", "open_count", "unlimited_use", "meta"); missing != nil || extra != nil {
		t.Errorf("lacks %q and has %q beside", missing, extra)
	}
	if missing, extra := keys(obj(link["meta"]), "appointment_type_id", "location_id"); missing != nil || extra != nil {
		t.Errorf("meta lacks %q and has %q beside", missing, extra)
	}
	listed := hero.do(http.MethodGet, "/v2/bookinglinks", "")
	equal(t, "keys of the list", len(listed.object), 1)
	equal(t, "keys of an item", len(listed.data(t)[0]), 10)
}
