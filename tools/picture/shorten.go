package main

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	escape   = regexp.MustCompile("\x1b\\[([0-9;]*)m")
	step     = regexp.MustCompile(`^── (\d+)\. (.*)`)
	resource = regexp.MustCompile(`^ {2}# hero_`)
	blockEnd = regexp.MustCompile(`^ {4}}$`)
)

// firstStep is where the story begins: before it the demo builds, and installs the provider.
const firstStep = "4"

// noise is what terraform says of each object, and of itself.
var noise = regexp.MustCompile(`Refreshing state\.\.\.|: Reading\.\.\.|: Read complete|: Creating\.\.\.|: Creation complete|: Destroying\.\.\.|: Destruction complete|` +
	`^Terraform |^plan\. Resource actions|^and found no|^  [+~-] (create|update|destroy)|^Changes to Outputs|^Outputs:|^  [+~-] webhooks|^webhooks = |^      [+~-] "A8|^  "A8|^        # \(|^    }( -> null)?$|^  }$|^}$|` +
	`^practice \d+: \d+ webhooks|^  \d+ +[a-z.-]+ +→|with hero_webhook|on main\.tf line|^│ +\d+: resource|^│ *$|^All steps`)

// shorten keeps what the story needs: each step's command and its outcome, the first object in full and of others what becomes of them,
// and each warning once.
func shorten(lines []string) []string {
	var shown []string
	var begun, inBlock bool
	heading := "" // of a step of which nothing is shown yet
	blocks, inStep, hidden := 0, 0, 0
	warned := map[string]bool{}
	show := func(line string) {
		if heading != "" {
			shown = append(shown, "", "\x1b[36m"+heading+"\x1b[0m")
			heading = ""
		}
		if hidden > 0 {
			shown = append(shown, fmt.Sprintf("\x1b[90m    … and %d more\x1b[0m", hidden))
			hidden = 0
		}
		shown = append(shown, line)
	}
	var warning []string // being read
	for _, line := range lines {
		plain := escape.ReplaceAllString(line, "")
		if at := step.FindStringSubmatch(plain); at != nil {
			begun = begun || at[1] == firstStep
			heading, inStep, inBlock = plain, 0, false
			continue
		}
		switch {
		case !begun || strings.TrimSpace(plain) == "":
		case strings.HasPrefix(plain, "╷"):
			warning = []string{line}
		case strings.HasPrefix(plain, "╵"):
			if text := strings.Join(warning, "\n"); !warned[text] {
				warned[text] = true
				for _, part := range append(warning, line) {
					show(part)
				}
			}
			warning = nil
		case resource.MatchString(plain):
			blocks++
			inStep++
			inBlock = true
			if inStep > 1 {
				hidden++
			} else {
				show(line)
			}
		case inBlock:
			inBlock = !blockEnd.MatchString(plain)
			if blocks == 1 {
				show(line)
			}
		case noise.MatchString(plain):
		case warning != nil:
			warning = append(warning, line)
		default:
			show(line)
		}
	}
	return shown
}
