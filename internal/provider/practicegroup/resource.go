// Package practicegroup is the room of practice groups: the resource hero_practice_group_settings, and the data sources that read a
// practice group, its parts and its network.
package practicegroup

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var (
	_ resource.ResourceWithConfigure   = (*settingsResource)(nil)
	_ resource.ResourceWithIdentity    = (*settingsResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*settingsResource)(nil)
	_ resource.ResourceWithImportState = (*settingsResource)(nil)
)

// NewResource is the resource hero_practice_group_settings.
func NewResource() resource.Resource { return &settingsResource{} }

type settingsResource struct{ kit.ResourceBase }

// identityModel names the settings: there is one of them for each practice group.
type identityModel struct {
	PracticeGroupID types.String `tfsdk:"practice_group_id"`
}

// Metadata implements [resource.Resource].
func (r *settingsResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_practice_group_settings"
}

// IdentitySchema implements [resource.ResourceWithIdentity].
func (r *settingsResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"practice_group_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Id of the practice group whose settings they are."},
	}}
}

// Create implements [resource.Resource]. It adopts the settings, which are always there.
func (r *settingsResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var planned, config model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &planned)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	c, ready := r.Data.Ready(&resp.Diagnostics)
	if resp.Diagnostics.HasError() || !ready {
		return
	}
	practice := planned.PracticeGroupID.ValueString()
	summary := fmt.Sprintf("Adopting the settings of practice group %s failed", practice)
	ch, group, err := read(ctx, c, practice)
	if err != nil {
		kit.AddError(&resp.Diagnostics, summary, err)
		return
	}
	ch.wanted, _ = planned.managed()
	if !planned.Credentials.IsNull() {
		ch.credentials = config.credentials()
	}
	sent, err := ch.send(ctx, c)
	if err != nil {
		addWriteError(&resp.Diagnostics, summary, err)
		return
	}
	planned.refreshSector(group)
	if planned.OverwrittenValues.IsUnknown() {
		planned.OverwrittenValues = overwrittenValues(ch.wanted.overwriting(ch.before))
	}
	memory := kit.Memory{Origin: c.Origin(), Home: practice}
	ch.remember(&memory, ch.wanted)
	resp.Diagnostics.Append(resp.State.Set(ctx, planned)...)
	setIdentity(ctx, resp.Identity, planned.PracticeGroupID, &resp.Diagnostics)
	if sent {
		ch.verify(ctx, c, &memory, &resp.Diagnostics)
	}
	memory.Keep(ctx, resp.Private, &resp.Diagnostics)
}

// Read implements [resource.Resource].
func (r *settingsResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	c, memory, ok := r.Begin(ctx, req.Private, &resp.Diagnostics)
	if !ok {
		return
	}
	setIdentity(ctx, resp.Identity, state.PracticeGroupID, &resp.Diagnostics)
	group, err := c.PracticeGroup(ctx, state.PracticeGroupID.ValueString())
	if err != nil {
		// Settings are never gone: a 404 of /v1/me is about access, not about an object.
		r.Data.ReadFailed(ctx, c, state.PracticeGroupID.ValueString(), "settings", err, &resp.Diagnostics)
		return
	}
	state.refresh(group, memory)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// Update implements [resource.Resource]. Ending the management of an argument, or changing on_destroy, needs no call.
func (r *settingsResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var planned, state, config model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &planned)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	c, memory, ok := r.Begin(ctx, req.Private, &resp.Diagnostics)
	if !ok {
		return
	}
	practice := planned.PracticeGroupID.ValueString()
	managed, _ := planned.managed()
	added, taken := adopted(managed, state, memory), unverified(planned, state, memory)
	wanted := changed(managed, state, taken)
	var ch change
	var sent bool
	if resend := !planned.sameCredentials(state) && !slices.Contains(taken, credentialsArgument); resend || len(wanted) > 0 {
		summary := fmt.Sprintf("Changing the settings of practice group %s failed", practice)
		var err error
		if ch, _, err = read(ctx, c, practice); err != nil {
			kit.AddError(&resp.Diagnostics, summary, err)
			return
		}
		ch.wanted = wanted
		if resend {
			ch.credentials = config.credentials()
		}
		if sent, err = ch.send(ctx, c); err != nil {
			addWriteError(&resp.Diagnostics, summary, err)
			return
		}
		ch.remember(&memory, added)
	}
	if planned.OverwrittenValues.IsUnknown() {
		planned.OverwrittenValues = withOverwritten(state, added, added.overwriting(ch.before))
	}
	forget(&memory, released(planned, state))
	memory.Unverified = nil
	resp.Diagnostics.Append(resp.State.Set(ctx, planned)...)
	setIdentity(ctx, resp.Identity, planned.PracticeGroupID, &resp.Diagnostics)
	if sent {
		ch.verify(ctx, c, &memory, &resp.Diagnostics)
	}
	memory.Keep(ctx, resp.Private, &resp.Diagnostics)
}

// Delete implements [resource.Resource]. The settings themselves cannot be deleted.
func (r *settingsResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	c, memory, ok := r.Begin(ctx, req.Private, &resp.Diagnostics)
	if !ok {
		return
	}
	if state.OnDestroy.ValueString() == restore {
		putBack(ctx, c, state, memory, &resp.Diagnostics)
	}
}

// ImportState implements [resource.ResourceWithImportState].
func (r *settingsResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	target := identityModel{PracticeGroupID: types.StringValue(strings.TrimSpace(req.ID))}
	if req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		resp.Diagnostics.Append(req.Identity.Get(ctx, &target)...)
	}
	if id := target.PracticeGroupID.ValueString(); !resp.Diagnostics.HasError() && (id == "" || strings.Contains(id, "/")) {
		resp.Diagnostics.AddError("The import id is not a practice group's", fmt.Sprintf("%q was given. Settings are imported by their practice group's id alone, such as \"12\".", id))
	}
	c, ready := r.Data.Ready(&resp.Diagnostics)
	if resp.Diagnostics.HasError() || !ready {
		return
	}
	practice, ok := r.Data.Practice(target.PracticeGroupID, &resp.Diagnostics)
	if !ok {
		return
	}
	group, err := c.PracticeGroup(ctx, practice)
	if err != nil {
		kit.AddError(&resp.Diagnostics, fmt.Sprintf("Importing the settings of practice group %s failed", practice), err)
		return
	}
	imported, untold := importedModel(practice, group)
	memory := kit.Memory{Origin: c.Origin(), Home: practice, Unverified: untold}
	resp.Diagnostics.Append(resp.State.Set(ctx, imported)...)
	setIdentity(ctx, resp.Identity, imported.PracticeGroupID, &resp.Diagnostics)
	memory.Keep(ctx, resp.Private, &resp.Diagnostics)
}

// setIdentity writes the identity. OpenTofu and older Terraform do without: then there is nothing to write to.
func setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, practice types.String, diags *diag.Diagnostics) {
	if identity != nil {
		diags.Append(identity.Set(ctx, identityModel{PracticeGroupID: practice})...)
	}
}

// changed are the managed arguments that state has otherwise, but for those that are taken from the configuration as they are.
func changed(managed values, state model, taken []string) values {
	wanted := values{}
	for path, value := range managed {
		if before := state.get(path); (before.IsNull() || before.ValueString() != value) && !slices.Contains(taken, path) {
			wanted[path] = value
		}
	}
	return wanted
}
