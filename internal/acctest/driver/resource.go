package driver

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Resource is one resource instance with what a state file holds of it: values, private state, identity, taint. It is
// used by one goroutine at a time; different resources of one Driver may run at once.
type Resource struct {
	driver   *Driver
	typeName string
	wire     *tfprotov6.Schema
	schema   *object
	identity *tfprotov6.ResourceIdentitySchema // nil when the resource has none
	held
}

// held is what the state file holds: the current object, and those that create-before-destroy could not yet delete.
type held struct {
	current *instance
	deposed []*instance
}

type instance struct {
	value    tftypes.Value
	identity *tfprotov6.ResourceIdentityData
	private  []byte
	tainted  bool
}

// Resource is a resource instance that does not exist yet.
func (d *Driver) Resource(typeName string) *Resource {
	d.t.Helper()
	schema := lookUp(d, "resource", typeName, d.schemas.ResourceSchemas)
	return &Resource{driver: d, typeName: typeName, wire: schema, schema: newObject(schema.Block), identity: d.identities[typeName]}
}

// On is a copy of this instance under another driver: the same state file, used with another provider configuration or
// (with Driver.WithContext) another context. What happens to the copy does not show in the original.
func (r *Resource) On(d *Driver) *Resource {
	clone := d.Resource(r.typeName)
	clone.held = r.held
	clone.deposed = slices.Clone(r.deposed)
	if r.current != nil {
		current := *r.current
		clone.current = &current
	}
	return clone
}

// Clone is a copy of this instance with the same driver.
func (r *Resource) Clone() *Resource { return r.On(r.driver) }

// State is what is held, nil when the object does not exist.
func (r *Resource) State() Object {
	if r.current == nil {
		return nil
	}
	return toObject(r.current.value)
}

// Identity is the identity that is held, nil when there is none.
func (r *Resource) Identity() Object {
	if r.current == nil {
		return nil
	}
	return r.identityObject(r.current.identity)
}

// Private is the private state that is held, as the framework encodes it.
func (r *Resource) Private() []byte {
	if r.current == nil {
		return nil
	}
	return bytes.Clone(r.current.private)
}

// PrivateValue is what the provider holds in private state under the key, nil when there is nothing.
func (r *Resource) PrivateValue(key string) []byte {
	r.driver.t.Helper()
	if len(r.Private()) == 0 {
		return nil
	}
	var values map[string][]byte
	r.driver.check(json.Unmarshal(r.Private(), &values))
	return values[key]
}

// Tainted says whether the next plan will replace the object because its creation failed.
func (r *Resource) Tainted() bool { return r.current != nil && r.current.tainted }

// Taint marks the object as `terraform taint` does.
func (r *Resource) Taint() { r.current.tainted = true }

// Deposed counts the replaced objects that could not be deleted yet. The next Apply deletes them first.
func (r *Resource) Deposed() int { return len(r.deposed) }

// DeposedStates are the values of the replaced objects that could not be deleted yet.
func (r *Resource) DeposedStates() []Object {
	var states []Object
	for _, old := range r.deposed {
		states = append(states, toObject(old.value))
	}
	return states
}

// SetState replaces what is held, as a state file from elsewhere would; private state and identity stay when an object
// was held, and are empty otherwise.
func (r *Resource) SetState(state map[string]any) {
	r.driver.t.Helper()
	if r.current == nil {
		r.current = &instance{}
	}
	r.current.value = r.driver.value(r.wire.ValueType(), state)
}

// SetPrivate replaces the private state that is held.
func (r *Resource) SetPrivate(private []byte) { r.current.private = bytes.Clone(private) }

// Upgrade loads a state that an older version of the provider wrote, as JSON and with its schema version.
func (r *Resource) Upgrade(version int64, stateJSON []byte) Diagnostics {
	d := r.driver
	d.t.Helper()
	resp, err := d.rpc.UpgradeResourceState(d.ctx, &tfprotov6.UpgradeResourceStateRequest{
		TypeName: r.typeName, Version: version, RawState: &tfprotov6.RawState{JSON: stateJSON},
	})
	d.check(err)
	diags := fromProto(resp.Diagnostics)
	if !diags.HasErrors() {
		r.current = &instance{value: d.read(resp.UpgradedState, r.wire.ValueType())}
	}
	return diags
}

// Validate validates a configuration as `terraform validate` does.
func (r *Resource) Validate(config map[string]any) Diagnostics {
	r.driver.t.Helper()
	return r.validate(r.driver.config(r.wire, config))
}

func (r *Resource) validate(config tftypes.Value) Diagnostics {
	d := r.driver
	d.t.Helper()
	resp, err := d.rpc.ValidateResourceConfig(d.ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName:           r.typeName,
		Config:             wire(config),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: d.options.writeOnlyAllowed},
	})
	d.check(err)
	return fromProto(resp.Diagnostics)
}

// Refresh reads the object again. With an error, what is held stays; State is nil when the object is gone.
func (r *Resource) Refresh() Diagnostics {
	r.driver.t.Helper()
	r.driver.configured()
	if r.current == nil {
		return nil
	}
	refreshed, diags := r.refresh(r.current)
	r.current = refreshed
	return diags
}

func (r *Resource) refresh(was *instance) (*instance, Diagnostics) {
	d := r.driver
	d.t.Helper()
	resp, err := d.rpc.ReadResource(d.ctx, &tfprotov6.ReadResourceRequest{
		TypeName:           r.typeName,
		CurrentState:       wire(was.value),
		CurrentIdentity:    was.identity,
		Private:            was.private,
		ClientCapabilities: &tfprotov6.ReadResourceClientCapabilities{},
	})
	d.check(err)
	diags := fromProto(resp.Diagnostics)
	if diags.HasErrors() {
		return was, diags
	}
	value := d.read(resp.NewState, r.wire.ValueType())
	diags = append(diags, writtenOnly(r.schema, value, "", "Provider produced invalid object")...)
	if !value.IsFullyKnown() {
		diags = append(diags, errorf("", "Provider produced invalid object", "a refreshed object holds unknown values."))
	}
	switch {
	case diags.HasErrors():
		return was, diags
	case value.IsNull():
		return nil, diags
	}
	return &instance{value: value, private: resp.Private, identity: resp.NewIdentity, tainted: was.tainted}, diags
}

// Import imports by id and reads what was imported, as `terraform import` does.
func (r *Resource) Import(id string) Diagnostics {
	r.driver.t.Helper()
	return r.importState(&tfprotov6.ImportResourceStateRequest{ID: id})
}

// ImportIdentity imports by identity, as an import block with `identity = { … }` does (Terraform 1.12).
func (r *Resource) ImportIdentity(identity map[string]any) Diagnostics {
	r.driver.t.Helper()
	if r.identity == nil {
		r.driver.t.Fatalf("driver: %s has no identity", r.typeName)
	}
	var missing Diagnostics
	for _, a := range r.identity.IdentityAttributes {
		if a.RequiredForImport && identity[a.Name] == nil {
			missing = append(missing, errorf(a.Name, "Missing required identity attribute", "%s is required for import.", a.Name))
		}
	}
	if missing.HasErrors() {
		return missing
	}
	value := r.driver.value(r.identity.ValueType(), identity)
	return r.importState(&tfprotov6.ImportResourceStateRequest{
		Identity: &tfprotov6.ResourceIdentityData{IdentityData: wire(value)},
	})
}

func (r *Resource) importState(req *tfprotov6.ImportResourceStateRequest) Diagnostics {
	d := r.driver
	d.t.Helper()
	d.configured()
	if r.current != nil {
		return Diagnostics{errorf("", "Resource already managed by Terraform", "import needs a resource that holds no object.")}
	}
	req.TypeName, req.ClientCapabilities = r.typeName, &tfprotov6.ImportResourceStateClientCapabilities{}
	resp, err := d.rpc.ImportResourceState(d.ctx, req)
	d.check(err)
	diags := fromProto(resp.Diagnostics)
	if diags.HasErrors() {
		return diags
	}
	if len(resp.ImportedResources) != 1 || resp.ImportedResources[0].TypeName != r.typeName {
		return append(diags, errorf("", "Invalid import result", "the provider imported %d objects, not one %s.", len(resp.ImportedResources), r.typeName))
	}
	got := resp.ImportedResources[0]
	value := d.read(got.State, r.wire.ValueType())
	diags = append(diags, writtenOnly(r.schema, value, "", "Import returned a non-null value for a write-only attribute")...)
	if value.IsNull() {
		diags = append(diags, errorf("", "Import returned null resource", "the provider imported nothing and reported no error."))
	}
	if diags.HasErrors() {
		return diags
	}
	imported, more := r.refresh(&instance{value: value, private: got.Private, identity: got.Identity})
	diags = append(diags, more...)
	if !diags.HasErrors() && imported == nil {
		diags = append(diags, errorf("", "Cannot import non-existent remote object", "the provider did not find what was to be imported."))
	}
	if !diags.HasErrors() {
		r.current = imported
	}
	return diags
}

func (r *Resource) identityObject(data *tfprotov6.ResourceIdentityData) Object {
	r.driver.t.Helper()
	if data == nil || r.identity == nil {
		return nil
	}
	return toObject(r.driver.read(data.IdentityData, r.identity.ValueType()))
}
