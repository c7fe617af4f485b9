package bookinglink_test

import (
	"fmt"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

func TestBookingLink_aCreateWhoseAnswerWasLostIsNotRepeated(t *testing.T) {
	t.Parallel()
	for _, kind := range []mockapi.FaultKind{mockapi.FaultDropAfter, mockapi.FaultTruncated, mockapi.FaultHTML, mockapi.FaultNotJSON, mockapi.FaultEmpty, mockapi.FaultStatus} {
		for patient, look := range map[string]string{"": "the data source hero_booking_links.", "9000001": "hero_booking_links with include_patient_links = true"} {
			t.Run(fmt.Sprint(kind, " ", patient), func(t *testing.T) {
				t.Parallel()
				h := newHero(t, mockapi.Options{})
				h.Fault(mockapi.Fault{Kind: kind, Method: "POST", Processed: true})
				link := h.Driver.Resource("hero_booking_link")
				var config map[string]any
				if config = generic(nil); patient != "" {
					config["patient_id"] = patient
				}
				diags := link.Apply(config)
				diags.RequireError(t, "a link may exist")
				diags.RequireError(t, look)
				diags.RequireError(t, "import it as 12/<id>")
				if link.State() != nil || h.Count("POST", "") != 1 || len(h.BookingLinks(practice)) != 1 {
					t.Errorf("%d creates, %d links", h.Count("POST", ""), len(h.BookingLinks(practice)))
				}
			})
		}
	}
}

func TestBookingLink_aCreateThatSurelyDidNotHappenIsRepeated(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	h.Fault(mockapi.Fault{Kind: mockapi.FaultTooManyRequests, Method: "POST", Times: 1})
	h.created(t, generic(nil))
	h.stored(t)
}

func TestBookingLink_aRefusedCreateNamesTheAttribute(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{CheckReferences: true})
	link := h.Driver.Resource("hero_booking_link")
	h.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: "POST", Status: 400, Body: `{"error":true,"statusCode":400,"message":[{"code":"invalid","expected":"an id of an appointment type","path":["appointment_type_id"]}]}`})
	diags := link.Apply(generic(nil))
	if len(diags) != 1 || diags[0].Attribute != "appointment_type_id" || link.State() != nil {
		t.Errorf("got %s", diags)
	}
	if diags.Has(driver.Error, "may exist") {
		t.Error("a refusal made nothing")
	}
}

func TestBookingLink_anAnswerToACreateWithTheIDAloneIsCompletedByARead(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	h.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: "POST", Status: 200, Processed: true, Body: `{"id":1001}`})
	link := h.created(t, generic(nil))
	if link.State().String("url") != h.stored(t).URL || !link.State().Bool("active") {
		t.Errorf("state holds %v", link.State())
	}
}

func TestBookingLink_onceItExistsCreateWarnsOnly(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	h.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: "POST", Status: 200, Processed: true, Body: `{"id":1001}`})
	remove := h.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: "GET", Status: 403})
	link := h.Driver.Resource("hero_booking_link")
	diags := link.Apply(generic(nil))
	diags.RequireNoErrors(t)
	diags.RequireWarning(t, "could not be read")
	if link.State().String("id") != "1001" || link.Tainted() {
		t.Fatalf("state holds %v", link.State())
	}
	remove()
	link.RequireEmptyPlan(generic(nil))
	if link.State().String("url") != h.stored(t).URL {
		t.Errorf("state holds %v", link.State())
	}
}

func TestBookingLink_whatHeroAnsweredOtherwiseWarnsOnceAndIsNoDrift(t *testing.T) {
	t.Parallel()
	h := newHero(t, mockapi.Options{})
	answer := func() string {
		return `{"id":"1001","short_link":"https://bookings.herohealth.net/s/x","active":true,"expiry_date":"2028-06-01T22:59:59Z","maximum_uses":5,` +
			`"meta":{"appointment_type_id":["1"],"location_id":["5","6"],"practitioner_id":[],"patient_id":"9000009"}}`
	}
	for _, method := range []string{"POST", "GET"} {
		h.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: method, PathPrefix: "/v1/booking_links", Status: 200, Body: answer()})
	}
	link := h.Driver.Resource("hero_booking_link")
	config := generic(map[string]any{"patient_id": "9000001"})
	diags := link.Apply(config)
	diags.RequireNoErrors(t)
	diags.RequireWarning(t, "Hero answered otherwise")
	for _, line := range []string{`location_id: sent "5", answered "5,6"`, `practitioner_id: sent "7", answered nothing`, `expiry_date: sent "2027-12-31", answered "2028-06-01"`, `maximum_use_count: sent "500", answered "5"`, "patient_id: another value"} {
		diags.RequireWarning(t, line)
	}
	if diags.Has(driver.Warning, "9000009") || diags.Has(driver.Warning, "9000001") {
		t.Errorf("a patient's id is shown: %s", diags)
	}
	link.RequireEmptyPlan(config)
	link.Refresh().RequireNone(t)
	// what Hero said was accepted as it is: writing it down changes nothing at Hero, and stays quiet
	config["expiry_date"] = "2028-06-01"
	h.ResetRequests()
	link.Apply(config).RequireNone(t)
	if h.Count("PATCH", "") != 0 {
		t.Error("a change was sent")
	}
	link.RequireEmptyPlan(config)
}

func TestBookingLink_worksAgainstTheDocumentationsMock(t *testing.T) {
	t.Parallel()
	link := acctest.NewSample(t).Driver(t, nil, provider.WithClock(acctest.NewClock(at(summer)))).Resource("hero_booking_link")
	diags := link.Apply(generic(nil))
	diags.RequireNoErrors(t)
	diags.RequireWarning(t, "Hero answered otherwise")
	link.RequireEmptyPlan(generic(nil))
	link.Destroy().RequireNoErrors(t)
}
