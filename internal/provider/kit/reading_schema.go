package kit

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Sensitivity says whether Terraform hides a value when it prints.
type Sensitivity bool

// What names a person, or tells something about one, is personal and hidden.
const (
	Shown    Sensitivity = false
	Personal Sensitivity = true
	// Covered lies inside of something personal, which hides it as well.
	Covered = Shown
)

// PracticeArgument is practice_group_id of a [Reading].
func PracticeArgument() schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Validators: []validator.String{PracticeGroupID()}, MarkdownDescription: PracticeDescription}
}

// TextArgument is an optional argument: a text that is not empty.
func TextArgument(sensitivity Sensitivity, description string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Sensitive: bool(sensitivity), Validators: []validator.String{NotEmpty()}, MarkdownDescription: description}
}

// IDArgument is the id of the one object to read.
func IDArgument(description string) schema.StringAttribute {
	return schema.StringAttribute{Required: true, Validators: []validator.String{ObjectID()}, MarkdownDescription: description}
}

// FlagArgument is an optional argument: true or false.
func FlagArgument(description string) schema.BoolAttribute {
	return schema.BoolAttribute{Optional: true, MarkdownDescription: description}
}

// IDsArgument is an optional argument that filters by ids. An empty set is refused: it would not filter.
func IDsArgument(description string) schema.SetAttribute {
	return schema.SetAttribute{
		Optional: true, ElementType: types.StringType, MarkdownDescription: description,
		Validators: []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.NoNullValues(), setvalidator.ValueStringsAre(NotEmpty())},
	}
}

// Text is what Hero tells, as a text.
func Text(sensitivity Sensitivity, description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, Sensitive: bool(sensitivity), MarkdownDescription: description}
}

// Flag is what Hero tells, as true or false.
func Flag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{Computed: true, MarkdownDescription: description}
}

// IDs is the list of the ids of what a [Reading] lists.
func IDs(of string) schema.ListAttribute {
	return schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "The ids of the " + of + ", in the same order."}
}

// ListOf is the list of what a [Reading] lists. One that is personal covers what it holds, so that no item has flags of its own: Terraform holds
// each value against each sensitive path, and with flags in the items, reading a thousand of them would take a minute.
func ListOf(sensitivity Sensitivity, description string, item map[string]schema.Attribute) schema.ListNestedAttribute {
	return schema.ListNestedAttribute{Computed: true, Sensitive: bool(sensitivity), MarkdownDescription: description, NestedObject: schema.NestedAttributeObject{Attributes: item}}
}

// WholeJSON is the attribute that loses nothing: Hero's answer as JSON.
func WholeJSON(sensitivity Sensitivity, what string) schema.StringAttribute {
	return schema.StringAttribute{
		Computed: true, Sensitive: bool(sensitivity), CustomType: jsontypes.NormalizedType{},
		MarkdownDescription: what + " as Hero answered, in JSON with sorted keys, so that nothing undocumented is lost. Read it with `jsondecode`.",
	}
}

// ephemeralSchema is the schema of a data source as one of an ephemeral resource. The framework has one Go type for each, with the same fields.
func ephemeralSchema(s schema.Schema) ephemeralschema.Schema {
	return ephemeralschema.Schema{MarkdownDescription: s.MarkdownDescription, Attributes: ephemeralAttributes(s.Attributes)}
}

func ephemeralAttributes(attributes map[string]schema.Attribute) map[string]ephemeralschema.Attribute {
	converted := make(map[string]ephemeralschema.Attribute, len(attributes))
	for name, attribute := range attributes {
		converted[name] = ephemeralAttribute(attribute)
	}
	return converted
}

// ephemeralAttribute knows the kinds of attributes that our twins have; another one is a mistake that every test of the schema finds.
func ephemeralAttribute(attribute schema.Attribute) ephemeralschema.Attribute {
	switch a := attribute.(type) {
	case schema.StringAttribute:
		return ephemeralschema.StringAttribute(a)
	case schema.BoolAttribute:
		return ephemeralschema.BoolAttribute(a)
	case schema.Int64Attribute:
		return ephemeralschema.Int64Attribute(a)
	case schema.ListAttribute:
		return ephemeralschema.ListAttribute(a)
	case schema.MapAttribute:
		return ephemeralschema.MapAttribute(a)
	case schema.ListNestedAttribute:
		return ephemeralschema.ListNestedAttribute{
			NestedObject: ephemeralschema.NestedAttributeObject{Attributes: ephemeralAttributes(a.NestedObject.Attributes)},
			Computed:     a.Computed, Sensitive: a.Sensitive, MarkdownDescription: a.MarkdownDescription,
		}
	}
	panic(fmt.Sprintf("kit: a twin's schema holds a %T, which has no ephemeral form here yet", attribute))
}
