// Command releasecheck tries out a release before there is one: goreleaser builds the archive for this machine from the
// real configuration, the archive goes into a filesystem mirror, and the demo takes the quickstart through its
// life with it: a real terraform installs it from there, and applies it on a mock Hero. Nothing is signed or published, and no network is needed.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
)

const (
	configuration = ".goreleaser.yml"
	manifest      = "terraform-registry-manifest.json"
	dist          = "dist"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "the release was not good: %v\n", err)
		os.Exit(1)
	}
	fmt.Println("the release is good: built, installed from a mirror, applied, planned clean and destroyed")
}

func run(ctx context.Context) error {
	work, err := os.MkdirTemp("", "hero-release-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)

	narrowed, err := narrow(configuration, work)
	if err != nil {
		return err
	}
	if err := goreleaser(ctx, "check", configuration); err != nil {
		return err
	}
	if err := goreleaser(ctx, "release", "--snapshot", "--clean", "--skip=sign,sbom", "--config", narrowed); err != nil {
		return err
	}
	archive, err := findArchive(dist, manifest)
	if err != nil {
		return err
	}
	fmt.Printf("built %s\n", archive)
	mirror := filepath.Join(work, "mirror")
	if err := layMirror(mirror, archive); err != nil {
		return err
	}
	return goCommand(ctx, "run", "./tools/demo", "-mirror", mirror)
}

// goreleaser runs the version that its module in tools/goreleaser names.
func goreleaser(ctx context.Context, arguments ...string) error {
	return goCommand(ctx, append([]string{"tool", "-modfile=tools/goreleaser/go.mod", "goreleaser"}, arguments...)...)
}

func goCommand(ctx context.Context, arguments ...string) error {
	command := exec.CommandContext(ctx, "go", arguments...)
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		return fmt.Errorf("%s: %w", command, err)
	}
	return nil
}

var targets = regexp.MustCompile(`(?m)^(\s+)(goos|goarch): \[.*\]$`)

// narrow writes a copy of the release's configuration that builds for this machine alone, and returns its path:
// goreleaser itself has no such switch for archives.
func narrow(path, folder string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if found := len(targets.FindAll(text, -1)); found != 2 {
		return "", fmt.Errorf("%s has %d lines of platforms that begin with goos or goarch, want one of each", path, found)
	}
	text = targets.ReplaceAllFunc(text, func(line []byte) []byte {
		part := targets.FindSubmatch(line)
		platform := map[string]string{"goos": runtime.GOOS, "goarch": runtime.GOARCH}[string(part[2])]
		return fmt.Appendf(nil, "%s%s: [%q]", part[1], part[2], platform)
	})
	narrowed := filepath.Join(folder, "goreleaser.yml")
	return narrowed, os.WriteFile(narrowed, text, 0o600)
}
