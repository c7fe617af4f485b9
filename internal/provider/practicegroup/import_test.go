package practicegroup_test

import (
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestImport_byIDAndByIdentityFillsEverythingThatHeroTells(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(*driver.Resource) driver.Diagnostics{
		"id": func(r *driver.Resource) driver.Diagnostics { return r.Import("15") },
		"identity": func(r *driver.Resource) driver.Diagnostics {
			return r.ImportIdentity(map[string]any{"practice_group_id": "15"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, mockapi.Options{})
			settings := mock.Driver(t, nil).Resource(settingsType)
			start(settings).RequireNone(t)
			state := settings.State()
			want := driver.Object{
				"practice_group_id": "15", "id": "15", "sector": "nhs", "name": "Hilltop Surgery", "on_destroy": "keep",
				"prescription_partner": nil, "prescription_partner_enabled": false, "prescription_partner_credentials": nil,
				"address": map[string]any{
					"line_1": "1 Example Street", "line_2": nil, "line_3": nil, "town": "Exampleton", "county": nil, "postcode": "EX1 1EX", "country": "United Kingdom",
				},
				"overwritten_values": map[string]any{},
			}
			if show(state) != show(want) {
				t.Errorf("imported\n%v, want\n%v", state, want)
			}
			if show(settings.Identity()) != "map[practice_group_id:15]" {
				t.Errorf("identity %v", settings.Identity())
			}
		})
	}
}

func TestImport_theFirstPlanDropsWhatIsNotConfiguredInPlaceWithoutACall(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := mock.Driver(t, nil).Resource(settingsType)
	settings.Import("12").RequireNone(t)
	mock.ResetRequests()
	config := map[string]any{"name": "Riverside Medical Centre", "address": map[string]any{"town": "Exampleton"}}
	plan := settings.Plan(config)
	plan.Diags.RequireNoErrors(t)
	plan.Diags.RequireWarning(t, "No longer managed in practice group 12 (Riverside Medical Centre): address.line_1, address.postcode, address.country, prescription_partner_enabled")
	plan.Diags.RequireWarning(t, `"-> null" for them, that means "no longer managed"`)
	if plan.Action != driver.Update {
		t.Fatalf("planned %s", plan.Action)
	}
	settings.ApplyPlan(plan).RequireNoErrors(t)
	if mock.Count("", "") != 0 {
		t.Errorf("Hero was called: %v", mock.Requests())
	}
	settings = nextRun(t, mock, settings)
	settings.RequireEmptyPlan(config)
	if got := mock.Settings("12").Address.Line1; got != "1 Example Street" {
		t.Errorf("line_1 became %q", got)
	}
	if show(settings.Identity()) != "map[practice_group_id:12]" {
		t.Errorf("identity %v", settings.Identity())
	}
}

func TestImport_showsATrueDiff(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := mock.Driver(t, nil).Resource(settingsType)
	settings.Import("12").RequireNone(t)
	plan := settings.Plan(hilltop())
	if plan.Diags.Has(driver.Warning, "Adopting") || plan.Before.String("name") != "Riverside Medical Centre" || plan.Planned.String("name") != "Hilltop Medical Centre" {
		t.Fatalf("planned %v from %v with %s", plan.Planned, plan.Before, plan.Diags)
	}
	settings.ApplyPlan(plan).RequireNoErrors(t)
	requirePatches(t, mock, `{"name":"Hilltop Medical Centre","address":{"line_1":"2 Hill Road","line_2":"Hilltop"}}`)
	nextRun(t, mock, settings).RequireEmptyPlan(hilltop())
}

func TestImport_takesWhatHeroDoesNotTellFromTheConfigurationAndSaysSo(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{DocumentedOnly: true})
	settings := mock.Driver(t, nil).Resource(settingsType)
	settings.Import("12").RequireNone(t)
	mock.ResetRequests()
	config := map[string]any{"name": "Hilltop Medical Centre", "prescription_partner_credentials": credentials("1")}
	settings.Apply(config).RequireWarning(t, "Not verified in the imported settings of practice group 12: name, prescription_partner_credentials")
	requirePatches(t, mock)
	settings = nextRun(t, mock, settings)
	settings.RequireEmptyPlan(config)

	config["prescription_partner_credentials"] = credentials("2")
	settings.Apply(config).RequireNone(t)
	requirePatches(t, mock, `{"prescription_partner_credentials":{"email":"rx@example.nhs.uk","password":"`+password+`"}}`)
}

func TestImport_hasNoOriginalsToRestore(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := mock.Driver(t, nil).Resource(settingsType)
	settings.Import("12").RequireNone(t)
	config := hilltop()
	config["on_destroy"] = "restore"
	settings.Apply(config).RequireNoErrors(t)
	plan := settings.Plan(nil)
	plan.Diags.RequireWarning(t, "puts 1 value back, and leaves 3") // line_2 was not imported: it had no value
	plan.Diags.RequireWarning(t, "- name (what it was before is not known) stays")
	settings.ApplyPlan(plan).RequireNone(t)
	if got := mock.Settings("12"); got.Name != "Hilltop Medical Centre" || got.Address.Line2 != "" {
		t.Errorf("Hero has %+v", got)
	}
}

func TestImport_refusesWhatIsNoPracticeOfTheNetwork(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil)
	d.Resource(settingsType).Import("99").RequireError(t, "Check practice_group_id: the practice must be in the same Hero network")
	for _, id := range []string{"", " ", "12/12"} {
		d.Resource(settingsType).Import(id).RequireError(t, "by their practice group's id alone")
	}
}
