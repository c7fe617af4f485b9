package webhook

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var (
	_ datasource.DataSourceWithConfigure      = (*webhooksDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*webhooksDataSource)(nil)
)

// NewDataSourceList is the data source hero_webhooks.
func NewDataSourceList() datasource.DataSource { return &webhooksDataSource{} }

type webhooksDataSource struct{ kit.DataSourceBase }

type listModel struct {
	PracticeGroupID  types.String         `tfsdk:"practice_group_id"`
	PracticeGroupIDs types.Set            `tfsdk:"practice_group_ids"`
	EntireNetwork    types.Bool           `tfsdk:"entire_network"`
	EventType        types.String         `tfsdk:"event_type"`
	Webhooks         []itemModel          `tfsdk:"webhooks"`
	IDs              []types.String       `tfsdk:"ids"`
	JSON             jsontypes.Normalized `tfsdk:"json"`
}

// itemModel is a webhook in a list: without its signing key and without the values of its headers.
type itemModel struct {
	PracticeGroupID types.String   `tfsdk:"practice_group_id"`
	ID              types.String   `tfsdk:"id"`
	EventType       types.String   `tfsdk:"event_type"`
	URL             types.String   `tfsdk:"url"`
	URLHost         types.String   `tfsdk:"url_host"`
	HeaderNames     []types.String `tfsdk:"header_names"`
	CreatedAt       types.String   `tfsdk:"created_at"`
	UpdatedAt       types.String   `tfsdk:"updated_at"`
}

// Metadata implements [datasource.DataSource].
func (d *webhooksDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_webhooks"
}

// Schema implements [datasource.DataSource].
func (d *webhooksDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	computed := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the webhooks of one practice group, of several, or of the entire network: the audit of where patients' events go. Signing keys and values of headers are never read into state.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id":  schema.StringAttribute{Optional: true, Validators: []validator.String{kit.PracticeGroupID()}, MarkdownDescription: kit.PracticeDescription},
			"practice_group_ids": schema.SetAttribute{Optional: true, ElementType: types.StringType, MarkdownDescription: kit.PracticesDescription},
			"entire_network":     schema.BoolAttribute{Optional: true, MarkdownDescription: kit.EntireNetworkDescription},
			"event_type":         schema.StringAttribute{Optional: true, Validators: []validator.String{kit.NotEmpty()}, MarkdownDescription: "Only webhooks of this event. Hero filters."},
			"webhooks": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The webhooks, by practice group, each group's in Hero's order.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"practice_group_id": computed("The practice group that the webhook belongs to."),
					"id":                computed("Hero's id of the webhook."),
					"event_type":        computed("The event that it subscribes to."),
					"url":               computed("Where Hero POSTs the events."),
					"url_host":          computed("The host of `url`, in lower case, with the port if it names one; null when `url` cannot be read."),
					"header_names":      schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "The names of its headers, sorted, where Hero shows them."},
					"created_at":        computed("When Hero created it, as Hero writes it (ISO 8601, UTC)."),
					"updated_at":        computed("When Hero last changed it, as Hero writes it (ISO 8601, UTC)."),
				}},
			},
			"ids": schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "The webhooks' ids, in the same order."},
			"json": schema.StringAttribute{
				Computed: true, CustomType: jsontypes.NormalizedType{},
				MarkdownDescription: "All items as Hero answered them, as one JSON array, so that nothing undocumented is lost; without signing keys and header values. Read it with `jsondecode`.",
			},
		},
	}
}

// ValidateConfig implements [datasource.DataSourceWithValidateConfig].
func (d *webhooksDataSource) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var config listModel
	if resp.Diagnostics.Append(req.Config.Get(ctx, &config)...); !resp.Diagnostics.HasError() {
		config.practices().Check(&resp.Diagnostics)
	}
}

func (m listModel) practices() kit.Practices {
	return kit.Practices{One: m.PracticeGroupID, Many: m.PracticeGroupIDs, Entire: m.EntireNetwork}
}

// Read implements [datasource.DataSource].
func (d *webhooksDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config listModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	c, ready := d.Data.Ready(&resp.Diagnostics)
	if resp.Diagnostics.HasError() || !ready {
		return
	}
	practices, ok := config.practices().Resolve(ctx, d.Data, c, &resp.Diagnostics)
	if !ok {
		return
	}
	lists, err := kit.EachPractice(ctx, practices, func(ctx context.Context, practice string) ([]client.Webhook, error) {
		return c.ListWebhooks(ctx, practice, config.EventType.ValueString())
	})
	if err != nil {
		kit.AddError(&resp.Diagnostics, "Listing webhooks failed", err)
		return
	}
	config.take(slices.Concat(lists...))
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}

func (m *listModel) take(found []client.Webhook) {
	m.Webhooks, m.IDs = []itemModel{}, []types.String{}
	raws := make([][]byte, 0, len(found))
	for _, w := range found {
		m.Webhooks = append(m.Webhooks, item(w))
		m.IDs = append(m.IDs, kit.StringFrom(w.ID))
		raws = append(raws, w.Raw)
	}
	m.JSON = kit.JSONArray(raws, client.DropKeys("signing_key"), client.BlankMembers("headers"))
}

func item(w client.Webhook) itemModel {
	names := []types.String{}
	for _, name := range slices.Sorted(maps.Keys(w.Headers.Or(nil))) {
		names = append(names, types.StringValue(name))
	}
	host := types.StringNull()
	if target, err := url.Parse(w.URL.Or("")); err == nil && target.Host != "" {
		host = types.StringValue(strings.ToLower(target.Host))
	}
	return itemModel{
		PracticeGroupID: types.StringValue(w.PracticeGroupID), ID: kit.StringFrom(w.ID), EventType: kit.StringFrom(w.EventType), URL: kit.StringFrom(w.URL),
		URLHost: host, HeaderNames: names, CreatedAt: kit.StringFrom(w.CreatedAt), UpdatedAt: kit.StringFrom(w.UpdatedAt),
	}
}
