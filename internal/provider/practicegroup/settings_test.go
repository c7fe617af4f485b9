package practicegroup_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

const (
	settingsType = "hero_practice_group_settings"
	password     = "correct-horse-battery"
)

// hilltop is a configuration that differs from what practice group 12 has in its name and its first line.
func hilltop() map[string]any {
	return map[string]any{
		"name":    "Hilltop Medical Centre",
		"address": map[string]any{"line_1": "2 Hill Road", "line_2": "Hilltop", "postcode": "EX1 1EX"},
	}
}

func credentials(version string) map[string]any {
	return map[string]any{"email": "rx@example.nhs.uk", "password_wo": password, "password_wo_version": version}
}

// nextRun is the same state file in a new run of terraform, whose provider knows nothing of what an earlier one has read.
func nextRun(t *testing.T, mock *acctest.Mock, settings *driver.Resource) *driver.Resource {
	t.Helper()
	return settings.On(mock.Driver(t, nil))
}

func adopt(t *testing.T, mock *acctest.Mock, config map[string]any) *driver.Resource {
	t.Helper()
	settings := mock.Driver(t, nil).Resource(settingsType)
	settings.Apply(config).RequireNoErrors(t)
	settings = nextRun(t, mock, settings)
	settings.RequireEmptyPlan(config)
	mock.ResetRequests()
	return settings
}

// patches are the bodies of what was sent to change settings.
func patches(mock *acctest.Mock) []string {
	var bodies []string
	for _, request := range mock.Requests() {
		if request.Method == http.MethodPatch {
			bodies = append(bodies, request.Body)
		}
	}
	return bodies
}

func requirePatches(t *testing.T, mock *acctest.Mock, want ...string) {
	t.Helper()
	if got := patches(mock); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Fatalf("sent\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestSettings_adoptWithOneWarningAndSendOnlyWhatDiffers(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := mock.Driver(t, nil).Resource(settingsType)
	plan := settings.Plan(hilltop())
	plan.Diags.RequireNoErrors(t)
	warnings := plan.Diags.Warnings()
	if len(warnings) != 1 || !strings.Contains(warnings[0].Summary, "practice group 12 (Riverside Medical Centre)") || !strings.Contains(warnings[0].Summary, "2 live values") {
		t.Fatalf("want one warning that names the practice and counts 2 values, got %s", plan.Diags)
	}
	plan.Diags.RequireWarning(t, `address.line_1: "1 Example Street" becomes "2 Hill Road"`)
	overwritten := plan.Planned.Get("overwritten_values")
	if want := `map[address.line_1:1 Example Street name:Riverside Medical Centre]`; show(overwritten) != want {
		t.Fatalf("planned to overwrite %v, want %s", overwritten, want)
	}
	requirePatches(t, mock)

	settings.ApplyPlan(plan).RequireNoErrors(t)
	requirePatches(t, mock, `{"name":"Hilltop Medical Centre","address":{"line_1":"2 Hill Road","line_2":"Hilltop"}}`)
	state := settings.State()
	if show(state.Get("overwritten_values")) != show(overwritten) || state.String("id") != "12" || state.String("practice_group_id") != "12" || state.String("sector") != "nhs" || state.String("on_destroy") != "keep" {
		t.Errorf("state is %v", state)
	}
	if !state.IsNull("prescription_partner") || !state.IsNull("address.town") {
		t.Errorf("what is not configured is in state: %v", state)
	}
	nextRun(t, mock, settings).RequireEmptyPlan(hilltop())
}

func TestSettings_adoptSilentlyAndWithoutAWriteWhenTheyAgree(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	config := map[string]any{"name": "Riverside Medical Centre", "address": map[string]any{"county": "", "town": "Exampleton"}, "prescription_partner_enabled": false}
	settings := mock.Driver(t, map[string]any{"read_only": true}).Resource(settingsType)
	plan := settings.Plan(config)
	plan.Diags.RequireNone(t)
	if show(plan.Planned.Get("overwritten_values")) != "map[]" {
		t.Errorf("overwritten values %v", plan.Planned.Get("overwritten_values"))
	}
	settings.ApplyPlan(plan).RequireNone(t)
	requirePatches(t, mock)
	nextRun(t, mock, settings).RequireEmptyPlan(config)
}

func TestSettings_adoptWhereHeroTellsNothing(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{DocumentedOnly: true})
	config := hilltop()
	config["prescription_partner_credentials"] = credentials("1")
	config["on_destroy"] = "restore"
	settings := mock.Driver(t, nil).Resource(settingsType)
	settings.Apply(config).RequireNone(t)
	requirePatches(t, mock, `{"name":"Hilltop Medical Centre","prescription_partner_credentials":{"email":"rx@example.nhs.uk","password":"`+password+`"},"address":{"line_1":"2 Hill Road","line_2":"Hilltop","postcode":"EX1 1EX"}}`)
	settings = nextRun(t, mock, settings)
	settings.RequireEmptyPlan(config)
	config["name"] = "Another Name"
	settings.Apply(config).RequireNone(t)
	settings = nextRun(t, mock, settings)
	settings.RequireEmptyPlan(config)
	if got := mock.Settings("12").Name; got != "Another Name" {
		t.Errorf("Hero has the name %q", got)
	}
	mock.ResetRequests()
	settings.Destroy().RequireWarning(t, "puts 0 values back, and leaves 5")
	requirePatches(t, mock)
}

func TestSettings_planWithoutALookWhileSomethingIsUnknown(t *testing.T) {
	t.Parallel()
	unknownName := hilltop()
	unknownName["name"] = driver.Unknown
	unknownPractice := hilltop()
	unknownPractice["practice_group_id"] = driver.Unknown
	for name, c := range map[string]struct{ provider, config map[string]any }{
		"an argument":  {nil, unknownName},
		"the practice": {nil, unknownPractice},
		"the client":   {map[string]any{"api_key": driver.Unknown}, hilltop()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, mockapi.Options{})
			plan := mock.Driver(t, c.provider).Resource(settingsType).Plan(c.config)
			plan.Diags.RequireNone(t)
			if !plan.Planned.IsUnknown("overwritten_values") || mock.Count("", "") != 0 {
				t.Errorf("planned %v with %d calls", plan.Planned.Get("overwritten_values"), mock.Count("", ""))
			}
		})
	}
}

func TestSettings_showAfterApplyWhatWasOverwrittenWhenThePlanCouldNot(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	config := hilltop()
	config["name"] = driver.Unknown
	settings := mock.Driver(t, nil).Resource(settingsType)
	plan := settings.Plan(config)
	settings.ApplyPlanWith(plan, hilltop()).RequireWarning(t, "2 live values")
	if got := settings.State().String("overwritten_values.name"); got != "Riverside Medical Centre" {
		t.Errorf("overwritten name %q", got)
	}
	nextRun(t, mock, settings).RequireEmptyPlan(hilltop())
}

func TestSettings_ofAPracticeOutsideTheNetworkFailInThePlanAndSayWhatToCheck(t *testing.T) {
	t.Parallel()
	for _, status := range []int{401, 403, 404} {
		mock := acctest.NewMock(t, mockapi.Options{RefusalStatus: status})
		config := hilltop()
		config["practice_group_id"] = "99"
		diags := mock.Driver(t, nil).Resource(settingsType).Plan(config).Diags
		diags.RequireError(t, "Looking at the settings of practice group 99 failed")
		if status == 403 {
			diags.RequireError(t, "Check practice_group_id: the practice must be in the same Hero network as the key's own practice")
		}
	}
}

func TestSettings_areNotAdoptedUnseenWhenTheLookFails(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	looks := mockapi.Fault{Kind: mockapi.FaultStatus, Method: http.MethodGet, Pattern: "/v1/me", Times: 1}
	settings := mock.Driver(t, map[string]any{"max_retries": 0}).Resource(settingsType)
	mock.Fault(looks)
	settings.Plan(hilltop()).Diags.RequireError(t, "Looking at the settings of practice group 12 failed")

	plan := settings.Plan(hilltop())
	settings = nextRun(t, mock, settings)
	for range 2 { // attempts
		mock.Fault(looks)
	}
	diags := settings.ApplyPlan(plan)
	diags.RequireError(t, "Looking at the settings of practice group 12 failed")
	if diags.Has(driver.Error, "inconsistent") || mock.Count(http.MethodPatch, "") > 0 {
		t.Errorf("%d changes were sent, and it says:\n%s", mock.Count(http.MethodPatch, ""), diags)
	}
}

func TestSettings_takeADriftOfWhatIsManagedBackAndIgnoreTheRest(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := adopt(t, mock, hilltop())
	mock.ChangeSettings("12", func(p *mockapi.PracticeSettings) {
		p.PrescriptionPartner, p.Address.Town, p.Sector = "signature_rx", "Elsewhere", "paid"
	})
	settings = nextRun(t, mock, settings)
	settings.RequireEmptyPlan(hilltop())
	if got := settings.State().String("sector"); got != "paid" {
		t.Errorf("sector %q", got)
	}

	mock.ChangeSettings("12", func(p *mockapi.PracticeSettings) { p.Name, p.Address.Line2 = "Changed by hand", "" })
	settings = nextRun(t, mock, settings)
	settings.Refresh().RequireNone(t)
	plan := settings.Plan(hilltop())
	plan.Diags.RequireNone(t)
	if plan.Action != driver.Update || plan.Before.String("name") != "Changed by hand" || plan.Before.Get("address.line_2") != "" {
		t.Fatalf("planned %s from %v", plan.Action, plan.Before)
	}
	settings.ApplyPlan(plan).RequireNone(t)
	requirePatches(t, mock, `{"name":"Hilltop Medical Centre","address":{"line_2":"Hilltop"}}`)
	settings = nextRun(t, mock, settings)
	settings.RequireEmptyPlan(hilltop())
	if got := mock.Settings("12").Address.Town; got != "Elsewhere" {
		t.Errorf("an unmanaged line became %q", got)
	}
}

func TestSettings_endTheManagementOfARemovedArgumentWithoutACall(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	config := hilltop()
	config["prescription_partner_credentials"] = credentials("1")
	settings := adopt(t, mock, config)
	config = map[string]any{"address": map[string]any{"line_1": "2 Hill Road"}}
	plan := settings.Plan(config)
	plan.Diags.RequireNoErrors(t)
	plan.Diags.RequireWarning(t, "No longer managed in practice group 12 (Hilltop Medical Centre): name, address.line_2, address.postcode, prescription_partner_credentials")
	plan.Diags.RequireWarning(t, "nothing is sent")
	settings.ApplyPlan(plan).RequireNoErrors(t)
	if mock.Count("", "") != 0 {
		t.Errorf("Hero was called: %v", mock.Requests())
	}
	settings = nextRun(t, mock, settings)
	settings.RequireEmptyPlan(config)
	if got := mock.Settings("12"); got.Name != "Hilltop Medical Centre" || got.PrescriptionPartnerSecret != password {
		t.Errorf("Hero has %+v", got)
	}
}

func TestSettings_clearAValueByAnEmptyText(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	config := map[string]any{"address": map[string]any{"line_1": "", "country": ""}}
	settings := mock.Driver(t, nil).Resource(settingsType)
	settings.Apply(config).RequireWarning(t, `address.country: "United Kingdom" becomes ""`)
	requirePatches(t, mock, `{"address":{"line_1":"","country":""}}`)
	nextRun(t, mock, settings).RequireEmptyPlan(config)
	if got := mock.Settings("12").Address; got.Line1 != "" || got.Country != "" || got.Town != "Exampleton" {
		t.Errorf("Hero has %+v", got)
	}
}

func TestSettings_showWhatALaterArgumentOverwrites(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	config := map[string]any{"name": "Hilltop Medical Centre"}
	settings := adopt(t, mock, config)
	config["address"] = map[string]any{"town": "Hilltown"}
	settings.Apply(config).RequireWarning(t, "Adopting practice group 12 (Hilltop Medical Centre) overwrites 1 live value")
	requirePatches(t, mock, `{"address":{"town":"Hilltown"}}`)
	if got := show(settings.State().Get("overwritten_values")); got != "map[address.town:Exampleton name:Riverside Medical Centre]" {
		t.Errorf("overwritten %s", got)
	}
	nextRun(t, mock, settings).RequireEmptyPlan(config)
}

func TestSettings_putHerosComplaintOnTheArgument(t *testing.T) {
	t.Parallel()
	for refused, attribute := range map[string]string{
		"name":            "name",
		"address.country": "address.country",
		"prescription_partner_credentials.password": "prescription_partner_credentials.password_wo",
	} {
		t.Run(refused, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, mockapi.Options{RefuseSettings: []string{refused}})
			config := hilltop()
			config["address"] = map[string]any{"country": "France"}
			config["prescription_partner_credentials"] = credentials("1")
			settings := mock.Driver(t, nil).Resource(settingsType)
			errors := settings.Apply(config).Errors()
			if len(errors) != 1 || errors[0].Attribute != attribute || !strings.Contains(errors[0].Detail, "unrecognized_keys") {
				t.Fatalf("want one error on %s, got %s", attribute, errors)
			}
			if settings.State() != nil || mock.Settings("12").Name != "Riverside Medical Centre" {
				t.Error("a refused adoption left something behind")
			}
		})
	}
}

func TestSettings_moveOnlyWhenThePracticeIsWrittenOnThem(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	config := hilltop()
	config["on_destroy"] = "restore"
	settings := adopt(t, mock, config)
	settings.On(mock.Driver(t, map[string]any{"practice_group_id": "15"})).Plan(config).Diags.RequireError(t, "The provider's practice group is not where this object lives")

	config["practice_group_id"] = "15"
	plan := settings.Plan(config)
	plan.Diags.RequireNoErrors(t)
	plan.Diags.RequireWarning(t, "Adopting practice group 15 (Hilltop Surgery) overwrites 2 live values")
	plan.Diags.RequireWarning(t, "Destroying the settings of practice group 12 (Hilltop Medical Centre) puts 3 values back")
	if plan.Action != driver.Replace || plan.Planned.String("overwritten_values.name") != "Hilltop Surgery" {
		t.Fatalf("planned %s with %v", plan.Action, plan.Planned.Get("overwritten_values"))
	}
	settings.ApplyPlan(plan).RequireNoErrors(t)
	nextRun(t, mock, settings).RequireEmptyPlan(config)
	if mock.Settings("12").Name != "Riverside Medical Centre" || mock.Settings("15").Name != "Hilltop Medical Centre" {
		t.Errorf("12 is %q, 15 is %q", mock.Settings("12").Name, mock.Settings("15").Name)
	}
}

func TestSettings_canBeReplacedInPlaceAlsoWhenTheyRestore(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	config := hilltop()
	config["on_destroy"] = "restore"
	settings := adopt(t, mock, config)
	plan := settings.Plan(config, driver.ForceReplace())
	plan.Diags.RequireNoErrors(t)
	settings.ApplyPlan(plan).RequireNoErrors(t)
	settings = nextRun(t, mock, settings)
	settings.RequireEmptyPlan(config)
	if got := settings.State().String("overwritten_values.name"); got != "Riverside Medical Centre" {
		t.Errorf("overwritten name %q", got)
	}
}

func TestSettings_refuseAnotherServer(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := adopt(t, mock, hilltop())
	staging := settings.On(mock.Driver(t, map[string]any{"base_url": nil, "environment": "staging"}))
	staging.Refresh().RequireError(t, "This object lives on another Hero server")
	staging.Destroy().RequireError(t, "This object lives on another Hero server")
	if staging.State() == nil {
		t.Error("the settings left state")
	}
}

func TestSettings_areKeptWhenTheirPracticeLeavesTheNetwork(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	config := hilltop()
	config["practice_group_id"] = "15"
	settings := adopt(t, mock, config)
	mock.LeaveNetwork("15")
	settings.Refresh().RequireError(t, "Reading settings of practice group 15 failed")
	kept := settings.On(mock.Driver(t, map[string]any{"on_unreachable_practice": "keep_state"}))
	kept.Refresh().RequireWarning(t, "Practice group 15 cannot be reached")
	if plan := kept.Plan(config); plan.Action != driver.NoOp {
		t.Errorf("planned %s", plan.Action)
	}
}
