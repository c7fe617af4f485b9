package driver

import "github.com/hashicorp/terraform-plugin-go/tfprotov6"

// object is a schema as the rules of planning see it: nested blocks are nested attributes that are never computed.
type object struct {
	attributes map[string]attribute
}

type attribute struct {
	nested    *object // nil for a leaf
	nesting   nesting
	block     bool // Terraform decodes an absent list or set of blocks as empty, not as null
	optional  bool
	computed  bool
	sensitive bool
	writeOnly bool
}

type nesting int

const (
	single nesting = iota
	list
	set
	mapping
)

func newObject(block *tfprotov6.SchemaBlock) *object {
	o := objectOf(block.Attributes)
	for _, b := range block.BlockTypes {
		a := attribute{nested: newObject(b.Block), block: true, optional: true}
		switch b.Nesting {
		case tfprotov6.SchemaNestedBlockNestingModeList:
			a.nesting = list
		case tfprotov6.SchemaNestedBlockNestingModeSet:
			a.nesting = set
		case tfprotov6.SchemaNestedBlockNestingModeMap:
			a.nesting = mapping
		default:
			a.nesting = single
		}
		o.attributes[b.TypeName] = a
	}
	return o
}

func objectOf(attributes []*tfprotov6.SchemaAttribute) *object {
	o := &object{attributes: map[string]attribute{}}
	for _, s := range attributes {
		a := attribute{optional: s.Optional, computed: s.Computed, sensitive: s.Sensitive, writeOnly: s.WriteOnly}
		if s.NestedType != nil {
			a.nested = objectOf(s.NestedType.Attributes)
			switch s.NestedType.Nesting {
			case tfprotov6.SchemaObjectNestingModeList:
				a.nesting = list
			case tfprotov6.SchemaObjectNestingModeSet:
				a.nesting = set
			case tfprotov6.SchemaObjectNestingModeMap:
				a.nesting = mapping
			default:
				a.nesting = single
			}
		}
		o.attributes[s.Name] = a
	}
	return o
}
