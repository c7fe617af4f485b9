package practicegroup_test

import (
	"net/http"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// restoring is a configuration of everything, that restores.
func restoring() map[string]any {
	return map[string]any{
		"name":                             "Hilltop Medical Centre",
		"address":                          map[string]any{"line_1": "2 Hill Road", "line_2": "Hilltop", "town": "Exampleton"},
		"prescription_partner":             "signature_rx",
		"prescription_partner_enabled":     true,
		"prescription_partner_credentials": credentials("1"),
		"on_destroy":                       "restore",
	}
}

func TestDestroy_keepsEverythingByDefault(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := adopt(t, mock, hilltop())
	before := mock.Settings("12")
	plan := settings.Plan(nil)
	plan.Diags.RequireNoErrors(t)
	plan.Diags.RequireWarning(t, "Settings stay as they are at Hero: practice group 12 (Hilltop Medical Centre)")
	plan.Diags.RequireWarning(t, "name, address.line_1, address.line_2, address.postcode")
	settings.ApplyPlan(plan).RequireNone(t)
	if settings.State() != nil || mock.Count("", "") != 0 || show(mock.Settings("12")) != show(before) {
		t.Errorf("state %v, %d calls", settings.State(), mock.Count("", ""))
	}
}

func TestDestroy_restoresTheOriginalsAndListsInThePlanWhatReturnsAndWhatStays(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := adopt(t, mock, restoring())
	plan := settings.Plan(nil)
	plan.Diags.RequireNoErrors(t)
	plan.Diags.RequireWarning(t, "Destroying the settings of practice group 12 (Hilltop Medical Centre) puts 3 values back, and leaves 3")
	for _, line := range []string{
		`- name returns to "Riverside Medical Centre"`, `- address.line_1 returns to "1 Example Street"`, `- address.line_2 returns to no value`,
		"- prescription_partner (never changed by a destroy) stays", "- prescription_partner_enabled (never changed by a destroy) stays",
		"- prescription_partner_credentials (never changed by a destroy) stays",
	} {
		plan.Diags.RequireWarning(t, line)
	}
	settings.ApplyPlan(plan).RequireNone(t)
	requirePatches(t, mock, `{"name":"Riverside Medical Centre","address":{"line_1":"1 Example Street","line_2":""}}`)
	if got := mock.Settings("12"); settings.State() != nil || got.PrescriptionPartner != "signature_rx" || !got.PrescriptionPartnerEnabled || got.PrescriptionPartnerSecret != password {
		t.Errorf("state %v, partner %q", settings.State(), got.PrescriptionPartner)
	}
}

func TestDestroy_leavesWhatSomebodyElseHasChanged(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := adopt(t, mock, restoring())
	mock.ChangeSettings("12", func(p *mockapi.PracticeSettings) { p.Name = "Changed by hand" })
	settings.Refresh().RequireNone(t)
	plan := settings.Plan(nil)
	plan.Diags.RequireWarning(t, "puts 2 values back, and leaves 4")
	plan.Diags.RequireWarning(t, "- name (somebody else has changed it) stays")

	// And after the plan too.
	mock.ChangeSettings("12", func(p *mockapi.PracticeSettings) { p.Address.Line1 = "3 Other Street" })
	settings.ApplyPlan(plan).RequireWarning(t, "Not restored in practice group 12 (Changed by hand): address.line_1 (somebody else has changed it)")
	requirePatches(t, mock, `{"address":{"line_2":""}}`)
	if got := mock.Settings("12"); got.Name != "Changed by hand" || got.Address.Line1 != "3 Other Street" {
		t.Errorf("Hero has %+v", got)
	}
}

func TestDestroy_restoresWhatWasBeforeTheFirstOfSeveralChanges(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	config := map[string]any{"name": "First", "on_destroy": "restore"}
	settings := adopt(t, mock, config)
	config["name"] = "Second"
	settings.Apply(config).RequireNone(t)
	mock.ChangeSettings("12", func(p *mockapi.PracticeSettings) { p.Name = "Changed by hand" })
	settings.Refresh().RequireNone(t)
	settings.Apply(config).RequireNone(t) // takes the drift back
	settings.Destroy().RequireNoErrors(t)
	if got := mock.Settings("12").Name; got != "Riverside Medical Centre" {
		t.Errorf("restored to %q", got)
	}
}

func TestDestroy_countsFromTheMomentThatAnArgumentBecomesManaged(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	config := map[string]any{"name": "Hilltop Medical Centre", "on_destroy": "restore"}
	settings := adopt(t, mock, config)
	mock.ChangeSettings("12", func(p *mockapi.PracticeSettings) { p.Address.Town = "Newtown" })
	config["address"] = map[string]any{"town": "Hilltown"}
	settings.Apply(config).RequireNoErrors(t)
	delete(config, "name") // no longer managed: it is left alone
	settings.Apply(config).RequireNoErrors(t)
	settings.Destroy().RequireNoErrors(t)
	if got := mock.Settings("12"); got.Address.Town != "Newtown" || got.Name != "Hilltop Medical Centre" {
		t.Errorf("Hero has %+v", got)
	}
}

func TestDestroy_failsAndKeepsTheSettingsInStateWhenARestoreFails(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockapi.Fault{
		"the read":  {Kind: mockapi.FaultStatus, Method: http.MethodGet, Status: 403},
		"the write": {Kind: mockapi.FaultStatus, Method: http.MethodPatch, Status: 403},
		"an answer": {Kind: mockapi.FaultDropBefore, Method: http.MethodPatch},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, mockapi.Options{})
			settings := adopt(t, mock, restoring())
			mock.Fault(fault)
			diags := settings.Destroy()
			diags.RequireError(t, "Restoring the settings of practice group 12 failed")
			diags.RequireWarning(t, "The settings of practice group 12 stay in state")
			if settings.State() == nil {
				t.Fatal("the settings left state")
			}
			mock.ClearFaults()
			settings.Destroy().RequireNoErrors(t)
			if got := mock.Settings("12").Name; settings.State() != nil || got != "Riverside Medical Centre" {
				t.Errorf("state %v, name %q", settings.State(), got)
			}
		})
	}
}

func TestDestroy_believesARestoreWhoseAnswerWasLost(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := adopt(t, mock, restoring())
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultDropAfter, Method: http.MethodPatch})
	settings.Destroy().RequireNoErrors(t)
	if got := mock.Settings("12").Name; settings.State() != nil || got != "Riverside Medical Centre" {
		t.Errorf("state %v, name %q", settings.State(), got)
	}
}

func TestDestroy_onDestroyIsChangedWithoutACall(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	config := hilltop()
	settings := adopt(t, mock, config)
	config["on_destroy"] = "restore"
	settings.Apply(config).RequireNone(t)
	if mock.Count("", "") != 0 {
		t.Errorf("Hero was called: %v", mock.Requests())
	}
	settings.Destroy().RequireNoErrors(t)
	if got := mock.Settings("12").Name; got != "Riverside Medical Centre" {
		t.Errorf("restored to %q", got)
	}
}
