package webhook

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// EventTypes are the events that Hero's documentation lists (documented; two of them came later than the others, so expect more).
func EventTypes() []string {
	return []string{
		"appointment.confirmed",
		"appointment.cancelled",
		"appointment.rescheduled",
		"prescription.issued",
		"patient.medical-record-updated",
		"patient.added-to-sequence",
		"write-to-record.succeeded",
		"write-to-record.failed",
	}
}

// checkEventType judges the event of a new webhook. A slip of the pen is an error; an event that this version does not know is only
// a warning, since Hero can add events before the provider knows them.
func checkEventType(event string, diags *diag.Diagnostics) {
	at := path.Root("event_type")
	if slices.Contains(EventTypes(), event) {
		return
	}
	for _, known := range EventTypes() {
		if short := len(letters(known)) - len(letters(event)); short >= 0 && short <= 3 && strings.HasPrefix(letters(known), letters(event)) {
			diags.AddAttributeError(at, "The event type is misspelt", fmt.Sprintf("Hero knows no event %q. You probably mean %q.", event, known))
			return
		}
	}
	if !wellFormedEvent(event) {
		diags.AddAttributeError(at, "The event type is not well-formed",
			fmt.Sprintf("%q cannot be an event: they are written in lower case as object.event, such as %q. The events known to this version are %s.",
				event, EventTypes()[0], strings.Join(EventTypes(), ", ")))
		return
	}
	diags.AddAttributeWarning(at, fmt.Sprintf("Event type %q is not known to this version of the provider", event),
		fmt.Sprintf("Hero may have added it since; Hero decides when the webhook is created. Did you mean %q?", nearestEvent(event)))
}

// letters is a spelling without case and separators.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '.', '-', '_', ' ', '/', ':':
			return -1
		}
		return r
	}, strings.ToLower(text))
}

func wellFormedEvent(event string) bool {
	for part := range strings.SplitSeq(event, ".") {
		if part == "" || strings.ContainsFunc(part, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_' }) {
			return false
		}
	}
	return strings.Contains(event, ".")
}

func nearestEvent(event string) string {
	return slices.MinFunc(EventTypes(), func(a, b string) int {
		return levenshtein.Distance(event, a, nil) - levenshtein.Distance(event, b, nil)
	})
}
