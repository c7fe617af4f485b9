package examples

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// address is how examples call the provider.
const address = "herohealth/hero"

// variables are the values of the variables that examples declare without a default.
var variables = map[string]string{
	"api_key":        mockapi.DefaultAPIKey,
	"lead_email":     "zoe.example@practice.example",
	"receiver_token": "a-token-for-the-examples",
	"rx_password":    "a-password-for-the-examples",
	"signing_key":    "a-key-for-the-examples-with-32-letters",
}

// configuration is an example as terraform gets it: its files, and what completes them.
type configuration struct {
	files  map[string]string
	blocks []*hclsyntax.Block
}

// snippet is a single file, to which a page of documentation adds nothing.
func snippet(t *testing.T, path string) configuration {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return complete(t, map[string]string{"main.tf": string(text)})
}

// directory is a whole configuration.
func directory(t *testing.T, path string) configuration {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(path, "*.tf"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = string(text)
	}
	return complete(t, files)
}

// complete adds the blocks without which a snippet is no configuration.
func complete(t *testing.T, files map[string]string) configuration {
	t.Helper()
	c := configuration{files: files}
	for name, text := range files {
		c.blocks = append(c.blocks, parse(t, name, text)...)
	}
	if len(c.of("terraform")) == 0 {
		files["completed_terraform.tf"] = fmt.Sprintf("terraform {\n  required_providers {\n    hero = { source = %q }\n  }\n}\n", address)
	}
	if len(c.of("provider")) == 0 {
		files["completed_provider.tf"] = "provider \"hero\" {}\n"
	}
	return c
}

// connect points the provider at a mock, as the environment would if the provider were a process of its own.
func (c configuration) connect(mock *acctest.Mock) {
	c.files["connect_override.tf"] = mock.HCL("")
}

func parse(t *testing.T, name, text string) []*hclsyntax.Block {
	t.Helper()
	file, diags := hclsyntax.ParseConfig([]byte(text), name, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	body, _ := file.Body.(*hclsyntax.Body)
	return body.Blocks
}

// of returns the blocks of a kind, such as resource.
func (c configuration) of(kind string) []*hclsyntax.Block { return blocksOf(c.blocks, kind) }

func blocksOf(blocks []*hclsyntax.Block, kind string) []*hclsyntax.Block {
	var found []*hclsyntax.Block
	for _, block := range blocks {
		if block.Type == kind {
			found = append(found, block)
		}
	}
	return found
}

// literal is an argument's text, if it is written out.
func literal(block *hclsyntax.Block, argument string) string {
	attribute, ok := block.Body.Attributes[argument]
	if !ok {
		return ""
	}
	value, diags := attribute.Expr.Value(nil)
	if diags.HasErrors() || value.IsNull() || !value.IsKnown() || value.Type() != cty.String {
		return ""
	}
	return value.AsString()
}

// environment holds the variables that the example asks for.
func (c configuration) environment(t *testing.T) map[string]string {
	t.Helper()
	environment := map[string]string{}
	for _, block := range c.of("variable") {
		if block.Body.Attributes["default"] != nil {
			continue
		}
		value, ok := variables[block.Labels[0]]
		if !ok {
			t.Fatalf("variable %q has no default, and the test has no value for it: add one to variables", block.Labels[0])
		}
		environment["TF_VAR_"+block.Labels[0]] = value
	}
	return environment
}

// furnish gives the mock what the example names by id, so that it is found.
func (c configuration) furnish(mock *acctest.Mock) {
	blocks := append(c.of("data"), c.of("ephemeral")...)
	for _, check := range c.of("check") {
		blocks = append(blocks, blocksOf(check.Body.Blocks, "data")...)
	}
	for _, block := range blocks {
		practice, id := literal(block, "practice_group_id"), literal(block, "id")
		switch kind := block.Labels[0]; {
		case kind == "hero_booking_link" && id != "":
			mock.AddBookingLink(mockapi.BookingLink{Link: mockapi.Link{PracticeID: practice, ID: id}, AppointmentTypeIDs: []string{"1"}})
		case kind == "hero_link_status":
			mock.AddBookingLink(mockapi.BookingLink{Link: mockapi.Link{PracticeID: practice, ID: id, URL: literal(block, "url")}, AppointmentTypeIDs: []string{"1"}})
		case (kind == "hero_form_response" || kind == "hero_form_submission_response") && id != "":
			mock.AddFormResponse(mockapi.FormResponse{PracticeID: practice, ID: id, FormID: 101, FormType: "questionnaire", Title: "Asthma review", PatientID: "900001", WriteToRecordStatus: "success", CreatedAt: today})
		}
	}
}

var (
	writeOnly = regexp.MustCompile(`\w_wo\s*=`)
	ephemeral = regexp.MustCompile(`(?m)^ephemeral "|ephemeral\s*=\s*true`)
	identity  = regexp.MustCompile(`(?m)^\s*identity\s*=`)
	newest    = regexp.MustCompile(`(?m)^action "|action_trigger|^list "`)
)

// requireVersion skips an example that the installed terraform or OpenTofu is too old for.
func (c configuration) requireVersion(cli *acctest.CLI) {
	var all strings.Builder
	for _, text := range c.files {
		all.WriteString(text)
	}
	text := all.String()
	switch {
	case newest.MatchString(text):
		cli.Needs("1.14", "")
	case identity.MatchString(text):
		cli.Needs("1.12", "1.12")
	case writeOnly.MatchString(text):
		cli.Needs("1.11", "1.11")
	case ephemeral.MatchString(text):
		cli.Needs("1.10", "1.11")
	}
}
