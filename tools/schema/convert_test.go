package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-plugin"
	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

const fakeAddress = "registry.terraform.io/hashicorp/fake"

// Whatever the installed terraform prints, we print the same. It prints the kinds that it knows.
func TestConvert_agreesWithTerraform(t *testing.T) {
	t.Parallel()
	terraform, err := exec.LookPath("terraform")
	if err != nil {
		t.Fatal("terraform is not on PATH; this test compares our output with its own")
	}
	folder := t.TempDir()
	configuration := "terraform {\n  required_providers {\n    fake = { source = \"hashicorp/fake\" }\n  }\n}\n"
	if err := os.WriteFile(filepath.Join(folder, "main.tf"), []byte(configuration), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(arguments ...string) []byte {
		command := exec.CommandContext(t.Context(), terraform, arguments...)
		command.Dir = folder
		command.Env = append(os.Environ(), "TF_REATTACH_PROVIDERS="+serveFake(t), "CHECKPOINT_DISABLE=1", "TF_CLI_CONFIG_FILE="+os.DevNull)
		var stderr bytes.Buffer
		command.Stderr = &stderr
		output, err := command.Output()
		if err != nil {
			t.Fatalf("terraform %s: %v\n%s%s", strings.Join(arguments, " "), err, output, stderr.String())
		}
		return output
	}
	run("init", "-input=false")

	var theirs map[string]map[string]map[string]map[string]any
	printed := run("providers", "schema", "-json")
	if err := json.Unmarshal(bytes.Replace(printed, []byte(`"format_version":"1.0",`), nil, 1), &theirs); err != nil {
		t.Fatalf("%v in %s", err, printed)
	}
	ours := convertFake(t)
	kinds := theirs["provider_schemas"][fakeAddress]
	for _, kind := range []string{"provider", "resource_schemas", "data_source_schemas", "ephemeral_resource_schemas", "functions"} {
		if len(kinds[kind]) == 0 {
			t.Errorf("terraform printed no %s", kind)
		}
	}
	for kind, want := range kinds {
		if got := ours[kind]; indented(t, got) != indented(t, want) {
			t.Errorf("%s differs:\n%s\nterraform prints:\n%s", kind, indented(t, got), indented(t, want))
		}
	}
}

// What terraform 1.11 does not print, as later versions print it.
func TestConvert_kindsOfLaterTerraform(t *testing.T) {
	t.Parallel()
	ours := convertFake(t)
	for kind, want := range map[string]string{
		"list_resource_schemas": `{"fake_thing": {"version": 0, "block": {"description_kind": "plain", "attributes": {
			"whole": {"type": "bool", "optional": true, "description_kind": "plain"}}}}}`,
		"action_schemas": `{"fake_poke": {"block": {"description_kind": "plain", "attributes": {
			"url": {"type": "string", "required": true, "description_kind": "plain"}}}}}`,
		"resource_identity_schemas": `{"fake_thing": {"version": 2, "attributes": {
			"id": {"type": "string", "description": "Its id.", "required_for_import": true},
			"group": {"type": "number", "optional_for_import": true}}}}`,
	} {
		var wanted any
		if err := json.Unmarshal([]byte(want), &wanted); err != nil {
			t.Fatal(err)
		}
		if got := indented(t, ours[kind]); got != indented(t, wanted) {
			t.Errorf("%s:\n%s\nwant:\n%s", kind, got, indented(t, wanted))
		}
	}
}

// tfplugindocs reads the file with terraform-json: nothing may be lost on the way.
func TestConvert_survivesTerraformJSON(t *testing.T) {
	t.Parallel()
	schemas, err := convert(t.Context(), "fake", fakeServer{})
	if err != nil {
		t.Fatal(err)
	}
	text := indented(t, schemas)
	var read tfjson.ProviderSchemas
	if err := json.Unmarshal([]byte(text), &read); err != nil {
		t.Fatal(err)
	}
	if again := indented(t, &read); again != text {
		t.Errorf("read and written again:\n%s\nwas:\n%s", again, text)
	}
}

func TestConvert_reportsTheProvidersErrors(t *testing.T) {
	t.Parallel()
	_, err := convert(t.Context(), "fake", fakeServer{diagnostics: []*tfprotov6.Diagnostic{
		{Severity: tfprotov6.DiagnosticSeverityWarning, Summary: "Only a warning"},
		{Severity: tfprotov6.DiagnosticSeverityError, Summary: "Duplicate Resource Type", Detail: "fake_thing is there twice"},
	}})
	if err == nil || err.Error() != "Duplicate Resource Type: fake_thing is there twice" {
		t.Errorf("error %v, want the provider's own and nothing of its warning", err)
	}
}

// convertFake is the fake provider's part of our output, decoded.
func convertFake(t *testing.T) map[string]any {
	t.Helper()
	schemas, err := convert(t.Context(), "fake", fakeServer{})
	if err != nil {
		t.Fatal(err)
	}
	var kinds map[string]any
	if err := json.Unmarshal([]byte(indented(t, schemas.Schemas["fake"])), &kinds); err != nil {
		t.Fatal(err)
	}
	return kinds
}

func indented(t *testing.T, value any) string {
	t.Helper()
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// serveFake serves the fake provider in this process and returns what TF_REATTACH_PROVIDERS has to hold. Terraform's
// shutdown of a provider is ignored in this mode, so it serves until the test's context ends.
func serveFake(t *testing.T) string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	configs, closed := make(chan *plugin.ReattachConfig), make(chan struct{})
	go func() {
		_ = tf6server.Serve(fakeAddress, func() tfprotov6.ProviderServer { return fakeServer{} }, tf6server.WithDebug(ctx, configs, closed))
	}()
	t.Cleanup(func() { cancel(); <-closed })
	select {
	case config := <-configs:
		reattach, err := json.Marshal(map[string]any{fakeAddress: map[string]any{
			"Protocol": "grpc", "ProtocolVersion": 6, "Pid": config.Pid, "Test": true,
			"Addr": map[string]string{"Network": config.Addr.Network(), "String": config.Addr.String()},
		}})
		if err != nil {
			t.Fatal(err)
		}
		return string(reattach)
	case <-time.After(30 * time.Second):
		t.Fatal("the fake provider did not start to serve within 30 seconds")
		return ""
	}
}
