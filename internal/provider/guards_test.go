package provider_test

import (
	"maps"
	"net/http"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// These tests try to get round the guards of the provider's configuration, and look at what Hero then gets to see.

// guarded is one attempt on each resource.
type guarded struct {
	subject
	config, changed map[string]any
}

func everyResource() []guarded {
	expiry := "2099-06-30"
	return []guarded{
		{webhookUnderFaults(), map[string]any{"event_type": "appointment.confirmed", "url": "https://hooks.example.com/a"}, map[string]any{"event_type": "appointment.confirmed", "url": "https://hooks.example.com/b"}},
		{bookingLinkUnderFaults(), map[string]any{"appointment_type_id": "1", "expiry_date": expiry}, map[string]any{"appointment_type_id": "2", "expiry_date": expiry}},
		{formLinkUnderFaults(), map[string]any{"form_id": "101", "expiry_date": expiry}, map[string]any{"form_id": "102", "expiry_date": expiry}},
		{settingsUnderFaults(), map[string]any{"name": "Riverside Practice", "on_destroy": "restore"}, map[string]any{"name": "Riverside Surgery", "on_destroy": "restore"}},
	}
}

// in is a configuration with the object in another practice group.
func in(practice any, config map[string]any) map[string]any {
	moved := maps.Clone(config)
	moved["practice_group_id"] = practice
	return moved
}

// made is a stage with the object, and Hero's log of requests empty.
func (g guarded) made(t *testing.T, changes ...map[string]any) *stage {
	t.Helper()
	s := &stage{subject: g.subject, t: t, hero: mockapi.New(mockapi.Options{})}
	s.process(changes...)
	s.exists(g.config)
	s.hero.ResetRequests()
	return s
}

// writes are the requests that Hero has seen and that change something there.
func writes(hero *mockapi.Server) []string {
	var seen []string
	for _, r := range hero.Requests() {
		if r.Method != http.MethodGet && r.Path != "/v1/access_token" {
			seen = append(seen, r.Method+" "+r.Path)
		}
	}
	return seen
}

func TestReadOnly_noResourceWrites(t *testing.T) {
	t.Parallel()
	for _, g := range everyResource() {
		t.Run(g.typeName, func(t *testing.T) {
			t.Parallel()
			readOnly := map[string]any{"read_only": true}
			s := g.made(t)
			for name, attempt := range map[string]func() driver.Diagnostics{
				"create":     func() driver.Diagnostics { return s.last.Resource(s.typeName).Apply(g.changed) },
				"in another": func() driver.Diagnostics { return s.last.Resource(s.typeName).Apply(in("15", g.config)) },
				"change":     func() driver.Diagnostics { return s.held.Clone().Apply(g.changed) },
				"replacement": func() driver.Diagnostics {
					return s.held.Clone().Apply(g.config, driver.ForceReplace(), driver.CreateBeforeDestroy())
				},
			} {
				s.process(readOnly)
				if said := attempt(); !said.Has(driver.Error, "read-only") {
					t.Errorf("%s: want it refused, got:\n%s", name, said)
				}
			}
			s.process(readOnly)
			if said := s.held.Destroy(); s.typeName != "hero_form_link" && (!said.HasErrors() || s.held.State() == nil) {
				t.Errorf("destroy: want it refused, got:\n%s", said)
			}
			if sent := writes(s.hero); len(sent) > 0 {
				t.Errorf("Hero saw %v", sent)
			}
		})
	}
}

func TestReadOnly_letsReadsAndAccessTokensPass(t *testing.T) {
	t.Parallel()
	s := everyResource()[0].made(t)
	s.process(map[string]any{"read_only": true})
	s.held.Refresh().RequireNone(t)
	s.last.Resource("hero_webhook").Import("12/" + s.only()).RequireNoErrors(t)
	if _, diags := s.last.ListAll("hero_webhook", map[string]any{"entire_network": true}, driver.ListOptions{}); len(diags) > 0 {
		t.Error(diags)
	}
	token, diags := s.last.OpenEphemeral("hero_access_token", map[string]any{})
	diags.RequireNone(t)
	if token.Result.String("access_token") == "" {
		t.Error("no token")
	}
}

func TestReadOnly_ofTheEnvironmentHoldsWhateverTheBlockSays(t *testing.T) {
	g := everyResource()[0]
	s := g.made(t)
	t.Setenv("HERO_READ_ONLY", "true")
	s.process(map[string]any{"read_only": false})
	s.held.Clone().Apply(g.changed).RequireError(t, "read-only")
	s.held.Destroy().RequireError(t, "HERO_READ_ONLY")
	if sent := writes(s.hero); len(sent) > 0 {
		t.Errorf("Hero saw %v", sent)
	}
}
