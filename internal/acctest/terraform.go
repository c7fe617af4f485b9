package acctest

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	goversion "github.com/hashicorp/go-version"
)

// TerraformOptions says what terraform runs on.
type TerraformOptions struct {
	// Files are the configuration: file name to content. Dir is a folder whose files are copied first.
	Files map[string]string
	Dir   string
	// Env is added to a clean environment: nothing of TF_* or HERO_* comes from outside. Secrets belong here, as
	// TF_VAR_…, so that the folder does not hold them.
	Env map[string]string
	// LogLevel is TF_LOG ("TRACE"); what is logged is in CLI.Log. None without it.
	LogLevel string
	// Package and Type are the provider program to build and its name; ours without them.
	Package string
	Type    string
}

// CLI is a real terraform (or OpenTofu) in a folder of its own, with a freshly built provider. There is no init: the
// provider comes by dev_overrides, and no other provider is there.
type CLI struct {
	// Dir is the working folder.
	Dir string

	t       testing.TB
	program string
	env     []string
	logPath string

	mu   sync.Mutex
	runs []string // command lines and their outputs, for Artifacts
}

// Result is how a command ended.
type Result struct {
	Command  string
	Stdout   string
	Stderr   string
	ExitCode int // -1 when it was killed
	Took     time.Duration
	// PeakMemory is the largest resident size, in bytes, of terraform or of the provider; 0 where that is not known.
	PeakMemory int64
}

// commandLimit is how long one command may take before it counts as hung, and graceLimit how long it may take to end
// after an interrupt.
const (
	commandLimit = 5 * time.Minute
	graceLimit   = 2 * time.Minute
)

// Terraform prepares a folder and builds the provider. It skips the test when neither terraform nor tofu is on PATH (or
// under TF_ACC_TERRAFORM_PATH).
func Terraform(tb testing.TB, o TerraformOptions) *CLI {
	tb.Helper()
	program := terraformProgram(tb)
	if o.Package == "" {
		o.Package, o.Type = ".", "hero"
	}
	c := &CLI{t: tb, program: program, Dir: tb.TempDir()}
	provider := BuildProvider(tb, o.Package, o.Type)
	settings := tb.TempDir()
	config := filepath.Join(settings, "terraform.rc")
	// The short address is the one that both terraform and OpenTofu find.
	writeFile(tb, config, fmt.Sprintf("disable_checkpoint = true\nprovider_installation {\n  dev_overrides {\n    %q = %q\n  }\n}\n", "herohealth/"+o.Type, provider))
	if o.Dir != "" {
		if err := os.CopyFS(c.Dir, os.DirFS(o.Dir)); err != nil {
			tb.Fatal(err)
		}
	}
	for name, content := range o.Files {
		writeFile(tb, filepath.Join(c.Dir, name), content)
	}
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_") && !strings.HasPrefix(variable, "HERO_") {
			c.env = append(c.env, variable)
		}
	}
	c.env = append(c.env, "TF_CLI_CONFIG_FILE="+config, "TF_IN_AUTOMATION=1", "TF_INPUT=0", "CHECKPOINT_DISABLE=1")
	if o.LogLevel != "" {
		c.logPath = filepath.Join(settings, "terraform.log")
		c.env = append(c.env, "TF_LOG="+o.LogLevel, "TF_LOG_PATH="+c.logPath)
	}
	for name, value := range o.Env {
		c.env = append(c.env, name+"="+value)
	}
	return c
}

// Version is the product, "Terraform" or "OpenTofu", and its version without suffix.
func (c *CLI) Version() (product string, version *goversion.Version) {
	c.t.Helper()
	said := strings.Fields(c.Run("version").RequireExit(c.t, 0).Stdout)
	return said[0], goversion.Must(goversion.NewVersion(said[1])).Core()
}

// Needs skips the test below a version of Terraform, and below one of OpenTofu ("" where OpenTofu has no such thing).
func (c *CLI) Needs(terraform, tofu string) {
	c.t.Helper()
	product, version := c.Version()
	least := terraform
	if product == "OpenTofu" {
		least = tofu
	}
	if least == "" || version.LessThan(goversion.Must(goversion.NewVersion(least))) {
		c.t.Skipf("not run to its end: it needs Terraform %s, and this is %s %s", terraform, product, version)
	}
}

// Write adds or replaces a file of the configuration.
func (c *CLI) Write(name, content string) {
	c.t.Helper()
	writeFile(c.t, filepath.Join(c.Dir, name), content)
}

// Plan runs `terraform plan`; exit code 0 means no changes, 2 means changes, 1 an error.
func (c *CLI) Plan(args ...string) Result {
	c.t.Helper()
	return c.Run(append([]string{"plan", "-no-color", "-detailed-exitcode"}, args...)...)
}

// Apply runs `terraform apply` without asking. A plan file is the last argument.
func (c *CLI) Apply(args ...string) Result {
	c.t.Helper()
	return c.Run(append([]string{"apply", "-no-color", "-auto-approve"}, args...)...)
}

// Destroy runs `terraform destroy` without asking.
func (c *CLI) Destroy(args ...string) Result {
	c.t.Helper()
	return c.Run(append([]string{"destroy", "-no-color", "-auto-approve"}, args...)...)
}

// Show runs `terraform show -json` on the state, or on the plan file given.
func (c *CLI) Show(args ...string) Result {
	c.t.Helper()
	return c.Run(append([]string{"show", "-json"}, args...)...)
}

// Run runs any command in the folder.
func (c *CLI) Run(args ...string) Result {
	c.t.Helper()
	return c.RunContext(c.t.Context(), args...)
}

// RunContext runs any command, and interrupts it when the context ends, as Ctrl-C does: the provider gets the signal too,
// and terraform stops what it may and saves state. It is killed when it does not end.
func (c *CLI) RunContext(ctx context.Context, args ...string) Result {
	c.t.Helper()
	return c.run(ctx, os.Interrupt, args...)
}

// KillContext runs any command, and kills it and the provider when the context ends, as a runner that is taken away does:
// nothing is saved that was not saved before.
func (c *CLI) KillContext(ctx context.Context, args ...string) Result {
	c.t.Helper()
	return c.run(ctx, os.Kill, args...)
}

func (c *CLI) run(ctx context.Context, end os.Signal, args ...string) Result {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(ctx, commandLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.program, args...) //nolint:gosec // terraform, with arguments of our tests
	cmd.Dir, cmd.Env, cmd.WaitDelay = c.Dir, c.env, graceLimit
	ownGroup(cmd)
	cmd.Cancel = func() error { return signalGroup(cmd, end) }
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	began := time.Now()
	err := cmd.Run()
	if cmd.ProcessState == nil {
		c.t.Fatalf("%s did not start: %s", cmd, err)
	}
	result := Result{Command: "terraform " + strings.Join(args, " "), Stdout: stdout.String(), Stderr: stderr.String(), ExitCode: cmd.ProcessState.ExitCode()}
	result.Took, result.PeakMemory = time.Since(began), peakMemory(cmd.ProcessState)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.runs = append(c.runs, result.String())
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		c.t.Fatalf("it did not end within %s:\n%s", commandLimit, result)
	}
	return result
}

// RequireExit stops the test, with all output, unless the command ended with this code.
func (r Result) RequireExit(tb testing.TB, code int) Result {
	tb.Helper()
	if r.ExitCode != code {
		tb.Fatalf("want exit code %d:\n%s", code, r)
	}
	return r
}

// String is the command with all that it printed.
func (r Result) String() string {
	return fmt.Sprintf("%s: exit code %d\n--- stdout\n%s\n--- stderr\n%s", r.Command, r.ExitCode, r.Stdout, r.Stderr)
}

// Log is what was logged, empty without TerraformOptions.LogLevel.
func (c *CLI) Log() []byte {
	c.t.Helper()
	if c.logPath == "" {
		return nil
	}
	return readFile(c.t, c.logPath)
}

// Artifacts is everything that the commands left behind, for AssertNoSecrets: state files with their backups, plan files
// unpacked, the log, and all that was printed. The configuration itself is not among them.
func (c *CLI) Artifacts() map[string][]byte {
	c.t.Helper()
	left := map[string][]byte{"output": []byte(strings.Join(c.runs, "\n"))}
	if c.logPath != "" {
		left["log"] = c.Log()
	}
	err := filepath.WalkDir(c.Dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		switch name := entry.Name(); {
		case strings.Contains(name, ".tfstate"):
			left[name] = readFile(c.t, path)
		case strings.HasSuffix(name, ".tfplan"):
			return unpackPlan(path, left)
		}
		return nil
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return left
}

// unpackPlan adds the parts of a plan file, which is compressed, without the copy of the configuration in it.
func unpackPlan(path string, left map[string][]byte) error {
	plan, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer plan.Close()
	for _, part := range plan.File {
		if strings.HasPrefix(part.Name, "tfconfig/") {
			continue
		}
		content, err := fs.ReadFile(plan, part.Name)
		if err != nil {
			return err
		}
		left[filepath.Base(path)+"/"+part.Name] = content
	}
	return nil
}

func terraformProgram(tb testing.TB) string {
	tb.Helper()
	candidates := []string{os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform", "tofu"}
	for _, name := range slices.DeleteFunc(candidates, func(name string) bool { return name == "" }) {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	tb.Skip("not run: neither terraform nor tofu is on PATH; install one, or set TF_ACC_TERRAFORM_PATH")
	return ""
}

func writeFile(tb testing.TB, path, content string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		tb.Fatal(err)
	}
}

func readFile(tb testing.TB, path string) []byte {
	tb.Helper()
	content, err := os.ReadFile(path) //nolint:gosec // a file in a folder of the test
	if err != nil {
		tb.Fatal(err)
	}
	return content
}
