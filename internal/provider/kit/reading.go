package kit

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// Reading is one way to read from Hero: one schema, one model M of it, one read. It has a face as a data source and, where the answer
// should not lie in state, a twin: an ephemeral resource of the same name.
type Reading[M any] struct {
	// Name is the type's name without the provider's, such as "form_response".
	Name string
	// Schema is written once, as a data source's. It holds PracticeArgument as practice_group_id.
	Schema func() schema.Schema
	// Validate, if set, judges a configuration, in which values may still be unknown.
	Validate func(config M, diags *diag.Diagnostics)
	// Stored, if set, says before any call what it means that the data source stores the answer; an error ends the read. The ephemeral
	// twin stores nothing and is not asked.
	Stored func(d *Data, practice string, config M, diags *diag.Diagnostics)
	// Answered, if set, does the same of what only the answer shows; with an error nothing is stored.
	Answered func(d *Data, practice string, answer M, diags *diag.Diagnostics)
	// Read fills the model in with what Hero answers for the practice group.
	Read func(ctx context.Context, c *client.Client, practice string, m *M, diags *diag.Diagnostics)
}

// DataSource is the face that stores the answer in state.
func (r Reading[M]) DataSource() datasource.DataSource { return &dataSource[M]{reading: r} }

// Ephemeral is the face that leaves nothing in state or plan.
func (r Reading[M]) Ephemeral() ephemeral.EphemeralResource { return &ephemeralTwin[M]{reading: r} }

func (r Reading[M]) validate(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) {
	if r.Validate == nil {
		return
	}
	var m M
	if diags.Append(config.Get(ctx, &m)...); !diags.HasError() {
		r.Validate(m, diags)
	}
}

func (r Reading[M]) read(ctx context.Context, d *Data, config tfsdk.Config, stored, answered func(*Data, string, M, *diag.Diagnostics), diags *diag.Diagnostics) (m M, ok bool) {
	var practiceArgument types.String
	diags.Append(config.Get(ctx, &m)...)
	diags.Append(config.GetAttribute(ctx, practicePath, &practiceArgument)...)
	c, ready := d.Ready(diags)
	if !ready || diags.HasError() {
		return m, false
	}
	practice, ok := d.Practice(practiceArgument, diags)
	if ok && stored != nil {
		stored(d, practice, m, diags)
	}
	if diags.HasError() {
		return m, false
	}
	r.Read(ctx, c, practice, &m, diags)
	if answered != nil && !diags.HasError() {
		answered(d, practice, m, diags)
	}
	return m, !diags.HasError()
}

var (
	_ datasource.DataSourceWithConfigure      = (*dataSource[struct{}])(nil)
	_ datasource.DataSourceWithValidateConfig = (*dataSource[struct{}])(nil)
)

type dataSource[M any] struct {
	DataSourceBase
	reading Reading[M]
}

// Metadata implements [datasource.DataSource].
func (f *dataSource[M]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + f.reading.Name
}

// Schema implements [datasource.DataSource].
func (f *dataSource[M]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = f.reading.Schema()
}

// ValidateConfig implements [datasource.DataSourceWithValidateConfig].
func (f *dataSource[M]) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	f.reading.validate(ctx, req.Config, &resp.Diagnostics)
}

// Read implements [datasource.DataSource].
func (f *dataSource[M]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	if m, ok := f.reading.read(ctx, f.Data, req.Config, f.reading.Stored, f.reading.Answered, &resp.Diagnostics); ok {
		resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
	}
}

var (
	_ ephemeral.EphemeralResourceWithConfigure      = (*ephemeralTwin[struct{}])(nil)
	_ ephemeral.EphemeralResourceWithValidateConfig = (*ephemeralTwin[struct{}])(nil)
)

type ephemeralTwin[M any] struct {
	EphemeralBase
	reading Reading[M]
}

// Metadata implements [ephemeral.EphemeralResource].
func (f *ephemeralTwin[M]) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + f.reading.Name
}

// Schema implements [ephemeral.EphemeralResource].
func (f *ephemeralTwin[M]) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = ephemeralSchema(f.reading.Schema())
}

// ValidateConfig implements [ephemeral.EphemeralResourceWithValidateConfig].
func (f *ephemeralTwin[M]) ValidateConfig(ctx context.Context, req ephemeral.ValidateConfigRequest, resp *ephemeral.ValidateConfigResponse) {
	f.reading.validate(ctx, req.Config, &resp.Diagnostics)
}

// Open implements [ephemeral.EphemeralResource].
func (f *ephemeralTwin[M]) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	if m, ok := f.reading.read(ctx, f.Data, req.Config, nil, nil, &resp.Diagnostics); ok {
		resp.Diagnostics.Append(resp.Result.Set(ctx, m)...)
	}
}
