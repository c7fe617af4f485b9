package acctest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// builds holds one build per package and process.
var builds = struct {
	sync.Mutex
	of map[string]func() (string, error)
}{of: map[string]func() (string, error){}}

// BuildProvider builds a provider program, once per test process, and returns the folder with the binary in it, as
// dev_overrides wants it. The package is relative to the module's root ("." is the provider); the type is the provider's
// name, which the binary must carry ("hero").
func BuildProvider(tb testing.TB, pkg, providerType string) string {
	tb.Helper()
	builds.Lock()
	build, ok := builds.of[pkg]
	if !ok {
		ctx := context.WithoutCancel(tb.Context()) // the build outlives the test that happens to ask first
		build = sync.OnceValues(func() (string, error) { return buildProvider(ctx, pkg, providerType) })
		builds.of[pkg] = build
	}
	builds.Unlock()
	dir, err := build()
	if err != nil {
		tb.Fatalf("the provider %s did not build: %s", pkg, err)
	}
	return dir
}

func buildProvider(ctx context.Context, pkg, providerType string) (string, error) {
	root, err := moduleRoot(ctx)
	if err != nil {
		return "", err
	}
	name := "terraform-provider-" + providerType
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	// A fixed folder that git ignores, so that no test process leaves binaries behind. Other processes may run or write
	// the same file: it is built beside it and put there in one step.
	dir := filepath.Join(root, ".cache", "acctest", filepath.FromSlash(pkg))
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return "", err
	}
	fresh, err := os.MkdirTemp(dir, "build-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(fresh)
	binary := filepath.Join(fresh, name)
	if _, err := run(ctx, root, "go", "build", "-buildvcs=false", "-o", binary, "./"+filepath.ToSlash(pkg)); err != nil {
		return "", err
	}
	return dir, os.Rename(binary, filepath.Join(dir, name))
}

// moduleRoot is the folder of the go.mod that the tests belong to.
func moduleRoot(ctx context.Context) (string, error) {
	file, err := run(ctx, "", "go", "env", "GOMOD")
	if err != nil {
		return "", err
	}
	return filepath.Dir(strings.TrimSpace(file)), nil
}

func run(ctx context.Context, dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // the go command, with arguments of our tests
	cmd.Dir = dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: %w\n%s", cmd, err, stderr.String())
	}
	return stdout.String(), nil
}
