package kit

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// StringFrom is a field as a Terraform string: null when Hero said null, "" or nothing.
func StringFrom(field client.Field[string]) types.String {
	return types.StringPointerValue(field.Value)
}

// BoolFrom is a field as a Terraform boolean, see [StringFrom].
func BoolFrom(field client.Field[bool]) types.Bool { return types.BoolPointerValue(field.Value) }

// Settle is the value of an argument in state after Hero was read. What Hero does not tell stays; what it answered at creation already
// (the baseline) stands for what was asked then; anything else is drift and is shown.
func (m Memory) Settle(argument string, inState types.String, told client.Field[string]) types.String {
	if !told.Told {
		return inState
	}
	if asked, ok := m.AskedFor(argument, told.Or("")); ok {
		return stringOrNull(asked)
	}
	return StringFrom(told)
}

// AskedFor is what was asked for when Hero answered this at creation; ok is false when it did not.
func (m Memory) AskedFor(argument, answered string) (asked string, ok bool) {
	baseline, ok := m.Baseline[argument]
	return baseline.Asked, ok && baseline.Answered == answered
}

func stringOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// Deviations collects where Hero's answer to a create was not what was configured, into the baseline and into one warning.
type Deviations struct {
	memory *Memory
	lines  []string
}

// Compare begins a comparison whose baseline goes into m.
func (m *Memory) Compare() *Deviations { return &Deviations{memory: m} }

// Argument compares one argument. A secret must not pass through here: both values may be shown.
func (v *Deviations) Argument(argument string, configured types.String, told client.Field[string]) {
	if v.deviates(argument, configured, told) {
		v.lines = append(v.lines, fmt.Sprintf("- %s: sent %s, answered %s", argument, QuoteOrNothing(configured), QuoteOrNothing(StringFrom(told))))
	}
}

// Hidden compares one argument without showing its values.
func (v *Deviations) Hidden(argument string, configured types.String, told client.Field[string]) {
	if v.deviates(argument, configured, told) {
		v.lines = append(v.lines, fmt.Sprintf("- %s: another value was answered than was sent", argument))
	}
}

func (v *Deviations) deviates(argument string, configured types.String, told client.Field[string]) bool {
	if !told.Told || configured.ValueString() == told.Or("") {
		return false
	}
	if v.memory.Baseline == nil {
		v.memory.Baseline = map[string]Deviation{}
	}
	v.memory.Baseline[argument] = Deviation{Asked: configured.ValueString(), Answered: told.Or("")}
	return true
}

// Warn adds the warning, if there was any deviation, about object of a practice group.
func (v *Deviations) Warn(object, practice string, diags *diag.Diagnostics) {
	if len(v.lines) == 0 {
		return
	}
	diags.AddWarning(fmt.Sprintf("Hero answered otherwise than asked for the %s of practice group %s", object, practice),
		"The object exists. State holds what was configured; Hero's answer is remembered, and only a change from it counts as drift. Check that Hero has what you want:\n"+
			strings.Join(v.lines, "\n"))
}

// QuoteOrNothing is a value as messages show it.
func QuoteOrNothing(value types.String) string {
	if value.ValueString() == "" {
		return "nothing"
	}
	return fmt.Sprintf("%q", value.ValueString())
}
