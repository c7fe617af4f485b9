package practicegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var _ datasource.DataSourceWithConfigure = (*groupDataSource)(nil)

// NewDataSource is the data source hero_practice_group.
func NewDataSource() datasource.DataSource { return &groupDataSource{} }

type groupDataSource struct{ kit.DataSourceBase }

type groupModel struct {
	PracticeGroupID            types.String         `tfsdk:"practice_group_id"`
	ID                         types.String         `tfsdk:"id"`
	Name                       types.String         `tfsdk:"name"`
	Sector                     types.String         `tfsdk:"sector"`
	PrescriptionPartnerEnabled types.Bool           `tfsdk:"prescription_partner_enabled"`
	PrescriptionPartner        types.String         `tfsdk:"prescription_partner"`
	Address                    *addressModel        `tfsdk:"address"`
	JSON                       jsontypes.Normalized `tfsdk:"json"`
}

type addressModel struct {
	Line1    types.String `tfsdk:"line_1"`
	Line2    types.String `tfsdk:"line_2"`
	Line3    types.String `tfsdk:"line_3"`
	Town     types.String `tfsdk:"town"`
	County   types.String `tfsdk:"county"`
	Postcode types.String `tfsdk:"postcode"`
	Country  types.String `tfsdk:"country"`
}

// Metadata implements [datasource.DataSource].
func (d *groupDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_practice_group"
}

// Schema implements [datasource.DataSource].
func (d *groupDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	address := map[string]schema.Attribute{}
	for line, what := range addressDescriptions() {
		address[line] = computedString(what)
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads a practice group (a GP practice): its name, sector, address and prescription partner. Hero's documentation does not show this answer, so the attributes are inferred from what can be changed; " +
			"what Hero does not tell is null, and `json` has all that it does tell.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id":            practiceAttribute(),
			"id":                           computedString("Hero's id of the practice group."),
			"name":                         computedString("The practice's name."),
			"sector":                       computedString("`nhs` or `paid` (inferred)."),
			"prescription_partner_enabled": schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether prescriptions go to the prescription partner."},
			"prescription_partner":         computedString("The prescription partner, such as `signature_rx`."),
			"address":                      schema.SingleNestedAttribute{Computed: true, Attributes: address, MarkdownDescription: "The practice's postal address; null when Hero does not tell it."},
			"json":                         jsonAttribute("The whole answer, so that nothing undocumented is lost; without credentials, should Hero ever show them."),
		},
	}
}

// Read implements [datasource.DataSource].
func (d *groupDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state groupModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	c, practice, ok := start(d.Data, state.PracticeGroupID, &resp.Diagnostics)
	if !ok {
		return
	}
	found, err := c.PracticeGroup(ctx, practice)
	if err != nil {
		kit.AddError(&resp.Diagnostics, "Reading practice group "+practice+" failed", err)
		return
	}
	state = groupModel{
		PracticeGroupID: types.StringValue(practice), ID: types.StringValue(found.ID.Or(practice)),
		Name: kit.StringFrom(found.Name), Sector: kit.StringFrom(found.Sector),
		PrescriptionPartnerEnabled: types.BoolPointerValue(found.PrescriptionPartnerEnabled.Value),
		PrescriptionPartner:        kit.StringFrom(found.PrescriptionPartner),
		JSON:                       kit.JSON(found.Raw, withoutCredentials()),
	}
	if a := found.Address.Value; a != nil {
		state.Address = &addressModel{
			Line1: kit.StringFrom(a.Line1), Line2: kit.StringFrom(a.Line2), Line3: kit.StringFrom(a.Line3), Town: kit.StringFrom(a.Town),
			County: kit.StringFrom(a.County), Postcode: kit.StringFrom(a.Postcode), Country: kit.StringFrom(a.Country),
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// start is how each data source of this room begins: the client, and the practice group to act for.
func start(data *kit.Data, configured types.String, diags *diag.Diagnostics) (c *client.Client, practice string, ok bool) {
	if c, ok = data.Ready(diags); !ok || diags.HasError() {
		return nil, "", false
	}
	practice, ok = data.Practice(configured, diags)
	return c, practice, ok
}

// withoutCredentials keeps a partner's credentials out of state, in answers that are not documented.
func withoutCredentials() client.JSONOption {
	return client.DropKeys("prescription_partner_credentials", "credentials", "password", "secret", "api_key", "access_token")
}

func practiceAttribute() schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Computed: true, Validators: []validator.String{kit.PracticeGroupID()}, MarkdownDescription: kit.PracticeDescription}
}

func computedString(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

func jsonAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, CustomType: jsontypes.NormalizedType{}, MarkdownDescription: description + " Read it with `jsondecode`."}
}
