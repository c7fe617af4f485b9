// Command evidence writes the table of what is inferred about Hero's API into the guide that shows it, from the contract's marks.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

const (
	contractFile = "internal/mockapi/contract/openapi.yaml"
	guideFile    = "templates/guides/inferred-api.md"
	begin        = "<!-- begin: written by tools/evidence -->\n"
	end          = "<!-- end -->\n"
	inferred     = "I"
)

func main() {
	if err := write(contractFile, guideFile); err != nil {
		fmt.Fprintln(os.Stderr, "evidence:", err)
		os.Exit(1)
	}
}

func write(contract, guide string) error {
	document, err := openapi3.NewLoader().LoadFromFile(contract)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(guide)
	if err != nil {
		return err
	}
	before, rest, found := bytes.Cut(text, []byte(begin))
	_, after, foundEnd := bytes.Cut(rest, []byte(end))
	if !found || !foundEnd {
		return errors.New(guide + " lacks the marks between which the table stands")
	}
	whole := slices.Concat(before, []byte(begin), []byte(table(document)), []byte(end), after)
	return os.WriteFile(guide, whole, 0o644) //nolint:gosec // a page for everybody
}

// table has a section for each tag, in the contract's order, and a row for each operation.
func table(document *openapi3.T) string {
	var b strings.Builder
	for _, tag := range document.Tags {
		var rows, plain []string
		for _, path := range document.Paths.InMatchingOrder() {
			item := document.Paths.Value(path)
			for _, method := range []string{"GET", "POST", "PATCH", "PUT", "DELETE"} {
				operation := item.GetOperation(method)
				if operation == nil || !slices.Contains(operation.Tags, tag.Name) {
					continue
				}
				if tag.Name == "Other" {
					plain = append(plain, fmt.Sprintf("`%s %s`", method, path))
					continue
				}
				rows = append(rows, fmt.Sprintf("| `%s %s` | %s | %s |\n", method, path, mark(operation.Extensions), strings.Join(inferredIn(operation), "; ")))
			}
		}
		slices.Sort(rows)
		slices.Sort(plain)
		fmt.Fprintf(&b, "\n### %s\n\n", tag.Name)
		if len(plain) > 0 {
			fmt.Fprintf(&b, "Known by path alone, and read by `hero_api_request`: %s.\n", strings.Join(plain, ", "))
			continue
		}
		b.WriteString("| operation | path | inferred |\n|---|---|---|\n" + strings.Join(rows, ""))
	}
	return b.String() + "\n"
}

// inferredIn says what of an operation is inferred, its path apart.
func inferredIn(operation *openapi3.Operation) []string {
	var parts []string
	add := func(what string, names []string) {
		if len(names) > 0 {
			parts = append(parts, what+" `"+strings.Join(names, "`, `")+"`")
		}
	}
	var parameters []string
	for _, parameter := range operation.Parameters {
		if mark(parameter.Value.Extensions) == inferred && parameter.Value.In == openapi3.ParameterInQuery {
			parameters = append(parameters, parameter.Value.Name)
		}
	}
	add("parameters", parameters)
	if operation.RequestBody != nil {
		add("request", inferredFields("", operation.RequestBody.Value.Content))
	}
	if response := operation.Responses.Status(200); response != nil {
		fields := inferredFields("", response.Value.Content)
		switch {
		case mark(response.Value.Extensions) == inferred && len(fields) == 0:
			parts = append(parts, "the whole answer")
		case mark(response.Value.Extensions) == inferred:
			add("that the answer has this form; in it", fields)
		default:
			add("answer", fields)
		}
	}
	if len(parts) == 0 {
		parts = append(parts, "nothing else")
	}
	return parts
}

func inferredFields(prefix string, content openapi3.Content) []string {
	body := content.Get("application/json")
	if body == nil || body.Schema == nil {
		return nil
	}
	return fieldsOf(prefix, body.Schema.Value, 0)
}

// deepest bounds the walk: the contract's objects are no deeper.
const deepest = 6

func fieldsOf(prefix string, schema *openapi3.Schema, depth int) []string {
	if schema == nil || depth > deepest {
		return nil
	}
	var names []string
	for name, property := range schema.Properties {
		switch {
		case mark(property.Value.Extensions) == inferred:
			names = append(names, prefix+name)
		case property.Value.Items != nil:
			names = append(names, fieldsOf(prefix+name+"[].", property.Value.Items.Value, depth+1)...)
		default:
			names = append(names, fieldsOf(prefix+name+".", property.Value, depth+1)...)
		}
	}
	slices.Sort(names)
	return names
}

func mark(extensions map[string]any) string {
	text, _ := extensions["x-evidence"].(string)
	return text
}
