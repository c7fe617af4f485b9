package practicegroup_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	fwprovider "github.com/hashicorp/terraform-plugin-framework/provider"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

// show prints a value; maps print sorted.
func show(value any) string { return fmt.Sprint(value) }

func newProvider() fwprovider.Provider { return provider.New(acctest.Version)() }

func removeFiles(t *testing.T, dir string, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
}

// inOneLine undoes how terraform breaks and frames its messages.
func inOneLine(output string) string {
	return strings.Join(strings.FieldsFunc(output, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("│╷╵", r) }), " ")
}
