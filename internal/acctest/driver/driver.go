// Package driver drives a provider in-process through plugin protocol 6, as Terraform's core would, with typed state in
// hand. Tests use it for what the installed terraform is too old to show (identity, list resources, actions), for what
// only a caller of the protocol sees (private state, planned values, streams), and for speed.
//
// It keeps core's order of calls and its rules: the proposed new state, the check of the plan against the configuration,
// the second plan of a replacement, the plan made again at apply, the check of the result against the plan, and what
// becomes of state when an error comes. It does not refresh by itself: call Resource.Refresh where a run of terraform
// would.
package driver

import (
	"context"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Driver is one configured provider server. Its methods may be called from several goroutines at once, as core does;
// a mistake of the test (an unknown type or attribute name) stops the test.
type Driver struct {
	// ConfigureDiags is what validating and configuring the provider said. With an error in it, every other call
	// stops the test.
	ConfigureDiags Diagnostics

	*server
	ctx context.Context
}

type server struct {
	t          testing.TB
	rpc        tfprotov6.ProviderServer
	schemas    *tfprotov6.GetProviderSchemaResponse
	identities map[string]*tfprotov6.ResourceIdentitySchema
	options    options
}

type options struct {
	ctx              context.Context
	terraformVersion string
	writeOnlyAllowed bool
	like             *Driver
}

// Option changes how the driver presents itself to the provider.
type Option func(*options)

// TerraformVersion is the version that the provider is told; "1.14.0" without this option.
func TerraformVersion(version string) Option {
	return func(o *options) { o.terraformVersion = version }
}

// WithoutWriteOnly makes the driver a Terraform older than 1.11, which cannot handle write-only arguments.
func WithoutWriteOnly() Option { return func(o *options) { o.writeOnlyAllowed = false } }

// Context is the context of every call, for instance one with a logger; the test's own without this option.
func Context(ctx context.Context) Option { return func(o *options) { o.ctx = ctx } }

// Like takes the schemas from another driver of the same provider instead of asking for them again, as Terraform does with the later
// processes of a run.
func Like(other *Driver) Option { return func(o *options) { o.like = other } }

// New starts a server of its own for the provider and configures it. What that said is in ConfigureDiags.
func New(tb testing.TB, newProvider func() provider.Provider, config map[string]any, opts ...Option) *Driver {
	tb.Helper()
	d := start(tb, newProvider, opts)
	value := d.config(d.schemas.Provider, config)
	d.ConfigureDiags = d.validateProvider(value)
	if d.ConfigureDiags.HasErrors() {
		return d
	}
	resp, err := d.rpc.ConfigureProvider(d.ctx, &tfprotov6.ConfigureProviderRequest{
		TerraformVersion:   d.options.terraformVersion,
		Config:             wire(value),
		ClientCapabilities: &tfprotov6.ConfigureProviderClientCapabilities{},
	})
	d.check(err)
	d.ConfigureDiags = append(d.ConfigureDiags, fromProto(resp.Diagnostics)...).distinct()
	return d
}

// ValidateProvider validates a provider configuration without configuring anything, as `terraform validate` does.
func ValidateProvider(tb testing.TB, newProvider func() provider.Provider, config map[string]any, opts ...Option) Diagnostics {
	tb.Helper()
	d := start(tb, newProvider, opts)
	return d.validateProvider(d.config(d.schemas.Provider, config))
}

// WithContext is the same server, called with another context: for tests of cancellation and of deadlines.
func (d *Driver) WithContext(ctx context.Context) *Driver {
	other := *d
	other.ctx = ctx
	return &other
}

// Stop is what Terraform calls when the user presses Ctrl-C: it cancels the context of every call that is under way.
func (d *Driver) Stop() {
	d.t.Helper()
	_, err := d.rpc.StopProvider(context.WithoutCancel(d.ctx), &tfprotov6.StopProviderRequest{})
	d.check(err)
}

func start(tb testing.TB, newProvider func() provider.Provider, opts []Option) *Driver {
	tb.Helper()
	o := options{ctx: tb.Context(), terraformVersion: "1.14.0", writeOnlyAllowed: true}
	for _, opt := range opts {
		opt(&o)
	}
	rpc, err := providerserver.NewProtocol6WithError(newProvider())()
	if err != nil {
		tb.Fatalf("driver: the provider server did not start: %s", err)
	}
	d := &Driver{server: &server{t: tb, rpc: rpc, options: o}, ctx: o.ctx}
	if o.like != nil {
		d.schemas, d.identities = o.like.schemas, o.like.identities
		return d
	}
	d.schemas, err = rpc.GetProviderSchema(d.ctx, &tfprotov6.GetProviderSchemaRequest{})
	d.check(err)
	fromProto(d.schemas.Diagnostics).RequireNoErrors(tb)
	identities, err := rpc.GetResourceIdentitySchemas(d.ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	d.check(err)
	fromProto(identities.Diagnostics).RequireNoErrors(tb)
	d.identities = identities.IdentitySchemas
	return d
}

func (d *Driver) validateProvider(config tftypes.Value) Diagnostics {
	d.t.Helper()
	resp, err := d.rpc.ValidateProviderConfig(d.ctx, &tfprotov6.ValidateProviderConfigRequest{Config: wire(config)})
	d.check(err)
	return fromProto(resp.Diagnostics)
}

// configured stops the test when the provider was not configured: Terraform would not have come this far.
func (d *Driver) configured() {
	d.t.Helper()
	d.ConfigureDiags.RequireNoErrors(d.t)
}

// check stops the test on an error of the protocol itself, which no diagnostic carries.
func (d *Driver) check(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatalf("driver: the provider server failed: %s", err)
	}
}

// config converts a configuration as Terraform reads one.
func (d *Driver) config(schema *tfprotov6.Schema, config map[string]any) tftypes.Value {
	d.t.Helper()
	whole := map[string]any{}
	for _, block := range schema.Block.BlockTypes {
		if block.Nesting == tfprotov6.SchemaNestedBlockNestingModeList || block.Nesting == tfprotov6.SchemaNestedBlockNestingModeSet {
			whole[block.TypeName] = []any{}
		}
	}
	for name, v := range config {
		whole[name] = v
	}
	return d.value(schema.ValueType(), whole)
}

func (d *Driver) value(typ tftypes.Type, v any) tftypes.Value {
	d.t.Helper()
	value, err := toTerraform(typ, v, "")
	if err != nil {
		d.t.Fatalf("driver: %s", err)
	}
	return value
}

// lookUp finds a schema by type name, or stops the test.
func lookUp[S any](d *Driver, kind, name string, schemas map[string]*S) *S {
	d.t.Helper()
	schema, ok := schemas[name]
	if !ok {
		d.t.Fatalf("driver: the provider has no %s %q", kind, name)
	}
	return schema
}

// wire encodes a value as it travels between Terraform and a provider.
func wire(v tftypes.Value) *tfprotov6.DynamicValue {
	encoded, err := tfprotov6.NewDynamicValue(v.Type(), v)
	must(err)
	return &encoded
}

// read decodes what the provider sent; a missing value counts as null.
func (d *Driver) read(v *tfprotov6.DynamicValue, typ tftypes.Type) tftypes.Value {
	d.t.Helper()
	if v == nil {
		return tftypes.NewValue(typ, nil)
	}
	value, err := v.Unmarshal(typ)
	if err != nil {
		d.check(fmt.Errorf("its value does not fit its schema: %w", err))
	}
	return value
}
