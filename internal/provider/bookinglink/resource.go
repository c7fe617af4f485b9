// Package bookinglink is the room of Hero's booking links: the resource hero_booking_link and the data sources hero_booking_link and
// hero_booking_links.
package bookinglink

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var (
	_ resource.ResourceWithConfigure      = (*bookingLinkResource)(nil)
	_ resource.ResourceWithIdentity       = (*bookingLinkResource)(nil)
	_ resource.ResourceWithValidateConfig = (*bookingLinkResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*bookingLinkResource)(nil)
	_ resource.ResourceWithImportState    = (*bookingLinkResource)(nil)
)

// NewResource is the resource hero_booking_link.
func NewResource() resource.Resource { return &bookingLinkResource{} }

type bookingLinkResource struct{ kit.ResourceBase }

// Metadata implements [resource.Resource].
func (r *bookingLinkResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_booking_link"
}

// IdentitySchema implements [resource.ResourceWithIdentity].
func (r *bookingLinkResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = kit.IdentitySchema()
}

// ValidateConfig implements [resource.ResourceWithValidateConfig].
func (r *bookingLinkResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config model
	if resp.Diagnostics.Append(req.Config.Get(ctx, &config)...); !resp.Diagnostics.HasError() {
		kit.CheckDateOrder("from_date", "to_date", config.FromDate, config.ToDate, &resp.Diagnostics)
	}
}

// Create implements [resource.Resource].
func (r *bookingLinkResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var planned model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &planned)...)
	c, ready := r.Data.Ready(&resp.Diagnostics)
	if resp.Diagnostics.HasError() || !ready {
		return
	}
	practice := planned.PracticeGroupID.ValueString()
	made, err := c.CreateBookingLink(ctx, practice, planned.request())
	if err != nil {
		kit.AddLinkCreateError(&resp.Diagnostics, planned.link().Object, practice, lookFor(planned), err, argumentNames()...)
		return
	}
	memory := kit.Memory{Origin: c.Origin(), Home: practice}
	save := func() {
		resp.Diagnostics.Append(resp.State.Set(ctx, planned)...)
		kit.SetIdentity(ctx, resp.Identity, planned.PracticeGroupID, planned.ID, &resp.Diagnostics)
		memory.Keep(ctx, resp.Private, &resp.Diagnostics)
	}
	planned.takeComputed(made)
	save()
	if !made.ShortLink.Told || !made.Active.Told || !made.ExpiryDate.Told { // the answer to a create was not seen: it may be a part only
		if made = readRest(ctx, c, planned, made, &resp.Diagnostics); made == nil {
			return
		}
	}
	planned.takeComputed(made)
	deviations := memory.Compare()
	for _, a := range arguments() {
		compare := deviations.Argument
		if a.sensitive {
			compare = deviations.Hidden
		}
		compare(a.name, a.get(planned), a.told(made, planned))
	}
	planned.link().JudgeNew(unusable(made, r.Data.Time()), &memory, &resp.Diagnostics)
	save()
	deviations.Warn(planned.link().Object, practice, &resp.Diagnostics)
}

// readRest reads what the answer to a create left out. The link exists: a failure is a warning.
func readRest(ctx context.Context, c *client.Client, planned model, made *client.BookingLink, diags *diag.Diagnostics) *client.BookingLink {
	found, err := c.BookingLink(ctx, planned.PracticeGroupID.ValueString(), made.ID.Or(""))
	if err != nil {
		diags.AddWarning(fmt.Sprintf("The new %s could not be read", planned.link()),
			"The link exists, but Hero's answer did not tell all of it. The next refresh reads it again; until then its url may be null.\n\n"+err.Error())
		return nil
	}
	return found
}

// Read implements [resource.Resource].
func (r *bookingLinkResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	c, memory, ok := r.Begin(ctx, req.Private, &resp.Diagnostics)
	if !ok {
		return
	}
	kit.SetIdentity(ctx, resp.Identity, state.PracticeGroupID, state.ID, &resp.Diagnostics)
	practice := state.PracticeGroupID.ValueString()
	found, err := c.ReadBookingLink(ctx, practice, state.ID.ValueString())
	if err != nil {
		if r.Data.ReadFailed(ctx, c, practice, state.link().Object, err, &resp.Diagnostics) == kit.Remove {
			resp.State.RemoveResource(ctx)
		}
		return
	}
	state.refresh(found, memory)
	memory.Judge(unusable(found, r.Data.Time()))
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	memory.Keep(ctx, resp.Private, &resp.Diagnostics)
}

// Delete implements [resource.Resource].
func (r *bookingLinkResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	c, memory, ok := r.Begin(ctx, req.Private, &resp.Diagnostics)
	if !ok {
		return
	}
	if state.OnDestroy.ValueString() != keepOnDestroy {
		expire(ctx, c, state, r.Data.Time(), &resp.Diagnostics)
	} else if memory.Reason == "" {
		state.link().WarnGoesOnWorking(keptWhy, &resp.Diagnostics)
	}
}

// ImportState implements [resource.ResourceWithImportState].
func (r *bookingLinkResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	practice, id, ok := r.Data.ImportTarget(ctx, req, &resp.Diagnostics)
	c, ready := r.Data.Ready(&resp.Diagnostics)
	if !ok || !ready {
		return
	}
	found, err := c.BookingLink(ctx, practice, id)
	switch {
	case errors.Is(err, client.ErrGone):
		resp.Diagnostics.AddError(fmt.Sprintf("Practice group %s has no booking link %s", practice, id), notThere)
		return
	case err != nil:
		kit.AddError(&resp.Diagnostics, fmt.Sprintf("Importing booking link %s of practice group %s failed", id, practice), err)
		return
	}
	memory := kit.Memory{Origin: c.Origin(), Imported: true}
	for _, a := range arguments() {
		told := a.told(found, model{})
		if !told.Told {
			memory.Unverified = append(memory.Unverified, a.name)
		}
		if strings.Contains(told.Or(""), ",") {
			resp.Diagnostics.AddAttributeError(path.Root(a.name), fmt.Sprintf("Booking link %s of practice group %s has several values for %s", id, practice, a.name),
				fmt.Sprintf("Hero says %s, and the resource can hold one. Such a link cannot be managed with Terraform; the data source hero_booking_link shows all values.", told.Or("")))
		}
	}
	if resp.Diagnostics.HasError() {
		return
	}
	kit.WarnPatientLink("booking link "+id, practice, kit.StringFrom(found.PatientID), &resp.Diagnostics)
	defaults := model{}.withDefaults()
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("recreate_when_unusable"), defaults.RecreateWhenUnusable)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("on_destroy"), defaults.OnDestroy)...)
	kit.StartImport(ctx, practice, id, memory, resp)
}
