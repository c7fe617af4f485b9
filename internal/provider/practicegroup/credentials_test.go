package practicegroup_test

import (
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func withCredentials(of map[string]any) map[string]any {
	return map[string]any{"prescription_partner_credentials": of}
}

func TestCredentials_areSentByVersionAlone(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := adopt(t, mock, withCredentials(credentials("1")))
	if got := mock.Settings("12"); got.PrescriptionPartnerEmail != "rx@example.nhs.uk" || got.PrescriptionPartnerSecret != password {
		t.Fatal("the credentials did not arrive")
	}

	other := credentials("1")
	other["password_wo"] = "another-password"
	settings.RequireEmptyPlan(withCredentials(other))

	other["password_wo_version"] = "2"
	settings.Apply(withCredentials(other)).RequireNone(t)
	requirePatches(t, mock, `{"prescription_partner_credentials":{"email":"rx@example.nhs.uk","password":"another-password"}}`)
	nextRun(t, mock, settings).RequireEmptyPlan(withCredentials(other))
}

func TestCredentials_aRunThatSendsNoneNeedsNoPassword(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	without := func(version, email string) map[string]any {
		return withCredentials(map[string]any{"email": email, "password_wo_version": version})
	}
	const needed = "The credentials are to be sent, and password_wo is null"
	mock.Driver(t, nil).Resource("hero_practice_group_settings").Plan(without("1", "rx@example.nhs.uk")).Diags.RequireError(t, needed)
	settings := adopt(t, mock, withCredentials(credentials("1")))
	settings.RequireEmptyPlan(without("1", "rx@example.nhs.uk"))
	settings.Plan(without("2", "rx@example.nhs.uk")).Diags.RequireError(t, needed)
	settings.Plan(without("1", "dispensary@example.nhs.uk")).Diags.RequireError(t, needed)
	config := without("1", "rx@example.nhs.uk")
	config["name"] = "Hilltop Medical Centre"
	settings.Apply(config).RequireNoErrors(t)
	requirePatches(t, mock, `{"name":"Hilltop Medical Centre"}`)
}

func TestCredentials_aChangedEmailIsSentWithItsPassword(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := adopt(t, mock, withCredentials(credentials("1")))
	other := credentials("1")
	other["email"] = "dispensary@example.nhs.uk"
	settings.Apply(withCredentials(other)).RequireNone(t)
	requirePatches(t, mock, `{"prescription_partner_credentials":{"email":"dispensary@example.nhs.uk","password":"`+password+`"}}`)
}

func TestCredentials_areNotSentWithOtherChanges(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	config := withCredentials(credentials("1"))
	settings := adopt(t, mock, config)
	config["name"] = "Hilltop Medical Centre"
	settings.Apply(config).RequireNoErrors(t)
	requirePatches(t, mock, `{"name":"Hilltop Medical Centre"}`)
}

func TestCredentials_leaveNoTraceOfThePassword(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	settings := adopt(t, mock, withCredentials(credentials("1")))
	acctest.AssertNoSecrets(t, map[string][]byte{"private": settings.Private(), "state": []byte(show(settings.State()))}, password)
	if strings.Contains(string(settings.PrivateValue("hero")), "sent") {
		t.Errorf("there is a fingerprint of a password: %s", settings.PrivateValue("hero"))
	}
}

func TestCredentials_needEmailAndVersion(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil)
	for argument := range credentials("1") {
		for _, empty := range []any{nil, ""} {
			if argument == "password_wo" && empty == nil {
				continue // needed only by the plans that send it
			}
			given := credentials("1")
			given[argument] = empty
			if diags := d.Resource(settingsType).Validate(withCredentials(given)); !diags.Has(driver.Error, argument) {
				t.Errorf("%s = %v: got %s", argument, empty, diags)
			}
		}
	}
}

func TestCredentials_needATerraformThatKnowsWriteOnlyArguments(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	old := driver.New(t, newProvider, mock.Config(nil), driver.TerraformVersion("1.10.0"), driver.WithoutWriteOnly())
	old.Resource(settingsType).Validate(withCredentials(credentials("1"))).RequireError(t, "1.11")
	old.Resource(settingsType).Apply(hilltop()).RequireNoErrors(t)
}

func TestCredentials_thatHeroRefusesAreNotRepeatedInTheError(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: "PATCH", Status: 400, Body: `{"error":true,"statusCode":400,"message":"the login rx@example.nhs.uk with ` + password + ` was refused"}`})
	diags := mock.Driver(t, nil).Resource(settingsType).Apply(withCredentials(credentials("1")))
	diags.RequireError(t, "was refused")
	if diags.Has(driver.Error, password) {
		t.Error("the password is in the error")
	}
}
