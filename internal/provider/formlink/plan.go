package formlink

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// ModifyPlan implements [resource.ResourceWithModifyPlan]: it plans the whole object from the configuration, the state and what private
// state remembers.
func (r *formLinkResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var config, state model
	if !req.Plan.Raw.IsNull() {
		resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	}
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	memory := kit.Recall(ctx, req.Private, &resp.Diagnostics)
	switch {
	case resp.Diagnostics.HasError() || !r.Data.MayPlan(memory, &resp.Diagnostics):
	case req.Plan.Raw.IsNull():
		warnLeft(state, memory, &resp.Diagnostics)
	case req.State.Raw.IsNull():
		resp.Diagnostics.Append(resp.Plan.Set(ctx, r.planCreate(config, memory, &resp.Diagnostics))...)
	default:
		planned, replacing := r.planChange(config, state, memory, &resp.Diagnostics)
		resp.RequiresReplace = replacing
		resp.Diagnostics.Append(resp.Plan.Set(ctx, planned)...)
	}
}

// warnLeft says of a link that leaves Terraform that its URL goes on working.
func warnLeft(state model, memory kit.Memory, diags *diag.Diagnostics) {
	if memory.Reason == "" {
		state.link().WarnGoesOnWorking("Hero cannot delete or expire a form link: it works until it expires or is used up.", diags)
	}
}

// withDefaults is a configuration with what its absent arguments stand for.
func (m model) withDefaults() model {
	if m.RecreateWhenUnusable.IsNull() {
		m.RecreateWhenUnusable = types.BoolValue(false)
	}
	return m
}

func (r *formLinkResource) planCreate(config model, memory kit.Memory, diags *diag.Diagnostics) model {
	planned := config.withDefaults()
	planned.PracticeGroupID, _ = r.Data.PlanPractice(config.PracticeGroupID, memory.Practice(), diags)
	planned.ID, planned.URL, planned.Status = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
	kit.RefusePastDate("expiry_date", config.ExpiryDate, r.Data.Time(), diags)
	kit.WarnPatientLink(planned.link().Object, planned.PracticeGroupID.ValueString(), config.PatientID, diags)
	return planned
}

func (r *formLinkResource) planChange(config, state model, memory kit.Memory, diags *diag.Diagnostics) (planned model, replacing path.Paths) {
	planned = config.withDefaults()
	planned.ID, planned.URL, planned.Status = state.ID, state.URL, state.Status
	var moves bool
	if planned.PracticeGroupID, moves = r.Data.PlanPractice(config.PracticeGroupID, state.PracticeGroupID, diags); moves {
		replacing.Append(path.Root("practice_group_id"))
	}
	var unverified []string
	for _, argument := range differing(planned, state) {
		if slices.Contains(memory.Unverified, argument) {
			unverified = append(unverified, argument)
		} else {
			replacing.Append(path.Root(argument))
		}
	}
	ends := []kit.EndDate{{Argument: "expiry_date", Date: config.ExpiryDate}}
	recreates := len(replacing) == 0 && state.link().PlanRecreation(config.RecreateWhenUnusable, memory, ends, r.Data.Time(), diags)
	switch {
	case recreates:
		planned.Status = types.StringUnknown()
		replacing.Append(path.Root("status"))
	case len(replacing) == 0:
		kit.WarnUnverified(state.link().Object, state.PracticeGroupID.ValueString(), unverified, diags)
		return planned, nil
	case memory.Reason == "":
		state.link().WarnReplaced(false, diags)
	}
	if !config.PatientID.Equal(state.PatientID) {
		kit.WarnPatientLink("new form link", planned.PracticeGroupID.ValueString(), config.PatientID, diags)
	}
	return planned, replacing
}
