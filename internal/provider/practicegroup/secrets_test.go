package practicegroup_test

import (
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

const secretConfig = versions + `
variable "password" {
  type      = string
  ephemeral = true
}

variable "password_version" {
  type = string
}

resource "hero_practice_group_settings" "riverside" {
  name = "Hilltop Medical Centre"
  prescription_partner_credentials = {
    email               = "rx@example.nhs.uk"
    password_wo         = var.password
    password_wo_version = var.password_version
  }
  on_destroy = "restore"
}

ephemeral "hero_access_token" "elements" {}

resource "hero_webhook" "confirmed" {
  event_type         = "appointment.confirmed"
  url                = "https://hooks.example.com/hero"
  headers_wo         = { "X-Elements-Token" = ephemeral.hero_access_token.elements.access_token }
  headers_wo_version = var.password_version
}
`

// environment is what leads terraform to the mock.
func environment(mock *acctest.Mock, more map[string]string) map[string]string {
	env := map[string]string{"HERO_BASE_URL": mock.URL, "HERO_API_KEY": mockapi.DefaultAPIKey, "HERO_PRACTICE_GROUP_ID": mockapi.DefaultOwnPracticeID}
	for name, value := range more {
		env[name] = value
	}
	return env
}

func TestSecrets_neitherPasswordNorTokenIsInStatePlanOrLog(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	terraform := acctest.Terraform(t, acctest.TerraformOptions{
		Files: map[string]string{"main.tf": secretConfig}, LogLevel: "TRACE", Env: environment(mock, map[string]string{"TF_VAR_password": password}),
	})
	for _, version := range []string{"1", "2"} {
		terraform.Plan("-out=change.tfplan", "-var=password_version="+version).RequireExit(t, 2)
		terraform.Show("change.tfplan").RequireExit(t, 0)
		terraform.Apply("change.tfplan").RequireExit(t, 0)
		terraform.Show().RequireExit(t, 0)
		terraform.Plan("-var=password_version="+version).RequireExit(t, 0)
	}
	if mock.Settings("12").PrescriptionPartnerSecret != password || !strings.Contains(mock.Webhooks("12")[0].Headers["X-Elements-Token"], ".") {
		t.Fatal("the secrets did not arrive at Hero: that they are nowhere else proves nothing")
	}
	secrets := []string{password}
	for _, token := range mock.AccessTokens() {
		secrets = append(secrets, token.Token)
	}
	if !strings.Contains(string(terraform.Log()), "PATCH") {
		t.Error("the log does not tell of the change")
	}
	terraform.Destroy("-var=password_version=2").RequireExit(t, 0)
	acctest.AssertNoSecrets(t, terraform.Artifacts(), secrets...)
}
