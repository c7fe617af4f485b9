// Package formlink is the room of Hero's form links: the resource hero_form_link.
package formlink

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var (
	_ resource.ResourceWithConfigure   = (*formLinkResource)(nil)
	_ resource.ResourceWithIdentity    = (*formLinkResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*formLinkResource)(nil)
	_ resource.ResourceWithImportState = (*formLinkResource)(nil)
)

// NewResource is the resource hero_form_link.
func NewResource() resource.Resource { return &formLinkResource{} }

type formLinkResource struct{ kit.ResourceBase }

// Metadata implements [resource.Resource].
func (r *formLinkResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_form_link"
}

// IdentitySchema implements [resource.ResourceWithIdentity].
func (r *formLinkResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = kit.IdentitySchema()
}

// Create implements [resource.Resource].
func (r *formLinkResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var planned model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &planned)...)
	c, ready := r.Data.Ready(&resp.Diagnostics)
	if resp.Diagnostics.HasError() || !ready {
		return
	}
	practice := planned.PracticeGroupID.ValueString()
	made, err := c.CreateFormLink(ctx, practice, planned.request())
	if client.HasStatus(err, http.StatusNotFound, http.StatusMethodNotAllowed) {
		err = fmt.Errorf("%w\n\nHero's documentation does not show this operation's path, so the provider may use a wrong one: if form_id is right, please report this", err)
	}
	if err != nil {
		kit.AddLinkCreateError(&resp.Diagnostics, planned.link().Object, practice, lookFor(planned), err, arguments...)
		return
	}
	memory := kit.Memory{Origin: c.Origin(), Home: practice}
	planned.take(made)
	planned.Status = types.StringNull()
	resp.Diagnostics.Append(resp.State.Set(ctx, planned)...)
	kit.SetIdentity(ctx, resp.Identity, planned.PracticeGroupID, planned.ID, &resp.Diagnostics)
	memory.Keep(ctx, resp.Private, &resp.Diagnostics)

	status, err := c.LinkStatus(ctx, practice, planned.reference())
	if err != nil {
		resp.Diagnostics.AddWarning(fmt.Sprintf("The status of the new %s could not be read", planned.link()), "The link exists. The next refresh asks for its status again.\n\n"+err.Error())
		return
	}
	planned.Status = kit.StringFrom(status.Status)
	planned.link().JudgeNew(planned.unusable(), &memory, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, planned)...)
	memory.Keep(ctx, resp.Private, &resp.Diagnostics)
}

// lookFor is the data source that finds a link whose create had no answer.
func lookFor(planned model) string {
	if planned.PatientID.IsNull() {
		return "data source hero_short_links"
	}
	return "data source hero_short_links with include_patient_links = true"
}

// Read implements [resource.Resource].
func (r *formLinkResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	c, memory, ok := r.Begin(ctx, req.Private, &resp.Diagnostics)
	if !ok {
		return
	}
	kit.SetIdentity(ctx, resp.Identity, state.PracticeGroupID, state.ID, &resp.Diagnostics)
	practice := state.PracticeGroupID.ValueString()
	found, err := c.LinkStatus(ctx, practice, state.reference())
	if err != nil {
		if r.Data.ReadFailed(ctx, c, practice, state.link().Object, err, &resp.Diagnostics) == kit.Remove {
			resp.State.RemoveResource(ctx)
		}
		return
	}
	if found.Status.Told {
		state.Status = kit.StringFrom(found.Status)
	}
	memory.Judge(state.unusable())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	memory.Keep(ctx, resp.Private, &resp.Diagnostics)
}

// Update implements [resource.Resource]. Hero cannot change a form link: what comes here changes only what Terraform knows of it, as when
// arguments are taken over after an import.
func (r *formLinkResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var planned model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &planned)...)
	_, memory, ok := r.Begin(ctx, req.Private, &resp.Diagnostics)
	if !ok {
		return
	}
	memory.Unverified = nil
	memory.Judge(planned.unusable())
	resp.Diagnostics.Append(resp.State.Set(ctx, planned)...)
	kit.SetIdentity(ctx, resp.Identity, planned.PracticeGroupID, planned.ID, &resp.Diagnostics)
	memory.Keep(ctx, resp.Private, &resp.Diagnostics)
}

// Delete implements [resource.Resource]. Hero has no operation for it: the link leaves Terraform's state only.
func (r *formLinkResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	_, memory, ok := r.Begin(ctx, req.Private, &resp.Diagnostics)
	if !ok {
		return
	}
	warnLeft(state, memory, &resp.Diagnostics)
}

// ImportState implements [resource.ResourceWithImportState].
func (r *formLinkResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	practice, id, ok := r.Data.ImportTarget(ctx, req, &resp.Diagnostics)
	c, ready := r.Data.Ready(&resp.Diagnostics)
	if !ok || !ready {
		return
	}
	imported := model{ID: types.StringValue(id)}
	if strings.HasPrefix(id, "http") {
		imported.URL = imported.ID
	}
	found, err := c.LinkStatus(ctx, practice, imported.reference())
	switch {
	case errors.Is(err, client.ErrGone):
		resp.Diagnostics.AddError(fmt.Sprintf("Practice group %s has no link %s", practice, id), "The data source hero_short_links lists those that there are. A link of another practice group is not found either.")
		return
	case err != nil:
		kit.AddError(&resp.Diagnostics, fmt.Sprintf("Importing form link %s of practice group %s failed", id, practice), err)
		return
	case found.Type.Or("") == "booking":
		resp.Diagnostics.AddError(fmt.Sprintf("Link %s of practice group %s is a booking link", id, practice), "Import it as a hero_booking_link, by its id.")
		return
	case slices.Contains([]string{"attachment", "video"}, found.Type.Or("")):
		resp.Diagnostics.AddError(fmt.Sprintf("Link %s of practice group %s is not a form link", id, practice), fmt.Sprintf("Hero says that it is of the type %q, which Terraform does not manage.", found.Type.Or("")))
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("url"), imported.URL)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("recreate_when_unusable"), imported.withDefaults().RecreateWhenUnusable)...)
	kit.StartImport(ctx, practice, id, kit.Memory{Origin: c.Origin(), Unverified: arguments}, resp)
}
