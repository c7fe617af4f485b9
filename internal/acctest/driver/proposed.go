package driver

import "github.com/hashicorp/terraform-plugin-go/tftypes"

// proposedNew is what Terraform proposes to the provider at plan: the configuration wins; what the provider computes and
// the configuration leaves out keeps its prior value; write-only values are left out.
func proposedNew(schema *object, prior, config tftypes.Value) tftypes.Value {
	if config.IsNull() || !config.IsKnown() {
		return config
	}
	before, configured := keysOf(prior), keysOf(config)
	proposed := map[string]tftypes.Value{}
	for name, c := range configured {
		a := schema.attributes[name]
		p, had := before[name]
		if !had {
			p = tftypes.NewValue(c.Type(), nil)
			if !prior.IsKnown() {
				p = tftypes.NewValue(c.Type(), tftypes.UnknownValue)
			}
		}
		switch {
		case a.writeOnly:
			proposed[name] = tftypes.NewValue(c.Type(), nil)
		case a.computed && c.IsNull():
			proposed[name] = p
			// A nested object that holds what only a configuration can have set was configured before: it is now removed.
			if a.optional && a.nested != nil && holdsConfigured(a, p) {
				proposed[name] = c
			}
		case a.nested != nil:
			proposed[name] = proposedNested(a, p, c)
		default:
			proposed[name] = c
		}
	}
	return tftypes.NewValue(config.Type(), proposed)
}

func proposedNested(a attribute, prior, config tftypes.Value) tftypes.Value {
	if config.IsNull() || !config.IsKnown() {
		return config
	}
	switch a.nesting {
	case single:
		return proposedNew(a.nested, prior, config)
	case mapping:
		before, proposed := keysOf(prior), map[string]tftypes.Value{}
		for key, c := range keysOf(config) {
			proposed[key] = proposedNew(a.nested, orNull(before[key], c), c)
		}
		return tftypes.NewValue(config.Type(), proposed)
	default: // lists and sets
	}
	before, proposed := elementsOf(prior), []tftypes.Value{}
	for i, c := range elementsOf(config) {
		var p tftypes.Value
		switch {
		case a.nesting == list && i < len(before):
			p = before[i]
		case a.nesting == set:
			// Elements of sets have no name: the prior element is the first one that this configuration can have made.
			for j, candidate := range before {
				if candidate.Type() != nil && couldComeFrom(a.nested, candidate, c) {
					p, before[j] = candidate, tftypes.Value{}
					break
				}
			}
		}
		proposed = append(proposed, proposedNew(a.nested, orNull(p, c), c))
	}
	return tftypes.NewValue(config.Type(), proposed)
}

// orNull is the value, or a null of the other one's type when there is none.
func orNull(v, like tftypes.Value) tftypes.Value {
	if v.Type() == nil {
		return tftypes.NewValue(like.Type(), nil)
	}
	return v
}

func holdsConfigured(a attribute, v tftypes.Value) bool {
	for _, element := range nestedIn(a, v) {
		for name, e := range keysOf(element) {
			inner := a.nested.attributes[name]
			if e.IsNull() {
				continue
			}
			if !inner.computed || inner.nested != nil && holdsConfigured(inner, e) {
				return true
			}
		}
	}
	return false
}

// nestedIn are the objects in a nested attribute's value, whatever its nesting.
func nestedIn(a attribute, v tftypes.Value) []tftypes.Value {
	switch a.nesting {
	case single:
		return []tftypes.Value{v}
	case mapping:
		var objects []tftypes.Value
		for _, e := range keysOf(v) {
			objects = append(objects, e)
		}
		return objects
	default:
		return elementsOf(v)
	}
}

func couldComeFrom(schema *object, prior, config tftypes.Value) bool {
	if prior.Equal(config) {
		return true
	}
	before := keysOf(prior)
	for name, c := range keysOf(config) {
		a, p := schema.attributes[name], before[name]
		switch {
		case orNull(p, c).Equal(c):
		case a.nested != nil && a.nesting == single && !c.IsNull():
			if !couldComeFrom(a.nested, orNull(p, c), c) {
				return false
			}
		case !a.computed || !c.IsNull():
			return false
		}
	}
	return true
}
