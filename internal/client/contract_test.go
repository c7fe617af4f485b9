package client_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// everyCall makes each call of the parts at least once and reports those that fail, or that find another number of links and responses.
func everyCall(ctx context.Context, c *client.Client, practice, response string, wantLinks, wantResponses int) map[string]error {
	failed := map[string]error{}
	note := func(name string, err error) {
		if err != nil {
			failed[name] = err
		}
	}
	yes, text, three := true, "2027-12-31", int64(3)
	canonical := func(name string, raw json.RawMessage, err error) {
		note(name, err)
		if err == nil {
			_, err = client.CanonicalJSON(raw)
			note(name+" as JSON", err)
		}
	}

	note("update", c.UpdatePracticeGroup(ctx, practice, client.PracticeGroupPatch{Name: &text, Address: &client.AddressPatch{Line1: &text, Country: &text}}))
	capabilities, err := c.Capabilities(ctx, practice)
	note("capabilities", err)
	if err == nil && !capabilities.Names.Told {
		note("capabilities", fmt.Errorf("not told in %s", capabilities.Raw))
	}
	configuration, err := c.Configuration(ctx, practice)
	canonical("configuration", configuration, err)
	elements, err := c.Elements(ctx, practice)
	note("elements", err)
	if err == nil && len(elements.Items) == 0 {
		note("elements", fmt.Errorf("none in %s", elements.Raw))
	}
	_, err = c.CreateAccessToken(ctx, practice)
	note("access token", err)

	_, err = c.CreateBookingLink(ctx, practice, client.NewBookingLink{AppointmentTypeID: "1", LocationID: new("5"), PractitionerID: new("8"), PatientID: new("4001"), FromDate: &text, ToDate: &text, ExpiryDate: &text, MaximumUseCount: &three})
	note("create a booking link", err)
	made, err := c.CreateBookingLink(ctx, practice, client.NewBookingLink{AppointmentTypeID: "1"})
	note("create a generic booking link", err)
	if err == nil {
		id := made.ID.Or("")
		note("change a booking link", c.PatchBookingLink(ctx, practice, id, map[string]any{"location_id": "5", "from_date": "2027-09-01", "practitioner_id": nil}))
		for range 5 {
			link, err := c.ReadBookingLink(ctx, practice, id)
			note("read a booking link", err)
			if err == nil && link.ID.Or("") != id {
				note("read a booking link", fmt.Errorf("asked for %s, got %s", id, link.Raw))
			}
		}
		if url := made.ShortLink.Or(""); url != "" {
			_, err = c.LinkStatus(ctx, practice, client.LinkRef{URL: url})
			note("link status by URL", err)
		}
		_, err = c.LinkStatus(ctx, practice, client.LinkRef{ID: id})
		note("link status by id", err)
	}
	links, err := c.ListBookingLinks(ctx, practice)
	note("booking links", err)
	if err == nil && len(links.Items) != wantLinks {
		note("booking links", fmt.Errorf("want %d, got %s", wantLinks, links.Raw))
	}
	_, err = c.CreateFormLink(ctx, practice, client.NewFormLink{FormID: "101", PatientID: new("4001"), ExpiryDate: &text, MaximumUseCount: &three})
	note("create a form link", err)
	_, err = c.ShortLinks(ctx, practice, client.ShortLinkFilter{Type: "booking", Status: "unused", ExcludePatientSpecificLinks: &yes, OrderBy: "expiry_date", OrderDescending: &yes})
	note("short links", err)

	_, err = c.Forms(ctx, practice, client.FormFilter{Search: "a", ReplyForm: new(false), FormType: "questionnaire"})
	note("forms", err)
	forms, err := c.Forms(ctx, practice, client.FormFilter{})
	note("all forms", err)
	if err == nil && len(forms.Items) > 0 {
		form, err := c.Form(ctx, practice, forms.Items[0].ID.Or(""))
		note("form", err)
		if err == nil && len(form.Fields.Or(nil)) == 0 {
			note("form", fmt.Errorf("no fields in %s", form.Raw))
		}
	}
	_, err = c.FormResponse(ctx, practice, response)
	note("form response", err)
	_, err = c.FormSubmissionResponse(ctx, practice, response)
	note("form submission response", err)
	_, err = c.FormResponses(ctx, practice, client.FormResponseFilter{
		Status: "success", PatientFirstName: "a", PatientLastName: "b", PatientFullName: "a b", PatientID: "1", FormTitle: "t", FormType: "questionnaire",
		Service: "s", CreatedAt: []string{"2027-01-01", "2027-01-31"}, OrderBy: "patient_first_name", OrderDescending: &yes,
	}, 10)
	note("form responses", err)
	all, err := c.FormResponses(ctx, practice, client.FormResponseFilter{}, 0)
	note("all form responses", err)
	count, errCount := c.CountFormResponses(ctx, practice, client.FormResponseFilter{})
	note("count of form responses", errCount)
	if err == nil && errCount == nil && (len(all.Items) != wantResponses || count != int64(wantResponses)) {
		note("form responses", fmt.Errorf("want %d, got %d and counted %d", wantResponses, len(all.Items), count))
	}

	_, err = c.AppointmentTypes(ctx, practice, client.AppointmentTypeFilter{LocationIDs: []string{"5", "6"}, HasAvailability: &yes})
	note("appointment types", err)
	_, err = c.Locations(ctx, practice, client.LocationFilter{AppointmentTypeIDs: []string{"1"}, HasAvailability: &yes})
	note("locations", err)
	_, err = c.Practitioners(ctx, practice, client.PractitionerFilter{LocationIDs: []string{"5"}, AppointmentTypeIDs: []string{"1"}, HasAvailability: &yes})
	note("practitioners", err)
	_, err = c.Admins(ctx, practice, "first_name", &yes)
	note("admins", err)
	_, err = c.GetRaw(ctx, practice, "/v1/templates", map[string][]string{"has_follow_up": {"true"}}, false)
	note("any path", err)
	return failed
}

// What the parts send and how they read the answers agrees with the contract, in every mode in which the mock can serve what the
// documentation leaves open.
func TestParts_keepToTheContract(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]mockapi.Options{
		"as expected":                {},
		"only what is documented":    {DocumentedOnly: true},
		"pages from 1":               {FirstPageIndex: 1, MaxPageSize: 25},
		"pages from 1, 0 is refused": {FirstPageIndex: 1, RefusePageZero: true, MaxPageSize: 50},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock := mockapi.New(options)
			url, stop := mock.Start()
			t.Cleanup(stop)
			mock.AddFormResponses(mockapi.DefaultOwnPracticeID, 57)
			response := mock.FormResponses(mockapi.DefaultOwnPracticeID)[0].ID
			c, err := client.New(client.Config{BaseURL: url, APIKey: mockapi.DefaultAPIKey})
			if err != nil {
				t.Fatal(err)
			}
			for call, err := range everyCall(t.Context(), c, mockapi.DefaultOwnPracticeID, response, 2, 57) {
				t.Errorf("%s: %v", call, err)
			}
			for _, violation := range mock.ContractViolations() {
				t.Error(violation)
			}
		})
	}
}

// The mock of Hero's documentation answers each call with its sample, whatever was asked: that must be readable.
func TestParts_readEverySampleOfTheDocumentation(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(mockapi.SampleServer())
	t.Cleanup(server.Close)
	c, err := client.New(client.Config{BaseURL: server.URL + "/_mock/openapi", APIKey: "any"})
	if err != nil {
		t.Fatal(err)
	}
	for call, err := range everyCall(t.Context(), c, "12", "1", 1, 1) {
		t.Errorf("%s: %v", call, err)
	}
}
