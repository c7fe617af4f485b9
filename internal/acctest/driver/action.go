package driver

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// PlanAction validates an action's configuration and plans it, as `terraform plan` does. The configuration may hold
// unknown values.
func (d *Driver) PlanAction(typeName string, config map[string]any) Diagnostics {
	d.t.Helper()
	d.configured()
	schema := lookUp(d, "action", typeName, d.schemas.ActionSchemas)
	return d.planAction(typeName, d.config(schema.Schema, config))
}

func (d *Driver) planAction(typeName string, config tftypes.Value) Diagnostics {
	d.t.Helper()
	valid, err := d.actions().ValidateActionConfig(d.ctx, &tfprotov6.ValidateActionConfigRequest{ActionType: typeName, Config: wire(config)})
	d.check(err)
	diags := fromProto(valid.Diagnostics)
	if diags.HasErrors() {
		return diags
	}
	planned, err := d.actions().PlanAction(d.ctx, &tfprotov6.PlanActionRequest{
		ActionType: typeName, Config: wire(config), ClientCapabilities: &tfprotov6.PlanActionClientCapabilities{},
	})
	d.check(err)
	return append(diags, fromProto(planned.Diagnostics)...).distinct()
}

// InvokeAction plans the action and, without an error, runs it to its end. The first result is what it reported while
// it ran, in order.
func (d *Driver) InvokeAction(typeName string, config map[string]any) ([]string, Diagnostics) {
	d.t.Helper()
	d.configured()
	schema := lookUp(d, "action", typeName, d.schemas.ActionSchemas)
	value := d.config(schema.Schema, config)
	diags := d.planAction(typeName, value)
	if diags.HasErrors() {
		return nil, diags
	}
	stream, err := d.actions().InvokeAction(d.ctx, &tfprotov6.InvokeActionRequest{
		ActionType: typeName, Config: wire(value), ClientCapabilities: &tfprotov6.InvokeActionClientCapabilities{},
	})
	d.check(err)
	var progress []string
	completed := false
	for event := range stream.Events {
		switch e := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress = append(progress, e.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			completed = true
			diags = append(diags, fromProto(e.Diagnostics)...)
		}
	}
	if !completed {
		diags = append(diags, errorf("", "Provider returned no completion", "the action ended without saying that it did."))
	}
	return progress, diags.distinct()
}

func (d *Driver) actions() tfprotov6.ActionServer {
	d.t.Helper()
	actions, ok := d.rpc.(tfprotov6.ActionServer)
	if !ok {
		d.t.Fatalf("driver: the provider server has no actions")
	}
	return actions
}
