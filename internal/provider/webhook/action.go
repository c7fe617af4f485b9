package webhook

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/net/http/httpguts"

	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var (
	_ action.ActionWithConfigure      = (*testAction)(nil)
	_ action.ActionWithValidateConfig = (*testAction)(nil)
	_ action.ActionWithModifyPlan     = (*testAction)(nil)
)

// NewAction is the action hero_webhook_test.
func NewAction() action.Action { return &testAction{} }

type testAction struct{ kit.ActionBase }

type actionModel struct {
	URL              types.String `tfsdk:"url"`
	EventType        types.String `tfsdk:"event_type"`
	PracticeGroupID  types.String `tfsdk:"practice_group_id"`
	SigningKeyEnv    types.String `tfsdk:"signing_key_env"`
	Headers          types.Map    `tfsdk:"headers"`
	HeadersEnv       types.Map    `tfsdk:"headers_env"`
	ObjectID         types.String `tfsdk:"object_id"`
	ExpectedStatus   types.Int64  `tfsdk:"expected_status"`
	Timeout          types.String `tfsdk:"timeout"`
	ShowResponseBody types.Bool   `tfsdk:"show_response_body"`
}

// Defaults of the action.
const (
	fictitiousObject = "0"
	actionTimeout    = 10 * time.Second
)

// Metadata implements [action.Action].
func (a *testAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_webhook_test"
}

// Schema implements [action.Action].
func (a *testAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Sends one sample event to a URL, as Hero would: the documented body, signed, with a header `X-Hero-Test: terraform` that marks it as a test. It reports what the receiver answered, and fails when that is not what was expected. " +
			"Nothing is sent to Hero. No redirect is followed, and no link-local address is called.\n\nThe encoding of the signature (lower-case hex) and of the timestamp (seconds since 1970) is inferred: Hero does not publish it.",
		Attributes: map[string]schema.Attribute{
			"url": schema.StringAttribute{
				Required: true, Validators: []validator.String{kit.NotEmpty(), kit.StringCheck("an absolute URL without user name or password", checkURL)},
				MarkdownDescription: "The receiver's URL, such as a webhook's `url`.",
			},
			"event_type": schema.StringAttribute{
				Required: true, Validators: []validator.String{kit.NotEmpty(), kit.StringCheck("an event of Hero's", checkActionEvent)},
				MarkdownDescription: "The event to send, such as `appointment.confirmed`. The kind of object that the body names for `write-to-record.*` is inferred.",
			},
			"practice_group_id": schema.StringAttribute{Optional: true, Validators: []validator.String{kit.PracticeGroupID()}, MarkdownDescription: "The practice group that the event names. By default the provider's `practice_group_id`."},
			"signing_key_env": schema.StringAttribute{
				Optional: true, Validators: []validator.String{kit.StringCheck("an environment variable that does not hold the API key", checkVariable)},
				MarkdownDescription: "Name of the environment variable, of the process that runs Terraform, that holds the signing key. Actions cannot take write-only arguments yet, and a plain one would stand in the plan. Without it the event is sent unsigned.",
			},
			"headers": schema.MapAttribute{Optional: true, ElementType: types.StringType, Validators: []validator.Map{headerNames{secretsGoTo: "headers_env"}}, MarkdownDescription: "Headers to send, by name. They are shown in plans."},
			"headers_env": schema.MapAttribute{
				Optional: true, ElementType: types.StringType, Validators: []validator.Map{headerVariables{}},
				MarkdownDescription: "Secret headers to send: by header name, the name of the environment variable that holds the value.",
			},
			"object_id":          schema.StringAttribute{Optional: true, Validators: []validator.String{kit.NotEmpty()}, MarkdownDescription: "Id of the object that the event names. By default `" + fictitiousObject + "`, which is fictitious: a receiver that looks it up finds nothing."},
			"expected_status":    schema.Int64Attribute{Optional: true, Validators: []validator.Int64{int64validator.Between(200, 599)}, MarkdownDescription: "The HTTP status that the receiver must answer, such as `401` to test that it refuses an unsigned event. By default any 2xx."},
			"timeout":            schema.StringAttribute{Optional: true, Validators: []validator.String{kit.StringCheck("a positive duration such as 10s", checkTimeout)}, MarkdownDescription: "How long the receiver may take, as a Go duration. By default `10s`."},
			"show_response_body": schema.BoolAttribute{Optional: true, MarkdownDescription: "Report the answer's body too: its first 1,000 characters, without the secrets that were sent. By default `false`, since a receiver may answer with what it should not."},
		},
	}
}

// deliveredOnly is an event whose deliveries are documented, and which no list of events to subscribe to has.
const deliveredOnly = "form-submission.created"

func checkActionEvent(_ validator.StringRequest, value string, resp *validator.StringResponse) {
	if value != "" && value != deliveredOnly {
		checkEventType(value, &resp.Diagnostics)
	}
}

// checkVariable refuses to send Hero's own key anywhere.
func checkVariable(req validator.StringRequest, value string, resp *validator.StringResponse) {
	if value == "" || strings.HasPrefix(strings.ToUpper(value), "HERO_") { // Windows does not mind case
		resp.Diagnostics.AddAttributeError(req.Path, "This environment variable cannot be used",
			fmt.Sprintf("%q is empty or one of the provider's own. The provider's variables hold the API key, which must never travel to a receiver: put the receiver's secret into a variable of its own.", value))
	}
}

func checkTimeout(req validator.StringRequest, value string, resp *validator.StringResponse) {
	if timeout, err := time.ParseDuration(value); err != nil || timeout <= 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "The timeout is not a duration", fmt.Sprintf("%q is not a positive duration such as 10s.", value))
	}
}

// headerVariables validates headers_env.
type headerVariables struct{}

func (headerVariables) Description(context.Context) string {
	return "header names, and names of environment variables"
}

func (v headerVariables) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateMap implements [validator.Map].
func (headerVariables) ValidateMap(ctx context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	headerNames{}.ValidateMap(ctx, req, resp)
	for name, value := range req.ConfigValue.Elements() {
		if text, ok := value.(types.String); ok && !text.IsNull() && !text.IsUnknown() {
			one := validator.StringResponse{}
			checkVariable(validator.StringRequest{Path: req.Path.AtMapKey(name)}, text.ValueString(), &one)
			resp.Diagnostics.Append(one.Diagnostics...)
		}
	}
}

// ValidateConfig implements [action.ActionWithValidateConfig].
func (a *testAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var config actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	for name := range config.Headers.Elements() {
		for secret := range config.HeadersEnv.Elements() {
			if strings.EqualFold(name, secret) {
				resp.Diagnostics.AddAttributeError(path.Root("headers_env").AtMapKey(secret), "The header is in both headers and headers_env", "Keep it in headers_env if its value is secret.")
			}
		}
	}
}

// ModifyPlan implements [action.ActionWithModifyPlan]: what is wrong with the practice group is said before anything is applied.
func (a *testAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	var config actionModel
	if resp.Diagnostics.Append(req.Config.Get(ctx, &config)...); !resp.Diagnostics.HasError() {
		a.Data.PlanPractice(config.PracticeGroupID, types.StringNull(), &resp.Diagnostics)
	}
}

// Invoke implements [action.Action].
func (a *testAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	practice, ok := a.Data.Practice(config.PracticeGroupID, &resp.Diagnostics)
	s := a.prepare(config, practice, &resp.Diagnostics)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	report := func(format string, args ...any) {
		resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf(format, args...)})
	}
	how := "sent unsigned"
	if s.signed {
		how = "signed"
	}
	host := hostOf(config.URL.ValueString())
	report("Sending %s to %s (%s)", config.EventType.ValueString(), host, how)

	timeout := actionTimeout
	if text := config.Timeout.ValueString(); text != "" {
		timeout, _ = time.ParseDuration(text) // validated
	}
	answered, err := send(ctx, config.URL.ValueString(), s.header, s.body, timeout)
	if err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("url"), fmt.Sprintf("The receiver at %s did not answer", host), fmt.Sprintf("%v.\n\nCheck the URL, that the receiver runs, and that this machine may reach it: Hero's own servers may be allowed where it is not.", err))
		return
	}
	answered.withhold(s.secrets)
	report("%s", answered.summary())
	if config.ShowResponseBody.ValueBool() {
		report("Body: %s", excerpt(answered.body))
	}
	answered.judge(config, host, s.signed, &resp.Diagnostics)
}

// sample is an event that is ready to be sent.
type sample struct {
	header  http.Header
	body    []byte
	signed  bool
	secrets []string // that came out of the environment
}

// prepare makes headers and body, with the secrets out of the environment.
func (a *testAction) prepare(config actionModel, practice string, diags *diag.Diagnostics) sample {
	s := sample{header: http.Header{}}
	plain, _ := kit.StringMap(config.Headers)
	for name, value := range plain {
		s.header.Set(name, value)
	}
	variables, _ := kit.StringMap(config.HeadersEnv)
	for name, variable := range variables {
		at := path.Root("headers_env").AtMapKey(name)
		value := s.fromEnvironment(variable, at, diags)
		if !httpguts.ValidHeaderFieldValue(value) {
			diags.AddAttributeError(at, "The header's value is not allowed in HTTP", fmt.Sprintf("What %s holds has a control character, such as a line break at its end.", variable))
		}
		s.header.Set(name, value)
	}
	s.header.Set("Content-Type", "application/json")
	s.header.Set("User-Agent", "terraform-provider-hero (webhook test)")
	s.header.Set("X-Hero-Test", "terraform")

	object := fictitiousObject
	if !config.ObjectID.IsNull() {
		object = config.ObjectID.ValueString()
	}
	s.body = encodeDelivery(config.EventType.ValueString(), practice, object)
	if !config.SigningKeyEnv.IsNull() {
		if key := s.fromEnvironment(config.SigningKeyEnv.ValueString(), path.Root("signing_key_env"), diags); key != "" {
			sign(s.header, key, s.body, a.Data.Now())
			s.signed = true
		}
	}
	return s
}

func (s *sample) fromEnvironment(variable string, at path.Path, diags *diag.Diagnostics) string {
	value := os.Getenv(variable)
	if value == "" {
		diags.AddAttributeError(at, fmt.Sprintf("The environment variable %s is not set", variable), "It is read from the environment of the process that runs Terraform (on HCP Terraform, the workspace's environment variables). Set it, or leave the argument out.")
	}
	s.secrets = append(s.secrets, value)
	return value
}

func hostOf(target string) string {
	parsed, err := url.Parse(target)
	if err != nil {
		return "the URL"
	}
	return parsed.Host
}
