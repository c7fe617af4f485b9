package driver

import (
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ValidateDataSource validates a configuration as `terraform validate` does.
func (d *Driver) ValidateDataSource(typeName string, config map[string]any) Diagnostics {
	d.t.Helper()
	schema := lookUp(d, "data source", typeName, d.schemas.DataSourceSchemas)
	return d.validateDataSource(typeName, d.config(schema, config))
}

func (d *Driver) validateDataSource(typeName string, config tftypes.Value) Diagnostics {
	d.t.Helper()
	resp, err := d.rpc.ValidateDataResourceConfig(d.ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: typeName, Config: wire(config)})
	d.check(err)
	return fromProto(resp.Diagnostics)
}

// ReadDataSource validates the configuration and reads. The result is nil with an error, and when the configuration holds
// an unknown value: Terraform then puts the read off until apply.
func (d *Driver) ReadDataSource(typeName string, config map[string]any) (Object, Diagnostics) {
	d.t.Helper()
	d.configured()
	schema := lookUp(d, "data source", typeName, d.schemas.DataSourceSchemas)
	value := d.config(schema, config)
	diags := d.validateDataSource(typeName, value)
	if diags.HasErrors() || !value.IsFullyKnown() {
		return nil, diags
	}
	resp, err := d.rpc.ReadDataSource(d.ctx, &tfprotov6.ReadDataSourceRequest{
		TypeName: typeName, Config: wire(value), ClientCapabilities: &tfprotov6.ReadDataSourceClientCapabilities{},
	})
	d.check(err)
	diags = append(diags, fromProto(resp.Diagnostics)...).distinct()
	if diags.HasErrors() {
		return nil, diags
	}
	result := d.read(resp.State, schema.ValueType())
	switch {
	case result.IsNull():
		return nil, append(diags, errorf("", "Provider produced null object", "a data source must return an object or an error."))
	case !result.IsFullyKnown():
		return nil, append(diags, errorf("", "Provider produced invalid object", "a data source must return known values only:\n%s", show(toGo(result))))
	}
	return toObject(result), diags
}

// Ephemeral is an open ephemeral resource.
type Ephemeral struct {
	Result Object
	// RenewAt is when Terraform would call Renew; zero for never.
	RenewAt time.Time

	driver   *Driver
	typeName string
	private  []byte
}

// OpenEphemeral validates the configuration and opens the resource. The result is nil with an error, and when the
// configuration holds an unknown value.
func (d *Driver) OpenEphemeral(typeName string, config map[string]any) (*Ephemeral, Diagnostics) {
	d.t.Helper()
	d.configured()
	schema := lookUp(d, "ephemeral resource", typeName, d.schemas.EphemeralResourceSchemas)
	value := d.config(schema, config)
	valid, err := d.rpc.ValidateEphemeralResourceConfig(d.ctx, &tfprotov6.ValidateEphemeralResourceConfigRequest{TypeName: typeName, Config: wire(value)})
	d.check(err)
	diags := fromProto(valid.Diagnostics)
	if diags.HasErrors() || !value.IsFullyKnown() {
		return nil, diags
	}
	resp, err := d.rpc.OpenEphemeralResource(d.ctx, &tfprotov6.OpenEphemeralResourceRequest{
		TypeName: typeName, Config: wire(value), ClientCapabilities: &tfprotov6.OpenEphemeralResourceClientCapabilities{},
	})
	d.check(err)
	diags = append(diags, fromProto(resp.Diagnostics)...).distinct()
	if diags.HasErrors() {
		return nil, diags
	}
	result := d.read(resp.Result, schema.ValueType())
	diags = append(diags, planProblems(newObject(schema.Block), tftypes.NewValue(value.Type(), nil), value, result, "")...)
	if result.IsNull() || !result.IsFullyKnown() {
		diags = append(diags, errorf("", "Provider produced invalid ephemeral resource instance", "an ephemeral resource must return known values only."))
	}
	if diags.HasErrors() {
		return nil, diags
	}
	return &Ephemeral{Result: toObject(result), RenewAt: resp.RenewAt, driver: d, typeName: typeName, private: resp.Private}, diags
}

// Renew renews what is open and sets RenewAt anew.
func (e *Ephemeral) Renew() Diagnostics {
	d := e.driver
	d.t.Helper()
	resp, err := d.rpc.RenewEphemeralResource(d.ctx, &tfprotov6.RenewEphemeralResourceRequest{TypeName: e.typeName, Private: e.private})
	d.check(err)
	e.RenewAt, e.private = resp.RenewAt, resp.Private
	return fromProto(resp.Diagnostics)
}

// Close closes it.
func (e *Ephemeral) Close() Diagnostics {
	d := e.driver
	d.t.Helper()
	resp, err := d.rpc.CloseEphemeralResource(d.ctx, &tfprotov6.CloseEphemeralResourceRequest{TypeName: e.typeName, Private: e.private})
	d.check(err)
	return fromProto(resp.Diagnostics)
}
