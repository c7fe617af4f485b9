package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
)

// terraformVersion is fetched where neither terraform nor tofu is on PATH.
const terraformVersion = "1.11.4"

// demoVersion is what the provider that is built here calls itself.
const demoVersion = "0.1.0"

// stage is what a story is told on: the built provider, a running mock, and terraform.
type stage struct {
	ctx       context.Context
	root      string
	folder    string // temporary, of this run
	mirror    string // where terraform installs the provider from
	terraform string
	mock      *exec.Cmd
	env       map[string]string // what the mock printed: HERO_BASE_URL and so on
	steps     int
}

func (s *stage) work() string { return filepath.Join(s.folder, "work") }

func (s *stage) say(format string, args ...any) {
	s.steps++
	fmt.Printf("\n── %d. %s\n\n", s.steps, fmt.Sprintf(format, args...))
}

// build makes the mock and, unless a mirror was given, the provider in one, from which terraform init installs it without a network.
func (s *stage) build() error {
	s.say("Building the provider and the mock Hero")
	if err := s.goBuild("./cmd/hero-mock", s.binary(s.folder, "hero-mock")); err != nil {
		return err
	}
	if s.mirror == "" {
		if err := s.buildMirror(); err != nil {
			return err
		}
	}
	config := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", filepath.ToSlash(s.mirror))
	return os.WriteFile(filepath.Join(s.folder, "terraformrc"), []byte(config), 0o600)
}

func (s *stage) buildMirror() error {
	s.mirror = filepath.Join(s.folder, "mirror")
	install := filepath.Join("herohealth", "hero", demoVersion, runtime.GOOS+"_"+runtime.GOARCH)
	provider := filepath.Join(s.mirror, "registry.terraform.io", install)
	if err := s.goBuild(".", s.binary(provider, "terraform-provider-hero_v"+demoVersion)); err != nil {
		return err
	}
	// OpenTofu looks under its own registry's name.
	return os.CopyFS(filepath.Join(s.mirror, "registry.opentofu.org", install), os.DirFS(provider))
}

func (s *stage) goBuild(source, target string) error {
	command := exec.CommandContext(s.ctx, "go", "build", "-ldflags", "-X main.version="+demoVersion, "-o", target, source)
	command.Dir, command.Stdout, command.Stderr = s.root, os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		return fmt.Errorf("building %s: %w", source, err)
	}
	return nil
}

func (s *stage) binary(folder, name string) string {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(folder, name)
}

// findTerraform takes terraform from PATH, else tofu, else fetches terraform into the repository's cache folder.
func (s *stage) findTerraform() error {
	for _, name := range []string{"terraform", "tofu"} {
		if found, err := exec.LookPath(name); err == nil {
			s.terraform = found
			return nil
		}
	}
	cache := filepath.Join(s.root, ".cache", "terraform")
	s.terraform = s.binary(cache, "terraform")
	if _, err := os.Stat(s.terraform); err == nil {
		return nil
	}
	s.say("Neither terraform nor tofu is on PATH: fetching terraform %s into %s", terraformVersion, cache)
	if err := os.MkdirAll(cache, 0o755); err != nil { //nolint:gosec // programs in a cache are for everyone
		return err
	}
	version := &releases.ExactVersion{Product: product.Terraform, Version: version(terraformVersion), InstallDir: cache}
	fetched, err := version.Install(s.ctx)
	if err != nil {
		return fmt.Errorf("fetching terraform: %w. Install terraform or tofu and run the demo again", err)
	}
	s.terraform = fetched
	return nil
}

// startMock runs the mock on a free loopback port and reads the variables that it prints.
func (s *stage) startMock() error {
	s.say("Starting the mock Hero on a free loopback port")
	s.mock = exec.CommandContext(s.ctx, s.binary(s.folder, "hero-mock"), "-quiet")
	s.mock.Stderr = os.Stderr
	s.mock.Cancel = func() error { return s.mock.Process.Signal(os.Interrupt) }
	out, err := s.mock.StdoutPipe()
	if err != nil {
		return err
	}
	if err := s.mock.Start(); err != nil {
		return fmt.Errorf("starting the mock: %w", err)
	}
	s.env = map[string]string{}
	lines := bufio.NewScanner(out)
	for len(s.env) < 3 && lines.Scan() {
		if name, value, ok := strings.Cut(strings.TrimPrefix(lines.Text(), "export "), "="); ok && strings.HasPrefix(lines.Text(), "export HERO_") {
			s.env[name] = strings.Trim(value, `"'`)
			fmt.Println("  " + name + "=" + s.env[name])
		}
	}
	if len(s.env) < 3 {
		return errors.New("the mock did not say where it listens")
	}
	go func() { _, _ = io.Copy(io.Discard, out) }() // or the mock would wait for a reader
	return nil
}

func (s *stage) stopMock() {
	if runtime.GOOS == "windows" || s.mock.Process.Signal(os.Interrupt) != nil {
		_ = s.mock.Process.Kill()
	}
	_ = s.mock.Wait() // ended by us
}

// run runs terraform and checks its exit code.
func (s *stage) run(want int, arguments ...string) error {
	fmt.Printf("$ %s %s\n", filepath.Base(s.terraform), strings.Join(arguments, " "))
	command := exec.CommandContext(s.ctx, s.terraform, arguments...)
	command.Dir, command.Stdout, command.Stderr = s.work(), os.Stdout, os.Stderr
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = time.Minute
	command.Env = s.environment()
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return fmt.Errorf("terraform %s: %w", arguments[0], err)
	}
	if got := command.ProcessState.ExitCode(); got != want {
		return fmt.Errorf("terraform %s ended with exit code %d; %d was expected", strings.Join(arguments, " "), got, want)
	}
	return nil
}

// environment is this process's without what could lead terraform elsewhere, and with the mock's address and the demo's secrets.
func (s *stage) environment() []string {
	var env []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_") && !strings.HasPrefix(variable, "HERO_") {
			env = append(env, variable)
		}
	}
	for name, value := range s.env {
		env = append(env, name+"="+value)
	}
	return append(env,
		"TF_CLI_CONFIG_FILE="+filepath.Join(s.folder, "terraformrc"), "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1",
		"TF_VAR_signing_key=a-key-for-the-demo-with-32-letters", "TF_VAR_receiver_token=a-token-for-the-demo", "TF_VAR_rx_password=a-password-for-the-demo")
}

// call makes a request to the mock as another client of Hero's would, and reads the answer.
func (s *stage) call(method, practice, path string, answer any) error {
	request, err := http.NewRequestWithContext(s.ctx, method, s.env["HERO_BASE_URL"]+path, http.NoBody)
	if err != nil {
		return err
	}
	request.Header.Set("x-api-key", s.env["HERO_API_KEY"])
	request.Header.Set("x-practice-group-id", practice)
	response, err := (&http.Client{Timeout: 10 * time.Second}).Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: the mock answered %s %s (%w)", method, path, response.Status, body, err)
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(body, answer)
}
