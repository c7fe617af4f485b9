package webhook

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var (
	_ list.ListResourceWithConfigure      = (*webhookList)(nil)
	_ list.ListResourceWithValidateConfig = (*webhookList)(nil)
)

// NewListResource lists hero_webhook for terraform query.
func NewListResource() list.ListResource { return &webhookList{} }

// webhookList shares type name and configuration with the resource that it lists.
type webhookList struct{ webhookResource }

type listConfig struct {
	kit.ListedPractices
	EventType types.String `tfsdk:"event_type"`
}

// ListResourceConfigSchema implements [list.ListResource].
func (l *webhookList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds webhooks for `terraform query`, which can write their configuration and import blocks. Signing keys and headers are left out: what is generated applies with an empty plan, " +
			"and the webhook keeps them at Hero until it is replaced. Terraform stops at 100 results unless `limit` says more.",
		Attributes: kit.ListedPracticesAttributes(map[string]schema.Attribute{
			"event_type": schema.StringAttribute{Optional: true, Validators: []validator.String{kit.NotEmpty()}, MarkdownDescription: "Only webhooks of this event. Hero filters."},
		}),
	}
}

// ValidateListResourceConfig implements [list.ListResourceWithValidateConfig].
func (l *webhookList) ValidateListResourceConfig(ctx context.Context, req list.ValidateConfigRequest, resp *list.ValidateConfigResponse) {
	var config listConfig
	if resp.Diagnostics.Append(req.Config.Get(ctx, &config)...); !resp.Diagnostics.HasError() {
		config.Practices().Check(&resp.Diagnostics)
	}
}

// List implements [list.ListResource].
func (l *webhookList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config listConfig
	if diags := req.Config.Get(ctx, &config); diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = kit.Stream(ctx, l.Data, req, config.ListedPractices, kit.Listing[client.Webhook]{
		Read: kit.Whole(func(ctx context.Context, practice string) ([]client.Webhook, error) {
			return l.Data.Client.ListWebhooks(ctx, practice, config.EventType.ValueString())
		}),
		Result: func(ctx context.Context, practice kit.NamedPractice, found client.Webhook, result *list.ListResult) {
			listed := imported(practice.ID, &found)
			result.DisplayName = fmt.Sprintf("%s → %s, %s", found.EventType.Or("?"), found.URL.Or("?"), practice)
			kit.SetIdentity(ctx, result.Identity, listed.PracticeGroupID, listed.ID, &result.Diagnostics)
			if req.IncludeResource {
				result.Diagnostics.Append(result.Resource.Set(ctx, listed)...)
			}
		},
	})
}

// imported is a webhook as an import brings it into state: without secrets and headers.
func imported(practice string, found *client.Webhook) model {
	m := model{PracticeGroupID: types.StringValue(practice), Headers: types.MapNull(types.StringType), HeadersWO: types.MapNull(types.StringType)}
	m.take(found)
	m.EventType, m.URL = kit.StringFrom(found.EventType), kit.StringFrom(found.URL)
	return m
}
