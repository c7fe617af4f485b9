package provider

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/net/http/httpguts"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

const homepage = "https://github.com/herohealth/terraform-provider-hero"

// ValidateConfig implements [provider.ProviderWithValidateConfig]. The environment is looked at in Configure only: terraform validate
// must not depend on it.
func (p *hero) ValidateConfig(ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if given(config.Environment) && given(config.BaseURL) {
		resp.Diagnostics.AddAttributeError(path.Root("base_url"), "environment and base_url are both set", "Both say where Hero is. Remove one of them.")
	}
}

// Configure implements [provider.Provider]. Arguments that are not known yet are no error before Hero must be called.
func (p *hero) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	s := settings{diags: &resp.Diagnostics}
	data := &kit.Data{Now: time.Now}
	if p.clock != nil {
		data.Now = p.clock.Now
	}
	clientConfig := client.Config{Clock: p.clock, Wire: p.wire, UserAgent: userAgent(p.version, req.TerraformVersion), SingleReads: os.Getenv("HERO_COALESCE_READS") == "0"}

	key := s.text("api_key", config.APIKey, "HERO_API_KEY")
	clientConfig.APIKey, clientConfig.APIKeyFromEnvironment = key.value, key.fromEnvironment
	s.checkKey(key)
	clientConfig.BaseURL = s.baseURL(config)
	clientConfig.EnvironmentBaseURL = os.Getenv("HERO_BASE_URL")
	clientConfig.CACertPEM = s.certificates(config)
	clientConfig.ReadOnly = s.readOnly(config)
	clientConfig.AllowedPracticeGroupIDs = s.allowed(config)
	clientConfig.RequestTimeout = s.timeout(config)
	clientConfig.MaxRetries = s.retries(config)
	clientConfig.RequestsPerSecond = s.pace(config)

	data.AllowedPracticeGroupIDs = clientConfig.AllowedPracticeGroupIDs
	data.PracticeGroupID, data.PracticeSource = s.practice(config)
	data.PatientData = s.patientData(config)
	data.KeepUnreachable = s.text("on_unreachable_practice", config.OnUnreachablePractice, "").value == "keep_state"
	data.Unknown = s.unknown
	if !resp.Diagnostics.HasError() && len(s.unknown) == 0 {
		data.Client = newClient(clientConfig, &resp.Diagnostics)
	}
	resp.ResourceData, resp.DataSourceData, resp.EphemeralResourceData, resp.ListResourceData, resp.ActionData = data, data, data, data, data
}

func newClient(config client.Config, diags *diag.Diagnostics) *client.Client {
	c, err := client.New(config)
	var baseURL *client.BaseURLError
	var travel *client.KeyTravelError
	switch {
	case errors.As(err, &baseURL):
		diags.AddAttributeError(path.Root("base_url"), "The base URL cannot be used", "base_url or HERO_BASE_URL: "+err.Error())
	case errors.As(err, &travel):
		diags.AddAttributeError(path.Root("base_url"), "The API key from the environment is not sent to this host", err.Error()+".")
	case err != nil:
		diags.AddAttributeError(path.Root("ca_cert_file"), "The CA file cannot be used", "ca_cert_file or HERO_CA_CERT_FILE: "+err.Error())
	}
	return c
}

func userAgent(version, terraform string) string {
	agent := fmt.Sprintf("terraform-provider-hero/%s (+%s) Terraform/%s", version, homepage, terraform)
	if more := strings.TrimSpace(os.Getenv("TF_APPEND_USER_AGENT")); more != "" && httpguts.ValidHeaderFieldValue(more) {
		agent += " " + more
	}
	return agent
}

// settings resolves arguments from the block first and from the environment second, and notes which are not known yet.
type settings struct {
	diags   *diag.Diagnostics
	unknown []string
}

type setting struct {
	value           string
	fromEnvironment bool
	known           bool
}

// given tells that an argument has a value in the block; one that is not known yet may turn out to have none.
func given(configured attr.Value) bool { return !configured.IsNull() && !configured.IsUnknown() }

// isUnknown notes an argument that is not known yet.
func (s *settings) isUnknown(argument string, configured attr.Value) bool {
	if configured.IsUnknown() {
		s.unknown = append(s.unknown, argument)
	}
	return configured.IsUnknown()
}

func (s *settings) text(argument string, configured types.String, variable string) setting {
	switch {
	case s.isUnknown(argument, configured):
		return setting{}
	case !configured.IsNull():
		return setting{value: configured.ValueString(), known: true}
	}
	return setting{value: os.Getenv(variable), fromEnvironment: true, known: true}
}

func (s *settings) fail(argument, summary, detail string) {
	s.diags.AddAttributeError(path.Root(argument), summary, detail)
}

func (s *settings) checkKey(key setting) {
	switch {
	case key.known && key.value == "":
		s.fail("api_key", "No API key is given", "Set HERO_API_KEY in the environment, or api_key in the provider's configuration. Hero gives out keys; production and staging have keys of their own.")
	case key.known && !plainHeaderValue(key.value):
		s.fail("api_key", "The API key holds white space or control characters", "api_key or HERO_API_KEY begins or ends with white space, or holds a line break, as happens when a key is read from a file. Trim it.")
	}
}

// plainHeaderValue reports whether a text travels in a header as it is.
func plainHeaderValue(text string) bool {
	return httpguts.ValidHeaderFieldValue(text) && strings.TrimSpace(text) == text
}

func (s *settings) baseURL(config model) string {
	variableEnvironment, variableURL := os.Getenv("HERO_ENVIRONMENT"), os.Getenv("HERO_BASE_URL")
	environment, url := s.text("environment", config.Environment, "HERO_ENVIRONMENT"), s.text("base_url", config.BaseURL, "HERO_BASE_URL")
	switch {
	case given(config.Environment) && config.BaseURL.IsNull() && variableURL != "":
		s.conflict("environment in the provider's configuration", "HERO_BASE_URL in the environment")
	case config.Environment.IsNull() && given(config.BaseURL) && variableEnvironment != "":
		s.conflict("base_url in the provider's configuration", "HERO_ENVIRONMENT in the environment")
	case environment.value != "" && url.value != "" && config.Environment.IsNull() && config.BaseURL.IsNull():
		s.conflict("HERO_ENVIRONMENT in the environment", "HERO_BASE_URL in the environment")
	case url.value != "":
		return url.value
	case environment.value == "staging":
		return client.StagingURL
	case environment.value != "" && !slices.Contains(environments(), environment.value):
		s.fail("environment", "The environment is not known", fmt.Sprintf("HERO_ENVIRONMENT is %q; it must be production or staging.", environment.value))
	}
	return client.ProductionURL
}

func (s *settings) conflict(one, other string) {
	s.fail("base_url", "Two sources say where Hero is", fmt.Sprintf("%s and %s are both set, and which one wins would be a guess about where patients' events go. Remove one of them.", one, other))
}

func (s *settings) certificates(config model) []byte {
	file := s.text("ca_cert_file", config.CACertFile, "HERO_CA_CERT_FILE")
	if file.value == "" {
		return nil
	}
	content, err := os.ReadFile(file.value)
	if err != nil {
		s.fail("ca_cert_file", "The CA file cannot be read", "ca_cert_file or HERO_CA_CERT_FILE: "+err.Error())
	} else if len(content) == 0 {
		s.fail("ca_cert_file", "The CA file cannot be used", fmt.Sprintf("ca_cert_file or HERO_CA_CERT_FILE: %q is empty.", file.value))
	}
	return content
}

// allowed are the practices that both the block and the environment allow, nil when neither has a word on it: like readOnly, the
// environment's guard holds whatever the block says.
func (s *settings) allowed(config model) []string {
	if s.isUnknown("allowed_practice_group_ids", config.AllowedPracticeGroupIDs) {
		return nil
	}
	var configured []string
	for _, element := range config.AllowedPracticeGroupIDs.Elements() {
		if s.isUnknown("allowed_practice_group_ids", element) {
			return nil
		}
		id, _ := element.(types.String)
		configured = append(configured, id.ValueString())
	}
	text := os.Getenv("HERO_ALLOWED_PRACTICE_GROUP_IDS")
	if text == "" {
		return configured
	}
	var ids []string
	for id := range strings.SplitSeq(text, ",") {
		if id = strings.TrimSpace(id); id != "" && (configured == nil || slices.Contains(configured, id)) {
			ids = append(ids, id)
		}
	}
	if ids == nil { // "none" must not become "any"
		s.fail("allowed_practice_group_ids", "HERO_ALLOWED_PRACTICE_GROUP_IDS leaves no practice group",
			fmt.Sprintf("It is %q, and the provider's block allows %s. A practice group must be in both: write ids with commas between them, or unset it to let the block decide.", text, orAny(configured)))
	}
	return ids
}

func orAny(ids []string) string {
	if ids == nil {
		return "any"
	}
	return strings.Join(ids, ", ")
}

func (s *settings) practice(config model) (practice types.String, source string) {
	if !config.PracticeGroupID.IsNull() {
		return config.PracticeGroupID, "practice_group_id in the provider's configuration"
	}
	if id := os.Getenv("HERO_PRACTICE_GROUP_ID"); id != "" {
		if !plainHeaderValue(id) {
			s.fail("practice_group_id", "HERO_PRACTICE_GROUP_ID cannot be the id of a practice group", fmt.Sprintf("It is %q. Trim it.", id))
		}
		return types.StringValue(id), "HERO_PRACTICE_GROUP_ID in the environment"
	}
	return types.StringNull(), ""
}

func (s *settings) patientData(config model) string {
	choice := s.text("patient_data_in_state", config.PatientDataInState, "HERO_PATIENT_DATA_IN_STATE")
	switch choice.value {
	case "":
		return kit.PatientDataWarn
	case kit.PatientDataWarn, kit.PatientDataAllow, kit.PatientDataDeny:
	default:
		s.fail("patient_data_in_state", "HERO_PATIENT_DATA_IN_STATE is not known", fmt.Sprintf("It is %q; it must be warn, allow or deny.", choice.value))
	}
	return choice.value
}

func (s *settings) timeout(config model) time.Duration {
	text := s.text("request_timeout", config.RequestTimeout, "HERO_REQUEST_TIMEOUT")
	if text.value == "" {
		return client.DefaultRequestTimeout
	}
	timeout, err := parseTimeout(text.value)
	if err != nil {
		s.fail("request_timeout", "The request timeout is not a duration", "request_timeout or HERO_REQUEST_TIMEOUT: "+err.Error())
	}
	return timeout
}

func parseTimeout(text string) (time.Duration, error) {
	timeout, err := time.ParseDuration(text)
	if err == nil && timeout <= 0 {
		err = errors.New("it must be positive")
	}
	if err != nil {
		return 0, fmt.Errorf("%q is not a positive duration such as 30s or 2m: %w", text, err)
	}
	return timeout, nil
}

// readOnly is a guard, so that the environment's word holds whatever the block says: who can change the configuration must not be able
// to let a drift job write.
func (s *settings) readOnly(config model) bool {
	configured := !s.isUnknown("read_only", config.ReadOnly) && config.ReadOnly.ValueBool()
	text := os.Getenv("HERO_READ_ONLY")
	if text == "" {
		return configured
	}
	value, err := strconv.ParseBool(text)
	if err != nil {
		s.fail("read_only", "HERO_READ_ONLY is neither true nor false", fmt.Sprintf("It is %q; write true or false.", text))
	}
	return value || configured
}

const mostRetries = 100

func (s *settings) retries(config model) int {
	text := os.Getenv("HERO_MAX_RETRIES")
	switch {
	case s.isUnknown("max_retries", config.MaxRetries) || config.MaxRetries.IsNull() && text == "":
		return client.DefaultMaxRetries
	case !config.MaxRetries.IsNull():
		return int(config.MaxRetries.ValueInt64())
	}
	retries, err := strconv.Atoi(text)
	if err != nil || retries < 0 || retries > mostRetries {
		s.fail("max_retries", "HERO_MAX_RETRIES is not a number of retries", fmt.Sprintf("It is %q; write a whole number from 0 to %d.", text, mostRetries))
	}
	return retries
}

const slowestPace = 0.01 // requests per second

func (s *settings) pace(config model) float64 {
	text := os.Getenv("HERO_REQUESTS_PER_SECOND")
	if s.isUnknown("requests_per_second", config.RequestsPerSecond) || !config.RequestsPerSecond.IsNull() || text == "" {
		return config.RequestsPerSecond.ValueFloat64()
	}
	pace, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(pace, 0) || math.IsNaN(pace) || pace < slowestPace {
		s.fail("requests_per_second", "HERO_REQUESTS_PER_SECOND is not a number of requests", fmt.Sprintf("It is %q; write a number of at least %v.", text, slowestPace))
	}
	return pace
}
