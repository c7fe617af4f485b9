package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const wholeBookingLink = `{"id":7,"practice_group_id":"12","short_link":"https://bookings.herohealth.net/s/abc123","active":true,
	"expiry_date":"2027-12-31T23:59:59Z","maximum_uses":5,"number_of_uses":2,"open_count":9,"unlimited_use":false,
	"meta":{"appointment_type_id":["1"],"location_id":[5,6],"practitioner_id":[]}}`

func TestBookingLink_readsWhatIsDocumented(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, answers(200, wholeBookingLink))
	link, err := c.BookingLink(t.Context(), practiceA, "7")
	if err != nil {
		t.Fatal(err)
	}
	valueOf(t, "id", link.ID, "7")
	valueOf(t, "practice group", link.PracticeGroupID, "12")
	valueOf(t, "short link", link.ShortLink, "https://bookings.herohealth.net/s/abc123")
	valueOf(t, "active", link.Active, true)
	valueOf(t, "expiry", link.ExpiryDate, "2027-12-31T23:59:59Z")
	valueOf(t, "maximum uses", link.MaximumUses, 5)
	valueOf(t, "use limit", link.MaximumUseCount, 5)
	valueOf(t, "uses", link.NumberOfUses, 2)
	valueOf(t, "opened", link.OpenCount, 9)
	valueOf(t, "appointment types", link.AppointmentTypeID, []string{"1"})
	valueOf(t, "locations", link.LocationID, []string{"5", "6"})
	valueOf(t, "practitioners", link.PractitionerID, []string{})
	empty(t, "patient", link.PatientID, false)
	if string(link.Raw) != wholeBookingLink {
		t.Errorf("raw is %s", link.Raw)
	}
	if request := fake.only(t); request.String() != "GET /v1/booking_links/7" {
		t.Errorf("asked %s", request)
	}
}

func TestBookingLink_namesOfOneFactBecomeOne(t *testing.T) {
	t.Parallel()
	read := func(body string) BookingLink {
		var link BookingLink
		if err := json.Unmarshal([]byte(body), &link); err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		return link
	}
	valueOf(t, "limit by its name on write", read(`{"maximum_use_count":3}`).MaximumUseCount, 3)
	empty(t, "unlimited wins over a number", read(`{"unlimited_use":true,"maximum_uses":0}`).MaximumUseCount, true)
	empty(t, "a null limit", read(`{"maximum_uses":null,"unlimited_use":false}`).MaximumUseCount, true)
	empty(t, "no word on a limit", read(`{"unlimited_use":false}`).MaximumUseCount, false)

	link := read(`{"appointment_type_id":"1","from_date":"2027-09-01","meta":{"to_date":"2027-12-24","patient_id":4,"location_id":"5"}}`)
	valueOf(t, "a single id", link.AppointmentTypeID, []string{"1"})
	valueOf(t, "a single id in meta", link.LocationID, []string{"5"})
	valueOf(t, "from", link.FromDate, "2027-09-01")
	valueOf(t, "to", link.ToDate, "2027-12-24")
	valueOf(t, "patient", link.PatientID, "4")
	empty(t, "practitioner", link.PractitionerID, false)

	odd := read(`{"meta":[],"active":"perhaps","number_of_uses":1.5,"expiry_date":"string"}`)
	empty(t, "arrays of a meta that is none", odd.LocationID, false)
	empty(t, "active", odd.Active, false)
	valueOf(t, "a time that is none", odd.ExpiryDate, "string")
	empty(t, "null array", read(`{"meta":{"location_id":null}}`).LocationID, true)
}

func TestBookingLink_isGoneOnlyWhenThePracticeAnswers(t *testing.T) {
	t.Parallel()
	_, c := newFakeHero(t, answersByPath(map[string]string{"GET /v1/me": `{}`}))
	if _, err := c.BookingLink(t.Context(), practiceA, "7"); !errors.Is(err, ErrGone) {
		t.Errorf("a 404 in a practice that answers: got %v", err)
	}
	_, c = newFakeHero(t, answersByPath(nil))
	if _, err := c.BookingLink(t.Context(), practiceA, "7"); errors.Is(err, ErrGone) || !HasStatus(err, 404) {
		t.Errorf("a practice whose /v1/me is a 404 too: got %v", err)
	}
	_, c = newFakeHero(t, func(w http.ResponseWriter, r *http.Request) {
		status := http.StatusNotFound
		if r.URL.Path == "/v1/me" {
			status = http.StatusForbidden
		}
		w.WriteHeader(status)
	})
	if _, err := c.BookingLink(t.Context(), practiceA, "7"); errors.Is(err, ErrGone) || !HasStatus(err, 403) {
		t.Errorf("a practice that refuses the key: got %v", err)
	}
	_, c = newFakeHero(t, answers(http.StatusInternalServerError, ""))
	if _, err := c.BookingLink(t.Context(), practiceA, "7"); errors.Is(err, ErrGone) {
		t.Errorf("a 500: got %v", err)
	}
}

func TestCreateBookingLink_sendsOnlyWhatIsGiven(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, answers(201, `{"id":"7"}`))
	made, err := c.CreateBookingLink(t.Context(), practiceA, NewBookingLink{AppointmentTypeID: "1", ToDate: new("2027-12-24"), MaximumUseCount: new(int64(3))})
	if err != nil {
		t.Fatal(err)
	}
	valueOf(t, "id", made.ID, "7")
	empty(t, "short link", made.ShortLink, false)
	want := `{"appointment_type_id":"1","to_date":"2027-12-24","maximum_use_count":3}`
	if request := fake.only(t); request.String() != "POST /v1/booking_links" || request.body != want {
		t.Errorf("sent %s %s", request, request.body)
	}
}

// The creates of links, which must not be doubled.
func linkCreates(ctx context.Context, c *Client) map[string]func() error {
	return map[string]func() error{
		"booking link": func() error {
			_, err := c.CreateBookingLink(ctx, practiceA, NewBookingLink{AppointmentTypeID: "1"})
			return err
		},
		"form link": func() error {
			_, err := c.CreateFormLink(ctx, practiceA, NewFormLink{FormID: "1"})
			return err
		},
	}
}

func TestLinkCreates_areNotRepeatedAfterALostAnswer(t *testing.T) {
	t.Parallel()
	for failure, handler := range map[string]http.HandlerFunc{
		"dropped connection": losesAnswer,
		"gateway error":      answers(http.StatusBadGateway, "<html>"),
		"cut short": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "1000")
			answers(200, `{"id":`)(w, r)
		},
		"not JSON":     answers(200, "<html>"),
		"empty answer": answers(200, ""),
		"unknown keys": answers(200, `{"secret_of_hero":"s3cret"}`),
	} {
		for name := range linkCreates(t.Context(), nil) {
			t.Run(name+"/"+failure, func(t *testing.T) {
				t.Parallel()
				fake, _ := newFakeHero(t, handler)
				c := fake.client(t, Config{MaxRetries: 3})
				err := linkCreates(t.Context(), c)[name]()
				if err == nil || !MaybeDone(err) {
					t.Errorf("the error must say that a link may exist: %v", err)
				}
				if err != nil && strings.Contains(err.Error(), "s3cret") {
					t.Errorf("the error repeats a value: %v", err)
				}
				fake.only(t)
			})
		}
	}
}

func TestLinkCreates_areRepeatedWhenNothingWasDone(t *testing.T) {
	t.Parallel()
	for name := range linkCreates(t.Context(), nil) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			full := make(chan struct{}, 2)
			full <- struct{}{}
			full <- struct{}{}
			fake, _ := newFakeHero(t, func(w http.ResponseWriter, r *http.Request) {
				select {
				case <-full:
					w.WriteHeader(http.StatusTooManyRequests)
				default:
					answers(200, `{"id":"7"}`)(w, r)
				}
			})
			c := fake.client(t, Config{MaxRetries: 3})
			if err := linkCreates(t.Context(), c)[name](); err != nil {
				t.Error(err)
			}
			if n := len(fake.requests()); n != 3 {
				t.Errorf("want 3 requests, got %d", n)
			}
		})
	}
}

func TestLinkCreates_aRefusalDidNothing(t *testing.T) {
	t.Parallel()
	for name := range linkCreates(t.Context(), nil) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, c := newFakeHero(t, answers(http.StatusBadRequest, `{"error":true,"statusCode":400,"message":[{"code":"invalid_type","expected":"string","path":["form_id"]}]}`))
			var refused *Error
			if err := linkCreates(t.Context(), c)[name](); MaybeDone(err) || !errors.As(err, &refused) || len(refused.Problems) != 1 {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestPatchBookingLink_sendsNullsAndIsRepeated(t *testing.T) {
	t.Parallel()
	lost := make(chan struct{}, 1)
	lost <- struct{}{}
	fake, _ := newFakeHero(t, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-lost:
			losesAnswer(w, r)
		default:
		}
	})
	c := fake.client(t, Config{MaxRetries: 1})
	if err := c.PatchBookingLink(t.Context(), practiceA, "a/b", map[string]any{"location_id": nil, "maximum_use_count": 3}); err != nil {
		t.Fatal(err)
	}
	requests := fake.requests()
	if len(requests) != 2 || requests[1].String() != "PATCH /v1/booking_links/a%2Fb" || requests[1].body != `{"location_id":null,"maximum_use_count":3}` {
		t.Errorf("sent %+v", requests)
	}
}

func TestListBookingLinks_allPages(t *testing.T) {
	t.Parallel()
	for _, first := range []int{0, 1} {
		for _, refuses := range []bool{false, true} {
			for _, largest := range []int{25, 50, 100, 1000} {
				t.Run(fmt.Sprintf("first page %d, refuses %t, %d at most", first, refuses, largest), func(t *testing.T) {
					t.Parallel()
					_, c := newFakeHero(t, paged{items: rawItems(257, `{"id":"%"}`), first: first, refuses: refuses, largest: largest}.ServeHTTP)
					list, err := c.ListBookingLinks(t.Context(), practiceA)
					if err != nil || len(list.Items) != 257 || list.Count != 257 {
						t.Fatalf("got %v", err)
					}
					streamed := 0
					for links, err := range c.BookingLinkPages(t.Context(), practiceA) {
						if err != nil {
							t.Fatal(err)
						}
						for _, link := range links {
							if want := fmt.Sprint(streamed + 1); link.ID.Or("") != want || list.Items[streamed].ID.Or("") != want || string(link.Raw) != `{"id":"`+want+`"}` {
								t.Fatalf("at %d: %s and %s", streamed, link.Raw, list.Items[streamed].Raw)
							}
							streamed++
						}
					}
					if streamed != 257 {
						t.Errorf("streamed %d", streamed)
					}
				})
			}
		}
	}
}

func TestBookingLinkPages_stopsAskingWhenItsConsumerStops(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, paged{items: rawItems(250, `{"id":"%"}`), largest: 100}.ServeHTTP)
	for _, err := range c.BookingLinkPages(t.Context(), practiceA) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	fake.only(t)
}

func TestBookingLinkPages_endsWithAnErrorWhenTheListIsNotWhole(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		want    error
	}{
		"the count is larger": {func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Get("page_index") == "0" {
				answers(200, `{"data":[{"id":"1"}],"count":2}`)(w, r)
				return
			}
			answers(200, `{"data":[],"count":2}`)(w, r)
		}, ErrIncomplete},
		"a later page fails": {func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Get("page_index") == "0" {
				answers(200, `{"data":[{"id":"1"}],"count":2}`)(w, r)
				return
			}
			w.WriteHeader(http.StatusInternalServerError)
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, client := newFakeHero(t, c.handler)
			var came int
			var last error
			for links, err := range client.BookingLinkPages(t.Context(), practiceA) {
				came, last = came+len(links), err
			}
			if came != 1 || last == nil || c.want != nil && !errors.Is(last, c.want) {
				t.Errorf("%d links, then %v", came, last)
			}
		})
	}
}
