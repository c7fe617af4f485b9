// Command fixtureprovider is the smallest provider on which the test support is tested under a real terraform. It keeps
// nothing anywhere: what is in state is all there is.
package main

import (
	"context"
	"io"
	"log"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"
)

func main() {
	opts := providerserver.ServeOpts{Address: "registry.terraform.io/herohealth/fixture"}
	if err := providerserver.Serve(context.Background(), func() provider.Provider { return fixture{} }, opts); err != nil {
		log.Fatal(err)
	}
}

type fixture struct{}

func (fixture) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "fixture"
}
func (fixture) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}
func (fixture) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}
func (fixture) DataSources(context.Context) []func() datasource.DataSource { return nil }
func (fixture) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return note{} }}
}

// note is a text. With leak it logs its secret; with wait_after it calls that URL in Create and then waits to be
// interrupted.
type note struct{}

type noteModel struct {
	Text      types.String `tfsdk:"text"`
	Secret    types.String `tfsdk:"secret_wo"`
	Leak      types.Bool   `tfsdk:"leak"`
	WaitAfter types.String `tfsdk:"wait_after"`
}

func (note) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "fixture_note"
}

func (note) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"text":       schema.StringAttribute{Required: true},
		"secret_wo":  schema.StringAttribute{Optional: true, WriteOnly: true},
		"leak":       schema.BoolAttribute{Optional: true},
		"wait_after": schema.StringAttribute{Optional: true},
	}}
}

func (note) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var config noteModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if config.Leak.ValueBool() {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, "leak", []byte(`"`+config.Secret.ValueString()+`"`))...)
		tflog.Trace(ctx, "leaking", map[string]any{"secret": config.Secret.ValueString()})
	}
	if url := config.WaitAfter.ValueString(); url != "" {
		// The answer may come after the interrupt: the call must not end with it.
		if err := call(context.WithoutCancel(ctx), url); err != nil {
			resp.Diagnostics.AddAttributeError(path.Root("wait_after"), "No answer", err.Error())
			return
		}
		<-ctx.Done()
	}
	resp.State.Raw = req.Plan.Raw
}

func call(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return err
	}
	client := http.Client{}
	answer, err := client.Do(req)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}

func (note) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (note) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

func (note) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
