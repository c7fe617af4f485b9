package driver

import (
	"bytes"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Apply plans and applies, and updates what is held as Terraform would, also when errors come. The messages are those of
// both, each once.
func (r *Resource) Apply(config map[string]any, opts ...PlanOption) Diagnostics {
	r.driver.t.Helper()
	p := r.Plan(config, opts...)
	if p.Diags.HasErrors() {
		return p.Diags
	}
	return append(p.Diags, r.ApplyPlan(p)...).distinct()
}

// Destroy plans the deletion and applies it, for deposed objects too. Nothing happens when nothing is held.
func (r *Resource) Destroy() Diagnostics {
	r.driver.t.Helper()
	return r.Apply(nil)
}

// ApplyPlan applies a plan made by this resource with the configuration that it was made with.
func (r *Resource) ApplyPlan(p *Plan) Diagnostics {
	r.driver.t.Helper()
	return r.applyPlan(p, p.config)
}

// ApplyPlanWith applies a plan with the configuration as it is at apply: what was unknown has become known, and
// write-only values may have been made anew. Terraform plans again with it and refuses when the two plans differ.
func (r *Resource) ApplyPlanWith(p *Plan, config map[string]any) Diagnostics {
	r.driver.t.Helper()
	return r.applyPlan(p, r.driver.config(r.wire, config))
}

func (r *Resource) applyPlan(p *Plan, config tftypes.Value) Diagnostics {
	t := r.driver.t
	t.Helper()
	p.Diags.RequireNoErrors(t)
	if !config.IsFullyKnown() {
		t.Fatalf("driver: at apply every value of the configuration is known; use ApplyPlanWith")
	}
	diags := r.deleteDeposed()
	if diags.HasErrors() {
		return diags
	}
	switch p.Action {
	case NoOp:
		return diags
	case Delete:
		return append(diags, r.delete(p)...)
	case Replace:
		if p.options.createBeforeDestroy {
			return append(diags, r.replaceCreatingFirst(p, config)...)
		}
		diags = append(diags, r.delete(p)...)
		if diags.HasErrors() {
			return diags
		}
	default: // nothing has to go first
	}
	return append(diags, r.createOrUpdate(p, config)...)
}

// delete is the deletion, also the one inside a replacement: that one gets the private state of the replacement's plan,
// which is empty when the object was tainted.
func (r *Resource) delete(p *Plan) Diagnostics {
	r.driver.t.Helper()
	null := tftypes.NewValue(r.wire.ValueType(), nil)
	left, diags := r.callApply(Delete, r.current, null, null, p.PrivateBytes, r.current.identity)
	r.current = left
	return diags
}

func (r *Resource) deleteDeposed() Diagnostics {
	r.driver.t.Helper()
	var diags Diagnostics
	var left []*instance
	for _, old := range r.deposed {
		p := r.planDelete(old)
		diags = append(diags, p.Diags...)
		if !p.Diags.HasErrors() {
			var more Diagnostics
			old, more = r.callApply(Delete, old, p.planned, p.config, p.PrivateBytes, old.identity)
			diags = append(diags, more...)
		}
		if old != nil {
			left = append(left, old)
		}
	}
	r.deposed = left
	return diags
}

func (r *Resource) replaceCreatingFirst(p *Plan, config tftypes.Value) Diagnostics {
	r.driver.t.Helper()
	old := r.current
	r.current = nil
	diags := r.createOrUpdate(p, config)
	if r.current == nil && diags.HasErrors() {
		r.current = old // nothing was created: the old object is the current one again
		return diags
	}
	r.deposed = append(r.deposed, old)
	if diags.HasErrors() {
		return diags
	}
	return append(diags, r.deleteDeposed()...)
}

// createOrUpdate plans again, as Terraform does at apply with what has become known, and applies that plan.
func (r *Resource) createOrUpdate(p *Plan, config tftypes.Value) Diagnostics {
	r.driver.t.Helper()
	final := r.plan(config, r.current, planOptions{})
	diags := final.Diags
	if diags.HasErrors() {
		return diags
	}
	planned, actual := p.Action, final.Action
	if planned == Replace {
		planned = Create // the old object is out of the way by now
	}
	if planned != actual && (planned != Update || actual != NoOp) {
		diags = append(diags, errorf("", "Provider produced inconsistent final plan", "the action was planned as %s and is now %s.", planned, actual))
	}
	diags = append(diags, differences(r.schema, p.planned, final.planned, "", "Provider produced inconsistent final plan")...)
	if diags.HasErrors() || actual == NoOp {
		return diags
	}
	left, more := r.callApply(actual, r.current, final.planned, config, final.PrivateBytes, final.identity)
	r.current = left
	return append(diags, more...)
}

// callApply asks the provider to apply one change and says what Terraform holds afterwards, nil for nothing.
func (r *Resource) callApply(action Action, from *instance, planned, config tftypes.Value, private []byte, identity *tfprotov6.ResourceIdentityData) (*instance, Diagnostics) {
	d := r.driver
	d.t.Helper()
	prior := tftypes.NewValue(r.wire.ValueType(), nil)
	if from != nil {
		prior = from.value
	}
	resp, err := d.rpc.ApplyResourceChange(d.ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName:        r.typeName,
		PriorState:      wire(prior),
		PlannedState:    wire(planned),
		PlannedIdentity: identity,
		PlannedPrivate:  private,
		Config:          wire(config),
	})
	d.check(err)
	diags := fromProto(resp.Diagnostics)
	result := d.read(resp.NewState, r.wire.ValueType())
	diags = append(diags, writtenOnly(r.schema, result, "", "Provider produced invalid object")...)
	if !result.IsNull() && !result.IsFullyKnown() {
		if !diags.HasErrors() { // with an error, unknown values in what was reached are to be expected
			diags = append(diags, errorf("", "Provider returned invalid result object after apply", "after apply all values must be known, and some are not:\n%s", show(toGo(result))))
		}
		result = unknownAsNull(result)
	}
	if !diags.HasErrors() {
		diags = append(diags, differences(r.schema, planned, result, "", "Provider produced inconsistent result after apply")...)
	}
	switch {
	case diags.HasErrors() && result.IsNull():
		return from, diags // what was there is there still, for all that is known
	case result.IsNull():
		return nil, diags
	}
	after := &instance{value: result, private: bytes.Clone(resp.Private), identity: resp.NewIdentity}
	if diags.HasErrors() {
		after.tainted = action == Create || from != nil && from.tainted
	}
	return after, diags
}
