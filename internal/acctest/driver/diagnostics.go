package driver

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Severity tells errors from warnings.
type Severity string

// The two severities that Terraform knows.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Diagnostic is one message of the provider, or of the driver in Terraform's place: then its summary is the one that
// Terraform shows ("Provider produced inconsistent result after apply").
type Diagnostic struct {
	Severity  Severity
	Summary   string
	Detail    string
	Attribute string // as in "address.line_1", `headers["X-Team"]` or "ids[0]"; empty when it concerns the whole object
}

// String is the message on one line, for test output.
func (d Diagnostic) String() string {
	at := ""
	if d.Attribute != "" {
		at = " (" + d.Attribute + ")"
	}
	return fmt.Sprintf("%s%s: %s: %s", d.Severity, at, d.Summary, d.Detail)
}

// Diagnostics are the messages of one step, in the order in which they came.
type Diagnostics []Diagnostic

// Errors are the errors among them.
func (ds Diagnostics) Errors() Diagnostics { return ds.of(Error) }

// Warnings are the warnings among them.
func (ds Diagnostics) Warnings() Diagnostics { return ds.of(Warning) }

// HasErrors says whether Terraform would stop here.
func (ds Diagnostics) HasErrors() bool { return len(ds.Errors()) > 0 }

// Has says whether one message of this severity holds the text in its summary, its detail or its attribute.
func (ds Diagnostics) Has(severity Severity, text string) bool {
	for _, d := range ds.of(severity) {
		if strings.Contains(d.Summary, text) || strings.Contains(d.Detail, text) || strings.Contains(d.Attribute, text) {
			return true
		}
	}
	return false
}

// String lists the messages, one per line.
func (ds Diagnostics) String() string {
	if len(ds) == 0 {
		return "(no diagnostics)"
	}
	lines := make([]string, len(ds))
	for i, d := range ds {
		lines[i] = d.String()
	}
	return strings.Join(lines, "\n")
}

// RequireNoErrors stops the test when there is an error. Warnings pass.
func (ds Diagnostics) RequireNoErrors(tb testing.TB) {
	tb.Helper()
	if ds.HasErrors() {
		tb.Fatalf("want no errors, got:\n%s", ds)
	}
}

// RequireNone stops the test when there is any message at all.
func (ds Diagnostics) RequireNone(tb testing.TB) {
	tb.Helper()
	if len(ds) > 0 {
		tb.Fatalf("want no diagnostics, got:\n%s", ds)
	}
}

// RequireError stops the test unless an error holds the text; see Has.
func (ds Diagnostics) RequireError(tb testing.TB, text string) {
	tb.Helper()
	if !ds.Has(Error, text) {
		tb.Fatalf("want an error with %q, got:\n%s", text, ds)
	}
}

// RequireWarning stops the test unless a warning holds the text; see Has.
func (ds Diagnostics) RequireWarning(tb testing.TB, text string) {
	tb.Helper()
	if !ds.Has(Warning, text) {
		tb.Fatalf("want a warning with %q, got:\n%s", text, ds)
	}
}

func (ds Diagnostics) of(severity Severity) Diagnostics {
	var found Diagnostics
	for _, d := range ds {
		if d.Severity == severity {
			found = append(found, d)
		}
	}
	return found
}

// distinct drops exact repetitions: Terraform validates and plans several times, and a test wants to count messages.
func (ds Diagnostics) distinct() Diagnostics {
	var kept Diagnostics
	seen := map[Diagnostic]bool{}
	for _, d := range ds {
		if !seen[d] {
			seen[d] = true
			kept = append(kept, d)
		}
	}
	return kept
}

func errorf(attribute, summary, detail string, args ...any) Diagnostic {
	return Diagnostic{Severity: Error, Summary: summary, Detail: fmt.Sprintf(detail, args...), Attribute: attribute}
}

func fromProto(protos []*tfprotov6.Diagnostic) Diagnostics {
	var ds Diagnostics
	for _, p := range protos {
		d := Diagnostic{Severity: Warning, Summary: p.Summary, Detail: p.Detail, Attribute: pathString(p.Attribute)}
		if p.Severity == tfprotov6.DiagnosticSeverityError {
			d.Severity = Error
		}
		ds = append(ds, d)
	}
	return ds
}

func pathString(path *tftypes.AttributePath) string {
	var b strings.Builder
	for _, step := range path.Steps() {
		switch s := step.(type) {
		case tftypes.AttributeName:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(string(s))
		case tftypes.ElementKeyString:
			fmt.Fprintf(&b, "[%q]", string(s))
		case tftypes.ElementKeyInt:
			fmt.Fprintf(&b, "[%d]", int64(s))
		case tftypes.ElementKeyValue:
			fmt.Fprintf(&b, "[%v]", toGo(tftypes.Value(s)))
		}
	}
	return b.String()
}
