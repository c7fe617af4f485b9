package kit

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// PracticeDescription is how every schema describes practice_group_id.
const PracticeDescription = "Id of the practice group (one GP practice, by Hero's own number, not its ODS code) that this is for. " +
	"By default the provider's `practice_group_id`."

var practicePath = path.Root("practice_group_id")

// PlanPractice decides where a resource's object is to live. Only a practice that is written on the resource may move an object, by
// replacement; one that is inherited from the provider never does: the plan is an error instead, since a changed default would move
// everything at once.
func (d *Data) PlanPractice(configured, inState types.String, diags *diag.Diagnostics) (planned types.String, moves bool) {
	switch {
	case !configured.IsNull():
		d.checkAllowed(configured, diags)
		return configured, !inState.IsNull() && !configured.Equal(inState)
	case inState.IsNull():
		return d.inherited(diags), false
	}
	d.checkAllowed(inState, diags)
	if d == nil || d.PracticeGroupID.IsNull() || d.PracticeGroupID.IsUnknown() || d.PracticeGroupID.Equal(inState) {
		return inState, false
	}
	diags.AddAttributeError(practicePath, "The provider's practice group is not where this object lives",
		fmt.Sprintf("The object lives in practice group %s. It names no practice_group_id, and %s now says %s. An inherited practice group never moves an object, "+
			"since a changed default would move everything at once.\n\nTo keep the object where it is, write practice_group_id = %q on it. "+
			"To move it (it is replaced), write practice_group_id = %q on it.",
			inState.ValueString(), d.PracticeSource, d.PracticeGroupID.ValueString(), inState.ValueString(), d.PracticeGroupID.ValueString()))
	return inState, false
}

// Practice is the practice that a data source, an ephemeral resource or a list acts for: the configured one, else the provider's.
func (d *Data) Practice(configured types.String, diags *diag.Diagnostics) (string, bool) {
	chosen := configured
	if chosen.IsNull() {
		chosen = d.inherited(diags)
	} else {
		d.checkAllowed(chosen, diags)
	}
	if chosen.IsUnknown() && !diags.HasError() {
		diags.AddAttributeError(practicePath, "The practice group is not known yet", "Hero must be called now, but practice_group_id (here, or the provider's if it is not set here) is only known after apply. Write the id out, or apply what it comes from first, with -target.")
	}
	return chosen.ValueString(), !diags.HasError()
}

func (d *Data) inherited(diags *diag.Diagnostics) types.String {
	if d == nil {
		return types.StringUnknown()
	}
	if d.PracticeGroupID.IsNull() {
		diags.AddAttributeError(practicePath, "No practice group is named",
			"Every call to Hero is made for one practice group. Set practice_group_id here or in the provider's configuration, or set HERO_PRACTICE_GROUP_ID.")
		return types.StringUnknown()
	}
	d.checkAllowed(d.PracticeGroupID, diags)
	return d.PracticeGroupID
}

func (d *Data) checkAllowed(practice types.String, diags *diag.Diagnostics) {
	if d == nil || d.AllowedPracticeGroupIDs == nil || practice.IsUnknown() || slices.Contains(d.AllowedPracticeGroupIDs, practice.ValueString()) {
		return
	}
	diags.AddAttributeError(practicePath, "The practice group is not among the allowed ones",
		fmt.Sprintf("Practice group %q is not in the provider's allowed_practice_group_ids (HERO_ALLOWED_PRACTICE_GROUP_IDS), which guards against acting for the wrong practice. "+
			"Correct the id, or add it to the allowed ones.", practice.ValueString()))
}

// PracticeAttribute is practice_group_id in a resource's schema. PlanPractice plans it.
func PracticeAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, Computed: true,
		Validators:          []validator.String{PracticeGroupID()},
		MarkdownDescription: PracticeDescription + " A change replaces the object; a changed default of the provider never moves it.",
	}
}
