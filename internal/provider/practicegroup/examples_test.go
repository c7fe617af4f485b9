package practicegroup_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

const versions = `
terraform {
  required_providers {
    hero = { source = "herohealth/hero" }
  }
}
`

func examples(path string) string { return filepath.Join("..", "..", "..", "examples", path) }

func TestExamples_aPreconditionFailsThePlanWhereACapabilityIsMissing(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	mock.ChangeSettings("12", func(p *mockapi.PracticeSettings) { p.Capabilities = []string{"online_booking"} })
	terraform := acctest.Terraform(t, acctest.TerraformOptions{
		Dir: examples("data-sources/hero_practice_group_capabilities"), Files: map[string]string{"versions.tf": versions}, Env: environment(mock, nil),
	})
	if plan := terraform.Plan().RequireExit(t, 1); !strings.Contains(plan.Stderr, "has no text messages") {
		t.Error(plan)
	}
}

func TestExamples_importByIDShowsATrueDiff(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	terraform := acctest.Terraform(t, acctest.TerraformOptions{
		Dir: examples("resources/hero_practice_group_settings"), Files: map[string]string{"versions.tf": versions}, Env: environment(mock, map[string]string{"TF_VAR_rx_password": password}),
	})
	removeFiles(t, terraform.Dir, "import-by-identity.tf")
	plan := terraform.Plan().RequireExit(t, 2)
	for _, want := range []string{"1 to import, 0 to add, 1 to change", `"1 Example Street" -> "123 High Street"`, "No longer managed in practice group 12 (Riverside Medical Centre)", "Not verified in the imported settings of practice group 12"} {
		if !strings.Contains(plan.Stdout, want) {
			t.Errorf("want %q in:\n%s", want, plan.Stdout)
		}
	}
	terraform.Apply().RequireExit(t, 0)
	terraform.Plan().RequireExit(t, 0)
}

func TestExamples_networkGivesEveryPracticeTheSameAndComparesTheListWithHero(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	terraform := acctest.Terraform(t, acctest.TerraformOptions{Dir: examples("network"), Env: environment(mock, map[string]string{
		"TF_VAR_rx_password": password, "TF_VAR_receiver_token": "a-token-of-the-receiver", "TF_VAR_signing_key": "0123456789abcdef0123456789abcdef",
	})})
	first := terraform.Plan().RequireExit(t, 2)
	for _, practice := range []string{"12 (Riverside Medical Centre)", "15 (Hilltop Surgery)", "18 (Station Road Practice)"} {
		if !strings.Contains(first.Stdout, "Adopting practice group "+practice+" overwrites 1 live value") {
			t.Errorf("no warning about %s in:\n%s", practice, first.Stdout)
		}
	}
	terraform.Apply().RequireExit(t, 0)
	if plan := terraform.Plan().RequireExit(t, 0); strings.Contains(plan.Stdout, "Check block assertion failed") {
		t.Error(plan)
	}
	for _, practice := range []string{"12", "15", "18"} {
		if got := mock.Settings(practice); len(mock.Webhooks(practice)) != 3 || got.Address.Country != "England" || got.PrescriptionPartnerSecret != password {
			t.Errorf("practice %s has %d webhooks and %+v", practice, len(mock.Webhooks(practice)), got.Address)
		}
	}

	mock.AddPractice(mockapi.Practice{ID: "21", Name: "Newcomers' Surgery", InNetwork: true})
	mock.ChangeSettings("15", func(p *mockapi.PracticeSettings) { p.Name = "Valley Surgery" })
	mock.LeaveNetwork("18")
	plan := terraform.Plan("-refresh=false")
	for _, want := range []string{
		"In Hero's network and not on the reviewed list: 21 (Newcomers' Surgery)", "than at Hero, so one of them may be another practice: 15 (Hilltop", "Not, or no longer, in Hero's network: 18 (Station Road",
	} {
		if !strings.Contains(inOneLine(plan.Stdout+plan.Stderr), want) {
			t.Errorf("want %q in:\n%s", want, plan)
		}
	}
	mock.JoinNetwork("18")
	terraform.Destroy().RequireExit(t, 0)
	for _, practice := range []string{"12", "15", "18"} {
		if len(mock.Webhooks(practice)) != 0 || mock.Settings(practice).Address.Country != "United Kingdom" {
			t.Errorf("practice %s keeps %d webhooks and %+v", practice, len(mock.Webhooks(practice)), mock.Settings(practice).Address)
		}
	}
}
