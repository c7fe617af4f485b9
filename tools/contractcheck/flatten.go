package main

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// operation is one method of one path, with everything that is sent and answered, by name: "query event_type",
// "request.url", "answer.data[].id", "answer.headers{}" for the values of a map.
type operation struct {
	name     string // as its document spells it: "GET /v1/webhooks/{id}"
	evidence string // how sure our contract is of the method and path
	fields   map[string]field
}

// field is what a description says about one parameter or one key of a body.
type field struct {
	types    []string // JSON types, sorted; none when any is fine
	required bool
	nullable bool
	values   []string // of an enumeration
	evidence string   // how sure our contract is: its own mark, or that of what it is part of
}

var pathParameter = regexp.MustCompile(`\{[^}]*\}`)

// operationsOf lists a document's operations. The names of path parameters do not matter, so the keys are without them.
func operationsOf(document *openapi3.T) map[string]operation {
	operations := map[string]operation{}
	for path, item := range document.Paths.Map() {
		for method, described := range item.Operations() {
			o := operation{method + " " + path, markOf(described.Extensions), map[string]field{}}
			o.addHeaders(document, described)
			for _, parameters := range []openapi3.Parameters{item.Parameters, described.Parameters} {
				o.addParameters(parameters)
			}
			if described.RequestBody != nil && described.RequestBody.Value != nil {
				body := described.RequestBody.Value
				o.add("request", schemaOf(body.Content), body.Required, o.evidence, nil)
			}
			o.addAnswer("answer", described.Responses, "200", "201", "202", "204", "2XX")
			o.addAnswer("refusal", described.Responses, "400", "4XX", "default")
			operations[method+" "+pathParameter.ReplaceAllString(strings.TrimSuffix(path, "/"), "{}")] = o
		}
	}
	return operations
}

// addHeaders adds the headers that authenticate, which a document may also write as parameters.
func (o *operation) addHeaders(document *openapi3.T, described *openapi3.Operation) {
	requirements := document.Security
	if described.Security != nil {
		requirements = *described.Security
	}
	if document.Components == nil {
		return
	}
	for _, requirement := range requirements {
		for name := range requirement {
			scheme := document.Components.SecuritySchemes[name]
			if scheme != nil && scheme.Value != nil && scheme.Value.Type == "apiKey" && scheme.Value.In == "header" {
				o.fields["header "+strings.ToLower(scheme.Value.Name)] = field{types: []string{"string"}, required: true, evidence: markOf(scheme.Value.Extensions)}
			}
		}
	}
}

func (o *operation) addParameters(parameters openapi3.Parameters) {
	for _, parameter := range parameters {
		p := parameter.Value
		if p == nil || p.In == openapi3.ParameterInPath {
			continue // told by the path
		}
		name := p.In + " " + strings.TrimSuffix(p.Name, "[]") // how an array is spelled in a query
		if p.In == openapi3.ParameterInHeader {
			name = strings.ToLower(name)
		}
		schema := p.Schema
		if schema == nil {
			schema = schemaOf(p.Content)
		}
		evidence := markOf(p.Extensions)
		if schema == nil {
			o.fields[name] = field{required: p.Required, evidence: evidence}
			continue
		}
		o.add(name, schema, p.Required, evidence, nil)
	}
}

// addAnswer adds the body of the first of some statuses that is described with one.
func (o *operation) addAnswer(name string, answers *openapi3.Responses, statuses ...string) {
	for _, status := range statuses {
		answer := answers.Value(status)
		if answer == nil || answer.Value == nil {
			continue
		}
		if schema := schemaOf(answer.Value.Content); schema != nil {
			o.add(name, schema, true, markOf(answer.Value.Extensions), nil)
			return
		}
	}
}

// schemaOf is the schema of a JSON body, or of the first other type when there is no JSON.
func schemaOf(content openapi3.Content) *openapi3.SchemaRef {
	media := content.Get("application/json")
	if media == nil {
		for _, name := range slices.Sorted(maps.Keys(content)) {
			media = content[name]
			break
		}
	}
	if media == nil {
		return nil
	}
	return media.Schema
}

// add adds a schema and all below it. Variants (oneOf, anyOf) and parts (allOf) are laid over each other at one name, so
// that the same shape written in another way is no difference. The trail ends a schema that holds itself.
func (o *operation) add(name string, ref *openapi3.SchemaRef, required bool, evidence string, trail []*openapi3.Schema) {
	if ref == nil || ref.Value == nil || slices.Contains(trail, ref.Value) {
		return
	}
	schema := ref.Value
	trail = append(slices.Clone(trail), schema)
	for _, extensions := range []map[string]any{schema.Extensions, ref.Extensions} { // the mark beside a $ref is the nearer one
		if mark := markOf(extensions); mark != "" {
			evidence = mark
		}
	}

	f := o.fields[name]
	f.evidence, f.required, f.nullable = evidence, f.required || required, f.nullable || schema.Nullable
	for _, kind := range schema.Type.Slice() {
		switch kind {
		case openapi3.TypeNull:
			f.nullable = true
			continue
		case openapi3.TypeInteger:
			kind = openapi3.TypeNumber // JSON has one kind of number
		}
		if !slices.Contains(f.types, kind) {
			f.types = append(f.types, kind)
		}
	}
	slices.Sort(f.types)
	for _, value := range schema.Enum {
		if text, ok := value.(string); ok {
			f.values = append(f.values, text)
		}
	}
	o.fields[name] = f

	for key, property := range schema.Properties {
		o.add(name+"."+key, property, slices.Contains(schema.Required, key), evidence, trail)
	}
	o.add(name+"[]", schema.Items, true, evidence, trail)
	o.add(name+"{}", schema.AdditionalProperties.Schema, true, evidence, trail)
	for _, parts := range []openapi3.SchemaRefs{schema.AllOf, schema.OneOf, schema.AnyOf} {
		for _, part := range parts {
			o.add(name, part, required, evidence, trail)
		}
	}
}

func markOf(extensions map[string]any) string {
	mark, _ := extensions["x-evidence"].(string)
	return mark
}
