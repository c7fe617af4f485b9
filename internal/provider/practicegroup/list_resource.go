package practicegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var (
	_ list.ListResourceWithConfigure      = (*settingsList)(nil)
	_ list.ListResourceWithValidateConfig = (*settingsList)(nil)
)

// NewListResource lists hero_practice_group_settings for terraform query.
func NewListResource() list.ListResource { return &settingsList{} }

// settingsList shares type name and configuration with the resource that it lists.
type settingsList struct{ settingsResource }

type listConfig struct{ kit.ListedPractices }

// ListResourceConfigSchema implements [list.ListResource].
func (l *settingsList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds practice groups, each with its settings, for `terraform query`, which can write their configuration and import blocks. What is written manages every setting that has a value: remove what Terraform is not to manage. " +
			"The prescription partner's credentials are left out, since Hero does not tell them. Terraform stops at 100 results unless `limit` says more.",
		Attributes: kit.ListedPracticesAttributes(nil),
	}
}

// ValidateListResourceConfig implements [list.ListResourceWithValidateConfig].
func (l *settingsList) ValidateListResourceConfig(ctx context.Context, req list.ValidateConfigRequest, resp *list.ValidateConfigResponse) {
	var config listConfig
	if resp.Diagnostics.Append(req.Config.Get(ctx, &config)...); !resp.Diagnostics.HasError() {
		config.Practices().Check(&resp.Diagnostics)
	}
}

// List implements [list.ListResource].
func (l *settingsList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config listConfig
	if diags := req.Config.Get(ctx, &config); diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = kit.Stream(ctx, l.Data, req, config.ListedPractices, kit.Listing[*client.PracticeGroup]{
		Read: kit.Whole(func(ctx context.Context, practice string) ([]*client.PracticeGroup, error) {
			group, err := l.Data.Client.SharedPracticeGroup(ctx, practice)
			return []*client.PracticeGroup{group}, err
		}),
		Result: func(ctx context.Context, practice kit.NamedPractice, group *client.PracticeGroup, result *list.ListResult) {
			listed, _ := importedModel(practice.ID, group)
			result.DisplayName = practice.String()
			setIdentity(ctx, result.Identity, listed.PracticeGroupID, &result.Diagnostics)
			if req.IncludeResource {
				result.Diagnostics.Append(result.Resource.Set(ctx, listed)...)
			}
		},
	})
}
