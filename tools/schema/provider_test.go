package main

import (
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

// The docs are made from these texts: an attribute without one is an empty line in them. What is sensitive is flagged once.
func TestProvider_describesEverything(t *testing.T) {
	t.Parallel()
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := convert(t.Context(), "hero", server)
	if err != nil {
		t.Fatal(err)
	}
	hero := schemas.Schemas["hero"]
	describedBlock(t, "the provider", hero.ConfigSchema.Block)
	for kind, types := range map[string]map[string]*tfjson.Schema{
		"resource": hero.ResourceSchemas, "data source": hero.DataSourceSchemas,
		"ephemeral resource": hero.EphemeralResourceSchemas, "list resource": hero.ListResourceSchemas,
	} {
		for name, schema := range types {
			describedBlock(t, kind+" "+name, schema.Block)
		}
	}
	for name, action := range hero.ActionSchemas {
		describedBlock(t, "action "+name, action.Block)
	}
	for name, function := range hero.Functions {
		if function.Summary == "" || function.Description == "" {
			t.Errorf("function %s has no summary or no description", name)
		}
		for _, parameter := range function.Parameters {
			described(t, "function "+name+", parameter "+parameter.Name, parameter.Description)
		}
	}
	for name, identity := range hero.ResourceIdentitySchemas {
		for attribute, schema := range identity.Attributes {
			described(t, "identity of "+name+", "+attribute, schema.Description)
		}
	}
}

func describedBlock(t *testing.T, where string, block *tfjson.SchemaBlock) {
	t.Helper()
	described(t, where, block.Description)
	describedAttributes(t, where, block.Attributes)
	for name := range block.NestedBlocks {
		t.Errorf("%s has the block %s: nested objects are attributes here", where, name)
	}
}

func describedAttributes(t *testing.T, where string, attributes map[string]*tfjson.SchemaAttribute) {
	t.Helper()
	for name, attribute := range attributes {
		described(t, where+", "+name, attribute.Description)
		if attribute.AttributeNestedType == nil {
			continue
		}
		describedAttributes(t, where+", "+name, attribute.AttributeNestedType.Attributes)
		// Terraform takes a path for each flag in each item of a list, and holds each value against each path.
		if attribute.Sensitive && holdsSensitive(attribute.AttributeNestedType.Attributes) {
			t.Errorf("%s, %s is sensitive as a whole, and holds what is sensitive once more", where, name)
		}
	}
}

func holdsSensitive(attributes map[string]*tfjson.SchemaAttribute) bool {
	for _, attribute := range attributes {
		if attribute.Sensitive || attribute.AttributeNestedType != nil && holdsSensitive(attribute.AttributeNestedType.Attributes) {
			return true
		}
	}
	return false
}

// described wants a sentence: something, and a full stop (or what closes a quotation, a list or code after one).
func described(t *testing.T, where, description string) {
	t.Helper()
	switch description = strings.TrimSpace(description); {
	case description == "":
		t.Errorf("%s has no description", where)
	case !strings.HasSuffix(strings.TrimRight(description, "`)\"*"), "."):
		t.Errorf("%s: the description does not end as a sentence: %q", where, description)
	}
}
