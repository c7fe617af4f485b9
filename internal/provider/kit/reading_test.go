package kit

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// everyKind is a schema with all kinds of attributes that twins may have.
func everyKind() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "All kinds.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": PracticeArgument(),
			"id":                IDArgument("The id."),
			"flag":              FlagArgument("A flag."),
			"ids":               IDs("things"),
			"number":            schema.Int64Attribute{Computed: true},
			"query":             schema.MapAttribute{Optional: true, Sensitive: true, ElementType: types.ListType{ElemType: types.StringType}},
			"json":              WholeJSON(Personal, "The thing"),
			"things": ListOf(Shown, "The things.", map[string]schema.Attribute{
				"name": Text(Personal, "The name."),
				"more": ListOf(Personal, "More.", map[string]schema.Attribute{"flag": Flag("A flag.")}),
			}),
		},
	}
}

func TestReading_bothFacesHaveTheSameAttributes(t *testing.T) {
	t.Parallel()
	reading := Reading[struct{}]{Name: "thing", Schema: everyKind}
	var one datasource.SchemaResponse
	var twin ephemeral.SchemaResponse
	reading.DataSource().Schema(t.Context(), datasource.SchemaRequest{}, &one)
	reading.Ephemeral().Schema(t.Context(), ephemeral.SchemaRequest{}, &twin)
	if one.Schema.Type().String() != twin.Schema.Type().String() || one.Schema.MarkdownDescription != twin.Schema.MarkdownDescription {
		t.Errorf("%s is not %s", one.Schema.Type(), twin.Schema.Type())
	}
	requireSameAttributes(t, one.Schema.Attributes, twin.Schema.Attributes)
	if diags := twin.Schema.ValidateImplementation(t.Context()); diags.HasError() {
		t.Error(diags)
	}
}

func requireSameAttributes(t *testing.T, ones map[string]schema.Attribute, twins map[string]ephemeralschema.Attribute) {
	t.Helper()
	if len(ones) != len(twins) {
		t.Errorf("%d attributes became %d", len(ones), len(twins))
	}
	for name, one := range ones {
		twin := twins[name]
		if one.IsSensitive() != twin.IsSensitive() || one.IsRequired() != twin.IsRequired() || one.IsOptional() != twin.IsOptional() ||
			one.IsComputed() != twin.IsComputed() || one.GetMarkdownDescription() != twin.GetMarkdownDescription() || !one.GetType().Equal(twin.GetType()) {
			t.Errorf("%s: %#v became %#v", name, one, twin)
		}
		nested, isNested := one.(schema.ListNestedAttribute)
		if twinNested, ok := twin.(ephemeralschema.ListNestedAttribute); ok && isNested {
			requireSameAttributes(t, nested.NestedObject.Attributes, twinNested.NestedObject.Attributes)
		}
	}
}
