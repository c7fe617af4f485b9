package driver

import (
	"fmt"
	"sort"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// planProblems lists where a plan breaks Terraform's rule: a provider may plan its own value only for a computed
// attribute that is not configured; everything else is as configured, or as it was.
func planProblems(schema *object, prior, config, planned tftypes.Value, path string) Diagnostics {
	var problems Diagnostics
	before, configured, after := keysOf(prior), keysOf(config), keysOf(planned)
	for _, name := range sortedKeys(after) {
		c := configured[name]
		problems = append(problems, plannedAttribute(schema.attributes[name], orNull(before[name], c), c, after[name], join(path, name))...)
	}
	return problems
}

func plannedAttribute(a attribute, prior, config, planned tftypes.Value, path string) Diagnostics {
	problem := func(detail string, args ...any) Diagnostics {
		return Diagnostics{errorf(path, "Provider produced invalid plan", detail, args...)}
	}
	switch {
	case a.writeOnly && !planned.IsNull():
		return problem("%s is write-only: its planned value must be null.", path)
	case a.writeOnly, planned.Equal(config):
		return nil
	case planned.Equal(prior) && !prior.IsNull() && !config.IsNull():
		return nil // the provider says that the configured value means the same as the prior one
	case a.computed && (!a.optional || config.IsNull()):
		return nil
	case config.IsNull():
		return problem("planned %s for %s, which is not configured and not computed.", shown(a, planned), path)
	case a.nested == nil || !config.IsKnown():
		return problem("planned %s for %s, which is neither the configured %s nor the prior value.", shown(a, planned), path, shown(a, config))
	case planned.IsNull():
		return problem("planned null for %s, which is configured.", path)
	case !planned.IsKnown():
		return problem("planned an unknown value for %s, which is configured.", path)
	}
	return plannedNested(a, prior, config, planned, path)
}

func plannedNested(a attribute, prior, config, planned tftypes.Value, path string) Diagnostics {
	if a.nesting == single {
		return planProblems(a.nested, prior, config, planned, path)
	}
	var problems Diagnostics
	if a.nesting == mapping {
		before, configured, after := keysOf(prior), keysOf(config), keysOf(planned)
		for _, key := range sortedKeys(configured) {
			at := fmt.Sprintf("%s[%q]", path, key)
			if p, ok := after[key]; ok {
				problems = append(problems, planProblems(a.nested, orNull(before[key], p), configured[key], p, at)...)
			} else {
				problems = append(problems, errorf(at, "Provider produced invalid plan", "%s is configured and not in the plan.", at))
			}
		}
		for _, key := range sortedKeys(after) {
			if _, ok := configured[key]; !ok {
				at := fmt.Sprintf("%s[%q]", path, key)
				problems = append(problems, errorf(at, "Provider produced invalid plan", "%s is in the plan and not configured.", at))
			}
		}
		return problems
	}
	before, configured, after := elementsOf(prior), elementsOf(config), elementsOf(planned)
	if len(configured) != len(after) {
		return Diagnostics{errorf(path, "Provider produced invalid plan", "planned %d elements for %s, configured are %d.", len(after), path, len(configured))}
	}
	for i, p := range after {
		at := fmt.Sprintf("%s[%d]", path, i)
		if a.nesting == list {
			var was tftypes.Value
			if i < len(before) {
				was = before[i]
			}
			problems = append(problems, planProblems(a.nested, orNull(was, p), configured[i], p, at)...)
			continue
		}
		// Elements of sets cannot be matched by name: each must fit some configured one.
		fits := contains(before, p)
		for _, c := range configured {
			fits = fits || len(planProblems(a.nested, tftypes.NewValue(p.Type(), nil), c, p, at)) == 0
		}
		if !fits {
			problems = append(problems, errorf(path, "Provider produced invalid plan", "planned an element of %s that is not configured.", path))
		}
	}
	return problems
}

// differences lists where an object breaks the promise of its plan: what was known must be so, what was unknown is free.
func differences(schema *object, planned, actual tftypes.Value, path, summary string) Diagnostics {
	problem := func(a attribute, at string, planned, actual tftypes.Value) Diagnostics {
		return Diagnostics{errorf(at, summary, "%s was planned as %s and is now %s.", at, shown(a, planned), shown(a, actual))}
	}
	switch {
	case planned.IsNull() && !actual.IsNull():
		return Diagnostics{errorf(path, summary, "the object was planned to be absent and is present.")}
	case !planned.IsNull() && actual.IsNull():
		return Diagnostics{errorf(path, summary, "the object was planned to be present and is absent.")}
	}
	var problems Diagnostics
	before, after := keysOf(planned), keysOf(actual)
	for _, name := range sortedKeys(before) {
		a, p, got, at := schema.attributes[name], before[name], after[name], join(path, name)
		switch {
		case !p.IsKnown():
		case p.IsNull() || got.IsNull() || !got.IsKnown() || a.nested == nil || a.nesting == set:
			if !keeps(p, got) {
				problems = append(problems, problem(a, at, p, got)...)
			}
		case a.nesting == single:
			problems = append(problems, differences(a.nested, p, got, at, summary)...)
		case a.nesting == mapping:
			had, has := keysOf(p), keysOf(got)
			if len(had) != len(has) {
				problems = append(problems, problem(a, at, p, got)...)
				continue
			}
			for _, key := range sortedKeys(had) {
				problems = append(problems, differences(a.nested, had[key], orNull(has[key], had[key]), fmt.Sprintf("%s[%q]", at, key), summary)...)
			}
		default:
			had, has := elementsOf(p), elementsOf(got)
			if len(had) != len(has) {
				problems = append(problems, problem(a, at, p, got)...)
				continue
			}
			for i := range had {
				problems = append(problems, differences(a.nested, had[i], has[i], fmt.Sprintf("%s[%d]", at, i), summary)...)
			}
		}
	}
	return problems
}

// keeps says whether the value is what was planned, with unknown parts free to take any value.
func keeps(planned, actual tftypes.Value) bool {
	if !planned.IsKnown() {
		return true
	}
	if planned.IsFullyKnown() || planned.IsNull() || actual.IsNull() || !actual.IsKnown() {
		return planned.Equal(actual)
	}
	switch {
	case planned.Type().Is(tftypes.Set{}):
		return len(elementsOf(actual)) <= len(elementsOf(planned)) // unknown elements may turn out equal
	case planned.Type().Is(tftypes.Map{}), planned.Type().Is(tftypes.Object{}):
		before, after := keysOf(planned), keysOf(actual)
		for key, p := range before {
			if got, ok := after[key]; !ok || !keeps(p, got) {
				return false
			}
		}
		return len(before) == len(after)
	default:
		before, after := elementsOf(planned), elementsOf(actual)
		for i := range before {
			if i >= len(after) || !keeps(before[i], after[i]) {
				return false
			}
		}
		return len(before) == len(after)
	}
}

// writtenOnly lists the write-only attributes that hold a value, which no plan and no state may.
func writtenOnly(schema *object, v tftypes.Value, path, summary string) Diagnostics {
	var problems Diagnostics
	values := keysOf(v)
	for _, name := range sortedKeys(values) {
		a, at := schema.attributes[name], join(path, name)
		if a.writeOnly && !values[name].IsNull() {
			problems = append(problems, errorf(at, summary, "%s is write-only: it must be null in what the provider returns.", at))
		}
		if a.nested != nil {
			for _, element := range nestedIn(a, values[name]) {
				problems = append(problems, writtenOnly(a.nested, element, at, summary)...)
			}
		}
	}
	return problems
}

func shown(a attribute, v tftypes.Value) string {
	switch {
	case v.IsNull():
		return "null"
	case a.sensitive && v.IsKnown():
		return "(sensitive value)"
	}
	return show(toGo(v))
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func sortedKeys(m map[string]tftypes.Value) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
