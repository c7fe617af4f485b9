package provider_test

import (
	"net/http"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

const (
	signingKey  = "0123456789abcdef0123456789abcdef"
	bearerToken = "Bearer abcdefghijklmnop"
)

func webhookUnderFaults() subject {
	config := map[string]any{
		"event_type": "appointment.confirmed", "url": "https://hooks.example.com/hero",
		"headers_wo": map[string]any{"Authorization": bearerToken}, "signing_key_wo": signingKey,
	}
	moved := map[string]any{"event_type": "appointment.confirmed", "url": "https://hooks.example.com/new", "signing_key_wo": signingKey}
	const list, one = "/v1/webhooks", "/v1/webhooks/{id}"

	planned := func(s *stage) { s.plan = s.held.Plan(config) }
	exists := func(s *stage) { s.exists(config) }
	apply := func(s *stage) driver.Diagnostics { return s.held.ApplyPlan(s.plan) }
	replacing := func(options ...driver.PlanOption) func(*stage) {
		return func(s *stage) {
			s.exists(config)
			s.plan = s.held.Plan(moved, options...)
		}
	}
	destroy := func(s *stage) driver.Diagnostics { return s.held.Destroy() }

	return subject{
		typeName: "hero_webhook",
		atHero: func(hero *mockapi.Server) map[string]string {
			held := map[string]string{}
			for _, w := range hero.Webhooks(mockapi.DefaultOwnPracticeID) {
				held[w.ID] = w.EventType + " " + w.URL
			}
			return held
		},
		inState: func(state driver.Object) (id, values string) {
			return state.String("id"), state.String("event_type") + " " + state.String("url")
		},
		hint:    "may exist",
		planned: "import it as 12/%s", importID: "12/%s",
		secrets: []string{signingKey, bearerToken, mockapi.DefaultAPIKey},
		columns: []column{
			{phase: "plan of a create", method: http.MethodGet, path: list, config: config, run: func(s *stage) driver.Diagnostics { return s.held.Plan(config).Diags }},
			{phase: "apply of a create", method: http.MethodGet, path: list, config: config, before: planned, run: apply},
			{phase: "apply of a create", method: http.MethodPost, path: list, config: config, before: planned, run: apply},
			{phase: "refresh", method: http.MethodGet, path: list, config: config, before: exists, run: func(s *stage) driver.Diagnostics { return s.held.Refresh() }},
			{
				phase: "import", method: http.MethodGet, path: list, config: moved,
				before: func(s *stage) {
					s.hero.AddWebhook(mockapi.Webhook{ID: "77", EventType: "appointment.confirmed", URL: "https://hooks.example.com/new"})
				},
				run: func(s *stage) driver.Diagnostics { return s.held.Import("12/77") },
			},
			{phase: "apply of a replacement", method: http.MethodDelete, path: one, config: moved, before: replacing(), run: apply},
			{phase: "apply of a replacement", method: http.MethodPost, path: list, config: moved, before: replacing(), run: apply},
			{phase: "the same, create_before_destroy", method: http.MethodDelete, path: one, config: moved, before: replacing(driver.CreateBeforeDestroy()), run: apply},
			{phase: "the same, create_before_destroy", method: http.MethodPost, path: list, config: moved, before: replacing(driver.CreateBeforeDestroy()), run: apply},
			{phase: "destroy", method: http.MethodDelete, path: one, before: exists, run: destroy},
			{phase: "destroy of what is gone", method: http.MethodGet, path: list, run: destroy, before: func(s *stage) {
				s.exists(config)
				s.hero.RemoveWebhook(s.held.State().String("id"))
			}},
		},
	}
}
