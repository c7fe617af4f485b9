// Package webhook is the room of Hero's webhooks: the resource hero_webhook and the data source hero_webhooks.
package webhook

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var (
	_ resource.ResourceWithConfigure      = (*webhookResource)(nil)
	_ resource.ResourceWithIdentity       = (*webhookResource)(nil)
	_ resource.ResourceWithValidateConfig = (*webhookResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*webhookResource)(nil)
	_ resource.ResourceWithImportState    = (*webhookResource)(nil)
)

// NewResource is the resource hero_webhook.
func NewResource() resource.Resource { return &webhookResource{} }

type webhookResource struct{ kit.ResourceBase }

// Metadata implements [resource.Resource].
func (r *webhookResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_webhook"
}

// IdentitySchema implements [resource.ResourceWithIdentity].
func (r *webhookResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = kit.IdentitySchema()
}

// ValidateConfig implements [resource.ResourceWithValidateConfig].
func (r *webhookResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var headers, secret types.Map // only these: decoding the whole model for each object of a fleet costs
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("headers"), &headers)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("headers_wo"), &secret)...)
	checkSameHeader(headers, secret, &resp.Diagnostics)
}

// Create implements [resource.Resource].
func (r *webhookResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var planned, config model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &planned)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	c, ready := r.Data.Ready(&resp.Diagnostics)
	if resp.Diagnostics.HasError() || !ready {
		return
	}
	made, err := c.CreateWebhook(ctx, planned.PracticeGroupID.ValueString(), config.request())
	if err != nil {
		addCreateError(resp, planned, config, err)
		return
	}

	memory := kit.Memory{Origin: c.Origin(), Home: planned.PracticeGroupID.ValueString(), HiddenHeaders: names(config.HeadersWO)}
	planned.take(made)
	planned.SigningKeyFingerprint = memory.RememberSent(config.signingKey(model{}))
	planned.HeadersWOFingerprint = memory.RememberSent(config.secretHeaders(model{}))
	deviations := memory.Compare()
	deviations.Argument("event_type", planned.EventType, made.EventType)
	deviations.Argument("url", planned.URL, made.URL)
	deviations.Argument("description", planned.Description, made.Description)
	compareHeaders(deviations, planned.Headers, &memory, made.Headers)

	resp.Diagnostics.Append(resp.State.Set(ctx, planned)...)
	kit.SetIdentity(ctx, resp.Identity, planned.PracticeGroupID, planned.ID, &resp.Diagnostics)
	memory.Keep(ctx, resp.Private, &resp.Diagnostics)
	deviations.Warn(planned.name(), planned.PracticeGroupID.ValueString(), &resp.Diagnostics)
}

func addCreateError(resp *resource.CreateResponse, planned, config model, err error) {
	summary := fmt.Sprintf("Creating the webhook for %s in practice group %s failed", planned.EventType.ValueString(), planned.PracticeGroupID.ValueString())
	var ambiguous *client.AmbiguousError
	if errors.As(err, &ambiguous) && len(ambiguous.IDs) > 0 {
		resp.Diagnostics.AddError(summary, fmt.Sprintf("%v.\n\nLook at them in Hero's portal or with the data source hero_webhooks, delete those that should not be, and import the right one as %s/<id>.",
			err, planned.PracticeGroupID.ValueString()))
		return
	}
	if errors.As(err, &ambiguous) {
		resp.Diagnostics.AddError(summary, fmt.Sprintf("%v.\n\nThe next plan looks for a webhook with this event and URL and warns if there is one: import it then, instead of making a second.", err))
		return
	}
	placeSecrets(err, config)
	kit.AddError(&resp.Diagnostics, summary, err, "event_type", "url", "description", "headers[]", "headers_wo[]", "signing_key", "signing_key_wo")
}

// placeSecrets puts Hero's complaints about a key or a header onto the argument that it came by: Hero knows one name for both.
func placeSecrets(err error, config model) {
	var refused *client.Error
	if !errors.As(err, &refused) {
		return
	}
	for _, problem := range refused.Problems {
		switch {
		case len(problem.Path) == 0:
		case problem.Path[0] == "signing_key" && config.SigningKey.IsNull():
			problem.Path[0] = "signing_key_wo"
		case problem.Path[0] == "headers" && len(problem.Path) > 1 && holdsFold(names(config.HeadersWO), problem.Path[1]):
			problem.Path[0] = "headers_wo"
		}
	}
}

// Read implements [resource.Resource].
func (r *webhookResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	c, memory, ok := r.Begin(ctx, req.Private, &resp.Diagnostics)
	if !ok {
		return
	}
	kit.SetIdentity(ctx, resp.Identity, state.PracticeGroupID, state.ID, &resp.Diagnostics)
	practice := state.PracticeGroupID.ValueString()
	found, err := c.FindWebhook(ctx, practice, state.ID.ValueString())
	if err != nil {
		if r.Data.ReadFailed(ctx, c, practice, state.name(), err, &resp.Diagnostics) == kit.Remove {
			resp.State.RemoveResource(ctx)
		}
		return
	}
	before := state
	if state.refresh(found, &memory); !reflect.DeepEqual(state, before) { // encoding what has not changed costs
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	}
	memory.Keep(ctx, resp.Private, &resp.Diagnostics)
}

// Update implements [resource.Resource]. Hero cannot change a webhook: what comes here changes only what Terraform knows of it, as
// when arguments are taken over after an import, or a key moves to its write-only argument.
func (r *webhookResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var planned, config model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &planned)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	_, memory, ok := r.Begin(ctx, req.Private, &resp.Diagnostics)
	if !ok {
		return
	}
	if planned.SigningKeyFingerprint.IsUnknown() {
		planned.SigningKeyFingerprint = memory.RememberSent(config.signingKey(model{}))
	}
	if planned.HeadersWOFingerprint.IsUnknown() {
		planned.HeadersWOFingerprint = memory.RememberSent(config.secretHeaders(model{}))
		memory.HiddenHeaders = names(config.HeadersWO)
	}
	verified := config.verified(memory)
	memory.Unverified = slices.DeleteFunc(memory.Unverified, func(argument string) bool { return slices.Contains(verified, argument) })
	if len(memory.Unverified) == 0 {
		memory.Shown = nil
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, planned)...)
	kit.SetIdentity(ctx, resp.Identity, planned.PracticeGroupID, planned.ID, &resp.Diagnostics)
	memory.Keep(ctx, resp.Private, &resp.Diagnostics)
}

// Delete implements [resource.Resource].
func (r *webhookResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	c, _, ok := r.Begin(ctx, req.Private, &resp.Diagnostics)
	if !ok {
		return
	}
	if err := c.DeleteWebhook(ctx, state.PracticeGroupID.ValueString(), state.ID.ValueString()); err != nil {
		kit.AddError(&resp.Diagnostics, fmt.Sprintf("Deleting %s of practice group %s failed", state.name(), state.PracticeGroupID.ValueString()), err)
	}
}

// ImportState implements [resource.ResourceWithImportState].
func (r *webhookResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	practice, id, ok := r.Data.ImportTarget(ctx, req, &resp.Diagnostics)
	c, ready := r.Data.Ready(&resp.Diagnostics)
	if !ok || !ready {
		return
	}
	found, err := c.FindWebhookAfresh(ctx, practice, id)
	switch {
	case errors.Is(err, client.ErrGone):
		resp.Diagnostics.AddError(fmt.Sprintf("Practice group %s has no webhook %s", practice, id), "The data source hero_webhooks lists those that there are. Webhook ids are Hero's own; an id of another practice group is not found either.")
		return
	case err != nil:
		kit.AddError(&resp.Diagnostics, fmt.Sprintf("Importing webhook %s of practice group %s failed", id, practice), err)
		return
	}
	memory := kit.Memory{Origin: c.Origin(), Unverified: []string{"description", "headers", "headers_wo", "signing_key"}}
	rememberShown(found, &memory)
	kit.StartImport(ctx, practice, id, memory, resp)
	if len(memory.ForeignHeaders) > 0 {
		resp.Diagnostics.AddAttributeWarning(path.Root("headers"), fmt.Sprintf("Webhook %s of practice group %s has headers that are not in state: %s", id, practice, strings.Join(memory.ForeignHeaders, ", ")),
			"Headers may be secret, so an import leaves them out. They stay as they are at Hero; add them to headers or headers_wo before the next replacement, or it loses them.")
	}
}
