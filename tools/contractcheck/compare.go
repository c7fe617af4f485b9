package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// difference is one line of the report.
type difference struct {
	operation string
	field     string // empty when it is about the operation
	wrong     bool   // our contract says something that does not hold; else it is new to us
	evidence  string // how sure we were of it
	text      string
}

// compare lists the differences by operation, then by field.
func compare(ours, theirs map[string]operation) []difference {
	var found []difference
	for key, our := range ours {
		their, there := theirs[key]
		if !there {
			found = append(found, difference{our.name, "", true, our.evidence, "Hero describes no such operation"})
			continue
		}
		found = append(found, compareFields(our, their)...)
	}
	for key, their := range theirs {
		if _, there := ours[key]; !there {
			found = append(found, difference{operation: their.name, text: "an operation that our contract lacks"})
		}
	}
	slices.SortFunc(found, func(a, b difference) int {
		pathOf := func(name string) string { _, path, _ := strings.Cut(name, " "); return path }
		return cmp.Or(cmp.Compare(pathOf(a.operation), pathOf(b.operation)), cmp.Compare(a.operation, b.operation),
			cmp.Compare(a.field, b.field), cmp.Compare(a.text, b.text))
	})
	return found
}

func compareFields(our, their operation) []difference {
	var found []difference
	add := func(name string, wrong bool, evidence, format string, arguments ...any) {
		found = append(found, difference{our.name, name, wrong, evidence, fmt.Sprintf(format, arguments...)})
	}
	for name, f := range our.fields {
		t, there := their.fields[name]
		if !there {
			// What is below something that is missing or shapeless at Hero's is told once, above.
			if parent, ok := parentOf(name); !ok || has(their, parent) {
				add(name, true, f.evidence, "Hero describes no such %s", kindOf(name))
			}
			continue
		}
		// A type that one side leaves open is no contradiction, and ours are open where nothing was seen.
		switch {
		case len(f.types) == 0 && len(t.types) > 0:
			add(name, false, f.evidence, "is %s", strings.Join(t.types, " or "))
		case len(t.types) > 0 && !slices.Equal(f.types, t.types):
			add(name, true, f.evidence, "is %s, not %s", strings.Join(t.types, " or "), strings.Join(f.types, " or "))
		}
		switch {
		case f.required && !t.required:
			add(name, true, f.evidence, "is optional, not required")
		case !f.required && t.required:
			add(name, f.evidence == "D", f.evidence, "is required")
		}
		if t.nullable && !f.nullable {
			add(name, f.evidence == "D", f.evidence, "may be null")
		}
		if unknown := without(t.values, f.values); len(unknown) > 0 {
			add(name, false, f.evidence, "may be %s", strings.Join(unknown, ", "))
		}
		if gone := without(f.values, t.values); len(t.values) > 0 && len(gone) > 0 {
			add(name, true, f.evidence, "is never %s", strings.Join(gone, ", "))
		}
	}
	for name, t := range their.fields {
		if _, there := our.fields[name]; there {
			continue
		}
		text := "a " + kindOf(name) + " that our contract lacks"
		if len(t.types) > 0 {
			text += ": " + strings.Join(t.types, " or ")
		}
		if t.required {
			text += ", required"
		}
		add(name, false, "", "%s", text)
	}
	return found
}

// parentOf is the name of what a key or an item is part of; bodies and parameters are part of nothing.
func parentOf(name string) (string, bool) {
	if kindOf(name) == "parameter" {
		return "", false
	}
	if parent, ok := strings.CutSuffix(name, "[]"); ok {
		return parent, true
	}
	if parent, ok := strings.CutSuffix(name, "{}"); ok {
		return parent, true
	}
	i := strings.LastIndex(name, ".")
	return name[:max(i, 0)], i >= 0
}

func kindOf(name string) string {
	switch {
	case strings.Contains(name, " "):
		return "parameter"
	case strings.Contains(name, "."):
		return "key"
	default:
		return "body"
	}
}

func has(o operation, name string) bool { _, there := o.fields[name]; return there }

// without is what of some values is not among others.
func without(values, others []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(value string) bool { return slices.Contains(others, value) })
}

// marks says what the letters of x-evidence mean.
var marks = map[string]string{"D": "documented", "S": "from a sample", "G": "from a guide", "I": "inferred"}

// write prints the report and returns how many differences are our mistakes.
func write(w io.Writer, found []difference) (wrong int) {
	counts := map[string]int{}
	current := ""
	for _, d := range found {
		if d.operation != current {
			current = d.operation
			fmt.Fprintf(w, "%s\n", current)
		}
		verdict := "new"
		if d.wrong {
			wrong++
			counts[d.evidence]++
			verdict = "wrong"
		}
		line := fmt.Sprintf("  %-5s  %s", verdict, strings.TrimPrefix(d.field+": "+d.text, ": "))
		if mark := marks[d.evidence]; mark != "" {
			line += fmt.Sprintf(" (ours was %s)", mark)
		}
		fmt.Fprintln(w, line)
	}
	if len(found) == 0 {
		fmt.Fprintln(w, "Hero's description and our contract agree.")
		return 0
	}
	fmt.Fprintf(w, "\n%d wrong, %d new", wrong, len(found)-wrong)
	for _, mark := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(w, "; %d of the wrong %s", counts[mark], cmp.Or(marks[mark], "without a mark"))
	}
	fmt.Fprintln(w)
	return wrong
}
