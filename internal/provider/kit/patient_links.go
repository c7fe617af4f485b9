package kit

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// IncludePatientLinksDescription is how every schema describes include_patient_links.
const IncludePatientLinksDescription = "Also list links that are for a single patient. Default `false`."

// IncludePatientLinks is the argument by which a data source lists the links of single patients as well. how says how they are left out
// otherwise.
func IncludePatientLinks(how string) schema.BoolAttribute {
	return FlagArgument(IncludePatientLinksDescription + " They are patients' data, to which the provider's `patient_data_in_state` applies. " + how)
}

// PatientLinksStored rules a data source that is about to store links of single patients because it was asked to.
func (d *Data) PatientLinksStored(include types.Bool, kind, practice string, diags *diag.Diagnostics) {
	if include.ValueBool() {
		d.PatientDataStored("", kind+" of single patients", "whom a link is for, and its URL", practice, diags)
	}
}

// WithoutPatientLinks leaves out the links of which Hero names the patient, unless they are wanted. Where it does not tell of a patient at
// all, a link may be generic or not: it is kept, and one warning says so.
func WithoutPatientLinks[L any](links []L, include types.Bool, patient func(L) client.Field[string], kind, practice string, diags *diag.Diagnostics) []L {
	if include.ValueBool() {
		return links
	}
	untold := 0
	kept := slices.DeleteFunc(slices.Clone(links), func(link L) bool {
		if !patient(link).Told {
			untold++
		}
		return patient(link).Value != nil
	})
	if untold > 0 {
		diags.AddWarning(fmt.Sprintf("Hero does not tell which %s of practice group %s are for single patients", kind, practice),
			fmt.Sprintf("Of %d of the links listed it does not say whom they are for, so links of single patients may be among them.", untold))
	}
	return kept
}
