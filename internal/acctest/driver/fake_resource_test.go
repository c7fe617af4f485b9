package driver_test

import (
	"context"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type thingResource struct{ world *world }

type thingModel struct {
	ID      types.String `tfsdk:"id"`
	Name    types.String `tfsdk:"name"`
	Kind    types.String `tfsdk:"kind"`
	Region  types.String `tfsdk:"region"`
	Size    types.String `tfsdk:"size"`
	Stamp   types.String `tfsdk:"stamp"`
	Secret  types.String `tfsdk:"secret_wo"`
	Version types.String `tfsdk:"secret_wo_version"`
	Tags    types.Set    `tfsdk:"tags"`
	Address *address     `tfsdk:"address"`
}

type address struct {
	Line types.String `tfsdk:"line"`
	Code types.String `tfsdk:"code"`
}

func (r *thingResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "test_thing"
}

func (r *thingResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	keep := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	replace := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	resp.Schema = schema.Schema{Version: 1, Attributes: map[string]schema.Attribute{
		"id":                schema.StringAttribute{Computed: true, PlanModifiers: keep},
		"name":              schema.StringAttribute{Required: true},
		"kind":              schema.StringAttribute{Optional: true, PlanModifiers: replace},
		"region":            schema.StringAttribute{Optional: true, Computed: true, Default: stringdefault.StaticString("eu")},
		"size":              schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: keep},
		"stamp":             schema.StringAttribute{Computed: true},
		"secret_wo":         schema.StringAttribute{Optional: true, WriteOnly: true},
		"secret_wo_version": schema.StringAttribute{Optional: true, PlanModifiers: replace},
		"tags":              schema.SetAttribute{Optional: true, ElementType: types.StringType},
		"address": schema.SingleNestedAttribute{Optional: true, Attributes: map[string]schema.Attribute{
			"line": schema.StringAttribute{Required: true},
			"code": schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: keep},
		}},
	}}
}

func (r *thingResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"id": identityschema.StringAttribute{RequiredForImport: true},
	}}
}

func (r *thingResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.world, _ = req.ProviderData.(*world)
}

func (r *thingResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var name, secret types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("name"), &name)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("secret_wo"), &secret)...)
	if name.ValueString() == "odd" {
		resp.Diagnostics.AddAttributeWarning(path.Root("name"), "Odd name", "the name is odd")
	}
	if !secret.IsNull() && !req.ClientCapabilities.WriteOnlyAttributesAllowed {
		resp.Diagnostics.AddError("Too old", "this Terraform has no write-only arguments")
	}
}

func (r *thingResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.world.planBadValue && !req.Plan.Raw.IsNull() {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("name"), "something else")...)
	}
	if req.Plan.Raw.IsNull() {
		resp.Diagnostics.AddWarning("Going", "the object will be deleted")
	}
	if req.State.Raw.IsNull() && !req.Plan.Raw.IsNull() {
		resp.Diagnostics.AddWarning("New", "planned from nothing")
	}
}

func (r *thingResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var m thingModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &m)...)
	var secret types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("secret_wo"), &secret)...)
	if r.world.waitInCreate != nil {
		close(r.world.waitInCreate)
		<-ctx.Done()
		resp.Diagnostics.AddError("Cancelled", ctx.Err().Error())
		return
	}
	r.world.mu.Lock()
	defer r.world.mu.Unlock()
	if r.world.failNothing {
		resp.Diagnostics.AddError("Refused", "nothing was made")
		return
	}
	r.world.lastID++
	m.ID = types.StringValue(strconv.Itoa(r.world.lastID))
	r.settle(&m)
	r.world.things[m.ID.ValueString()] = &thing{name: m.Name.ValueString(), kind: m.Kind.ValueString(), region: m.Region.ValueString(), size: m.Size.ValueString(), secret: secret.ValueString()}
	r.world.record("create %s secret=%s", m.ID.ValueString(), secret.ValueString())
	if r.world.lie {
		m.Name = types.StringValue("a lie")
	}
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, "made", fmt.Appendf(nil, `"by %s"`, m.ID.ValueString()))...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), m.ID)...)
	if r.world.failCreate {
		resp.Diagnostics.AddError("Half made", "the object exists, and more was to be done")
	}
}

// settle fills what the fake decides itself.
func (r *thingResource) settle(m *thingModel) {
	m.Stamp = types.StringValue(fmt.Sprintf("%s at %d", m.Name.ValueString(), len(r.world.calls)))
	if m.Size.IsUnknown() {
		m.Size = types.StringValue("medium")
	}
	if m.Address != nil && m.Address.Code.IsUnknown() {
		m.Address.Code = types.StringValue("code of " + m.Address.Line.ValueString())
	}
}

func (r *thingResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var m thingModel
	resp.Diagnostics.Append(req.State.Get(ctx, &m)...)
	r.world.mu.Lock()
	defer r.world.mu.Unlock()
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), m.ID)...)
	got, ok := r.world.things[m.ID.ValueString()]
	if !ok {
		resp.State.RemoveResource(ctx)
		return
	}
	m.Name, m.Region, m.Size = types.StringValue(got.name), types.StringValue(got.region), types.StringValue(got.size)
	if got.kind != "" {
		m.Kind = types.StringValue(got.kind)
	}
	if m.Stamp.IsNull() {
		m.Stamp = types.StringValue("imported")
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

func (r *thingResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var m thingModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &m)...)
	r.world.mu.Lock()
	defer r.world.mu.Unlock()
	r.settle(&m)
	r.world.record("update %s", m.ID.ValueString())
	got := r.world.things[m.ID.ValueString()]
	got.name, got.region, got.size = m.Name.ValueString(), m.Region.ValueString(), m.Size.ValueString()
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

func (r *thingResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var m thingModel
	resp.Diagnostics.Append(req.State.Get(ctx, &m)...)
	r.world.mu.Lock()
	defer r.world.mu.Unlock()
	if r.world.failDelete {
		resp.Diagnostics.AddError("Cannot delete", "it stays")
		return
	}
	made, diags := req.Private.GetKey(ctx, "made")
	resp.Diagnostics.Append(diags...)
	r.world.private[m.ID.ValueString()] = string(made)
	r.world.record("delete %s", m.ID.ValueString())
	delete(r.world.things, m.ID.ValueString())
}

func (r *thingResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("id"), path.Root("id"), req, resp)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, "made", []byte(`"by import"`))...)
}

func (r *thingResource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return map[int64]resource.StateUpgrader{0: {
		PriorSchema: &schema.Schema{Attributes: map[string]schema.Attribute{
			"id":    schema.StringAttribute{Computed: true},
			"title": schema.StringAttribute{Required: true},
		}},
		StateUpgrader: func(ctx context.Context, req resource.UpgradeStateRequest, resp *resource.UpgradeStateResponse) {
			var id, title types.String
			resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("id"), &id)...)
			resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("title"), &title)...)
			resp.Diagnostics.Append(resp.State.Set(ctx, &thingModel{ID: id, Name: title, Tags: types.SetNull(types.StringType)})...)
		},
	}}
}
