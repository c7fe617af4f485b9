package acctest

import (
	"reflect"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
)

// Read reads a data source, which must say nothing besides.
func Read(t testing.TB, d *driver.Driver, typeName string, config map[string]any) driver.Object {
	t.Helper()
	object, diags := d.ReadDataSource(typeName, config)
	diags.RequireNone(t)
	return object
}

// Open opens an ephemeral resource, which must say nothing besides.
func Open(t testing.TB, d *driver.Driver, typeName string, config map[string]any) driver.Object {
	t.Helper()
	open, diags := d.OpenEphemeral(typeName, config)
	diags.RequireNone(t)
	return open.Result
}

// Equal fails the test when two values differ.
func Equal(t testing.TB, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %#v, want %#v", what, got, want)
	}
}
