package examples

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
)

// pages show configurations between their paragraphs.
var pages = []string{"../../../README.md", "../../../templates/*.tmpl", "../../../templates/*/*.md", "../../../templates/*/*.tmpl"}

var fence = regexp.MustCompile("(?m)^( *)```(?:hcl|terraform)\n((?:.*\n)+?) *```$")

func TestPages_showConfigurationsThatAreValid(t *testing.T) {
	t.Parallel()
	shown := 0
	for _, pattern := range pages {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range fence.FindAllSubmatchIndex(text, -1) {
				shown++
				block := dedent(string(text[at[4]:at[5]]), at[3]-at[2])
				line := 1 + bytes.Count(text[:at[4]], []byte("\n"))
				t.Run(fmt.Sprintf("%s:%d", filepath.Base(name), line), func(t *testing.T) {
					t.Parallel()
					tryShown(t, block)
				})
			}
		}
	}
	if shown < 10 {
		t.Errorf("only %d configurations were found in the pages", shown)
	}
}

// dedent takes the indentation of a list's item from a block in it.
func dedent(text string, by int) string {
	return regexp.MustCompile(fmt.Sprintf(`(?m)^ {%d}`, by)).ReplaceAllString(text, "")
}

// tryShown checks the format of a configuration, and validates it unless it is not terraform's, or uses other providers.
func tryShown(t *testing.T, text string) {
	if formatted := string(hclwrite.Format([]byte(text))); formatted != text {
		t.Errorf("not formatted; it should be:\n%s", formatted)
	}
	if strings.Contains(text, "provider_installation") {
		return // terraform's own settings, in an older language
	}
	blocks := parse(t, "shown.tf", text)
	for _, block := range blocks {
		if block.Type == "list" || !ours(block) {
			return
		}
	}
	c := complete(t, map[string]string{"main.tf": text})
	if required := blocksOf(c.blocks, "terraform"); len(required) > 0 && !strings.Contains(text, "required_providers") {
		t.Fatal("a terraform block without required_providers")
	}
	c.files["completed_references.tf"] = declare(blocks)
	cli := acctest.Terraform(t, acctest.TerraformOptions{Files: c.files})
	c.requireVersion(cli)
	cli.Run("validate", "-no-color").RequireExit(t, 0)
}

// ours says whether a block needs no provider but ours.
func ours(block *hclsyntax.Block) bool {
	switch block.Type {
	case "resource", "data", "ephemeral", "provider":
		return strings.HasPrefix(block.Labels[0], "hero") || block.Labels[0] == "terraform_data"
	case "removed":
		from := block.Body.Attributes["from"]
		if from == nil {
			return false
		}
		traversal, diags := hcl.AbsTraversalForExpr(from.Expr)
		return !diags.HasErrors() && strings.HasPrefix(traversal.RootName(), "hero")
	case "terraform":
		for _, required := range blocksOf(block.Body.Blocks, "required_providers") {
			for name := range required.Body.Attributes {
				if name != "hero" {
					return false
				}
			}
		}
	}
	return true
}

// declare declares the variables and locals that a configuration uses from elsewhere on its page. Validation knows no values, so that any will do.
func declare(blocks []*hclsyntax.Block) string {
	var declared, used []string
	for _, block := range blocks {
		switch block.Type {
		case "variable":
			declared = append(declared, "var."+block.Labels[0])
		case "locals":
			for name := range block.Body.Attributes {
				declared = append(declared, "local."+name)
			}
		}
		for _, traversal := range references(block.Body) {
			if root := traversal.RootName(); (root == "var" || root == "local") && len(traversal) > 1 {
				if name, ok := traversal[1].(hcl.TraverseAttr); ok {
					used = append(used, root+"."+name.Name)
				}
			}
		}
	}
	slices.Sort(used)
	var b strings.Builder
	b.WriteString("variable \"completed_value\" {\n  type = any\n}\n")
	for _, reference := range slices.Compact(used) {
		if kind, name, _ := strings.Cut(reference, "."); slices.Contains(declared, reference) {
			continue
		} else if kind == "var" {
			fmt.Fprintf(&b, "variable %q {\n  type = any\n}\n", name)
		} else {
			fmt.Fprintf(&b, "locals {\n  %s = var.completed_value\n}\n", name)
		}
	}
	return b.String()
}

func references(body *hclsyntax.Body) []hcl.Traversal {
	var found []hcl.Traversal
	for _, attribute := range body.Attributes {
		found = append(found, attribute.Expr.Variables()...)
	}
	for _, block := range body.Blocks {
		found = append(found, references(block.Body)...)
	}
	return found
}
