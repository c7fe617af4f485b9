package driver

import (
	"bytes"
	"slices"
	"sort"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Action is what a plan would do to the object.
type Action string

// The actions of a plan. None is the action of a plan that failed.
const (
	None    Action = ""
	NoOp    Action = "no-op"
	Create  Action = "create"
	Update  Action = "update"
	Replace Action = "replace"
	Delete  Action = "delete"
)

// Plan is what Terraform would show and do for one object.
type Plan struct {
	Action Action
	// Before is what was held, nil when there was nothing. A tainted object counts.
	Before Object
	// Planned is what the object will be, nil for a deletion.
	Planned Object
	// RequiresReplace are the attributes that force the replacement, only those that do change.
	RequiresReplace []string
	// PlannedIdentity is nil when it is not known before apply.
	PlannedIdentity Object
	// PrivateBytes is the planned private state, as the framework encodes it.
	PrivateBytes []byte
	Diags        Diagnostics

	options  planOptions
	config   tftypes.Value
	planned  tftypes.Value
	identity *tfprotov6.ResourceIdentityData
}

type planOptions struct {
	replace, createBeforeDestroy bool
}

// PlanOption changes how a plan is made.
type PlanOption func(*planOptions)

// ForceReplace plans as `terraform plan -replace` does.
func ForceReplace() PlanOption { return func(o *planOptions) { o.replace = true } }

// CreateBeforeDestroy plans a replacement as with `lifecycle { create_before_destroy = true }`.
func CreateBeforeDestroy() PlanOption { return func(o *planOptions) { o.createBeforeDestroy = true } }

// Changes says whether applying the plan would do anything.
func (p *Plan) Changes() bool { return p.Action != NoOp }

// Plan validates the configuration and plans the change from what is held. It does not refresh first, and it changes
// nothing. A nil configuration plans the deletion.
func (r *Resource) Plan(config map[string]any, opts ...PlanOption) *Plan {
	r.driver.t.Helper()
	r.driver.configured()
	if config == nil {
		return r.planDelete(r.current)
	}
	var o planOptions
	for _, opt := range opts {
		opt(&o)
	}
	return r.plan(r.driver.config(r.wire, config), r.current, o)
}

// RequireEmptyPlan refreshes and plans, and stops the test unless nothing would change: what a second run of
// `terraform plan` must show after every step.
func (r *Resource) RequireEmptyPlan(config map[string]any) {
	t := r.driver.t
	t.Helper()
	r.Refresh().RequireNoErrors(t)
	p := r.Plan(config)
	p.Diags.RequireNoErrors(t)
	if p.Changes() {
		t.Fatalf("want an empty plan, got %s (forced by %v):\nbefore:  %s\nplanned: %s", p.Action, p.RequiresReplace, show(p.Before), show(p.Planned))
	}
}

func (r *Resource) plan(config tftypes.Value, from *instance, o planOptions) *Plan {
	r.driver.t.Helper()
	p := &Plan{config: config, options: o}
	null := tftypes.NewValue(config.Type(), nil)
	prior := instance{value: null}
	if from != nil {
		p.Before = toObject(from.value)
		if !from.tainted { // a tainted object is planned as if there were none, without its private state
			prior = *from
		}
	}
	p.Diags = r.validate(config)
	if p.Diags.HasErrors() {
		return p
	}
	resp := r.callPlan(p, prior, config)
	if p.Diags.HasErrors() {
		return p
	}
	p.Diags = append(p.Diags, planProblems(r.schema, prior.value, config, p.planned, "")...)
	paths, onlyWritten := r.replacePaths(p, resp, prior.value)
	if p.Diags.HasErrors() {
		return p
	}
	p.RequiresReplace = paths
	switch {
	case prior.value.IsNull():
		p.Action = Create
	case onlyWritten:
		p.Action = Replace
	case p.planned.Equal(prior.value) && !o.replace:
		p.Action = NoOp
	case o.replace || len(paths) > 0:
		p.Action = Replace
	default:
		p.Action = Update
	}
	if p.Action == Replace {
		// The new object is planned from nothing. Terraform drops the warnings of this second call.
		first := p.Diags
		p.Diags = nil
		r.callPlan(p, instance{value: null, private: resp.PlannedPrivate}, config)
		p.Diags = slices.Concat(first, p.Diags.Errors())
		if p.Diags.HasErrors() {
			p.Action = None
			return p
		}
	}
	if p.Action == Create && from != nil {
		p.Action = Replace
	}
	p.Diags = p.Diags.distinct()
	p.Planned = toObject(p.planned)
	return p
}

// callPlan asks the provider for one plan and takes over its answer, or its errors.
func (r *Resource) callPlan(p *Plan, prior instance, config tftypes.Value) *tfprotov6.PlanResourceChangeResponse {
	d := r.driver
	d.t.Helper()
	resp, err := d.rpc.PlanResourceChange(d.ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName:           r.typeName,
		PriorState:         wire(prior.value),
		PriorIdentity:      prior.identity,
		PriorPrivate:       prior.private,
		ProposedNewState:   wire(proposedNew(r.schema, prior.value, config)),
		Config:             wire(config),
		ClientCapabilities: &tfprotov6.PlanResourceChangeClientCapabilities{},
	})
	d.check(err)
	p.Diags = append(p.Diags, fromProto(resp.Diagnostics)...)
	if p.Diags.HasErrors() {
		return resp
	}
	p.planned = d.read(resp.PlannedState, config.Type())
	p.identity = resp.PlannedIdentity
	p.PlannedIdentity = r.identityObject(resp.PlannedIdentity)
	p.PrivateBytes = bytes.Clone(resp.PlannedPrivate)
	if p.planned.IsNull() != config.IsNull() {
		p.Diags = append(p.Diags, errorf("", "Provider produced invalid plan", "existence in the plan and in the configuration differ."))
	}
	p.Diags = append(p.Diags, writtenOnly(r.schema, p.planned, "", "Provider produced invalid plan")...)
	return resp
}

// replacePaths are the attributes that the provider says force replacement, without those that do not change. A
// write-only attribute counts always, since its change cannot be seen; the second result says that there is one.
func (r *Resource) replacePaths(p *Plan, resp *tfprotov6.PlanResourceChangeResponse, prior tftypes.Value) ([]string, bool) {
	var paths []string
	onlyWritten := false
	if prior.IsNull() {
		return nil, false
	}
	for _, path := range resp.RequiresReplace {
		was, _, wasErr := tftypes.WalkAttributePath(prior, path)
		will, _, willErr := tftypes.WalkAttributePath(p.planned, path)
		if wasErr != nil && willErr != nil {
			p.Diags = append(p.Diags, errorf(pathString(path), "Provider produced invalid plan", "%s forces replacement and does not exist.", pathString(path)))
			continue
		}
		before, _ := was.(tftypes.Value)
		after, _ := will.(tftypes.Value)
		changed := wasErr != nil || willErr != nil || !before.Equal(after) || !after.IsFullyKnown()
		if r.isWriteOnly(path) {
			onlyWritten, changed = true, true
		}
		if changed {
			paths = append(paths, pathString(path))
		}
	}
	sort.Strings(paths)
	return paths, onlyWritten
}

func (r *Resource) isWriteOnly(path *tftypes.AttributePath) bool {
	schema, last := r.schema, attribute{}
	for _, step := range path.Steps() {
		name, ok := step.(tftypes.AttributeName)
		if !ok {
			continue // an element of a nested attribute, whose schema is the same for all
		}
		if schema == nil {
			return false
		}
		last = schema.attributes[string(name)]
		schema = last.nested
	}
	return last.writeOnly
}

func (r *Resource) planDelete(from *instance) *Plan {
	r.driver.t.Helper()
	null := tftypes.NewValue(r.wire.ValueType(), nil)
	p := &Plan{Action: NoOp, config: null, planned: null}
	if from == nil {
		return p
	}
	p.Action = Delete
	p.Before = toObject(from.value)
	r.callPlan(p, *from, null)
	p.identity = from.identity // the protocol carries the prior identity here, since a deleted object has no planned one
	if p.Diags.HasErrors() {
		p.Action = None
	}
	return p
}
