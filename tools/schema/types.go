package main

import (
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

var blockNesting = map[tfprotov6.SchemaNestedBlockNestingMode]tfjson.SchemaNestingMode{
	tfprotov6.SchemaNestedBlockNestingModeSingle: tfjson.SchemaNestingModeSingle,
	tfprotov6.SchemaNestedBlockNestingModeGroup:  tfjson.SchemaNestingModeGroup,
	tfprotov6.SchemaNestedBlockNestingModeList:   tfjson.SchemaNestingModeList,
	tfprotov6.SchemaNestedBlockNestingModeSet:    tfjson.SchemaNestingModeSet,
	tfprotov6.SchemaNestedBlockNestingModeMap:    tfjson.SchemaNestingModeMap,
}

var objectNesting = map[tfprotov6.SchemaObjectNestingMode]tfjson.SchemaNestingMode{
	tfprotov6.SchemaObjectNestingModeSingle: tfjson.SchemaNestingModeSingle,
	tfprotov6.SchemaObjectNestingModeList:   tfjson.SchemaNestingModeList,
	tfprotov6.SchemaObjectNestingModeSet:    tfjson.SchemaNestingModeSet,
	tfprotov6.SchemaObjectNestingModeMap:    tfjson.SchemaNestingModeMap,
}

func descriptionKind(kind tfprotov6.StringKind) tfjson.SchemaDescriptionKind {
	if kind == tfprotov6.StringKindMarkdown {
		return tfjson.SchemaDescriptionKindMarkdown
	}
	return tfjson.SchemaDescriptionKindPlain
}

// convertType panics on a type that Terraform does not have: that is a mistake in a schema, and nobody can go on.
func convertType(from tftypes.Type) cty.Type {
	switch from := from.(type) {
	case tftypes.List:
		return cty.List(convertType(from.ElementType))
	case tftypes.Set:
		return cty.Set(convertType(from.ElementType))
	case tftypes.Map:
		return cty.Map(convertType(from.ElementType))
	case tftypes.Tuple:
		elements := make([]cty.Type, len(from.ElementTypes))
		for i, element := range from.ElementTypes {
			elements[i] = convertType(element)
		}
		return cty.Tuple(elements)
	case tftypes.Object:
		attributes := make(map[string]cty.Type, len(from.AttributeTypes))
		for name, attribute := range from.AttributeTypes {
			attributes[name] = convertType(attribute)
		}
		return cty.Object(attributes)
	}
	switch {
	case from.Is(tftypes.String):
		return cty.String
	case from.Is(tftypes.Bool):
		return cty.Bool
	case from.Is(tftypes.Number):
		return cty.Number
	case from.Is(tftypes.DynamicPseudoType):
		return cty.DynamicPseudoType
	}
	panic(fmt.Sprintf("the schema uses %s, which Terraform does not have", from))
}
