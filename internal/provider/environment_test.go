// These tests set environment variables, so none of them is parallel.
//
//nolint:paralleltest // t.Setenv forbids it
package provider

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// unknown stands for an argument that is not known yet.
const unknown = tftypes.UnknownValue

// configure configures the provider with arguments and an environment that holds nothing else of ours.
func configure(t *testing.T, arguments map[string]any, environment map[string]string) (*kit.Data, diag.Diagnostics) {
	t.Helper()
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "HERO_") || name == "TF_APPEND_USER_AGENT" {
			t.Setenv(name, "")
		}
	}
	for name, value := range environment {
		t.Setenv(name, value)
	}
	p := New("test")()
	var schema provider.SchemaResponse
	p.Schema(t.Context(), provider.SchemaRequest{}, &schema)
	typ := schema.Schema.Type().TerraformType(t.Context()).(tftypes.Object)
	values := map[string]tftypes.Value{}
	for name, attribute := range typ.AttributeTypes {
		switch value := arguments[name].(type) {
		case []string:
			var elements []tftypes.Value
			for _, element := range value {
				elements = append(elements, tftypes.NewValue(tftypes.String, element))
			}
			values[name] = tftypes.NewValue(attribute, elements)
		default:
			values[name] = tftypes.NewValue(attribute, value)
		}
	}
	config := tfsdk.Config{Schema: schema.Schema, Raw: tftypes.NewValue(typ, values)}
	var validated provider.ValidateConfigResponse
	p.(provider.ProviderWithValidateConfig).ValidateConfig(t.Context(), provider.ValidateConfigRequest{Config: config}, &validated)
	resp := provider.ConfigureResponse{Diagnostics: validated.Diagnostics}
	if !resp.Diagnostics.HasError() {
		p.Configure(t.Context(), provider.ConfigureRequest{Config: config, TerraformVersion: "1.14.0"}, &resp)
	}
	data, _ := resp.ResourceData.(*kit.Data)
	return data, resp.Diagnostics
}

// requireError stops the test unless there is exactly one error, and it holds each text.
func requireError(t *testing.T, diags diag.Diagnostics, texts ...string) {
	t.Helper()
	if diags.ErrorsCount() != 1 {
		t.Fatalf("want one error, got %v", diags)
	}
	at := ""
	if placed, ok := diags[0].(diag.DiagnosticWithPath); ok {
		at = placed.Path().String()
	}
	for _, text := range texts {
		if !strings.Contains(at+": "+diags[0].Summary()+": "+diags[0].Detail(), text) {
			t.Fatalf("want an error with %q, got %v", text, diags)
		}
	}
}

func TestProvider_takesEachArgumentFromTheBlockAndElseFromTheEnvironment(t *testing.T) {
	key := map[string]string{"HERO_API_KEY": "key"}
	with := func(name, value string) map[string]string {
		return map[string]string{"HERO_API_KEY": "key", name: value}
	}
	for _, c := range []struct {
		name        string
		arguments   map[string]any
		environment map[string]string
		want        func(d *kit.Data) bool
	}{
		{"production by default", nil, key, func(d *kit.Data) bool { return d.Client.Origin() == client.ProductionURL }},
		{"staging in the block", map[string]any{"environment": "staging"}, key, func(d *kit.Data) bool { return d.Client.Origin() == client.StagingURL }},
		{"staging in the environment", nil, with("HERO_ENVIRONMENT", "staging"), func(d *kit.Data) bool { return d.Client.Origin() == client.StagingURL }},
		{"the block's environment wins", map[string]any{"environment": "production"}, with("HERO_ENVIRONMENT", "staging"), func(d *kit.Data) bool { return d.Client.Origin() == client.ProductionURL }},
		{"base_url in the environment", nil, with("HERO_BASE_URL", "https://hero.example.com/api/"), func(d *kit.Data) bool { return d.Client.Origin() == "https://hero.example.com/api" }},
		{"base_url in the block", map[string]any{"base_url": "http://localhost:1"}, key, func(d *kit.Data) bool { return d.Client.Origin() == "loopback" }},
		{"no practice group", nil, key, func(d *kit.Data) bool { return d.PracticeGroupID.IsNull() && d.PracticeSource == "" }},
		{"practice group in the block", map[string]any{"practice_group_id": "12"}, with("HERO_PRACTICE_GROUP_ID", "15"), func(d *kit.Data) bool {
			return d.PracticeGroupID.ValueString() == "12" && d.PracticeSource == "practice_group_id in the provider's configuration"
		}},
		{"practice group in the environment", nil, with("HERO_PRACTICE_GROUP_ID", "15"), func(d *kit.Data) bool {
			return d.PracticeGroupID.ValueString() == "15" && d.PracticeSource == "HERO_PRACTICE_GROUP_ID in the environment"
		}},
		{"any practice group is allowed", nil, key, func(d *kit.Data) bool { return d.AllowedPracticeGroupIDs == nil }},
		{"allowed ones in the block", map[string]any{"allowed_practice_group_ids": []string{"12"}}, key, func(d *kit.Data) bool {
			return slices.Equal(d.AllowedPracticeGroupIDs, []string{"12"})
		}},
		{"allowed ones in both", map[string]any{"allowed_practice_group_ids": []string{"12", "15"}}, with("HERO_ALLOWED_PRACTICE_GROUP_IDS", "15, 18"), func(d *kit.Data) bool {
			return slices.Equal(d.AllowedPracticeGroupIDs, []string{"15"})
		}},
		{"allowed ones in the environment", nil, with("HERO_ALLOWED_PRACTICE_GROUP_IDS", "12, 15 ,,18\n"), func(d *kit.Data) bool {
			return slices.Equal(d.AllowedPracticeGroupIDs, []string{"12", "15", "18"})
		}},
		{"patients' data by default", nil, key, func(d *kit.Data) bool { return d.PatientData == kit.PatientDataWarn }},
		{"patients' data in the block", map[string]any{"patient_data_in_state": "allow"}, with("HERO_PATIENT_DATA_IN_STATE", "deny"), func(d *kit.Data) bool { return d.PatientData == kit.PatientDataAllow }},
		{"patients' data in the environment", nil, with("HERO_PATIENT_DATA_IN_STATE", "deny"), func(d *kit.Data) bool { return d.PatientData == kit.PatientDataDeny }},
		{"unreachable practices by default", nil, key, func(d *kit.Data) bool { return !d.KeepUnreachable }},
		{"unreachable practices in the block", map[string]any{"on_unreachable_practice": "keep_state"}, key, func(d *kit.Data) bool { return d.KeepUnreachable }},
		{"numbers and durations in the environment", nil, map[string]string{
			"HERO_API_KEY": "key", "HERO_MAX_RETRIES": "0", "HERO_REQUESTS_PER_SECOND": "2.5", "HERO_REQUEST_TIMEOUT": "1m30s", "HERO_READ_ONLY": "TRUE",
		}, func(d *kit.Data) bool { return d.Client != nil }},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, diags := configure(t, c.arguments, c.environment)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			if data.Client == nil || !c.want(data) {
				t.Errorf("got %+v", data)
			}
		})
	}
}

func TestProvider_refusesWhatTheEnvironmentSays(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(t.TempDir(), "text.pem")
	if err := os.WriteFile(text, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ variable, value, message string }{
		{"HERO_API_KEY", "", "Set HERO_API_KEY in the environment, or api_key in the provider's configuration"},
		{"HERO_API_KEY", "key\n", "api_key or HERO_API_KEY begins or ends with white space, or holds a line break"},
		{"HERO_API_KEY", "key\r\n", "api_key or HERO_API_KEY"},
		{"HERO_API_KEY", " key", "api_key or HERO_API_KEY"},
		{"HERO_API_KEY", "k\x00y", "api_key or HERO_API_KEY"},
		{"HERO_PRACTICE_GROUP_ID", "12\r\n", "HERO_PRACTICE_GROUP_ID cannot be the id of a practice group"},
		{"HERO_ALLOWED_PRACTICE_GROUP_IDS", " , ", "HERO_ALLOWED_PRACTICE_GROUP_IDS leaves no practice group"},
		{"HERO_ENVIRONMENT", "Production", `HERO_ENVIRONMENT is "Production"; it must be production or staging`},
		{"HERO_BASE_URL", "hero.example.com", "base_url or HERO_BASE_URL"},
		{"HERO_BASE_URL", "http://hero.example.com", "would send the API key unencrypted"},
		{"HERO_BASE_URL", "https://user:pw@hero.example.com", "holds a user name or password"},
		{"HERO_BASE_URL", "https://hero.example.com?x=1", "has a query"},
		{"HERO_CA_CERT_FILE", filepath.Join(t.TempDir(), "none.pem"), "ca_cert_file or HERO_CA_CERT_FILE"},
		{"HERO_CA_CERT_FILE", empty, "is empty"},
		{"HERO_CA_CERT_FILE", text, "holds no certificate"},
		{"HERO_READ_ONLY", "yes", `HERO_READ_ONLY is neither true nor false`},
		{"HERO_PATIENT_DATA_IN_STATE", "never", "must be warn, allow or deny"},
		{"HERO_REQUEST_TIMEOUT", "30", "request_timeout or HERO_REQUEST_TIMEOUT"},
		{"HERO_REQUEST_TIMEOUT", "-1s", "positive duration"},
		{"HERO_REQUEST_TIMEOUT", "0s", "positive duration"},
		{"HERO_MAX_RETRIES", "2.5", "a whole number from 0 to 100"},
		{"HERO_MAX_RETRIES", "-1", "a whole number from 0 to 100"},
		{"HERO_MAX_RETRIES", "101", "a whole number from 0 to 100"},
		{"HERO_MAX_RETRIES", "many", "a whole number from 0 to 100"},
		{"HERO_REQUESTS_PER_SECOND", "0", "a number of at least 0.01"},
		{"HERO_REQUESTS_PER_SECOND", "NaN", "a number of at least 0.01"},
		{"HERO_REQUESTS_PER_SECOND", "Inf", "a number of at least 0.01"},
		{"HERO_REQUESTS_PER_SECOND", "fast", "a number of at least 0.01"},
	} {
		t.Run(c.variable+"="+filepath.Base(c.value), func(t *testing.T) {
			environment := map[string]string{"HERO_API_KEY": "key"}
			if c.value != "k\x00y" { // which no environment can hold
				environment[c.variable] = c.value
				_, diags := configure(t, nil, environment)
				requireError(t, diags, c.message)
				return
			}
			_, diags := configure(t, map[string]any{"api_key": c.value}, nil)
			requireError(t, diags, c.message)
		})
	}
}

func TestProvider_theBlockHidesAWrongEnvironment(t *testing.T) {
	_, diags := configure(t, map[string]any{
		"api_key": "key", "practice_group_id": "12", "request_timeout": "1s", "max_retries": 1, "requests_per_second": 1,
		"patient_data_in_state": "warn", "environment": "staging",
	}, map[string]string{
		"HERO_API_KEY": "wrong\n", "HERO_PRACTICE_GROUP_ID": "wrong\n", "HERO_REQUEST_TIMEOUT": "wrong", "HERO_MAX_RETRIES": "wrong",
		"HERO_REQUESTS_PER_SECOND": "wrong", "HERO_PATIENT_DATA_IN_STATE": "wrong", "HERO_ENVIRONMENT": "wrong",
	})
	if len(diags) > 0 {
		t.Error(diags)
	}
}

func TestProvider_theBlockDoesNotHideAWrongGuard(t *testing.T) {
	for _, c := range []struct{ variable, value, message string }{
		{"HERO_READ_ONLY", "wrong", "HERO_READ_ONLY is neither true nor false"},
		{"HERO_ALLOWED_PRACTICE_GROUP_IDS", ",", "the provider's block allows 12, 15"},
		{"HERO_ALLOWED_PRACTICE_GROUP_IDS", "18", "the provider's block allows 12, 15"},
	} {
		_, diags := configure(t, map[string]any{"api_key": "key", "allowed_practice_group_ids": []string{"12", "15"}, "read_only": true}, map[string]string{c.variable: c.value})
		requireError(t, diags, c.message)
	}
}

func TestProvider_twoSourcesThatSayWhereHeroIsAreAnErrorThatNamesBoth(t *testing.T) {
	for name, c := range map[string]struct {
		arguments   map[string]any
		environment map[string]string
		sources     []string
	}{
		"both in the block":  {map[string]any{"environment": "staging", "base_url": "http://localhost:1"}, nil, []string{"environment and base_url are both set"}},
		"block and variable": {map[string]any{"environment": "staging"}, map[string]string{"HERO_BASE_URL": "http://localhost:1"}, []string{"environment in the provider's configuration and HERO_BASE_URL in the environment"}},
		"variable and block": {map[string]any{"base_url": "http://localhost:1"}, map[string]string{"HERO_ENVIRONMENT": "staging"}, []string{"base_url in the provider's configuration and HERO_ENVIRONMENT in the environment"}},
		"both variables":     {nil, map[string]string{"HERO_ENVIRONMENT": "production", "HERO_BASE_URL": "http://localhost:1"}, []string{"HERO_ENVIRONMENT in the environment and HERO_BASE_URL in the environment"}},
	} {
		t.Run(name, func(t *testing.T) {
			if c.arguments == nil {
				c.arguments = map[string]any{}
			}
			c.arguments["api_key"] = "key"
			_, diags := configure(t, c.arguments, c.environment)
			requireError(t, diags, append(c.sources, "base_url")...)
		})
	}
}

func TestProvider_aKeyFromTheEnvironmentDoesNotTravelWhereOnlyTheConfigurationPoints(t *testing.T) {
	for name, c := range map[string]struct {
		arguments   map[string]any
		environment map[string]string
		refused     bool
	}{
		"to a host of the configuration":            {map[string]any{"base_url": "https://collector.example.net"}, nil, true},
		"to a host like Hero's":                     {map[string]any{"base_url": "https://api.herohealth.net.example.net"}, nil, true},
		"to Hero's host on another port":            {map[string]any{"base_url": "https://api.herohealth.net:8443"}, nil, true},
		"to a host of the configuration, on a path": {map[string]any{"base_url": "https://collector.example.net/api.herohealth.net"}, nil, true},
		"where the environment names another host":  {map[string]any{"base_url": "https://collector.example.net"}, map[string]string{"HERO_BASE_URL": "https://proxy.example.com"}, true},
		"where the environment names the same host": {map[string]any{"base_url": "https://proxy.example.com/hero"}, map[string]string{"HERO_BASE_URL": "https://proxy.example.com"}, false},
		"to Hero":           {map[string]any{"base_url": "https://api.herohealth.net"}, nil, false},
		"to Hero's staging": {map[string]any{"environment": "staging"}, nil, false},
		"to loopback":       {map[string]any{"base_url": "http://127.0.0.1:8080"}, nil, false},
		"when the environment alone names the host":  {nil, map[string]string{"HERO_BASE_URL": "https://proxy.example.com"}, false},
		"unless the configuration has a key as well": {map[string]any{"base_url": "https://collector.example.net", "api_key": "another"}, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			environment := map[string]string{"HERO_API_KEY": "key-of-the-runner"}
			for variable, value := range c.environment {
				environment[variable] = value
			}
			data, diags := configure(t, c.arguments, environment)
			if !c.refused {
				if len(diags) > 0 || data.Client == nil {
					t.Fatal(diags)
				}
				return
			}
			requireError(t, diags, "The API key from the environment is not sent to this host", "HERO_BASE_URL")
			if data.Client != nil {
				t.Error("there is a client all the same")
			}
		})
	}
}

func TestProvider_whatIsNotKnownYetIsNoErrorAndMakesNoClient(t *testing.T) {
	for _, argument := range []string{
		"api_key", "allowed_practice_group_ids", "environment", "base_url", "ca_cert_file", "read_only", "on_unreachable_practice", "patient_data_in_state", "request_timeout", "max_retries", "requests_per_second",
	} {
		t.Run(argument, func(t *testing.T) {
			arguments := map[string]any{"api_key": "key", argument: unknown}
			data, diags := configure(t, arguments, map[string]string{"HERO_BASE_URL": "http://localhost:1"})
			if len(diags) > 0 || data.Client != nil || !slices.Equal(data.Unknown, []string{argument}) {
				t.Errorf("unknown %v, client %v, %v", data.Unknown, data.Client, diags)
			}
		})
	}
	data, diags := configure(t, map[string]any{"api_key": "key", "practice_group_id": unknown}, nil)
	if len(diags) > 0 || data.Client == nil || !data.PracticeGroupID.IsUnknown() {
		t.Errorf("an unknown default practice group keeps nobody from calling: %+v, %v", data, diags)
	}
	_, diags = configure(t, map[string]any{"api_key": unknown, "environment": unknown, "base_url": "http://localhost:1"}, nil)
	if len(diags) > 0 {
		t.Error(diags)
	}
}
