package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// model is the provider's configuration block.
type model struct {
	APIKey                  types.String  `tfsdk:"api_key"`
	PracticeGroupID         types.String  `tfsdk:"practice_group_id"`
	AllowedPracticeGroupIDs types.Set     `tfsdk:"allowed_practice_group_ids"`
	Environment             types.String  `tfsdk:"environment"`
	BaseURL                 types.String  `tfsdk:"base_url"`
	CACertFile              types.String  `tfsdk:"ca_cert_file"`
	ReadOnly                types.Bool    `tfsdk:"read_only"`
	OnUnreachablePractice   types.String  `tfsdk:"on_unreachable_practice"`
	PatientDataInState      types.String  `tfsdk:"patient_data_in_state"`
	RequestTimeout          types.String  `tfsdk:"request_timeout"`
	MaxRetries              types.Int64   `tfsdk:"max_retries"`
	RequestsPerSecond       types.Float64 `tfsdk:"requests_per_second"`
}

// Schema implements [provider.Provider].
func (p *hero) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages what Hero Health's partner API offers to configure: webhooks, booking and form links, practice group settings. One provider block serves a whole network of practices.",
		Attributes: map[string]schema.Attribute{
			"api_key": schema.StringAttribute{
				Optional: true, Sensitive: true, Validators: []validator.String{kit.NotEmpty()},
				MarkdownDescription: "Hero's API key. By default `HERO_API_KEY`, which is the better place for it. A key from the environment is sent only to Hero's own hosts, to loopback, or to a host that the environment names as well.",
			},
			"practice_group_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{kit.PracticeGroupID()},
				MarkdownDescription: "Default practice group of everything that names none. By default `HERO_PRACTICE_GROUP_ID`.",
			},
			"allowed_practice_group_ids": schema.SetAttribute{
				Optional: true, ElementType: types.StringType,
				Validators:          []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.NoNullValues(), setvalidator.ValueStringsAre(kit.PracticeGroupID())},
				MarkdownDescription: "The only practice groups that may be acted for: a guard against a wrong id, checked in the plan and again before each request. When `HERO_ALLOWED_PRACTICE_GROUP_IDS` (comma-separated) is set, a practice group must be in both; by default any is allowed.",
			},
			"environment": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.OneOf(environments()...)},
				MarkdownDescription: "`production` (default) or `staging`. By default `HERO_ENVIRONMENT`. Not together with `base_url`.",
			},
			"base_url": schema.StringAttribute{
				Optional: true, Validators: []validator.String{kit.StringCheck("an https URL, or http to a loopback address", checkBaseURL)},
				MarkdownDescription: "Root of the API instead of `environment`, for tests and mocks: https, or http to a loopback address only. A path prefix is kept. By default `HERO_BASE_URL`.",
			},
			"ca_cert_file": schema.StringAttribute{
				Optional: true, Validators: []validator.String{kit.NotEmpty()},
				MarkdownDescription: "File with certificates in PEM form that are trusted beside the system's, for a proxy that re-signs traffic. By default `HERO_CA_CERT_FILE`. Verification cannot be switched off.",
			},
			"read_only": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Refuse every write before it is sent, for drift jobs. Minting an access token is allowed. `HERO_READ_ONLY=true` switches it on whatever is configured here. Default `false`.",
			},
			"on_unreachable_practice": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.OneOf("error", "keep_state")},
				MarkdownDescription: "What a refresh does when Hero refuses (401, 403) a practice other than the provider's own: `error` (default), or `keep_state`, which keeps its objects as they are and warns, so that one practice that left does not block the others. Writes still fail.",
			},
			"patient_data_in_state": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.OneOf(kit.PatientDataWarn, kit.PatientDataAllow, kit.PatientDataDeny)},
				MarkdownDescription: "What data sources do that would store patients' data in state: `warn` (default), `allow` or `deny`. Their ephemeral twins store nothing and are always allowed. By default `HERO_PATIENT_DATA_IN_STATE`.",
			},
			"request_timeout": schema.StringAttribute{
				Optional: true, Validators: []validator.String{kit.StringCheck("a positive duration such as 30s", checkDuration)},
				MarkdownDescription: "How long one attempt of a request may take, as a Go duration such as `45s`. By default `HERO_REQUEST_TIMEOUT`, else `30s`.",
			},
			"max_retries": schema.Int64Attribute{
				Optional: true, Validators: []validator.Int64{int64validator.Between(0, mostRetries)},
				MarkdownDescription: "How often a request is tried again when that cannot do harm. By default `HERO_MAX_RETRIES`, else `4`.",
			},
			"requests_per_second": schema.Float64Attribute{
				Optional: true, Validators: []validator.Float64{float64validator.AtLeast(slowestPace)},
				MarkdownDescription: "The pace that is never exceeded; set it to the rate of your partner agreement. By default `HERO_REQUESTS_PER_SECOND`, else no limit until Hero answers 429, from which a pace is learned.",
			},
		},
	}
}

func environments() []string { return []string{"production", "staging"} }

func checkBaseURL(req validator.StringRequest, value string, resp *validator.StringResponse) {
	if err := client.CheckBaseURL(value); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "The base URL cannot be used", err.Error())
	}
}

func checkDuration(req validator.StringRequest, value string, resp *validator.StringResponse) {
	if _, err := parseTimeout(value); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "The request timeout is not a duration", err.Error())
	}
}
