package main

import (
	"context"
	"errors"
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// formatVersion is that of Terraform 1.11's output; later kinds of type came without a new one.
const formatVersion = "1.0"

// convert asks a provider server for everything that it offers and puts it under the given key.
func convert(ctx context.Context, key string, server tfprotov6.ProviderServer) (*tfjson.ProviderSchemas, error) {
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, err
	}
	if err := errorsOf(schemas.Diagnostics, identities.Diagnostics); err != nil {
		return nil, err
	}
	return &tfjson.ProviderSchemas{
		FormatVersion: formatVersion,
		Schemas: map[string]*tfjson.ProviderSchema{key: {
			ConfigSchema:             convertSchema(schemas.Provider),
			ResourceSchemas:          each(schemas.ResourceSchemas, convertSchema),
			DataSourceSchemas:        each(schemas.DataSourceSchemas, convertSchema),
			EphemeralResourceSchemas: each(schemas.EphemeralResourceSchemas, convertSchema),
			ListResourceSchemas:      each(schemas.ListResourceSchemas, convertSchema),
			ActionSchemas:            each(schemas.ActionSchemas, convertAction),
			Functions:                each(schemas.Functions, convertFunction),
			ResourceIdentitySchemas:  each(identities.IdentitySchemas, convertIdentity),
		}},
	}, nil
}

// errorsOf joins the errors among diagnostics; warnings say nothing about a schema.
func errorsOf(lists ...[]*tfprotov6.Diagnostic) error {
	var found error
	for _, diagnostics := range lists {
		for _, d := range diagnostics {
			if d.Severity == tfprotov6.DiagnosticSeverityError {
				found = errors.Join(found, fmt.Errorf("%s: %s", d.Summary, d.Detail))
			}
		}
	}
	return found
}

func each[From, To any](from map[string]From, convert func(From) To) map[string]To {
	to := make(map[string]To, len(from))
	for name, value := range from {
		to[name] = convert(value)
	}
	return to
}

func convertSchema(schema *tfprotov6.Schema) *tfjson.Schema {
	if schema == nil {
		return nil
	}
	return &tfjson.Schema{Version: uint64(schema.Version), Block: convertBlock(schema.Block)} //nolint:gosec // versions count up from 0
}

func convertAction(action *tfprotov6.ActionSchema) *tfjson.ActionSchema {
	return &tfjson.ActionSchema{Block: convertBlock(action.Schema.Block)}
}

func convertBlock(block *tfprotov6.SchemaBlock) *tfjson.SchemaBlock {
	converted := &tfjson.SchemaBlock{
		Attributes:      convertAttributes(block.Attributes),
		Description:     block.Description,
		DescriptionKind: descriptionKind(block.DescriptionKind),
		Deprecated:      block.Deprecated,
	}
	if len(block.BlockTypes) > 0 {
		converted.NestedBlocks = make(map[string]*tfjson.SchemaBlockType, len(block.BlockTypes))
	}
	for _, nested := range block.BlockTypes {
		converted.NestedBlocks[nested.TypeName] = &tfjson.SchemaBlockType{
			NestingMode: blockNesting[nested.Nesting],
			Block:       convertBlock(nested.Block),
			MinItems:    uint64(nested.MinItems), //nolint:gosec // the protocol has no negative counts
			MaxItems:    uint64(nested.MaxItems), //nolint:gosec // the protocol has no negative counts
		}
	}
	return converted
}

func convertAttributes(attributes []*tfprotov6.SchemaAttribute) map[string]*tfjson.SchemaAttribute {
	converted := make(map[string]*tfjson.SchemaAttribute, len(attributes))
	for _, attribute := range attributes {
		to := &tfjson.SchemaAttribute{
			Description:     attribute.Description,
			DescriptionKind: descriptionKind(attribute.DescriptionKind),
			Deprecated:      attribute.Deprecated,
			Required:        attribute.Required,
			Optional:        attribute.Optional,
			Computed:        attribute.Computed,
			Sensitive:       attribute.Sensitive,
			WriteOnly:       attribute.WriteOnly,
		}
		if nested := attribute.NestedType; nested != nil {
			to.AttributeNestedType = &tfjson.SchemaNestedAttributeType{
				Attributes:  convertAttributes(nested.Attributes),
				NestingMode: objectNesting[nested.Nesting],
			}
		} else {
			to.AttributeType = convertType(attribute.Type)
		}
		converted[attribute.Name] = to
	}
	return converted
}

func convertFunction(function *tfprotov6.Function) *tfjson.FunctionSignature {
	signature := &tfjson.FunctionSignature{
		Description:        function.Description,
		Summary:            function.Summary,
		DeprecationMessage: function.DeprecationMessage,
		ReturnType:         convertType(function.Return.Type),
	}
	for _, parameter := range function.Parameters {
		signature.Parameters = append(signature.Parameters, convertParameter(parameter))
	}
	if function.VariadicParameter != nil {
		signature.VariadicParameter = convertParameter(function.VariadicParameter)
	}
	return signature
}

func convertParameter(parameter *tfprotov6.FunctionParameter) *tfjson.FunctionParameter {
	return &tfjson.FunctionParameter{
		Name:        parameter.Name,
		Description: parameter.Description,
		IsNullable:  parameter.AllowNullValue,
		Type:        convertType(parameter.Type),
	}
}

func convertIdentity(identity *tfprotov6.ResourceIdentitySchema) *tfjson.IdentitySchema {
	converted := &tfjson.IdentitySchema{
		Version:    uint64(identity.Version), //nolint:gosec // versions count up from 0
		Attributes: make(map[string]*tfjson.IdentityAttribute, len(identity.IdentityAttributes)),
	}
	for _, attribute := range identity.IdentityAttributes {
		converted.Attributes[attribute.Name] = &tfjson.IdentityAttribute{
			IdentityType:      convertType(attribute.Type),
			Description:       attribute.Description,
			RequiredForImport: attribute.RequiredForImport,
			OptionalForImport: attribute.OptionalForImport,
		}
	}
	return converted
}
