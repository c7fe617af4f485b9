package driver

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type fields = map[string]any

// The schema has every kind of nesting: in each element, "set" is configured, "made" is computed, "both" is either.
var nestedSchema = &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{
	Attributes: append(elementAttributes(),
		&tfprotov6.SchemaAttribute{Name: "one", Optional: true, NestedType: nested(tfprotov6.SchemaObjectNestingModeSingle)},
		&tfprotov6.SchemaAttribute{Name: "maybe", Optional: true, Computed: true, NestedType: nested(tfprotov6.SchemaObjectNestingModeSingle)},
		&tfprotov6.SchemaAttribute{Name: "list", Optional: true, NestedType: nested(tfprotov6.SchemaObjectNestingModeList)},
		&tfprotov6.SchemaAttribute{Name: "keyed", Optional: true, NestedType: nested(tfprotov6.SchemaObjectNestingModeMap)},
		&tfprotov6.SchemaAttribute{Name: "bag", Optional: true, NestedType: nested(tfprotov6.SchemaObjectNestingModeSet)},
		&tfprotov6.SchemaAttribute{Name: "words", Optional: true, Type: tftypes.Set{ElementType: tftypes.String}},
		&tfprotov6.SchemaAttribute{Name: "headers", Optional: true, Type: tftypes.Map{ElementType: tftypes.String}},
		&tfprotov6.SchemaAttribute{Name: "hidden", Optional: true, WriteOnly: true, Type: tftypes.String},
		&tfprotov6.SchemaAttribute{Name: "count", Optional: true, Type: tftypes.Number},
	),
	BlockTypes: []*tfprotov6.SchemaNestedBlock{{
		TypeName: "block", Nesting: tfprotov6.SchemaNestedBlockNestingModeList, Block: &tfprotov6.SchemaBlock{Attributes: elementAttributes()},
	}},
}}

func elementAttributes() []*tfprotov6.SchemaAttribute {
	return []*tfprotov6.SchemaAttribute{
		{Name: "set", Optional: true, Type: tftypes.String},
		{Name: "made", Computed: true, Type: tftypes.String},
		{Name: "both", Optional: true, Computed: true, Sensitive: true, Type: tftypes.String},
	}
}

func nested(nesting tfprotov6.SchemaObjectNestingMode) *tfprotov6.SchemaObject {
	return &tfprotov6.SchemaObject{Nesting: nesting, Attributes: elementAttributes()}
}

func valueOf(t *testing.T, v any) tftypes.Value {
	t.Helper()
	value, err := toTerraform(nestedSchema.ValueType(), v, "")
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestProposedNew(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ prior, config, want any }{
		"nothing before":                    {nil, fields{"set": "a"}, fields{"set": "a"}},
		"deletion":                          {fields{"set": "a"}, nil, nil},
		"configuration wins":                {fields{"set": "a", "both": "b"}, fields{"set": "c", "both": "d"}, fields{"set": "c", "both": "d"}},
		"computed is kept":                  {fields{"made": "m", "both": "b"}, fields{}, fields{"made": "m", "both": "b"}},
		"unset is removed":                  {fields{"set": "a"}, fields{}, fields{}},
		"unknown is proposed":               {fields{"both": "b"}, fields{"both": Unknown}, fields{"both": Unknown}},
		"write-only is left out":            {nil, fields{"hidden": "s"}, fields{}},
		"nested keeps computed":             {fields{"one": fields{"set": "a", "made": "m"}}, fields{"one": fields{"set": "b"}}, fields{"one": fields{"set": "b", "made": "m"}}},
		"nested removed":                    {fields{"one": fields{"made": "m"}}, fields{}, fields{}},
		"nested unknown":                    {fields{"one": fields{"made": "m"}}, fields{"one": Unknown}, fields{"one": Unknown}},
		"computed nested kept":              {fields{"maybe": fields{"made": "m"}}, fields{}, fields{"maybe": fields{"made": "m"}}},
		"configured before, so removed":     {fields{"maybe": fields{"set": "a", "made": "m"}}, fields{}, fields{}},
		"list by index":                     {fields{"list": []any{fields{"set": "a", "made": "m"}}}, fields{"list": []any{fields{"set": "b"}, fields{"set": "c"}}}, fields{"list": []any{fields{"set": "b", "made": "m"}, fields{"set": "c"}}}},
		"map by key":                        {fields{"keyed": fields{"k": fields{"made": "m"}, "gone": fields{}}}, fields{"keyed": fields{"k": fields{"set": "a"}, "new": fields{}}}, fields{"keyed": fields{"k": fields{"set": "a", "made": "m"}, "new": fields{}}}},
		"set by what it can have come from": {fields{"bag": []any{fields{"set": "a", "made": "m"}, fields{"set": "b", "made": "n"}}}, fields{"bag": []any{fields{"set": "b"}, fields{"set": "c"}}}, fields{"bag": []any{fields{"set": "b", "made": "n"}, fields{"set": "c"}}}},
		"block":                             {fields{"block": []any{fields{"made": "m"}}}, fields{"block": []any{fields{"set": "a"}}}, fields{"block": []any{fields{"set": "a", "made": "m"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := proposedNew(newObject(nestedSchema.Block), valueOf(t, c.prior), valueOf(t, c.config))
			if want := valueOf(t, c.want); !got.Equal(want) {
				t.Errorf("proposed %s\n    want %s", show(toGo(got)), show(toGo(want)))
			}
		})
	}
}

func TestPlanProblems(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		prior, config, planned fields
		at                     string // where the problem is; empty for none
	}{
		"as configured":             {nil, fields{"set": "a"}, fields{"set": "a"}, ""},
		"computed freely":           {nil, fields{}, fields{"made": "m", "both": "b"}, ""},
		"computed unknown":          {nil, fields{}, fields{"made": Unknown}, ""},
		"prior means the same":      {fields{"set": "A"}, fields{"set": "a"}, fields{"set": "A"}, ""},
		"contradicts":               {nil, fields{"set": "a"}, fields{"set": "b"}, "set"},
		"contradicts the optional":  {nil, fields{"both": "a"}, fields{"both": "b"}, "both"},
		"invents":                   {nil, fields{}, fields{"set": "b"}, "set"},
		"write-only":                {nil, fields{"hidden": "s"}, fields{"hidden": "s"}, "hidden"},
		"write-only left out":       {nil, fields{"hidden": "s"}, fields{}, ""},
		"nested":                    {nil, fields{"one": fields{"set": "a"}}, fields{"one": fields{"set": "b"}}, "one.set"},
		"nested dropped":            {nil, fields{"one": fields{"set": "a"}}, fields{}, "one"},
		"nested unknown":            {nil, fields{"one": fields{"set": "a"}}, fields{"one": Unknown}, "one"},
		"nested computed":           {nil, fields{"one": fields{"set": "a"}}, fields{"one": fields{"set": "a", "made": Unknown}}, ""},
		"list element":              {nil, fields{"list": []any{fields{"set": "a"}}}, fields{"list": []any{fields{"set": "b"}}}, "list[0].set"},
		"list length":               {nil, fields{"list": []any{fields{}}}, fields{"list": []any{}}, "list"},
		"map key lost":              {nil, fields{"keyed": fields{"k": fields{}}}, fields{"keyed": fields{}}, `keyed["k"]`},
		"map key invented":          {nil, fields{"keyed": fields{}}, fields{"keyed": fields{"k": fields{}}}, `keyed["k"]`},
		"map element":               {nil, fields{"keyed": fields{"k": fields{"set": "a"}}}, fields{"keyed": fields{"k": fields{}}}, `keyed["k"].set`},
		"set element":               {nil, fields{"bag": []any{fields{"set": "a"}}}, fields{"bag": []any{fields{"set": "b"}}}, "bag"},
		"set element with computed": {nil, fields{"bag": []any{fields{"set": "a"}}}, fields{"bag": []any{fields{"set": "a", "made": "m"}}}, ""},
		"block":                     {nil, fields{"block": []any{fields{"set": "a"}}}, fields{"block": []any{fields{"set": "b"}}}, "block[0].set"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := planProblems(newObject(nestedSchema.Block), valueOf(t, c.prior), valueOf(t, c.config), valueOf(t, c.planned), "")
			wantAt(t, got, c.at)
		})
	}
}

func TestDifferences(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		planned, actual any
		at              string // where the difference is; empty for none
	}{
		"same":                    {fields{"set": "a"}, fields{"set": "a"}, ""},
		"unknown is free":         {fields{"made": Unknown}, fields{"made": "m"}, ""},
		"unknown may become null": {fields{"made": Unknown}, fields{}, ""},
		"changed":                 {fields{"set": "a"}, fields{"set": "b"}, "set"},
		"vanished":                {fields{"set": "a"}, fields{}, "set"},
		"appeared":                {fields{}, fields{"made": "m"}, "made"},
		"nested":                  {fields{"one": fields{"set": "a", "made": Unknown}}, fields{"one": fields{"set": "b", "made": "m"}}, "one.set"},
		"nested vanished":         {fields{"one": fields{}}, fields{}, "one"},
		"list":                    {fields{"list": []any{fields{"set": "a"}}}, fields{"list": []any{fields{"set": "b"}}}, "list[0].set"},
		"list length":             {fields{"list": []any{fields{}}}, fields{"list": []any{fields{}, fields{}}}, "list"},
		"map":                     {fields{"keyed": fields{"k": fields{"set": "a"}}}, fields{"keyed": fields{"k": fields{"set": "b"}}}, `keyed["k"].set`},
		"map size":                {fields{"keyed": fields{}}, fields{"keyed": fields{"k": fields{}}}, "keyed"},
		"map other key":           {fields{"keyed": fields{"k": fields{}}}, fields{"keyed": fields{"l": fields{}}}, `keyed["k"]`},
		"set in another order":    {fields{"words": []string{"a", "b"}}, fields{"words": []string{"b", "a"}}, ""},
		"set element":             {fields{"words": []string{"a"}}, fields{"words": []string{"b"}}, "words"},
		"set with unknown":        {fields{"words": []any{"a", Unknown}}, fields{"words": []string{"a"}}, ""},
		"set grew":                {fields{"words": []any{Unknown}}, fields{"words": []string{"a", "b"}}, "words"},
		"map of strings":          {fields{"headers": fields{"k": Unknown}}, fields{"headers": fields{"k": "v"}}, ""},
		"map of strings changed":  {fields{"headers": fields{"k": Unknown, "l": "v"}}, fields{"headers": fields{"k": "v", "l": "w"}}, "headers"},
		"number":                  {fields{"count": 1}, fields{"count": 1.5}, "count"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantAt(t, differences(newObject(nestedSchema.Block), valueOf(t, c.planned), valueOf(t, c.actual), "", "changed"), c.at)
		})
	}
	gone := differences(newObject(nestedSchema.Block), valueOf(t, fields{}), valueOf(t, nil), "", "changed")
	gone.RequireError(t, "planned to be present and is absent")
	back := differences(newObject(nestedSchema.Block), valueOf(t, nil), valueOf(t, fields{}), "", "changed")
	back.RequireError(t, "planned to be absent and is present")
}

func TestDifferences_keepSensitiveValuesOutOfMessages(t *testing.T) {
	t.Parallel()
	got := differences(newObject(nestedSchema.Block), valueOf(t, fields{"both": "hush"}), valueOf(t, fields{"both": "tell"}), "", "changed")
	if got.Has(Error, "hush") || got.Has(Error, "tell") || !got.Has(Error, "both") {
		t.Fatalf("%s", got)
	}
}

func wantAt(t *testing.T, got Diagnostics, at string) {
	t.Helper()
	switch {
	case at == "" && len(got) > 0:
		t.Errorf("want no problem, got:\n%s", got)
	case at != "" && (len(got) != 1 || got[0].Attribute != at):
		t.Errorf("want one problem at %s, got:\n%s", at, got)
	}
}

func TestToTerraform_readsGoValuesAsTerraformReadsConfiguration(t *testing.T) {
	t.Parallel()
	type word string
	text := "pointed"
	got := toObject(valueOf(t, map[string]any{
		"set": 12, "made": true, "both": word("typed"), "count": "3.5",
		"words": []word{"b", "a", "b"}, "headers": map[string]string{"X-Team": "one"}, "one": map[string]*string{"set": &text},
	}))
	if got.String("set") != "12" || got.String("made") != "true" || got.String("both") != "typed" || got.Get("count") != 3.5 ||
		got.String("headers.X-Team") != "one" || got.String("one.set") != "pointed" || got.String("words.0") != "a" || len(got.List("words")) != 2 {
		t.Fatalf("got %v", got)
	}
	for name, bad := range map[string]any{
		"unknown attribute": fields{"nonsense": 1},
		"unknown nested":    fields{"one": fields{"nonsense": 1}},
		"list for string":   fields{"set": []string{"a"}},
		"string for list":   fields{"list": "a"},
		"string for map":    fields{"headers": "a"},
		"word for number":   fields{"count": "many"},
		"struct":            fields{"set": struct{}{}},
	} {
		if _, err := toTerraform(nestedSchema.ValueType(), bad, ""); err == nil {
			t.Errorf("%s: want an error", name)
		}
	}
}

func TestObject_panicsOnWhatItDoesNotHave(t *testing.T) {
	t.Parallel()
	o := Object{"a": nil, "l": []any{"x"}, "u": Unknown, "n": int64(1), "b": true}
	if !o.IsNull("a") || o.String("a") != "" || !o.IsUnknown("u") || o.Int("n") != 1 || !o.Bool("b") || o.String("l.0") != "x" {
		t.Fatalf("%v", o)
	}
	for name, read := range map[string]func(){
		"typing error":   func() { o.IsNull("aa") },
		"index":          func() { o.Get("l.1") },
		"below a leaf":   func() { o.Get("n.x") },
		"wrong type":     func() { _ = o.String("n") },
		"unknown":        func() { _ = o.String("u") },
		"absent object":  func() { _ = Object(nil).String("a") },
		"index of words": func() { o.Get("l.x") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if recover() == nil {
					t.Error("want a panic")
				}
			}()
			read()
		})
	}
}
