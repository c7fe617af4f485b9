package practicegroup

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// ModifyPlan implements [resource.ResourceWithModifyPlan].
func (r *settingsResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var planned, config, state model
	memory := kit.Recall(ctx, req.Private, &resp.Diagnostics)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if resp.Diagnostics.HasError() || !r.Data.MayPlan(memory, &resp.Diagnostics) {
		return
	}
	if req.Plan.Raw.IsNull() {
		warnOfDestroy(state, memory, &resp.Diagnostics)
		return
	}
	resp.Diagnostics.Append(req.Plan.Get(ctx, &planned)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	var moves bool
	home := state.PracticeGroupID
	if req.State.Raw.IsNull() {
		home = memory.Practice()
	}
	planned.PracticeGroupID, moves = r.Data.PlanPractice(config.PracticeGroupID, home, &resp.Diagnostics)
	planned.ID = planned.PracticeGroupID
	switch {
	case resp.Diagnostics.HasError():
		return
	case req.State.Raw.IsNull():
		r.planAdoption(ctx, &planned, memory, &resp.Diagnostics)
	case moves:
		// This is the first of two plans of a replacement: only its warnings are shown, and there is no plan of the destroy.
		resp.RequiresReplace = path.Paths{path.Root("practice_group_id")}
		r.planAdoption(ctx, &planned, kit.Memory{}, &resp.Diagnostics)
		warnOfDestroy(state, memory, &resp.Diagnostics)
		memory.Moves = true
		memory.Keep(ctx, resp.Private, &resp.Diagnostics)
	default:
		r.planChange(ctx, &planned, state, memory, &resp.Diagnostics)
	}
	taken := slices.Contains(unverified(planned, state, memory), credentialsArgument)
	if !planned.sameCredentials(state) && !taken && member(config.Credentials, "password_wo").IsNull() {
		resp.Diagnostics.AddAttributeError(path.Root(credentialsArgument).AtName("password_wo"), "The credentials are to be sent, and password_wo is null",
			"E-mail address and password go together, when Terraform begins to manage them and when email or password_wo_version changes. A run that sends them needs the password: give it.")
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, planned)...)
}

// planAdoption plans to take over the settings of a practice group.
func (r *settingsResource) planAdoption(ctx context.Context, planned *model, before kit.Memory, diags *diag.Diagnostics) {
	planned.Sector, planned.OverwrittenValues = types.StringUnknown(), types.MapUnknown(types.StringType)
	if before.Origin != "" && !before.Moves {
		return // a replacement within one practice group: what the destroy leaves is only known after it
	}
	if managed, known := planned.managed(); known {
		if overwritten, seen := r.lookAtOverwritten(ctx, planned.PracticeGroupID, managed, diags); seen {
			planned.OverwrittenValues = overwrittenValues(overwritten)
		}
	}
}

// planChange plans a change in place.
func (r *settingsResource) planChange(ctx context.Context, planned *model, state model, memory kit.Memory, diags *diag.Diagnostics) {
	planned.Sector, planned.OverwrittenValues = state.Sector, state.OverwrittenValues
	practice := state.PracticeGroupID.ValueString()
	warnOfReleased(*planned, state, diags)
	kit.WarnUnverified("settings", practice, unverified(*planned, state, memory), diags)

	managed, known := planned.managed()
	if added := adopted(managed, state, memory); !known && addsUnknown(*planned, state) {
		planned.OverwrittenValues = types.MapUnknown(types.StringType)
	} else if len(added) > 0 {
		planned.OverwrittenValues = types.MapUnknown(types.StringType)
		if overwritten, seen := r.lookAtOverwritten(ctx, planned.PracticeGroupID, added, diags); seen {
			planned.OverwrittenValues = withOverwritten(state, added, overwritten)
		}
	}
}

// lookAtOverwritten reads what is live now, when that can be done, and warns of what an apply will overwrite.
func (r *settingsResource) lookAtOverwritten(ctx context.Context, practice types.String, wanted values, diags *diag.Diagnostics) (overwritten values, seen bool) {
	if r.Data == nil || r.Data.Client == nil || practice.IsUnknown() {
		return nil, false
	}
	group, err := r.Data.Client.SharedPracticeGroup(ctx, practice.ValueString())
	if err != nil {
		// No warning would do: an apply cannot go on without this look either, and one that fails there, after a plan that showed values,
		// would look to Terraform like an inconsistent plan.
		kit.AddError(diags, fmt.Sprintf("Looking at the settings of practice group %s failed", practice.ValueString()), err)
		return nil, false
	}
	overwritten = wanted.overwriting(liveValues(group))
	warnOfOverwritten(practice.ValueString(), group, wanted, overwritten, diags)
	return overwritten, true
}

// overwriting is what Hero tells, where v holds something else. Where Hero has no value, nothing is lost.
func (v values) overwriting(live values) values {
	overwritten := values{}
	for path, value := range v {
		if now := live[path]; now != "" && now != value {
			overwritten[path] = now
		}
	}
	return overwritten
}

func warnOfOverwritten(practice string, group *client.PracticeGroup, wanted, overwritten values, diags *diag.Diagnostics) {
	if len(overwritten) == 0 {
		return
	}
	var lines []string
	for _, path := range overwritten.inOrder() {
		lines = append(lines, fmt.Sprintf("- %s: %q becomes %q", path, overwritten[path], wanted[path]))
	}
	diags.AddWarning(fmt.Sprintf("Adopting %s overwrites %s", called(practice, group.Name.Or("")), count(len(overwritten), "live value")),
		"Hero has other values than the configuration, for arguments that Terraform begins to manage. An apply overwrites them; overwritten_values keeps them:\n"+strings.Join(lines, "\n")+
			"\n\nTo keep a value, configure it, or leave its argument out.")
}

// adopted are those of the managed arguments that Terraform begins to manage now. What an import could not fill has been managed
// since.
func adopted(managed values, state model, memory kit.Memory) values {
	added := values{}
	for path, value := range managed {
		if state.get(path).IsNull() && !slices.Contains(memory.Unverified, path) {
			added[path] = value
		}
	}
	return added
}

// addsUnknown says that an argument is to be managed whose value is not known yet.
func addsUnknown(planned, state model) bool {
	return slices.ContainsFunc(arguments(), func(a argument) bool { return planned.get(a.path).IsUnknown() && state.get(a.path).IsNull() })
}

// withOverwritten adds to the overwritten values in state those of arguments that are newly managed.
func withOverwritten(state model, added, overwritten values) types.Map {
	before, _ := kit.StringMap(state.OverwrittenValues)
	all := values{}
	for path, value := range before {
		if _, again := added[path]; !again {
			all[path] = value
		}
	}
	for path, value := range overwritten {
		all[path] = value
	}
	return overwrittenValues(all)
}

// unverified are the arguments that an import could not fill and that are taken from the configuration as they are.
func unverified(planned, state model, memory kit.Memory) []string {
	var taken []string
	for _, path := range memory.Unverified {
		if path == credentialsArgument {
			if !planned.Credentials.IsNull() && state.Credentials.IsNull() {
				taken = append(taken, path)
			}
		} else if state.get(path).IsNull() && !planned.get(path).IsNull() {
			taken = append(taken, path)
		}
	}
	return taken
}

// released are the arguments in state that are no longer configured.
func released(planned, state model) []string {
	var paths []string
	for _, a := range arguments() {
		if planned.get(a.path).IsNull() && !state.get(a.path).IsNull() {
			paths = append(paths, a.path)
		}
	}
	if planned.Credentials.IsNull() && !state.Credentials.IsNull() {
		paths = append(paths, credentialsArgument)
	}
	return paths
}

func warnOfReleased(planned, state model, diags *diag.Diagnostics) {
	if paths := released(planned, state); len(paths) > 0 {
		diags.AddWarning(fmt.Sprintf("No longer managed in %s: %s", called(state.PracticeGroupID.ValueString(), state.Name.ValueString()), strings.Join(paths, ", ")),
			"These arguments are in state and not in the configuration. Where the plan shows \"-> null\" for them, that means \"no longer managed\": nothing is sent, and Hero keeps what it has. "+
				"To go on managing a value, configure it; to clear it at Hero, set it to \"\".")
	}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
