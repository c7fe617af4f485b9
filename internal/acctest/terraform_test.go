package acctest

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const fixtureConfig = `
terraform {
  required_providers {
    fixture = { source = "herohealth/fixture" }
  }
}
variable "secret" {
  ephemeral = true
  default   = null
}
variable "text" {}
variable "leak" { default = false }
variable "wait_after" { default = null }
resource "fixture_note" "this" {
  text       = var.text
  secret_wo  = var.secret
  leak       = var.leak
  wait_after = var.wait_after
}
`

func fixtureCLI(t *testing.T, env map[string]string) *CLI {
	t.Helper()
	c := Terraform(t, TerraformOptions{
		Files:    map[string]string{"main.tf": fixtureConfig},
		Env:      env,
		LogLevel: "TRACE",
		Package:  "internal/acctest/internal/fixtureprovider",
		Type:     "fixture",
	})
	c.Needs("1.11", "1.11") // a write-only argument
	return c
}

func TestTerraform_runsTheWholeLife(t *testing.T) {
	t.Parallel()
	c := fixtureCLI(t, map[string]string{"TF_VAR_text": "hello", "TF_VAR_secret": secret})
	c.Plan("-out=first.tfplan").RequireExit(t, 2)
	c.Show("first.tfplan").RequireExit(t, 0)
	c.Apply("first.tfplan").RequireExit(t, 0)
	c.Plan().RequireExit(t, 0)

	var shown struct {
		Values struct {
			RootModule struct {
				Resources []struct{ Values map[string]any }
			} `json:"root_module"`
		}
	}
	if err := json.Unmarshal([]byte(c.Show().RequireExit(t, 0).Stdout), &shown); err != nil {
		t.Fatal(err)
	}
	if got := shown.Values.RootModule.Resources; len(got) != 1 || got[0].Values["text"] != "hello" {
		t.Fatalf("state %+v", got)
	}
	c.Destroy().RequireExit(t, 0)
	for _, name := range []string{"terraform.tfstate", "terraform.tfstate.backup", "first.tfplan/tfplan", "log", "output"} {
		if len(c.Artifacts()[name]) == 0 {
			t.Errorf("no %s among the artifacts", name)
		}
	}
	if !strings.Contains(string(c.Log()), "[TRACE]") {
		t.Error("the log holds no TRACE line")
	}
	AssertNoSecrets(t, c.Artifacts(), secret)
}

func TestTerraform_leaksAreFoundInLogAndPrivateState(t *testing.T) {
	t.Parallel()
	const plain = "leaked-by-the-fixture"
	c := fixtureCLI(t, map[string]string{"TF_VAR_text": "hello", "TF_VAR_secret": plain, "TF_VAR_leak": "true"})
	c.Apply().RequireExit(t, 0)
	leaks := strings.Join(findSecrets(c.Artifacts(), []string{plain}), "\n")
	for _, want := range []string{"log holds secret 1 (plain)", "terraform.tfstate holds secret 1 (base64 (twice))"} {
		if !strings.Contains(leaks, want) {
			t.Errorf("want %q among:\n%s", want, leaks)
		}
	}
}

func TestTerraform_reportsFailure(t *testing.T) {
	t.Parallel()
	c := fixtureCLI(t, nil)
	if got := c.Plan().RequireExit(t, 1); !strings.Contains(got.Stderr, "text") {
		t.Fatalf("want the missing variable named: %s", got)
	}
}

func TestTerraform_keepsTheCallersEnvironmentOut(t *testing.T) {
	t.Setenv("TF_VAR_text", "from outside")
	c := fixtureCLI(t, nil)
	c.Plan().RequireExit(t, 1)
}

func TestRunContext_interruptsAndStateIsSaved(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancel(t.Context())
	started := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { interrupt() }))
	defer started.Close()
	c := fixtureCLI(t, map[string]string{"TF_VAR_text": "hello", "TF_VAR_wait_after": started.URL})
	got := c.RunContext(ctx, "apply", "-no-color", "-auto-approve")
	if got.ExitCode <= 0 || !strings.Contains(got.Stdout, "Interrupt received") {
		t.Fatalf("want an interrupted run: %s", got)
	}
	if state := string(c.Artifacts()["terraform.tfstate"]); !strings.Contains(state, `"hello"`) {
		t.Fatalf("what was under way is not in state:\n%s\n%s", state, got)
	}
}
