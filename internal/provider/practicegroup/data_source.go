package practicegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// NewDataSource is the data source hero_practice_group.
func NewDataSource() datasource.DataSource {
	return kit.Reading[groupModel]{Name: "practice_group", Schema: groupSchema, Read: readGroup}.DataSource()
}

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

func groupSchema() schema.Schema {
	address := map[string]schema.Attribute{}
	for line, what := range addressDescriptions() {
		address[line] = kit.Text(kit.Shown, what)
	}
	return schema.Schema{
		MarkdownDescription: "Reads a practice group (a GP practice): its name, sector, address and prescription partner. Hero's documentation does not show this answer, so the attributes are inferred from what can be changed; " +
			"what Hero does not tell is null, and `json` has all that it does tell.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id":            kit.PracticeArgument(),
			"id":                           kit.Text(kit.Shown, "Hero's id of the practice group."),
			"name":                         kit.Text(kit.Shown, "The practice's name."),
			"sector":                       kit.Text(kit.Shown, "`nhs` or `paid` (inferred)."),
			"prescription_partner_enabled": kit.Flag("Whether prescriptions go to the prescription partner."),
			"prescription_partner":         kit.Text(kit.Shown, "The prescription partner, such as `signature_rx`."),
			"address":                      schema.SingleNestedAttribute{Computed: true, Attributes: address, MarkdownDescription: "The practice's postal address; null when Hero does not tell it."},
			"json":                         kit.WholeJSON(kit.Shown, "The practice group"+lessCredentials),
		},
	}
}

func readGroup(ctx context.Context, c *client.Client, practice string, m *groupModel, diags *diag.Diagnostics) {
	found, err := c.PracticeGroup(ctx, practice)
	if err != nil {
		kit.AddError(diags, "Reading practice group "+practice+" failed", err)
		return
	}
	m.ID, m.Name, m.Sector = types.StringValue(found.ID.Or(practice)), kit.StringFrom(found.Name), kit.StringFrom(found.Sector)
	m.PrescriptionPartnerEnabled = types.BoolPointerValue(found.PrescriptionPartnerEnabled.Value)
	m.PrescriptionPartner = kit.StringFrom(found.PrescriptionPartner)
	m.JSON = kit.JSON(found.Raw, withoutCredentials())
	if a := found.Address.Value; a != nil {
		m.Address = &addressModel{
			Line1: kit.StringFrom(a.Line1), Line2: kit.StringFrom(a.Line2), Line3: kit.StringFrom(a.Line3), Town: kit.StringFrom(a.Town),
			County: kit.StringFrom(a.County), Postcode: kit.StringFrom(a.Postcode), Country: kit.StringFrom(a.Country),
		}
	}
}

// withoutCredentials keeps credentials out of state, should Hero ever show them in answers that are not documented.
func withoutCredentials() client.JSONOption {
	return client.DropKeys("prescription_partner_credentials", "credentials", "password", "secret", "api_key", "access_token")
}

const lessCredentials = ", less members that are called credentials, prescription_partner_credentials, password, secret, api_key or access_token, else"
