// Command covergate reads a coverage profile and fails when the client or the provider falls under a share of statements
// covered. Each is judged on its own: a well tested client must not hide an untested provider.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/tools/cover"
)

// judged are the parts of the module that the gate holds, by import path.
var judged = []string{
	"github.com/herohealth/terraform-provider-hero/internal/client",
	"github.com/herohealth/terraform-provider-hero/internal/provider",
}

func main() {
	minimum := flag.Float64("min", 85, "least share of covered statements, in per cent")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: covergate [-min percent] profile")
		os.Exit(2)
	}
	profiles, err := cover.ParseProfiles(flag.Arg(0))
	if err != nil {
		fmt.Fprintf(os.Stderr, "the coverage profile cannot be read: %v\n", err)
		os.Exit(2)
	}
	if !report(os.Stdout, profiles, *minimum) {
		os.Exit(1)
	}
}

// report writes one line for each judged part and tells whether all of them reach the minimum. A part without any
// statement in the profile does not: then it was not measured.
func report(w io.Writer, profiles []*cover.Profile, minimum float64) bool {
	enough := true
	for _, part := range judged {
		covered, total := count(profiles, part)
		if total == 0 {
			fmt.Fprintf(w, "%s: not in the profile\n", part)
			enough = false
			continue
		}
		share := 100 * float64(covered) / float64(total)
		verdict := "enough"
		if share < minimum {
			verdict, enough = fmt.Sprintf("under %.0f %%", minimum), false
		}
		fmt.Fprintf(w, "%s: %.1f %% of %d statements: %s\n", part, share, total, verdict)
	}
	return enough
}

// count adds up the statements of a part, its subpackages included.
func count(profiles []*cover.Profile, part string) (covered, total int) {
	for _, profile := range profiles {
		if !strings.HasPrefix(profile.FileName, part+"/") {
			continue
		}
		for _, block := range profile.Blocks {
			total += block.NumStmt
			if block.Count > 0 {
				covered += block.NumStmt
			}
		}
	}
	return covered, total
}
