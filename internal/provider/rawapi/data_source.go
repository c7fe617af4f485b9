// Package rawapi reads any path of Hero's API, for what has no data source of its own.
package rawapi

import (
	"bytes"
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// NewDataSource is the data source hero_api_request.
func NewDataSource() datasource.DataSource { return request().DataSource() }

// request reads one path with GET, which is all that it can do.
func request() kit.Reading[model] {
	return kit.Reading[model]{Name: "api_request", Schema: requestSchema, Stored: mayBeStored, Read: read}
}

type model struct {
	PracticeGroupID types.String         `tfsdk:"practice_group_id"`
	Path            types.String         `tfsdk:"path"`
	Query           types.Map            `tfsdk:"query"`
	AllowNotFound   types.Bool           `tfsdk:"allow_not_found"`
	StatusCode      types.Int64          `tfsdk:"status_code"`
	JSON            jsontypes.Normalized `tfsdk:"json"`
}

func requestSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Reads any path of Hero's API with GET, for what has no data source of its own. Nothing can be written with it. It reads one answer: of a paged list one page. " +
			"Most paths tell of patients: the ephemeral resource of this name leaves nothing in state or plan, the data source stores the answer, which `patient_data_in_state` of the provider rules whatever the path is.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": kit.PracticeArgument(),
			"path": schema.StringAttribute{
				Required: true, Validators: []validator.String{kit.StringCheck("a path that begins with /v1/ or /v2/", checkPath)},
				MarkdownDescription: "The path, such as `/v1/templates`: it begins with `/v1/` or `/v2/` and has no scheme, host, `..`, query or fragment. What does not fit into a path is percent-encoded (`urlencode`). " +
					"Terraform prints it, so it is no place for more of a patient than an id.",
			},
			"query": schema.MapAttribute{
				Optional: true, Sensitive: true, ElementType: types.ListType{ElemType: types.StringType},
				Validators:          []validator.Map{mapvalidator.NoNullValues(), mapvalidator.ValueListsAre(listvalidator.NoNullValues())},
				MarkdownDescription: "Query parameters, each with a list of values, such as `{ page_size = [\"100\"] }`. A parameter with several values is repeated. Sensitive, since people are searched for by it.",
			},
			"allow_not_found": kit.FlagArgument("`true`: a 404 is no error; `status_code` is then 404 and `json` null. Default `false`."),
			"status_code":     schema.Int64Attribute{Computed: true, MarkdownDescription: "The status of Hero's answer."},
			"json": schema.StringAttribute{
				Computed: true, Sensitive: true, CustomType: jsontypes.NormalizedType{},
				MarkdownDescription: "Hero's answer as JSON with sorted keys, for `jsondecode`; null when it was empty. Webhooks' signing keys and the values of their headers are left out.",
			},
		},
	}
}

func checkPath(req validator.StringRequest, value string, resp *validator.StringResponse) {
	if err := client.CheckRawPath(value); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "The path cannot be read", err.Error()+".")
	}
}

// mayBeStored judges every path alike, but for tokens: what they open must never be stored.
func mayBeStored(d *kit.Data, practice string, config model, diags *diag.Diagnostics) {
	if client.NamesToken(config.Path.ValueString()) {
		diags.AddAttributeError(path.Root("path"), "A token must not be stored in state",
			"This path answers with a token that opens a door, and a data source stores what it reads. Use the ephemeral resource hero_api_request: it takes the same arguments and leaves nothing in state or plan.")
		return
	}
	d.PatientDataStored("hero_api_request", "GET "+config.Path.ValueString(), "json", practice, diags)
}

func read(ctx context.Context, c *client.Client, practice string, m *model, diags *diag.Diagnostics) {
	summary := fmt.Sprintf("GET %s for practice group %s failed", m.Path.ValueString(), practice)
	answer, err := c.GetRaw(ctx, practice, m.Path.ValueString(), m.query(), m.AllowNotFound.ValueBool())
	if err != nil {
		kit.AddError(diags, summary, err)
		return
	}
	m.StatusCode = types.Int64Value(int64(answer.Status))
	m.JSON = kit.JSON(answer.Body, client.DropKeys("signing_key"), client.BlankMembers("headers"))
	if m.JSON.IsNull() && len(bytes.TrimSpace(answer.Body)) > 0 {
		diags.AddError(summary, fmt.Sprintf("Hero answered %d with %d bytes that are not JSON, and there is no attribute for anything else. Check the path; if it is right, it is one that cannot be read here.", answer.Status, len(answer.Body)))
	}
}

func (m model) query() map[string][]string {
	query := map[string][]string{}
	for name, values := range m.Query.Elements() {
		if list, ok := values.(types.List); ok {
			query[name] = kit.Texts(list)
		}
	}
	return query
}
