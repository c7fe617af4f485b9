package webhook

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// ModifyPlan implements [resource.ResourceWithModifyPlan]: it plans the whole object from the configuration, the state and what private
// state remembers.
func (r *webhookResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return // a destroy needs no decisions
	}
	var config, state model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	memory := kit.Recall(ctx, req.Private, &resp.Diagnostics)
	if req.State.Raw.IsNull() {
		planned := r.planCreate(ctx, config, memory, &resp.Diagnostics)
		resp.Diagnostics.Append(resp.Plan.Set(ctx, planned)...)
		return
	}
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if !r.Data.MayPlan(memory, &resp.Diagnostics) {
		return
	}
	planned, replacing := r.planChange(ctx, config, state, memory, &resp.Diagnostics)
	resp.RequiresReplace = replacing
	if req.Plan.Raw.Equal(req.State.Raw) && reflect.DeepEqual(planned, state) {
		return // nothing changes, and encoding it again costs
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, planned)...)
}

func (r *webhookResource) planCreate(ctx context.Context, config model, memory kit.Memory, diags *diag.Diagnostics) model {
	planned := config.withoutSecrets()
	planned.PracticeGroupID, _ = r.Data.PlanPractice(config.PracticeGroupID, memory.Practice(), diags)
	planned.ID, planned.CreatedAt, planned.UpdatedAt = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
	planned.SigningKeyFingerprint = unknownUnlessNull(config.signingKey(model{}).Value)
	planned.HeadersWOFingerprint = unknownUnlessNull(config.secretHeaders(model{}).Value)
	if !config.EventType.IsUnknown() {
		checkEventType(config.EventType.ValueString(), diags)
	}
	checkSecretsAtHand(config, diags)
	if !diags.HasError() {
		r.warnOfDuplicate(ctx, planned, "", diags)
	}
	return planned
}

func (r *webhookResource) planChange(ctx context.Context, config, state model, memory kit.Memory, diags *diag.Diagnostics) (planned model, replacing path.Paths) {
	planned = config.withoutSecrets()
	planned.ID, planned.CreatedAt, planned.UpdatedAt = state.ID, state.CreatedAt, state.UpdatedAt
	planned.SigningKeyFingerprint, planned.HeadersWOFingerprint = state.SigningKeyFingerprint, state.HeadersWOFingerprint
	var moves bool
	if planned.PracticeGroupID, moves = r.Data.PlanPractice(config.PracticeGroupID, state.PracticeGroupID, diags); moves {
		replacing.Append(path.Root("practice_group_id"))
	}
	if !config.EventType.Equal(state.EventType) {
		replacing.Append(path.Root("event_type"))
		if !config.EventType.IsUnknown() {
			checkEventType(config.EventType.ValueString(), diags)
		}
	}
	if !config.URL.Equal(state.URL) {
		replacing.Append(path.Root("url"))
	}

	var hidden []string // replacements whose cause the plan cannot show
	if len(memory.Unverified) > 0 {
		hidden = adopt(config, state, &planned, memory, &replacing, diags)
	}
	if !memory.IsUnverified("description") && !config.Description.Equal(state.Description) {
		replacing.Append(path.Root("description"))
	}
	if !memory.IsUnverified("headers") && !sameHeaders(config.Headers, state.Headers) {
		replacing.Append(path.Root("headers"))
	}
	for _, s := range []struct {
		secret      kit.Secret
		fingerprint *types.String
		shownBy     string // the attribute that changes with the value
		version     string
	}{
		{config.signingKey(state), &planned.SigningKeyFingerprint, "signing_key_fingerprint", "signing_key_wo_version"},
		{config.secretHeaders(state), &planned.HeadersWOFingerprint, "headers_wo_fingerprint", "headers_wo_version"},
	} {
		if memory.IsUnverified(s.secret.Argument) {
			continue
		}
		why := memory.MustResend(s.secret)
		if sent, ok := memory.Sent[s.secret.Argument]; why == "" && ok && s.fingerprint.ValueString() != sent {
			why = kit.ValueAtHero
		}
		switch why {
		case "":
			continue
		case kit.VersionChanged:
			replacing.Append(path.Root(s.version))
		default:
			replacing.Append(path.Root(s.shownBy))
			hidden = append(hidden, s.secret.Argument+": "+why)
		}
		*s.fingerprint = types.StringUnknown()
	}
	if len(replacing) > 0 { // Terraform shows no warnings of the create that it plans next
		warnOfReplacement(config, state, memory, hidden, diags)
		r.warnOfDuplicate(ctx, planned, state.ID.ValueString(), diags)
	}
	return planned, replacing
}

// checkSecretsAtHand refuses to plan a create without a secret that a version promises: the webhook would be made without it.
func checkSecretsAtHand(config model, diags *diag.Diagnostics) {
	for _, s := range []struct {
		secret    kit.Secret
		attribute string
	}{{config.signingKey(model{}), "signing_key_wo"}, {config.secretHeaders(model{}), "headers_wo"}} {
		if s.secret.Value.IsNull() && !s.secret.Version.IsNull() {
			diags.AddAttributeError(path.Root(s.attribute), fmt.Sprintf("A webhook is to be created, and %s is null", s.attribute),
				fmt.Sprintf("%s_version is set, so the webhook is meant to have it. A run that creates or replaces the webhook needs the value: give it, or remove the version to do without. (A destroy plans first, and is not held up with -refresh=false.)", s.attribute))
		}
	}
}

// warnOfDuplicate looks whether the practice already sends this event to this URL. The list that it looks into is also what tells
// webhooks of before from those that a create with a lost answer made. The webhook that is being replaced does not count.
func (r *webhookResource) warnOfDuplicate(ctx context.Context, planned model, replaced string, diags *diag.Diagnostics) {
	if r.Data == nil || r.Data.Client == nil || planned.PracticeGroupID.IsUnknown() {
		return
	}
	practice := planned.PracticeGroupID.ValueString()
	existing, err := r.Data.Client.WebhooksAtStart(ctx, practice)
	if err != nil {
		kit.AddLookError(diags, fmt.Sprintf("Looking at the webhooks of practice group %s failed", practice), err)
		return
	}
	for _, w := range existing {
		if w.ID.Or("") != replaced && planned.EventType.Equal(kit.StringFrom(w.EventType)) && planned.URL.Equal(kit.StringFrom(w.URL)) {
			diags.AddWarning(fmt.Sprintf("Practice group %s already sends %s to this URL (webhook %s)", practice, w.EventType.Or(""), w.ID.Or("")),
				fmt.Sprintf("With a second webhook each event is delivered twice. To manage the one that exists instead, import it as %s/%s. (If that is the one being replaced, all is well.)", practice, w.ID.Or("")))
			return
		}
	}
}

// warnOfReplacement says what a plan does not show: causes that lie in secrets, and headers that nobody has configured.
func warnOfReplacement(config, state model, memory kit.Memory, hidden []string, diags *diag.Diagnostics) {
	about := fmt.Sprintf("%s of practice group %s", state.name(), state.PracticeGroupID.ValueString())
	if len(hidden) > 0 {
		diags.AddWarning("Replacing "+about+": "+strings.Join(hidden, "; "), "Hero cannot change a webhook, so a new one is made with what is configured now, and the old one is deleted.")
	}
	configured := append(names(config.Headers), names(config.HeadersWO)...)
	lost := slices.DeleteFunc(slices.Clone(memory.ForeignHeaders), func(name string) bool { return holdsFold(configured, name) })
	if len(lost) > 0 {
		diags.AddAttributeWarning(path.Root("headers"), "Replacing "+about+" loses headers: "+strings.Join(lost, ", "),
			"The webhook was imported with these headers, and they are not configured. Add them to headers or headers_wo if deliveries need them.")
	}
}

func unknownUnlessNull(secret types.String) types.String {
	if secret.IsNull() {
		return types.StringNull()
	}
	return types.StringUnknown()
}
