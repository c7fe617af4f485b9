package bookinglink

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
func (r *bookingLinkResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
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
		planDestroy(state, memory, &resp.Diagnostics)
	case req.State.Raw.IsNull():
		resp.Diagnostics.Append(resp.Plan.Set(ctx, r.planCreate(config, memory, &resp.Diagnostics))...)
	default:
		planned, replacing := r.planChange(config, state, memory, &resp.Diagnostics)
		resp.RequiresReplace = replacing
		resp.Diagnostics.Append(resp.Plan.Set(ctx, planned)...)
	}
}

func planDestroy(state model, memory kit.Memory, diags *diag.Diagnostics) {
	if state.OnDestroy.ValueString() == keepOnDestroy && memory.Reason == "" {
		state.link().WarnGoesOnWorking(keptWhy, diags)
	}
}

// withDefaults is a configuration with what its absent arguments stand for.
func (m model) withDefaults() model {
	if m.RecreateWhenUnusable.IsNull() {
		m.RecreateWhenUnusable = types.BoolValue(false)
	}
	if m.OnDestroy.IsNull() {
		m.OnDestroy = types.StringValue(expireOnDestroy)
	}
	return m
}

func (r *bookingLinkResource) planCreate(config model, memory kit.Memory, diags *diag.Diagnostics) model {
	planned := config.withDefaults()
	planned.PracticeGroupID, _ = r.Data.PlanPractice(config.PracticeGroupID, memory.Practice(), diags)
	planned.ID, planned.URL, planned.ExpiresAt, planned.Active = types.StringUnknown(), types.StringUnknown(), types.StringUnknown(), types.BoolUnknown()
	for _, end := range config.endDates() {
		kit.RefusePastDate(end.Argument, end.Date, r.Data.Time(), diags)
	}
	kit.WarnPatientLink(planned.link().Object, planned.PracticeGroupID.ValueString(), config.PatientID, diags)
	return planned
}

func (r *bookingLinkResource) planChange(config, state model, memory kit.Memory, diags *diag.Diagnostics) (planned model, replacing path.Paths) {
	planned = config.withDefaults()
	planned.ID, planned.URL, planned.ExpiresAt, planned.Active = state.ID, state.URL, state.ExpiresAt, state.Active
	var moves bool
	if planned.PracticeGroupID, moves = r.Data.PlanPractice(config.PracticeGroupID, state.PracticeGroupID, diags); moves {
		replacing.Append(path.Root("practice_group_id"))
	}
	var unverified []string
	for _, a := range differing(planned, state, memory) {
		switch {
		case slices.Contains(memory.Unverified, a.name):
			unverified = append(unverified, a.name)
		case !a.patched:
			replacing.Append(path.Root(a.name))
		case a.name == "expiry_date":
			planned.ExpiresAt, planned.Active = types.StringUnknown(), types.BoolUnknown()
		case a.name == "maximum_use_count":
			planned.Active = types.BoolUnknown()
		}
	}
	recreates := len(replacing) == 0 && state.link().PlanRecreation(config.RecreateWhenUnusable, memory, config.endDates(), r.Data.Time(), diags)
	switch {
	case recreates:
		planned.Active = types.BoolUnknown()
		replacing.Append(path.Root("active"))
	case len(replacing) == 0:
		kit.WarnUnverified(state.link().Object, state.PracticeGroupID.ValueString(), unverified, diags)
		return planned, nil
	case memory.Reason == "":
		state.link().WarnReplaced(state.OnDestroy.ValueString() != keepOnDestroy, diags)
	}
	if !config.PatientID.Equal(state.PatientID) {
		kit.WarnPatientLink("new booking link", planned.PracticeGroupID.ValueString(), config.PatientID, diags)
	}
	return planned, replacing
}
