package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// fakeServer is a provider that has one of everything. What a schema does not need is left to the nil interface.
type fakeServer struct {
	tfprotov6.ProviderServer
	diagnostics []*tfprotov6.Diagnostic
}

func (s fakeServer) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	return &tfprotov6.GetMetadataResponse{}, nil
}

func (s fakeServer) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func (s fakeServer) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	one := func(schema *tfprotov6.Schema) map[string]*tfprotov6.Schema {
		return map[string]*tfprotov6.Schema{"fake_thing": schema}
	}
	return &tfprotov6.GetProviderSchemaResponse{
		Diagnostics:              s.diagnostics,
		Provider:                 schemaOf(0, &tfprotov6.SchemaAttribute{Name: "key", Type: tftypes.String, Optional: true, Sensitive: true}),
		ResourceSchemas:          one(fakeResource),
		DataSourceSchemas:        one(schemaOf(0, &tfprotov6.SchemaAttribute{Name: "json", Type: tftypes.String, Computed: true})),
		EphemeralResourceSchemas: one(schemaOf(0, &tfprotov6.SchemaAttribute{Name: "token", Type: tftypes.String, Computed: true, Sensitive: true})),
		ListResourceSchemas:      one(schemaOf(0, &tfprotov6.SchemaAttribute{Name: "whole", Type: tftypes.Bool, Optional: true})),
		ActionSchemas: map[string]*tfprotov6.ActionSchema{
			"fake_poke": {Schema: schemaOf(0, &tfprotov6.SchemaAttribute{Name: "url", Type: tftypes.String, Required: true})},
		},
		Functions: map[string]*tfprotov6.Function{
			"join": {
				Summary: "Joins", Description: "Joins all.", DescriptionKind: tfprotov6.StringKindMarkdown, DeprecationMessage: "Use plus.",
				Parameters:        []*tfprotov6.FunctionParameter{{Name: "by", Description: "between", Type: tftypes.String, AllowNullValue: true}},
				VariadicParameter: &tfprotov6.FunctionParameter{Name: "parts", Type: tftypes.Tuple{ElementTypes: []tftypes.Type{tftypes.String, tftypes.Number}}},
				Return:            &tfprotov6.FunctionReturn{Type: tftypes.List{ElementType: tftypes.String}},
			},
		},
	}, nil
}

func (s fakeServer) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{IdentitySchemas: map[string]*tfprotov6.ResourceIdentitySchema{
		"fake_thing": {Version: 2, IdentityAttributes: []*tfprotov6.ResourceIdentitySchemaAttribute{
			{Name: "id", Type: tftypes.String, Description: "Its id.", RequiredForImport: true},
			{Name: "group", Type: tftypes.Number, OptionalForImport: true},
		}},
	}}, nil
}

func schemaOf(version int64, attributes ...*tfprotov6.SchemaAttribute) *tfprotov6.Schema {
	return &tfprotov6.Schema{Version: version, Block: &tfprotov6.SchemaBlock{Version: version, Attributes: attributes}}
}

var fakeResource = &tfprotov6.Schema{Version: 3, Block: &tfprotov6.SchemaBlock{
	Version: 3, Description: "A **thing**.", DescriptionKind: tfprotov6.StringKindMarkdown, Deprecated: true,
	Attributes: []*tfprotov6.SchemaAttribute{
		{Name: "id", Type: tftypes.String, Computed: true, Description: "Its id.", DescriptionKind: tfprotov6.StringKindMarkdown},
		{Name: "name", Type: tftypes.String, Required: true, Deprecated: true},
		{Name: "secret_wo", Type: tftypes.Map{ElementType: tftypes.String}, Optional: true, WriteOnly: true, Sensitive: true},
		{Name: "size", Type: tftypes.Number, Optional: true, Computed: true},
		{Name: "tags", Type: tftypes.Set{ElementType: tftypes.Bool}, Optional: true},
		{Name: "any", Type: tftypes.DynamicPseudoType, Optional: true},
		{Name: "shape", Optional: true, Type: tftypes.Object{AttributeTypes: map[string]tftypes.Type{"side": tftypes.Number}}},
		nestedAttribute("single", tfprotov6.SchemaObjectNestingModeSingle),
		nestedAttribute("list", tfprotov6.SchemaObjectNestingModeList),
		nestedAttribute("set", tfprotov6.SchemaObjectNestingModeSet),
		nestedAttribute("map", tfprotov6.SchemaObjectNestingModeMap),
	},
	BlockTypes: []*tfprotov6.SchemaNestedBlock{
		nestedBlock("block_single", tfprotov6.SchemaNestedBlockNestingModeSingle, 0),
		nestedBlock("block_group", tfprotov6.SchemaNestedBlockNestingModeGroup, 0),
		nestedBlock("block_list", tfprotov6.SchemaNestedBlockNestingModeList, 2),
		nestedBlock("block_set", tfprotov6.SchemaNestedBlockNestingModeSet, 0),
		nestedBlock("block_map", tfprotov6.SchemaNestedBlockNestingModeMap, 0),
	},
}}

func nestedAttribute(name string, nesting tfprotov6.SchemaObjectNestingMode) *tfprotov6.SchemaAttribute {
	return &tfprotov6.SchemaAttribute{Name: name, Optional: true, NestedType: &tfprotov6.SchemaObject{
		Nesting:    nesting,
		Attributes: []*tfprotov6.SchemaAttribute{{Name: "inner", Type: tftypes.String, Required: true, Sensitive: true}},
	}}
}

func nestedBlock(name string, nesting tfprotov6.SchemaNestedBlockNestingMode, maximum int64) *tfprotov6.SchemaNestedBlock {
	return &tfprotov6.SchemaNestedBlock{TypeName: name, Nesting: nesting, MaxItems: maximum, Block: &tfprotov6.SchemaBlock{
		Attributes: []*tfprotov6.SchemaAttribute{{Name: "inner", Type: tftypes.String, Optional: true}},
	}}
}
