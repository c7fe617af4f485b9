package formresponse_test

import (
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
)

// stored is a provider's configuration that lets data sources store patients' data without a word.
var stored = map[string]any{"patient_data_in_state": "allow"}

// bothFaces runs a test with the data source and with its ephemeral twin, which must read the same.
func bothFaces(t *testing.T, mock *acctest.Mock, test func(t *testing.T, read func(typeName string, config map[string]any) driver.Object)) {
	t.Helper()
	for face, read := range map[string]func(testing.TB, *driver.Driver, string, map[string]any) driver.Object{"data source": acctest.Read, "ephemeral twin": acctest.Open} {
		t.Run(face, func(t *testing.T) {
			t.Parallel()
			d := mock.Driver(t, stored)
			test(t, func(typeName string, config map[string]any) driver.Object {
				t.Helper()
				return read(t, d, typeName, config)
			})
		})
	}
}

// faces calls check with what both faces of a type say about a configuration.
func faces(d *driver.Driver, typeName string, config map[string]any, check func(driver.Diagnostics)) {
	_, diags := d.ReadDataSource(typeName, config)
	check(diags)
	_, diags = d.OpenEphemeral(typeName, config)
	check(diags)
}
