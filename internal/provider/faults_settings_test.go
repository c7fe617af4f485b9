package provider_test

import (
	"net/http"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

const prescriberPassword = "correct-horse-battery-staple"

func settingsUnderFaults() subject {
	settings := func(name string) map[string]any {
		return map[string]any{
			"name": name, "address": map[string]any{"town": "Exampleton"}, "on_destroy": "restore",
			"prescription_partner_credentials": map[string]any{"email": "rx@example.nhs.uk", "password_wo": prescriberPassword, "password_wo_version": "1"},
		}
	}
	config, changed := settings("Riverside Practice"), settings("Riverside Surgery")
	const me = "/v1/me"

	planned := func(s *stage) { s.plan = s.held.Plan(config) }
	exists := func(s *stage) { s.exists(config) }
	apply := func(s *stage) driver.Diagnostics { return s.held.ApplyPlan(s.plan) }
	destroy := func(s *stage) driver.Diagnostics { return s.held.Destroy() }
	changing := func(s *stage) {
		s.exists(config)
		s.plan = s.held.Plan(changed)
	}

	return subject{
		typeName: "hero_practice_group_settings",
		// Settings are always there. What counts is what is ours: it is nothing while Hero has the original name.
		atHero: func(hero *mockapi.Server) map[string]string {
			now := hero.Settings(mockapi.DefaultOwnPracticeID)
			if now.Name == "Riverside Medical Centre" {
				return map[string]string{}
			}
			return map[string]string{mockapi.DefaultOwnPracticeID: now.Name + ", " + now.Address.Town}
		},
		inState: func(state driver.Object) (id, values string) {
			return state.String("id"), state.String("name") + ", " + state.String("address.town")
		},
		hint:    "apply again",
		secrets: []string{prescriberPassword, mockapi.DefaultAPIKey},
		columns: []column{
			{phase: "plan that adopts", method: http.MethodGet, path: me, config: config, run: func(s *stage) driver.Diagnostics { return s.held.Plan(config).Diags }},
			{phase: "apply that adopts", method: http.MethodGet, path: me, config: config, before: planned, run: apply},
			{phase: "apply that adopts", method: http.MethodPatch, path: me, config: config, before: planned, run: apply},
			{phase: "refresh", method: http.MethodGet, path: me, config: config, before: exists, run: func(s *stage) driver.Diagnostics { return s.held.Refresh() }},
			{
				phase: "import", method: http.MethodGet, path: me, config: config,
				before: func(s *stage) {
					s.exists(config)
					s.held = nil
				},
				run: func(s *stage) driver.Diagnostics { return s.held.Import(mockapi.DefaultOwnPracticeID) },
			},
			{phase: "apply of a change", method: http.MethodGet, path: me, config: changed, before: changing, run: apply},
			{phase: "apply of a change", method: http.MethodPatch, path: me, config: changed, before: changing, run: apply},
			{phase: "destroy that restores", method: http.MethodGet, path: me, before: exists, run: destroy},
			{phase: "destroy that restores", method: http.MethodPatch, path: me, before: exists, run: destroy},
		},
	}
}
