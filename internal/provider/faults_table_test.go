package provider_test

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// faultsFile is where the table stands for people to read.
const faultsFile = "../../docs-dev/faults.md"

var writeFaults = flag.Bool("write-faults", false, "write docs-dev/faults.md instead of comparing it")

// subjectsUnderFaults are the sections of the table.
func subjectsUnderFaults() []subject {
	return []subject{webhookUnderFaults(), bookingLinkUnderFaults(), formLinkUnderFaults(), settingsUnderFaults()}
}

// cells are the table's results: by subject, column and fault, how it ends when the fault comes once, and when it stays.
type cells struct {
	mu sync.Mutex
	of map[string][2]string
}

func cellKey(sub subject, c column, f fault) string {
	return strings.Join([]string{sub.typeName, c.phase, c.method, f.name}, "|")
}

func (r *cells) keep(key, once, always string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.of[key] = [2]string{once, always}
}

func (r *cells) get(key string) (ends [2]string, played bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	ends, played = r.of[key]
	return ends, played
}

func TestFaults_everyOneInEveryPhaseRecoversOrFailsWithATrueState(t *testing.T) { //nolint:tparallel // the table is compared after all its cells
	t.Parallel()
	for _, kind := range mockapi.FaultKinds() {
		if !slices.ContainsFunc(faults(), func(f fault) bool { return f.Kind == kind }) {
			t.Errorf("the table has no row for the fault %q", kind)
		}
	}
	results := cells{of: map[string][2]string{}}
	t.Run("cells", func(t *testing.T) {
		for _, sub := range subjectsUnderFaults() {
			for _, c := range sub.columns {
				t.Run(sub.typeName+"/"+c.phase+"/"+c.method, func(t *testing.T) {
					t.Parallel()
					c.fill(t, sub, &results)
				})
			}
		}
	})
	if table, complete := render(&results); complete && !t.Failed() {
		compareFaults(t, table)
	}
}

func (c column) fill(t *testing.T, sub subject, results *cells) {
	t.Helper()
	_, usual, _ := c.play(t, sub, nil, 0, nil)
	var before fault
	for _, f := range faults() {
		if f.writesOnly && c.method == http.MethodGet {
			ends, _ := results.get(cellKey(sub, c, before))
			results.keep(cellKey(sub, c, f), ends[0], ends[1])
			continue
		}
		before = f
		once, said, asked := c.play(t, sub, &f, 1, usual)
		if f.passing && !c.onlyOnce && once != recovers {
			t.Errorf("%s, once: %s, although the call can be repeated:\n%s", f.name, once, said)
		}
		always := once
		if asked > 1 { // a call that is not repeated meets the fault once in any case
			always, said, _ = c.play(t, sub, &f, 0, usual)
		}
		if t.Failed() {
			t.Fatalf("%s: once %s, always %s:\n%s", f.name, once, always, said)
		}
		results.keep(cellKey(sub, c, f), once, always)
	}
}

const faultsHead = `# Faults

What the provider does when Hero, or the network before it, fails: every kind of fault, at every call of a resource, in every phase.
A test makes this table (` + "`go test ./internal/provider -run TestFaults -write-faults`" + `) and fails when it is not what this page says. For each
cell it breaks one call of a run against the mock, holds state to what the mock then holds, looks at what the user is told, and lets
another run without the fault get to what is configured.

A cell says how the run ends when the fault comes once, then when it stays; one word where both end alike.

| word | meaning |
|---|---|
| recovers | the call is tried again, or its outcome is looked up: as if nothing had been |
| warns | the run goes on, and a warning says what it had to do without |
| fails | an error; Hero and state are as before |
| fails, made | an error says that an object may have been made that state lacks, and how to find and import it. Nothing was made twice |
| fails, done | an error; the call was carried out all the same, and the next refresh shows it |
| fails halfway | an error after the first part of a replacement was done; state is what Hero holds, and the next apply goes on |
| believes it | a 404 for a single object, while Hero answers for its practice, means that it is gone: it leaves state, with a warning |
| warns, in use | Hero cannot delete a link and refused to let it expire: it leaves state, and a warning says that its URL goes on working |

`

// render writes the table, and says whether every cell has been played.
func render(results *cells) (text string, complete bool) {
	var b strings.Builder
	b.WriteString(faultsHead)
	complete = true
	for _, sub := range subjectsUnderFaults() {
		fmt.Fprintf(&b, "## %s\n\n| fault |", sub.typeName)
		for _, c := range sub.columns {
			fmt.Fprintf(&b, " %s: `%s %s` |", c.phase, c.method, c.path)
		}
		b.WriteString("\n|" + strings.Repeat("---|", len(sub.columns)+1) + "\n")
		for _, f := range faults() {
			fmt.Fprintf(&b, "| %s |", f.name)
			for _, c := range sub.columns {
				cell, played := results.get(cellKey(sub, c, f))
				complete = complete && played
				if cell[0] == cell[1] {
					fmt.Fprintf(&b, " %s |", cell[0])
				} else {
					fmt.Fprintf(&b, " %s; %s |", cell[0], cell[1])
				}
			}
			b.WriteString("\n")
		}
		b.WriteString("\n")
	}
	return strings.TrimSuffix(b.String(), "\n"), complete
}

func compareFaults(t *testing.T, table string) {
	t.Helper()
	if *writeFaults {
		if err := os.WriteFile(faultsFile, []byte(table), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	kept, err := os.ReadFile(faultsFile)
	if err != nil {
		t.Fatal(err)
	}
	is, was := strings.Split(table, "\n"), strings.Split(string(kept), "\n")
	for i := range max(len(is), len(was)) {
		if i >= len(is) || i >= len(was) || is[i] != was[i] {
			t.Fatalf("%s is stale from line %d on: look whether the change is meant, then write it anew with -write-faults. It should be:\n%s", faultsFile, i+1, strings.Join(is[min(i, len(is)):min(i+3, len(is))], "\n"))
		}
	}
}
