package provider_test

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

func webhooks(t *testing.T, d *driver.Driver) driver.Diagnostics {
	t.Helper()
	_, diags := d.ReadDataSource("hero_webhooks", nil)
	return diags
}

func TestProvider_refusesWrongArgumentsAtValidation(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	for name, c := range map[string]struct {
		changes map[string]any
		message string
	}{
		"empty key":              {map[string]any{"api_key": ""}, "api_key"},
		"empty practice group":   {map[string]any{"practice_group_id": ""}, "practice_group_id"},
		"practice group with CR": {map[string]any{"practice_group_id": "12\r"}, "practice_group_id"},
		"nobody is allowed":      {map[string]any{"allowed_practice_group_ids": []string{}}, "allowed_practice_group_ids"},
		"an empty id is allowed": {map[string]any{"allowed_practice_group_ids": []string{""}}, "allowed_practice_group_ids"},
		"unknown environment":    {map[string]any{"base_url": nil, "environment": "prod"}, `"production" "staging"`},
		"environment and URL":    {map[string]any{"environment": "staging"}, "environment and base_url are both set"},
		"http to another host":   {map[string]any{"base_url": "http://hero.example.com"}, "unencrypted"},
		"http to a like host":    {map[string]any{"base_url": "http://127.0.0.1.example.com"}, "unencrypted"},
		"no URL":                 {map[string]any{"base_url": "hero"}, "is not a URL"},
		"empty URL":              {map[string]any{"base_url": ""}, "base_url"},
		"empty CA file":          {map[string]any{"ca_cert_file": ""}, "ca_cert_file"},
		"unknown policy":         {map[string]any{"on_unreachable_practice": "ignore"}, "on_unreachable_practice"},
		"unknown choice":         {map[string]any{"patient_data_in_state": "never"}, "patient_data_in_state"},
		"timeout without unit":   {map[string]any{"request_timeout": "30"}, "request_timeout"},
		"negative timeout":       {map[string]any{"request_timeout": "-1s"}, "request_timeout"},
		"negative retries":       {map[string]any{"max_retries": -1}, "max_retries"},
		"too many retries":       {map[string]any{"max_retries": 101}, "max_retries"},
		"no requests per second": {map[string]any{"requests_per_second": 0}, "requests_per_second"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			diags := driver.ValidateProvider(t, acctest.Provider(), mock.Config(c.changes))
			diags.RequireError(t, c.message)
			if len(diags) != 1 {
				t.Errorf("one error is enough:\n%s", diags)
			}
		})
	}
	driver.ValidateProvider(t, acctest.Provider(), map[string]any{"environment": driver.Unknown, "base_url": "http://localhost:1"}).RequireNone(t)
	driver.ValidateProvider(t, acctest.Provider(), map[string]any{}).RequireNone(t) // the environment is not asked yet
}

func TestProvider_sendsKeyPracticeAndUserAgent(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	d := driver.New(t, acctest.Provider(), mock.Config(nil), driver.TerraformVersion("1.14.2"))
	webhooks(t, d).RequireNone(t)
	header := mock.Requests()[0].Header
	if header.Get("X-Api-Key") != mockapi.DefaultAPIKey || header.Get("X-Practice-Group-Id") != "12" {
		t.Errorf("headers %v", header)
	}
	if got, want := header.Get("User-Agent"), "terraform-provider-hero/"+acctest.Version+" (+https://github.com/herohealth/terraform-provider-hero) Terraform/1.14.2"; !strings.HasPrefix(got, want) {
		t.Errorf("User-Agent is %q, want %q", got, want)
	}
}

func TestProvider_keepsAPathPrefix(t *testing.T) {
	t.Parallel()
	var asked string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.Path
		_, _ = w.Write([]byte("[]"))
	}))
	t.Cleanup(server.Close)
	for _, slash := range []string{"", "/"} {
		d := driver.New(t, acctest.Provider(), map[string]any{"base_url": server.URL + "/mock/v9" + slash, "api_key": "key", "practice_group_id": "12"})
		webhooks(t, d).RequireNone(t)
		if asked != "/mock/v9/v1/webhooks" {
			t.Errorf("asked for %s", asked)
		}
	}
}

func TestProvider_trustsAnAdditionalAuthority(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(mockapi.New(mockapi.Options{}))
	t.Cleanup(server.Close)
	authority := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(authority, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	config := map[string]any{"base_url": server.URL, "api_key": mockapi.DefaultAPIKey, "practice_group_id": "12"}
	diags := webhooks(t, driver.New(t, acctest.Provider(), config))
	diags.RequireError(t, "certificate")
	diags.RequireError(t, "ca_cert_file (HERO_CA_CERT_FILE)")
	config["ca_cert_file"] = authority
	webhooks(t, driver.New(t, acctest.Provider(), config)).RequireNone(t)
}

func TestProvider_retriesAsOftenAsItIsTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		retries any
		want    int
	}{"none": {0, 1}, "two": {2, 3}, "by default": {nil, 5}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, mockapi.Options{})
			mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus})
			webhooks(t, mock.Driver(t, map[string]any{"max_retries": c.retries})).RequireError(t, "Hero answered 500")
			if got := mock.Count("", ""); got != c.want {
				t.Errorf("%d attempts, want %d", got, c.want)
			}
		})
	}
}

func TestProvider_keepsThePaceItIsTold(t *testing.T) {
	t.Parallel()
	clock := acctest.NewClock(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC))
	mock := acctest.NewMock(t, mockapi.Options{})
	d := mock.Driver(t, map[string]any{"requests_per_second": 0.5}, provider.WithClock(clock))
	began := clock.Now()
	for range 4 {
		webhooks(t, d).RequireNone(t)
	}
	if took := clock.Now().Sub(began); took < 6*time.Second || took > 8*time.Second {
		t.Errorf("four calls took %s", took)
	}
}

func TestProvider_limitsTheTimeOfOneAttempt(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	defer close(release)
	mock := acctest.NewMock(t, mockapi.Options{})
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultSlow, Release: release})
	diags := webhooks(t, mock.Driver(t, map[string]any{"request_timeout": "20ms", "max_retries": 0}))
	diags.RequireError(t, "no complete answer within the request timeout of 20ms")
	diags.RequireError(t, "raise request_timeout (HERO_REQUEST_TIMEOUT)")
}

func TestProvider_saysWhatAnErrorOfHeroMeansAndWhatToDo(t *testing.T) {
	t.Parallel()
	for status, advice := range map[int]string{
		http.StatusUnauthorized: "Check api_key (HERO_API_KEY)", http.StatusForbidden: "Check practice_group_id", http.StatusNotFound: "base_url or environment",
		http.StatusBadRequest: "Correct the named values", http.StatusTooManyRequests: "requests_per_second", http.StatusBadGateway: "apply again later",
	} {
		mock := acctest.NewMock(t, mockapi.Options{})
		mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: status})
		diags := webhooks(t, mock.Driver(t, nil))
		diags.RequireError(t, advice)
		diags.RequireError(t, "GET /v1/webhooks for practice group 12")
		if strings.Contains(diags.String(), mockapi.DefaultAPIKey) {
			t.Error("the key is shown")
		}
	}
}
