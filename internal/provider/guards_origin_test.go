package provider_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

// hosts carries requests to a mock, and notes which hosts they were for. A redirect, if there is one, answers every read.
type hosts struct {
	hero     *mockapi.Server
	redirect string
	asked    *[]string
}

// RoundTrip implements [http.RoundTripper].
func (h hosts) RoundTrip(r *http.Request) (*http.Response, error) {
	*h.asked = append(*h.asked, r.URL.Host)
	if h.redirect != "" {
		return &http.Response{
			Status: "307 Temporary Redirect", StatusCode: http.StatusTemporaryRedirect, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
			Header: http.Header{"Location": {h.redirect + r.URL.Path}}, Body: http.NoBody, Request: r,
		}, nil
	}
	return mockapi.Wire(h.hero).RoundTrip(r)
}

func TestKeyOfTheEnvironment_goesNowhereElse(t *testing.T) {
	t.Setenv("HERO_API_KEY", mockapi.DefaultAPIKey)
	t.Setenv("HERO_PRACTICE_GROUP_ID", "12")
	for _, c := range []struct {
		name, baseURL, redirect string
		allowed                 []string // hosts
	}{
		{"to another host", "https://collector.example.net", "", nil},
		{"to a host that begins like Hero's", "https://api.herohealth.net.collector.example.net", "", nil},
		{"to a host whose path is like Hero's", "https://collector.example.net/api.herohealth.net", "", nil},
		{"to another port of Hero's", "https://api.herohealth.net:8443", "", nil},
		{"after a redirect of Hero's to another host", "https://api.herohealth.net", "https://collector.example.net", []string{"api.herohealth.net"}},
		{"after a redirect of Hero's to itself, unencrypted", "https://api.herohealth.net", "http://api.herohealth.net", []string{"api.herohealth.net"}},
		{"after a redirect of Hero's to its staging", "https://api.herohealth.net", "https://api.staging.htech.app", []string{"api.herohealth.net"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var asked []string
			wire := hosts{hero: mockapi.New(mockapi.Options{}), redirect: c.redirect, asked: &asked}
			d := driver.New(t, provider.New(acctest.Version, provider.WithWire(wire), provider.WithClock(acctest.NewClock(time.Now()))), map[string]any{"base_url": c.baseURL})
			if c.allowed == nil {
				d.ConfigureDiags.RequireError(t, "The API key from the environment is not sent to this host")
			} else {
				for what, said := range map[string]driver.Diagnostics{
					"plan":   d.Resource("hero_webhook").Plan(map[string]any{"event_type": "appointment.confirmed", "url": "https://hooks.example.com/a"}).Diags,
					"apply":  d.Resource("hero_webhook").Apply(map[string]any{"event_type": "appointment.confirmed", "url": "https://hooks.example.com/a"}),
					"import": d.Resource("hero_webhook").Import("12/1001"),
					"raw":    second(d.ReadDataSource("hero_api_request", map[string]any{"path": "/v1/templates"})),
					"list":   second(d.ListAll("hero_webhook", map[string]any{}, driver.ListOptions{})),
					"token":  second(d.OpenEphemeral("hero_access_token", map[string]any{})),
				} {
					if !strings.Contains(said.String(), "is not sent on") {
						t.Errorf("%s: want the redirect refused, got:\n%s", what, said)
					}
				}
			}
			for _, host := range asked {
				if !slices.Contains(c.allowed, host) {
					t.Errorf("%s was asked", host)
				}
			}
			if len(asked) == 0 && len(c.allowed) > 0 {
				t.Error("nothing was asked")
			}
		})
	}
}

func second[T any](_ T, diags driver.Diagnostics) driver.Diagnostics { return diags }

func TestOrigin_anObjectOfAnotherServerIsLeftAlone(t *testing.T) {
	t.Parallel()
	staging, production := map[string]any{"base_url": "https://api.staging.htech.app"}, map[string]any{"base_url": "https://api.herohealth.net"}
	for _, g := range everyResource() {
		t.Run(g.typeName, func(t *testing.T) {
			t.Parallel()
			s := g.made(t, staging)
			before := fmt.Sprint(s.held.State())
			for name, attempt := range map[string]func(*driver.Resource) driver.Diagnostics{
				"refresh":              func(r *driver.Resource) driver.Diagnostics { return r.Refresh() },
				"refresh of a tainted": func(r *driver.Resource) driver.Diagnostics { r.Taint(); return r.Refresh() },
				"change":               func(r *driver.Resource) driver.Diagnostics { return r.Apply(g.changed) },
				"move":                 func(r *driver.Resource) driver.Diagnostics { return r.Apply(in("15", g.config)) },
				"replacement":          func(r *driver.Resource) driver.Diagnostics { return r.Apply(g.config, driver.ForceReplace()) },
				"create before destroy": func(r *driver.Resource) driver.Diagnostics {
					return r.Apply(g.changed, driver.ForceReplace(), driver.CreateBeforeDestroy())
				},
				"destroy": func(r *driver.Resource) driver.Diagnostics { return r.Destroy() },
			} {
				s.process(production)
				r := s.held.Clone()
				said := attempt(r)
				said.RequireError(t, "lives on another Hero server")
				if !said.Has(driver.Error, "https://api.staging.htech.app") || !said.Has(driver.Error, "https://api.herohealth.net") {
					t.Errorf("%s: the error names not both:\n%s", name, said)
				}
				if after := fmt.Sprint(r.State()); after != before {
					t.Errorf("%s changed state:\n%s\n%s", name, before, after)
				}
			}
			if sent := s.hero.Requests(); len(sent) > 0 {
				t.Errorf("Hero saw %d requests, the first %s %s", len(sent), sent[0].Method, sent[0].Path)
			}
			s.process(map[string]any{"base_url": "https://API.staging.htech.app:443/"}) // the same server
			s.held.RequireEmptyPlan(g.config)
		})
	}
}
