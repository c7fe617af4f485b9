package provider_test

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain lets the garbage collector rest, as the provider's own process does: the tables of this package make much that is soon gone.
func TestMain(m *testing.M) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	os.Exit(m.Run())
}
