package kit

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// What data sources do that would store patients' data (patient_data_in_state).
const (
	PatientDataWarn  = "warn"
	PatientDataAllow = "allow"
	PatientDataDeny  = "deny"
)

// PatientDataStored rules a data source that is about to store patients' data: what is stored, such as "form response 5", in which
// attributes. Under deny it adds an error that names the ephemeral twin of the same name where there is one; under warn
// a warning whose summary is of this object alone, since Terraform folds warnings with equal summaries into one.
func (d *Data) PatientDataStored(twin, object, attributes, practice string, diags *diag.Diagnostics) {
	instead := "Read it with the ephemeral resource " + twin + " instead: it takes the same arguments and leaves nothing in state or plan."
	if twin == "" {
		instead = "Leave it out of Terraform."
	}
	switch d.PatientData {
	case PatientDataAllow:
	case PatientDataDeny:
		diags.AddError(fmt.Sprintf("Patients' data may not be stored: %s of practice group %s", object, practice),
			fmt.Sprintf("A data source stores what it reads in state, and here that is patients' data (%s). patient_data_in_state (HERO_PATIENT_DATA_IN_STATE) is \"deny\", so nothing is stored. %s", attributes, instead))
	default:
		diags.AddWarning(fmt.Sprintf("Patients' data is stored in state: %s of practice group %s", object, practice),
			fmt.Sprintf("State and saved plans hold it in clear (%s); that Terraform does not print it changes nothing there. %s "+
				"If it is meant to be stored, and the state is kept as a medical record is, say so with patient_data_in_state = \"allow\"; \"deny\" makes this an error.", attributes, instead))
	}
}
