package provider_test

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func bookingLinkUnderFaults() subject {
	config := map[string]any{"appointment_type_id": "1", "location_id": "5", "expiry_date": "2000-06-30"}
	changed := map[string]any{"appointment_type_id": "1", "location_id": "6", "expiry_date": "2000-06-30"}
	const links, one = "/v1/booking_links", "/v1/booking_links/{id}"
	// A create's answer that tells the id alone, so that the rest has to be read.
	partly := mockapi.Fault{Kind: mockapi.FaultStatus, Method: http.MethodPost, Pattern: links, Processed: true, Status: http.StatusOK, Body: `{"id": "1001"}`}

	planned := func(s *stage) { s.plan = s.held.Plan(config) }
	exists := func(s *stage) { s.exists(config) }
	apply := func(s *stage) driver.Diagnostics { return s.held.ApplyPlan(s.plan) }
	destroy := func(s *stage) driver.Diagnostics { return s.held.Destroy() }
	changing := func(s *stage) {
		s.exists(config)
		s.plan = s.held.Plan(changed)
	}
	replacing := func(s *stage) {
		s.exists(config)
		s.plan = s.held.Plan(changed, driver.ForceReplace())
	}

	return subject{
		typeName: "hero_booking_link",
		atHero: func(hero *mockapi.Server) map[string]string {
			held := map[string]string{}
			for _, link := range hero.BookingLinks(mockapi.DefaultOwnPracticeID) {
				if link.ExpiresAt.After(time.Now()) {
					held[link.ID] = strings.Join(slices.Concat(link.AppointmentTypeIDs, link.LocationIDs), " ")
				}
			}
			return held
		},
		inState: func(state driver.Object) (id, values string) {
			return state.String("id"), state.String("appointment_type_id") + " " + state.String("location_id")
		},
		hint: "a link may exist", importID: "12/%s",
		left:    "goes on working",
		secrets: []string{mockapi.DefaultAPIKey},
		columns: []column{
			{phase: "apply of a create", method: http.MethodPost, path: links, config: config, before: planned, run: apply, onlyOnce: true},
			{phase: "apply of a create", method: http.MethodGet, path: one, config: config, run: apply, before: func(s *stage) {
				planned(s)
				s.hero.Fault(partly)
			}},
			{phase: "refresh", method: http.MethodGet, path: one, config: config, before: exists, run: func(s *stage) driver.Diagnostics { return s.held.Refresh() }},
			{
				phase: "import", method: http.MethodGet, path: one, config: config,
				before: func(s *stage) {
					s.exists(config)
					s.held = nil
				},
				run: func(s *stage) driver.Diagnostics { return s.held.Import("12/" + s.only()) },
			},
			{phase: "apply of a change", method: http.MethodPatch, path: one, config: changed, before: changing, run: apply},
			{phase: "apply of a change", method: http.MethodGet, path: one, config: changed, before: changing, run: apply},
			{phase: "apply of a replacement", method: http.MethodPatch, path: one, config: changed, before: replacing, run: apply},
			{phase: "apply of a replacement", method: http.MethodPost, path: links, config: changed, before: replacing, run: apply, onlyOnce: true},
			{phase: "destroy", method: http.MethodPatch, path: one, before: exists, run: destroy},
			{phase: "destroy", method: http.MethodGet, path: one, before: exists, run: destroy},
		},
	}
}

func formLinkUnderFaults() subject {
	config := map[string]any{"form_id": "101", "expiry_date": "2000-06-30"}
	const links, status = "/v1/form_links", "/v1/links/status"
	planned := func(s *stage) { s.plan = s.held.Plan(config) }
	apply := func(s *stage) driver.Diagnostics { return s.held.ApplyPlan(s.plan) }

	return subject{
		typeName: "hero_form_link",
		// Hero tells nothing of what a form link is for, so that its id is all that can be compared.
		atHero: func(hero *mockapi.Server) map[string]string {
			held := map[string]string{}
			for _, link := range hero.FormLinks(mockapi.DefaultOwnPracticeID) {
				held[link.ID] = "a form link"
			}
			return held
		},
		inState: func(state driver.Object) (id, values string) { return state.String("id"), "a form link" },
		hint:    "a link may exist", importID: "12/%s",
		secrets: []string{mockapi.DefaultAPIKey},
		columns: []column{
			{phase: "apply of a create", method: http.MethodPost, path: links, config: config, before: planned, run: apply, onlyOnce: true},
			{phase: "apply of a create", method: http.MethodGet, path: status, config: config, before: planned, run: apply},
			{
				phase: "refresh", method: http.MethodGet, path: status, config: config,
				before: func(s *stage) { s.exists(config) },
				run:    func(s *stage) driver.Diagnostics { return s.held.Refresh() },
			},
			{
				phase: "import", method: http.MethodGet, path: status, config: config,
				before: func(s *stage) {
					s.exists(config)
					s.held = nil
				},
				run: func(s *stage) driver.Diagnostics { return s.held.Import("12/" + s.only()) },
			},
		},
	}
}
