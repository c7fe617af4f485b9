package practicegroup_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func names(found []driver.ListResult) []string {
	var names []string
	for _, result := range found {
		names = append(names, result.Identity.String("practice_group_id")+": "+result.DisplayName)
	}
	return names
}

func TestSettingsList_findsEachPracticeOnce(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{NetworkIncludesCaller: true})
	d := mock.Driver(t, nil)
	for _, c := range []struct {
		config map[string]any
		want   []string
	}{
		{nil, []string{"12: Riverside Medical Centre (12)"}},
		{map[string]any{"practice_group_id": "15"}, []string{"15: Hilltop Surgery (15)"}},
		{map[string]any{"practice_group_ids": []string{"18", "12"}}, []string{"18: Station Road Practice (18)", "12: Riverside Medical Centre (12)"}},
		{map[string]any{"entire_network": true}, []string{"12: Riverside Medical Centre (12)", "15: Hilltop Surgery (15)", "18: Station Road Practice (18)"}},
	} {
		found, diags := d.ListAll("hero_practice_group_settings", c.config, driver.ListOptions{})
		diags.RequireNone(t)
		if got := names(found); !slices.Equal(got, c.want) || found[0].Resource != nil {
			t.Errorf("%v: got %q", c.config, got)
		}
	}
	if asked := mock.Count("GET", "/v1/me"); asked != 3 {
		t.Errorf("three practices were read %d times", asked)
	}
}

func TestSettingsList_whatIsGeneratedFromItAppliesWithAnEmptyPlan(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]mockapi.Options{"all keys": {}, "documented keys only": {DocumentedOnly: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, options)
			mock.ChangeSettings("15", func(s *mockapi.PracticeSettings) {
				*s = mockapi.PracticeSettings{Name: "Hilltop Surgery", PrescriptionPartner: "signature_rx", PrescriptionPartnerEnabled: true, PrescriptionPartnerEmail: "rx@example.nhs.uk", PrescriptionPartnerSecret: "listed-partner-password"}
			})
			d := mock.Driver(t, map[string]any{"read_only": true})
			found, diags := d.ListAll("hero_practice_group_settings", map[string]any{"entire_network": true}, driver.ListOptions{IncludeResource: true})
			diags.RequireNone(t)
			if len(found) != 3 {
				t.Fatalf("found %v", names(found))
			}
			acctest.AssertNoSecrets(t, map[string][]byte{"results": []byte(show(found))}, "listed-partner-password")
			for _, listed := range found {
				settings := d.Resource("hero_practice_group_settings")
				settings.ImportIdentity(listed.Identity).RequireNone(t)
				generated := d.GeneratedConfig("hero_practice_group_settings", listed.Resource)
				settings.RequireEmptyPlan(generated)
				settings.Plan(generated).Diags.RequireNone(t)
				if imported := settings.State(); show(imported) != show(listed.Resource) {
					t.Errorf("listed as\n%v\nimported as\n%v", listed.Resource, imported)
				}
			}
			if mock.Count("PATCH", "") != 0 {
				t.Error("a setting was written")
			}
		})
	}
}

func TestSettingsList_warnsOfAPracticeThatRefusesAndFailsForAnythingElse(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	d := mock.Driver(t, nil)
	remove := mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: http.StatusForbidden, Practice: "15"})
	found, diags := d.ListAll("hero_practice_group_settings", map[string]any{"entire_network": true}, driver.ListOptions{})
	if got := names(found); len(got) != 2 || len(diags) != 1 || !diags.Has(driver.Warning, "Hilltop Surgery (15)") {
		t.Errorf("got %q, %s", got, diags)
	}
	remove()
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: http.StatusInternalServerError, Practice: "15"})
	_, diags = d.ListAll("hero_practice_group_settings", map[string]any{"entire_network": true}, driver.ListOptions{})
	diags.RequireError(t, "Listing Hilltop Surgery (15) failed")
}

func TestSettingsList_refusesAChoiceThatContradictsItself(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil)
	d.ValidateList("hero_practice_group_settings", map[string]any{"practice_group_ids": []string{"12"}, "entire_network": true}).RequireError(t, "Two arguments")
}

func TestSettingsList_isFoundByTerraformQuery(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	hilltop := map[string]knownvalue.Check{"practice_group_id": knownvalue.StringExact("15")}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
		Steps: []resource.TestStep{
			{Config: mock.HCL("") + "data \"hero_practice_group\" \"own\" {}\n"}, // the query uses this provider block
			{
				Query:  true,
				Config: "list \"hero_practice_group_settings\" \"all\" {\n  provider = hero\n  config {\n    entire_network = true\n  }\n}\n",
				QueryResultChecks: []querycheck.QueryResultCheck{
					querycheck.ExpectLength("hero_practice_group_settings.all", 3),
					querycheck.ExpectResourceDisplayName("hero_practice_group_settings.all", queryfilter.ByResourceIdentity(hilltop), knownvalue.StringExact("Hilltop Surgery (15)")),
				},
			},
		},
	})
}
