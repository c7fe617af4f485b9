package driver_test

import (
	"context"
	"fmt"
	"sort"
	"strconv"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// world is what the fake provider manages, and the knobs and records of a test.
type world struct {
	mu      sync.Mutex
	things  map[string]*thing
	lastID  int
	calls   []string          // every create, update and delete, with what it saw
	private map[string]string // what delete found in private state, by id

	failCreate   bool // create makes the object and then reports an error
	failNothing  bool // create reports an error and makes nothing
	failDelete   bool
	lie          bool          // create returns another name than was planned
	planBadValue bool          // plan changes a configured value
	waitInCreate chan struct{} // create closes it and waits until its context ends
	listed       int           // how many results the list resource pushed
	listAsked    int64         // the limit that it was given
}

type thing struct{ name, kind, region, size, secret string }

func newWorld() *world { return &world{things: map[string]*thing{}, private: map[string]string{}} }

func (w *world) record(format string, args ...any) {
	w.calls = append(w.calls, fmt.Sprintf(format, args...))
}

func (w *world) ids() []string {
	ids := make([]string, 0, len(w.things))
	for id := range w.things {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(i, j int) bool {
		a, _ := strconv.Atoi(ids[i])
		b, _ := strconv.Atoi(ids[j])
		return a < b
	})
	return ids
}

// fakeProvider is a provider with one of each kind.
type fakeProvider struct{ world *world }

func (w *world) provider() func() provider.Provider {
	return func() provider.Provider { return &fakeProvider{world: w} }
}

type fakeConfig struct {
	Token types.String `tfsdk:"token"`
	Limit types.Int64  `tfsdk:"limit"`
}

func (p *fakeProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "test"
}

func (p *fakeProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"token": schema.StringAttribute{Required: true, Sensitive: true},
		"limit": schema.Int64Attribute{Optional: true},
	}}
}

func (p *fakeProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config fakeConfig
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	switch {
	case config.Token.IsUnknown():
		resp.Diagnostics.AddWarning("Token not known yet", "seen by Terraform "+req.TerraformVersion)
	case config.Token.ValueString() == "wrong":
		resp.Diagnostics.AddError("Bad token", "the token is wrong")
	}
	resp.ResourceData, resp.DataSourceData = p.world, p.world
	resp.ListResourceData, resp.ActionData, resp.EphemeralResourceData = p.world, p.world, p.world
}

func (p *fakeProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return &thingResource{} }}
}

func (p *fakeProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return &thingsDataSource{} }}
}

func (p *fakeProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{func() ephemeral.EphemeralResource { return &tokenEphemeral{} }}
}

func (p *fakeProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{func() list.ListResource { return &thingList{} }}
}

func (p *fakeProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{func() action.Action { return &pingAction{} }}
}

func (p *fakeProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{func() function.Function { return repeatFunction{} }}
}
