package kit

import (
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// Link is a booking or form link as messages name it.
type Link struct {
	Object   string // such as "booking link 5"
	Practice string
	URL      types.String
}

func (l Link) String() string { return l.Object + " of practice group " + l.Practice }

// EndDate is an argument after whose date a link is of no use.
type EndDate struct {
	Argument string
	Date     types.String // as configured
}

// PlanRecreation decides whether a link is planned for replacement because it cannot be used, and says why or why not. wanted is
// recreate_when_unusable, memory what the last read found.
func (l Link) PlanRecreation(wanted types.Bool, memory Memory, ends []EndDate, now time.Time, diags *diag.Diagnostics) bool {
	at, reason := path.Root("recreate_when_unusable"), memory.Reason
	switch {
	case reason == "":
		return false
	case wanted.IsUnknown():
		diags.AddAttributeError(at, fmt.Sprintf("The %s is not usable any more, and whether to replace it is not known yet", l),
			sentence(reason)+". Whether recreate_when_unusable replaces it has to stand in the plan: give a value that is known then.")
		return false
	case !wanted.ValueBool():
		return false
	}
	for _, end := range ends {
		if IsPast(end.Date, now) {
			diags.AddAttributeWarning(path.Root(end.Argument), fmt.Sprintf("The %s is not usable any more, and %s has passed", l, end.Argument),
				fmt.Sprintf("%s. recreate_when_unusable is set, but a new link with %s = %q could not be used either, so none is made. Change the date to get a new link, or remove the resource.",
					sentence(reason), end.Argument, end.Date.ValueString()))
			return false
		}
	}
	if memory.Stillborn {
		diags.AddAttributeWarning(at, fmt.Sprintf("The %s has not been usable since it was made", l),
			sentence(reason)+". A new link with the same arguments would not be either, so recreate_when_unusable makes none. Change what makes it unusable, or make another with terraform apply -replace=ADDRESS.")
		return false
	}
	diags.AddWarning("Replacing the "+l.String()+", which is not usable any more", sentence(reason)+". recreate_when_unusable is set, so a new link is made. It has another URL: publish that one.")
	return true
}

// JudgeNew notes of a new link why it cannot be used, if so, and warns.
func (l Link) JudgeNew(reason string, memory *Memory, diags *diag.Diagnostics) {
	if memory.Reason, memory.Stillborn = reason, reason != ""; memory.Stillborn {
		diags.AddWarning(fmt.Sprintf("The new %s cannot be used", l), sentence(reason)+". Hero says so of the link that it just made.")
	}
}

// sentence begins a text with a capital letter.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// WarnReplaced says in the plan of a usable link's replacement what becomes of its URL. Nothing else would: a replacement has no destroy plan.
func (l Link) WarnReplaced(expires bool, diags *diag.Diagnostics) {
	becomes, detail := "goes on working", "Hero cannot delete a link: the old one works until it expires or is used up, beside the new one."
	if expires {
		becomes, detail = "stops working", `Where it is printed or published, it leads nowhere from then on. on_destroy = "keep", applied beforehand, leaves it working.`
	}
	diags.AddWarning(fmt.Sprintf("Replacing the %s: its URL %s", l, becomes), fmt.Sprintf("The URL is %s. %s The new link has another URL.", l.url(), detail))
}

// WarnGoesOnWorking says of a link that leaves Terraform's state that its URL still works, and why.
func (l Link) WarnGoesOnWorking(why string, diags *diag.Diagnostics) {
	diags.AddWarning(fmt.Sprintf("The URL of the %s goes on working", l), fmt.Sprintf("%s The URL is %s. Switch the link off in Hero's portal if it must not be used.", why, l.url()))
}

func (l Link) url() string {
	if l.URL.ValueString() == "" {
		return "not known"
	}
	return l.URL.ValueString()
}

// WarnPatientLink says of a new link for one patient that it belongs elsewhere.
func WarnPatientLink(object, practice string, patient types.String, diags *diag.Diagnostics) {
	if patient.IsNull() {
		return
	}
	diags.AddAttributeWarning(path.Root("patient_id"), fmt.Sprintf("The %s of practice group %s is for a single patient", object, practice),
		"Its URL and the patient's id are kept in Terraform's state, where patients' data does not belong. Links of single patients are better made by the application that sends them; generic links are what Terraform is for.")
}

// AddLinkCreateError reports the failed create of a link. Hero cannot delete a link and two alike cannot be told apart, so a create that
// Hero may have processed is not repeated: the error says how to find what it may have made.
func AddLinkCreateError(diags *diag.Diagnostics, object, practice, look string, err error, arguments ...string) {
	summary := fmt.Sprintf("Creating the %s of practice group %s failed", object, practice)
	if !client.MaybeDone(err) {
		AddError(diags, summary, err, arguments...)
		return
	}
	diags.AddError(summary+", and a link may exist all the same",
		fmt.Sprintf("%v.\n\nThe create is not repeated, since that might make a second link, and Hero cannot delete one. "+
			"Look for the link with the %s. If it is there, import it as %s/<id>; if not, apply again.", err, look, practice))
}
