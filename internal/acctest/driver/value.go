package driver

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"sort"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type unknown struct{}

func (unknown) String() string { return "(known after apply)" }

// MarshalJSON lets values that hold Unknown be printed and compared as JSON.
func (unknown) MarshalJSON() ([]byte, error) { return []byte(`"(known after apply)"`), nil }

// Unknown stands for a value that is not known yet: in a configuration, what another resource will make; in a plan, what
// Terraform shows as "(known after apply)".
var Unknown any = unknown{}

// Object is a state, plan, identity or result in Go values: nil for null, string, bool, int64 (float64 when it has a
// fraction), []any for lists and sets (sets in a stable order), map[string]any for maps and nested objects, and Unknown.
type Object map[string]any

// Get follows a path of names, keys and indexes with dots between ("address.line_1", "webhooks.0.url"). A path that the
// object does not have panics, so that a typing error in a test cannot pass as null.
func (o Object) Get(path string) any {
	var at any = map[string]any(o)
	for step := range strings.SplitSeq(path, ".") {
		switch v := at.(type) {
		case map[string]any:
			next, ok := v[step]
			if !ok {
				panic(fmt.Sprintf("driver: no %q in path %q of %v", step, path, o))
			}
			at = next
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(v) {
				panic(fmt.Sprintf("driver: no element %q in path %q of %v", step, path, o))
			}
			at = v[i]
		default:
			panic(fmt.Sprintf("driver: nothing below %v at %q of path %q", at, step, path))
		}
	}
	return at
}

// String is the string at the path, "" when it is null. It panics when the value is unknown or no string; see Get.
func (o Object) String(path string) string { return typed[string](o, path) }

// Int is the whole number at the path, 0 when it is null; it panics as String does.
func (o Object) Int(path string) int64 { return typed[int64](o, path) }

// Bool is the truth value at the path, false when it is null; it panics as String does.
func (o Object) Bool(path string) bool { return typed[bool](o, path) }

// List is the list or set at the path, nil when it is null; it panics as String does.
func (o Object) List(path string) []any { return typed[[]any](o, path) }

// IsNull says whether the value at the path is null.
func (o Object) IsNull(path string) bool { return o.Get(path) == nil }

// IsUnknown says whether the value at the path will be known only after apply.
func (o Object) IsUnknown(path string) bool { return o.Get(path) == Unknown }

func typed[T any](o Object, path string) T {
	var none T
	v := o.Get(path)
	if v == nil {
		return none
	}
	t, ok := v.(T)
	if !ok {
		panic(fmt.Sprintf("driver: %q is %v (%T), not %T", path, v, v, none))
	}
	return t
}

// toTerraform converts a Go value as Terraform converts a configuration: numbers and truth values become strings where a
// string is wanted, what is left out of an object is null, and a name that the type does not have is an error.
func toTerraform(typ tftypes.Type, v any, path string) (tftypes.Value, error) {
	if v == Unknown {
		return tftypes.NewValue(typ, tftypes.UnknownValue), nil
	}
	rv := reflect.ValueOf(v)
	if v == nil || (rv.Kind() == reflect.Map || rv.Kind() == reflect.Slice || rv.Kind() == reflect.Pointer) && rv.IsNil() {
		return tftypes.NewValue(typ, nil), nil
	}
	if rv.Kind() == reflect.Pointer {
		return toTerraform(typ, rv.Elem().Interface(), path)
	}
	switch t := typ.(type) {
	case tftypes.List:
		return elements(typ, t.ElementType, rv, path)
	case tftypes.Set:
		return elements(typ, t.ElementType, rv, path)
	case tftypes.Map:
		return keyed(typ, rv, path, func(string) tftypes.Type { return t.ElementType })
	case tftypes.Object:
		return keyed(typ, rv, path, func(name string) tftypes.Type { return t.AttributeTypes[name] })
	}
	switch {
	case typ.Is(tftypes.String):
		if s, ok := asString(rv); ok {
			return tftypes.NewValue(typ, s), nil
		}
	case typ.Is(tftypes.Bool):
		if s, ok := asString(rv); ok && (s == "true" || s == "false") {
			return tftypes.NewValue(typ, s == "true"), nil
		}
	case typ.Is(tftypes.Number):
		if s, ok := asString(rv); ok {
			if n, _, err := big.ParseFloat(s, 10, 512, big.ToNearestEven); err == nil {
				return tftypes.NewValue(typ, n), nil
			}
		}
	}
	return tftypes.Value{}, fmt.Errorf("%s: %v (%T) does not fit %s", path, v, v, typ)
}

func asString(rv reflect.Value) (string, bool) {
	switch rv.Kind() {
	case reflect.String:
		return rv.String(), true
	case reflect.Bool:
		return strconv.FormatBool(rv.Bool()), true
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(rv.Float(), 'f', -1, 64), true
	default:
		if rv.CanInt() {
			return strconv.FormatInt(rv.Int(), 10), true
		}
		if rv.CanUint() {
			return strconv.FormatUint(rv.Uint(), 10), true
		}
		return "", false
	}
}

func elements(typ, element tftypes.Type, rv reflect.Value, path string) (tftypes.Value, error) {
	if rv.Kind() != reflect.Slice {
		return tftypes.Value{}, fmt.Errorf("%s: a %s does not fit %s", path, rv.Type(), typ)
	}
	values := []tftypes.Value{}
	for i := range rv.Len() {
		v, err := toTerraform(element, rv.Index(i).Interface(), fmt.Sprintf("%s[%d]", path, i))
		if err != nil {
			return tftypes.Value{}, err
		}
		if typ.Is(tftypes.Set{}) && contains(values, v) {
			continue
		}
		values = append(values, v)
	}
	return tftypes.NewValue(typ, values), nil
}

func keyed(typ tftypes.Type, rv reflect.Value, path string, element func(string) tftypes.Type) (tftypes.Value, error) {
	if rv.Kind() != reflect.Map || rv.Type().Key().Kind() != reflect.String {
		return tftypes.Value{}, fmt.Errorf("%s: a %s does not fit %s", path, rv.Type(), typ)
	}
	values := map[string]tftypes.Value{}
	if object, ok := typ.(tftypes.Object); ok {
		for name, t := range object.AttributeTypes {
			values[name] = tftypes.NewValue(t, nil)
		}
	}
	for _, key := range rv.MapKeys() {
		at := strings.TrimPrefix(path+"."+key.String(), ".")
		t := element(key.String())
		if t == nil {
			return tftypes.Value{}, fmt.Errorf("%s: the schema has no such attribute", at)
		}
		v, err := toTerraform(t, rv.MapIndex(key).Interface(), at)
		if err != nil {
			return tftypes.Value{}, err
		}
		values[key.String()] = v
	}
	return tftypes.NewValue(typ, values), nil
}

// toGo is the inverse of toTerraform; see Object for the Go types.
func toGo(v tftypes.Value) any {
	switch {
	case v.Type() == nil || v.IsNull():
		return nil
	case !v.IsKnown():
		return Unknown
	case v.Type().Is(tftypes.String):
		var s string
		must(v.As(&s))
		return s
	case v.Type().Is(tftypes.Bool):
		var b bool
		must(v.As(&b))
		return b
	case v.Type().Is(tftypes.Number):
		var n big.Float
		must(v.As(&n))
		if i, accuracy := n.Int64(); accuracy == big.Exact {
			return i
		}
		f, _ := n.Float64()
		return f
	case v.Type().Is(tftypes.Map{}), v.Type().Is(tftypes.Object{}):
		m := map[string]any{}
		for key, e := range keysOf(v) {
			m[key] = toGo(e)
		}
		return m
	}
	list := []any{}
	for _, e := range elementsOf(v) {
		list = append(list, toGo(e))
	}
	if v.Type().Is(tftypes.Set{}) {
		sort.Slice(list, func(i, j int) bool { return show(list[i]) < show(list[j]) })
	}
	return list
}

func toObject(v tftypes.Value) Object {
	m, _ := toGo(v).(map[string]any) // null is no object
	return m
}

// show prints a Go value so that it can be told apart from every other.
func show(v any) string {
	b, err := json.Marshal(v)
	must(err)
	return string(b)
}

// keysOf are the attributes of an object or the elements of a map; none when it is null or unknown.
func keysOf(v tftypes.Value) map[string]tftypes.Value {
	m := map[string]tftypes.Value{}
	if !v.IsNull() && v.IsKnown() {
		must(v.As(&m))
	}
	return m
}

// elementsOf are the elements of a list, set or tuple; none when it is null or unknown.
func elementsOf(v tftypes.Value) []tftypes.Value {
	var l []tftypes.Value
	if !v.IsNull() && v.IsKnown() {
		must(v.As(&l))
	}
	return l
}

func contains(values []tftypes.Value, v tftypes.Value) bool {
	for _, have := range values {
		if have.Equal(v) {
			return true
		}
	}
	return false
}

// unknownAsNull is what Terraform saves of an object that should have been known.
func unknownAsNull(v tftypes.Value) tftypes.Value {
	known, err := tftypes.Transform(v, func(_ *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		if !v.IsKnown() {
			return tftypes.NewValue(v.Type(), nil), nil
		}
		return v, nil
	})
	must(err)
	return known
}

// must panics on what only a mistake in this package can cause.
func must(err error) {
	if err != nil {
		panic("driver: " + err.Error())
	}
}
