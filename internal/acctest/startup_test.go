package acctest_test

import (
	"slices"
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
)

// BenchmarkValidate is `terraform validate`, which is starting the provider, its schema, and one call, next to the same with a provider of
// one small resource. The two take turns, so that whatever else the machine does meets both.
func BenchmarkValidate(b *testing.B) {
	ours := acctest.Terraform(b, acctest.TerraformOptions{Files: map[string]string{"main.tf": fleet{practices: 1, webhooksEach: 1}.configuration()}})
	small := acctest.Terraform(b, acctest.TerraformOptions{
		Package: "internal/acctest/internal/fixtureprovider", Type: "fixture",
		Files: map[string]string{"main.tf": `
terraform {
  required_providers {
    fixture = { source = "herohealth/fixture" }
  }
}

locals {
  notes = { for n in range(1) : tostring(n) => { n = n } }
}

resource "fixture_note" "note" {
  for_each = local.notes
  text     = "https://hooks.example.com/${each.value.n}"
}
`},
	})
	var took [2][]time.Duration
	for b.Loop() {
		for i, c := range []*acctest.CLI{ours, small} {
			took[i] = append(took[i], c.Run("validate", "-no-color").RequireExit(b, 0).Took)
		}
	}
	median := func(all []time.Duration) float64 {
		slices.Sort(all)
		return float64(all[len(all)/2].Microseconds()) / 1000
	}
	b.ReportMetric(median(took[0]), "ours-ms")
	b.ReportMetric(median(took[1]), "small-ms")
	b.ReportMetric(median(took[0])-median(took[1]), "more-ms")
}
