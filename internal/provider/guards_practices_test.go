package provider_test

import (
	"context"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

// only12 allows the practice group that is the provider's own.
var only12 = map[string]any{"allowed_practice_group_ids": []string{"12"}}

// strangers are the practice groups but 12 that Hero was asked for.
func strangers(hero *mockapi.Server) []string {
	var seen []string
	for _, r := range hero.Requests() {
		if r.PracticeID != "12" {
			seen = append(seen, r.Method+" "+r.Path+" for "+r.PracticeID)
		}
	}
	return seen
}

func TestAllowedPractices_noResourceActsForAnother(t *testing.T) {
	t.Parallel()
	for _, g := range everyResource() {
		t.Run(g.typeName, func(t *testing.T) {
			t.Parallel()
			s := &stage{subject: g.subject, t: t, hero: mockapi.New(mockapi.Options{})}
			s.process()
			s.held.Apply(in("15", g.config)).RequireNoErrors(t) // before there was a guard
			id := s.held.State().String("id")
			s.hero.ResetRequests()
			late := func() driver.Diagnostics {
				r := s.last.Resource(s.typeName)
				plan := r.Plan(in(driver.Unknown, g.config))
				plan.Diags.RequireNoErrors(t)
				return r.ApplyPlanWith(plan, in("15", g.config))
			}
			identity := map[string]any{"practice_group_id": "15", "id": id}
			importID := "15/" + id
			if s.typeName == "hero_practice_group_settings" {
				identity, importID = map[string]any{"practice_group_id": "15"}, "15"
			}
			for name, attempt := range map[string]func() driver.Diagnostics{
				"a practice of its own":       func() driver.Diagnostics { return s.last.Resource(s.typeName).Plan(in("15", g.config)).Diags },
				"one that is known at apply":  late,
				"import":                      func() driver.Diagnostics { return s.last.Resource(s.typeName).Import(importID) },
				"import by identity":          func() driver.Diagnostics { return s.last.Resource(s.typeName).ImportIdentity(identity) },
				"refresh":                     func() driver.Diagnostics { return s.held.Clone().Refresh() },
				"plan of no change":           func() driver.Diagnostics { return s.held.Clone().Plan(in("15", g.config)).Diags },
				"plan of an inherited change": func() driver.Diagnostics { return s.held.Clone().Plan(g.changed).Diags },
				"plan of a replacement":       func() driver.Diagnostics { return s.held.Clone().Plan(in("15", g.config), driver.ForceReplace()).Diags },
				"destroy": func() driver.Diagnostics {
					if s.typeName == "hero_form_link" {
						return driver.Diagnostics{{Severity: driver.Error, Summary: "allowed_practice_group_ids"}} // a destroy that calls nobody
					}
					return s.held.Clone().Destroy()
				},
			} {
				s.process(only12)
				if said := attempt(); !said.Has(driver.Error, "allowed_practice_group_ids") {
					t.Errorf("%s: want it refused, got:\n%s", name, said)
				}
			}
			s.process(only12, map[string]any{"practice_group_id": "15"})
			s.last.Resource(s.typeName).Plan(g.config).Diags.RequireError(t, "allowed_practice_group_ids")
			if sent := strangers(s.hero); len(sent) > 0 {
				t.Errorf("Hero saw %v", sent)
			}
		})
	}
}

func TestAllowedPractices_nothingThatReadsActsForAnother(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server, err := providerserver.NewProtocol6WithError(provider.New(acctest.Version)())()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	hero := mockapi.New(mockapi.Options{})
	d := driver.New(t, provider.New(acctest.Version, provider.WithWire(mockapi.Wire(hero))), map[string]any{
		"base_url": "https://hero.test", "api_key": mockapi.DefaultAPIKey, "practice_group_id": "12", "allowed_practice_group_ids": []string{"12"}, "patient_data_in_state": "allow",
	})
	tried := 0
	attempt := func(what string, schema *tfprotov6.Schema, read func(map[string]any) driver.Diagnostics) {
		for _, choice := range []map[string]any{{"practice_group_id": "15"}, {"practice_group_ids": []string{"12", "15"}}, {"entire_network": true}} {
			config, fits := sample(schema, choice)
			if !fits {
				continue
			}
			tried++
			if said := read(config); !said.Has(driver.Error, "allowed_practice_group_ids") {
				t.Errorf("%s with %v: want it refused, got:\n%s", what, choice, said)
			}
		}
	}
	for name, schema := range schemas.DataSourceSchemas {
		attempt("data source "+name, schema, func(config map[string]any) driver.Diagnostics {
			_, diags := d.ReadDataSource(name, config)
			return diags
		})
	}
	for name, schema := range schemas.EphemeralResourceSchemas {
		attempt("ephemeral resource "+name, schema, func(config map[string]any) driver.Diagnostics {
			_, diags := d.OpenEphemeral(name, config)
			return diags
		})
	}
	for name, schema := range schemas.ListResourceSchemas {
		attempt("list resource "+name, schema, func(config map[string]any) driver.Diagnostics {
			_, diags := d.ListAll(name, config, driver.ListOptions{})
			return diags
		})
	}
	if want := len(schemas.DataSourceSchemas) + len(schemas.EphemeralResourceSchemas) + len(schemas.ListResourceSchemas); tried < want {
		t.Errorf("%d attempts on %d types: some take no practice group", tried, want)
	}
	if sent := strangers(hero); len(sent) > 0 {
		t.Errorf("Hero saw %v", sent)
	}
}

// sample is a configuration of what a schema's reads ask for, with a choice of practice groups, if the schema takes that.
func sample(schema *tfprotov6.Schema, choice map[string]any) (config map[string]any, fits bool) {
	config = maps.Clone(choice)
	for _, a := range schema.Block.Attributes {
		if _, chosen := choice[a.Name]; chosen {
			fits = true
		} else if a.Name == "path" {
			config[a.Name] = "/v1/templates"
		} else if a.Required && a.Type.Is(tftypes.String) || a.Optional && a.Name == "id" {
			config[a.Name] = "1"
		}
	}
	return config, fits
}
