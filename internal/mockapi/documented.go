package mockapi

import "github.com/getkin/kin-openapi/openapi3"

// marks is a set of x-evidence marks.
type marks string

func (m marks) has(mark string) bool {
	for _, each := range m {
		if string(each) == mark {
			return true
		}
	}
	return false
}

// evidence returns an x-evidence mark of the contract, "" for none.
func evidence(extensions map[string]any) string {
	mark, _ := extensions["x-evidence"].(string)
	return mark
}

// propertyEvidence returns the mark of a property, which stands beside its $ref if it has one.
func propertyEvidence(property *openapi3.SchemaRef) string {
	if mark := evidence(property.Extensions); mark != "" {
		return mark
	}
	return evidence(property.Value.Extensions)
}

// marksToKeep returns the marks that DocumentedOnly leaves in answers of this schema: D where any key has it, else S.
func marksToKeep(schema *openapi3.Schema) marks {
	keep := marks("S")
	walkProperties(schema, func(property *openapi3.SchemaRef) {
		if propertyEvidence(property) == "D" {
			keep = "D"
		}
	})
	return keep
}

// walkProperties calls visit with every property at any depth. The contract has no recursive schemas.
func walkProperties(schema *openapi3.Schema, visit func(*openapi3.SchemaRef)) {
	if schema.Items != nil {
		walkProperties(schema.Items.Value, visit)
	}
	for _, alternative := range schema.OneOf {
		walkProperties(alternative.Value, visit)
	}
	for _, property := range schema.Properties {
		visit(property)
		walkProperties(property.Value, visit)
	}
}

// documentedOnly removes from a decoded answer every key whose mark is not kept, see Options.DocumentedOnly.
func documentedOnly(schema *openapi3.Schema, value any, keep marks) {
	switch value := value.(type) {
	case []any:
		if schema.Items != nil {
			for _, item := range value {
				documentedOnly(schema.Items.Value, item, keep)
			}
		}
	case object:
		for key, property := range schema.Properties {
			if !stays(property, keep) {
				delete(value, key)
				continue
			}
			documentedOnly(property.Value, value[key], keep)
		}
	}
}

func stays(property *openapi3.SchemaRef, keep marks) bool {
	if keep.has(propertyEvidence(property)) || property.Value.Extensions["x-essential"] == true {
		return true
	}
	held := false
	walkProperties(property.Value, func(inner *openapi3.SchemaRef) {
		held = held || keep.has(propertyEvidence(inner)) || inner.Value.Extensions["x-essential"] == true
	})
	return held
}
