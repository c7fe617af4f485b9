package driver

import (
	"iter"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ListOptions are the arguments of a list block that Terraform itself reads.
type ListOptions struct {
	// Limit is the largest number of results; 0 is Terraform's own default, 100.
	Limit int64
	// IncludeResource asks for the whole objects and not only their identities.
	IncludeResource bool
}

// ListResult is one object that was found, or a message in its place. Terraform shows nothing at all when one of a
// query's results has an error.
type ListResult struct {
	DisplayName string
	Identity    Object // nil in a result that is only a message
	Resource    Object // nil unless asked for
	Diags       Diagnostics
}

// ValidateList validates the configuration of a list block, as `terraform validate -query` does.
func (d *Driver) ValidateList(typeName string, config map[string]any) Diagnostics {
	d.t.Helper()
	schema := lookUp(d, "list resource", typeName, d.schemas.ListResourceSchemas)
	return d.validateList(typeName, d.config(schema, config), ListOptions{})
}

func (d *Driver) validateList(typeName string, config tftypes.Value, opts ListOptions) Diagnostics {
	d.t.Helper()
	resp, err := d.lister().ValidateListResourceConfig(d.ctx, &tfprotov6.ValidateListResourceConfigRequest{
		TypeName: typeName, Config: wire(config),
		IncludeResourceObject: wire(tftypes.NewValue(tftypes.Bool, opts.IncludeResource)),
		Limit:                 wire(tftypes.NewValue(tftypes.Number, opts.limit())),
	})
	d.check(err)
	return fromProto(resp.Diagnostics)
}

// List validates the configuration and streams the results: each reaches the loop when the provider sends it, and
// leaving the loop stops the provider, as reaching the limit does. What validation says is a result of its own before
// the others, the only one when it is an error.
func (d *Driver) List(typeName string, config map[string]any, opts ListOptions) iter.Seq[ListResult] {
	d.t.Helper()
	d.configured()
	schema := lookUp(d, "list resource", typeName, d.schemas.ListResourceSchemas)
	resource := d.Resource(typeName)
	value := d.config(schema, config)
	return func(yield func(ListResult) bool) {
		if diags := d.validateList(typeName, value, opts); len(diags) > 0 {
			if !yield(ListResult{Diags: diags}) || diags.HasErrors() {
				return
			}
		}
		stream, err := d.lister().ListResource(d.ctx, &tfprotov6.ListResourceRequest{
			TypeName: typeName, Config: wire(value), IncludeResource: opts.IncludeResource, Limit: opts.limit(),
		})
		d.check(err)
		found := int64(0)
		for got := range stream.Results {
			result := ListResult{DisplayName: got.DisplayName, Identity: resource.identityObject(got.Identity), Diags: fromProto(got.Diagnostics)}
			if got.Resource != nil {
				result.Resource = toObject(d.read(got.Resource, resource.wire.ValueType()))
			}
			if !yield(result) {
				return
			}
			if result.Identity != nil {
				found++
			}
			if found >= opts.limit() {
				return
			}
		}
	}
}

// ListAll is List, collected: the objects that were found, and all messages.
func (d *Driver) ListAll(typeName string, config map[string]any, opts ListOptions) ([]ListResult, Diagnostics) {
	d.t.Helper()
	var found []ListResult
	var diags Diagnostics
	for result := range d.List(typeName, config, opts) {
		diags = append(diags, result.Diags...)
		if result.Identity != nil {
			found = append(found, result)
		}
	}
	return found, diags
}

func (o ListOptions) limit() int64 {
	if o.Limit == 0 {
		return 100
	}
	return o.Limit
}

func (d *Driver) lister() tfprotov6.ListResourceServer {
	d.t.Helper()
	lister, ok := d.rpc.(tfprotov6.ListResourceServer)
	if !ok {
		d.t.Fatalf("driver: the provider server has no list resources")
	}
	return lister
}
