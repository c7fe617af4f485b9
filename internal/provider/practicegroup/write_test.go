package practicegroup_test

import (
	"net/http"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestWrite_anAmbiguousFailureIsSettledByARead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault mockapi.FaultKind
		made  bool
	}{
		"the change was made":     {mockapi.FaultDropAfter, true},
		"the change was not made": {mockapi.FaultDropBefore, false},
		"a gateway answered":      {mockapi.FaultHTML, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, mockapi.Options{})
			settings := mock.Driver(t, nil).Resource(settingsType)
			mock.Fault(mockapi.Fault{Kind: c.fault, Method: http.MethodPatch})
			config := restoring()
			diags := settings.Apply(config)
			if !c.made {
				diags.RequireError(t, "A read right after it shows that the change was not made")
				if settings.State() != nil {
					t.Fatalf("state %v", settings.State())
				}
				mock.ClearFaults()
				settings.Apply(config).RequireNoErrors(t)
			}
			mock.ClearFaults()
			settings = nextRun(t, mock, settings)
			settings.RequireEmptyPlan(config)
			settings.Destroy().RequireNoErrors(t)
			if got := mock.Settings("12").Name; got != "Riverside Medical Centre" {
				t.Errorf("the originals were lost: restored to %q", got)
			}
		})
	}
}

func TestWrite_credentialsAloneCannotBeSettled(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := adopt(t, mock, withCredentials(credentials("1")))
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultDropAfter, Method: http.MethodPatch})
	settings.Apply(withCredentials(credentials("2"))).RequireError(t, "Hero does not tell these values, so it is not known whether the change was made")
	if got := settings.State().String("prescription_partner_credentials.password_wo_version"); got != "1" {
		t.Errorf("state has version %s", got)
	}
	mock.ClearFaults()
	settings.Apply(withCredentials(credentials("2"))).RequireNone(t)
	if len(patches(mock)) < 2 {
		t.Error("the credentials were not sent again")
	}
}

func TestWrite_failingLeavesStateAsItWas(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := adopt(t, mock, hilltop())
	remove := mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: http.MethodPatch, Status: 403})
	config := hilltop()
	config["name"] = "Another Name"
	settings.Apply(config).RequireError(t, "Changing the settings of practice group 12 failed")
	if got := settings.State().String("name"); got != "Hilltop Medical Centre" || settings.Tainted() {
		t.Errorf("state has %q", got)
	}
	remove()
	settings.Apply(config).RequireNone(t)
	nextRun(t, mock, settings).RequireEmptyPlan(config)
}

func TestWrite_isRefusedWhenReadOnly(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := mock.Driver(t, map[string]any{"read_only": true}).Resource(settingsType)
	settings.Apply(hilltop()).RequireError(t, "the provider is read-only")
	if settings.State() != nil || mock.Settings("12").Name != "Riverside Medical Centre" {
		t.Error("something was written")
	}
}

func TestWrite_whatHeroTakesOtherwiseIsSaidOnceAndIsNoDrift(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{IgnoreSettings: []string{"address.line_1"}})
	settings := mock.Driver(t, nil).Resource(settingsType)
	config := hilltop()
	config["on_destroy"] = "restore"
	settings.Apply(config).RequireWarning(t, `address.line_1: sent "2 Hill Road", answered "1 Example Street"`)
	settings = nextRun(t, mock, settings)
	settings.RequireEmptyPlan(config)

	mock.ChangeSettings("12", func(p *mockapi.PracticeSettings) { p.Address.Line1 = "3 Other Street" })
	settings.Refresh().RequireNone(t)
	if plan := settings.Plan(config); plan.Action != driver.Update || plan.Before.String("address.line_1") != "3 Other Street" {
		t.Errorf("a change from Hero's answer is not planned: %s", plan.Action)
	}
	mock.ChangeSettings("12", func(p *mockapi.PracticeSettings) { p.Address.Line1 = "1 Example Street" })
	settings.RequireEmptyPlan(config)
}

func TestWrite_worksWithTheDocumentationsSamples(t *testing.T) {
	t.Parallel()
	sample := acctest.NewSample(t)
	settings := sample.Driver(t, nil).Resource(settingsType)
	settings.Apply(restoring()).RequireWarning(t, "Hero answered otherwise than asked for the settings of practice group 12")
	settings = settings.On(sample.Driver(t, nil))
	settings.RequireEmptyPlan(restoring())
	settings.Destroy().RequireNoErrors(t)
}

func TestWrite_aFailedReadBackIsAWarning(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := mock.Driver(t, nil).Resource(settingsType)
	plan := settings.Plan(hilltop())
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: http.MethodGet, Status: 403, After: 1})
	settings.ApplyPlan(plan).RequireWarning(t, "The changed settings of practice group 12 could not be read back")
	mock.ClearFaults()
	nextRun(t, mock, settings).RequireEmptyPlan(hilltop())
}
