package driver_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	actionschema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	dataschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type thingsDataSource struct{ world *world }

func (d *thingsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "test_things"
}

func (d *thingsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = dataschema.Schema{Attributes: map[string]dataschema.Attribute{
		"prefix": dataschema.StringAttribute{Optional: true},
		"ids":    dataschema.ListAttribute{Computed: true, ElementType: types.StringType},
	}}
}

func (d *thingsDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.world, _ = req.ProviderData.(*world)
}

func (d *thingsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var prefix types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("prefix"), &prefix)...)
	if prefix.ValueString() == "!" {
		resp.Diagnostics.AddAttributeError(path.Root("prefix"), "Bad prefix", "no name starts with it")
		return
	}
	ids := []string{}
	for _, id := range d.world.ids() {
		if strings.HasPrefix(d.world.things[id].name, prefix.ValueString()) {
			ids = append(ids, id)
		}
	}
	resp.State.Raw = req.Config.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("ids"), ids)...)
}

type tokenEphemeral struct{ world *world }

func (e *tokenEphemeral) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = "test_token"
}

func (e *tokenEphemeral) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = ephemeralschema.Schema{Attributes: map[string]ephemeralschema.Attribute{
		"audience": ephemeralschema.StringAttribute{Required: true},
		"token":    ephemeralschema.StringAttribute{Computed: true},
	}}
}

func (e *tokenEphemeral) Configure(_ context.Context, req ephemeral.ConfigureRequest, _ *ephemeral.ConfigureResponse) {
	e.world, _ = req.ProviderData.(*world)
}

func (e *tokenEphemeral) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var audience types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("audience"), &audience)...)
	resp.Result.Raw = req.Config.Raw
	resp.Diagnostics.Append(resp.Result.SetAttribute(ctx, path.Root("token"), "for "+audience.ValueString())...)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, "renewed", []byte("0"))...)
	resp.RenewAt = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
}

func (e *tokenEphemeral) Renew(ctx context.Context, _ ephemeral.RenewRequest, resp *ephemeral.RenewResponse) {
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, "renewed", []byte("1"))...)
	resp.RenewAt = time.Date(2027, 1, 2, 0, 0, 0, 0, time.UTC)
}

func (e *tokenEphemeral) Close(ctx context.Context, req ephemeral.CloseRequest, resp *ephemeral.CloseResponse) {
	renewed, diags := req.Private.GetKey(ctx, "renewed")
	resp.Diagnostics.Append(diags...)
	e.world.record("close renewed=%s", renewed)
}

type thingList struct{ world *world }

func (l *thingList) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "test_thing"
}

func (l *thingList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = listschema.Schema{Attributes: map[string]listschema.Attribute{
		"failing": listschema.StringAttribute{Optional: true},
	}}
}

func (l *thingList) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	l.world, _ = req.ProviderData.(*world)
}

func (l *thingList) ValidateListResourceConfig(ctx context.Context, req list.ValidateConfigRequest, resp *list.ValidateConfigResponse) {
	var failing types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("failing"), &failing)...)
	if failing.ValueString() == "validation" {
		resp.Diagnostics.AddError("Bad list", "it fails in validation")
	}
}

func (l *thingList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var failing types.String
	diags := req.Config.GetAttribute(ctx, path.Root("failing"), &failing)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	l.world.listAsked = req.Limit
	stream.Results = func(push func(list.ListResult) bool) {
		for _, id := range l.world.ids() {
			result := req.NewListResult(ctx)
			if id == failing.ValueString() {
				result = list.ListResult{}
				result.Diagnostics.AddWarning("Skipped "+id, "it could not be read")
			} else {
				result.DisplayName = "Thing " + id
				result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("id"), id)...)
				if req.IncludeResource {
					result.Diagnostics.Append(result.Resource.SetAttribute(ctx, path.Root("name"), l.world.things[id].name)...)
				}
			}
			l.world.listed++
			if !push(result) {
				return
			}
		}
	}
}

type pingAction struct{}

func (a *pingAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "test_ping"
}

func (a *pingAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = actionschema.Schema{Attributes: map[string]actionschema.Attribute{
		"times": actionschema.Int64Attribute{Required: true},
	}}
}

func (a *pingAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	var times types.Int64
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("times"), &times)...)
	if times.ValueInt64() > 9 {
		resp.Diagnostics.AddAttributeError(path.Root("times"), "Too often", "nine times at most")
	}
}

func (a *pingAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var times types.Int64
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("times"), &times)...)
	for i := range times.ValueInt64() {
		resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf("ping %d", i+1)})
	}
	if times.ValueInt64() == 0 {
		resp.Diagnostics.AddError("Not sent", "nothing to send")
	}
}

type repeatFunction struct{}

func (repeatFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "repeat"
}

func (repeatFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Parameters: []function.Parameter{function.StringParameter{Name: "text"}, function.Int64Parameter{Name: "times"}},
		Return:     function.ListReturn{ElementType: types.StringType},
	}
}

func (repeatFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text string
	var times int64
	resp.Error = req.Arguments.Get(ctx, &text, &times)
	if resp.Error == nil && times < 0 {
		resp.Error = function.NewArgumentFuncError(1, "times must not be negative")
	}
	if resp.Error != nil {
		return
	}
	texts := make([]string, times)
	for i := range texts {
		texts[i] = text
	}
	resp.Error = resp.Result.Set(ctx, texts)
}
