package kit

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// IncludePatientLinksDescription is how schemas describe include_patient_links.
const IncludePatientLinksDescription = "Also list links that are for a single patient. Default `false`: they lead to patients' data and do not belong in state."

// WithoutPatientLinks leaves out the links of which Hero names the patient. Where it does not tell of a patient at all, a link may be
// generic or not: it is kept, and one warning says so.
func WithoutPatientLinks[L any](links []L, patient func(L) client.Field[string], kind, practice string, diags *diag.Diagnostics) []L {
	untold := 0
	kept := slices.DeleteFunc(slices.Clone(links), func(link L) bool {
		if !patient(link).Told {
			untold++
		}
		return patient(link).Value != nil
	})
	if untold > 0 {
		diags.AddWarning(fmt.Sprintf("Hero does not tell which %s of practice group %s are for single patients", kind, practice),
			fmt.Sprintf("Of %d of the links listed it does not say whom they are for, so links of single patients may be among them. Set include_patient_links = true to accept that.", untold))
	}
	return kept
}
