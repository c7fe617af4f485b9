package driver_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
)

func TestGeneratedConfig_isWhatCanBeConfigured(t *testing.T) {
	t.Parallel()
	d := driver.New(t, newWorld().provider(), attrs{"token": "right"})
	thing := d.Resource("test_thing")
	thing.Apply(attrs{"name": "a", "tags": []any{"x"}, "address": attrs{"line": "1"}}).RequireNoErrors(t)
	generated := d.GeneratedConfig("test_thing", thing.State())
	if got := slices.Sorted(maps.Keys(generated)); !slices.Equal(got, []string{"address", "kind", "name", "region", "secret_wo", "secret_wo_version", "size", "tags"}) {
		t.Errorf("it has %v", got)
	}
	address, _ := generated["address"].(map[string]any)
	if generated["name"] != "a" || generated["size"] != "medium" || generated["kind"] != nil || address["line"] != "1" || address["code"] != "code of 1" {
		t.Errorf("got %v", generated)
	}
	thing.RequireEmptyPlan(generated)
}
