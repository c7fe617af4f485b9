package directory

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// NewAdminsDataSource is the data source hero_admins.
func NewAdminsDataSource() datasource.DataSource {
	return kit.Reading[adminsModel]{Name: "admins", Schema: adminsSchema, Read: readAdmins}.DataSource()
}

type adminsModel struct {
	PracticeGroupID types.String         `tfsdk:"practice_group_id"`
	OrderBy         types.String         `tfsdk:"order_by"`
	OrderDescending types.Bool           `tfsdk:"order_descending"`
	Email           types.String         `tfsdk:"email"`
	Admins          []adminModel         `tfsdk:"admins"`
	IDs             []types.String       `tfsdk:"ids"`
	JSON            jsontypes.Normalized `tfsdk:"json"`
}

type adminModel struct {
	ID                   types.String     `tfsdk:"id"`
	FirstName            types.String     `tfsdk:"first_name"`
	LastName             types.String     `tfsdk:"last_name"`
	Email                types.String     `tfsdk:"email"`
	ExternalPrescriberID types.String     `tfsdk:"external_prescriber_id"`
	PrescriberDetails    *prescriberModel `tfsdk:"prescriber_details"`
}

type prescriberModel struct {
	Name             types.String `tfsdk:"name"`
	Email            types.String `tfsdk:"email"`
	RegistrationCode types.String `tfsdk:"registration_code"`
}

func adminsSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Lists the staff of a practice group who use Hero, all pages. What names them is sensitive.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": kit.PracticeArgument(),
			"order_by":          kit.TextArgument(kit.Shown, "What Hero sorts by: `first_name` is the value that Hero documents. By default Hero's own order."),
			"order_descending":  kit.FlagArgument("`true` sorts from Z to A. By default Hero decides."),
			"email":             kit.TextArgument(kit.Personal, "Only who has this e-mail address, in upper or lower case; the provider filters. `one(data.hero_admins.lead.ids)` is then the id, and fails when several have it."),
			"admins": kit.ListOf(kit.Shown, "The staff, in Hero's order or the one asked for.", map[string]schema.Attribute{
				"id":                     kit.Text(kit.Shown, "Hero's id."),
				"first_name":             kit.Text(kit.Personal, "The first name."),
				"last_name":              kit.Text(kit.Personal, "The last name."),
				"email":                  kit.Text(kit.Personal, "The e-mail address."),
				"external_prescriber_id": kit.Text(kit.Personal, "The id at the prescription partner; null for who does not prescribe."),
				"prescriber_details": schema.SingleNestedAttribute{
					Computed: true, Sensitive: true,
					MarkdownDescription: "What makes this person a prescriber; null for who does not prescribe.",
					Attributes: map[string]schema.Attribute{
						"name":              kit.Text(kit.Covered, "The name that prescriptions show (inferred from what Hero accepts)."),
						"email":             kit.Text(kit.Covered, "The e-mail address for prescriptions (inferred from what Hero accepts)."),
						"registration_code": kit.Text(kit.Covered, "The professional registration (inferred from what Hero accepts)."),
					},
				},
			}),
			"ids":  kit.IDs("staff"),
			"json": kit.WholeJSON(kit.Personal, "An array of the staff"),
		},
	}
}

func readAdmins(ctx context.Context, c *client.Client, practice string, m *adminsModel, diags *diag.Diagnostics) {
	list, err := c.Admins(ctx, practice, m.OrderBy.ValueString(), m.OrderDescending.ValueBoolPointer())
	if err != nil {
		kit.AddError(diags, "Listing the staff of practice group "+practice+" failed", err, "order_by", "order_descending")
		return
	}
	found := kit.Matching(list.Items, m.Email, func(a client.Admin, email string) bool { return strings.EqualFold(a.Email.Or(""), email) })
	m.Admins, m.IDs, m.JSON = kit.Listed(found, adminItem, func(a client.Admin) (client.Field[string], json.RawMessage) { return a.ID, a.Raw })
}

func adminItem(a client.Admin) adminModel {
	return adminModel{
		ID: kit.StringFrom(a.ID), FirstName: kit.StringFrom(a.FirstName), LastName: kit.StringFrom(a.LastName), Email: kit.StringFrom(a.Email),
		ExternalPrescriberID: kit.StringFrom(a.ExternalPrescriberID), PrescriberDetails: prescriber(a.PrescriberDetails),
	}
}

// prescriber reads what makes somebody a prescriber: an object or null (documented), whose members are known from PATCH only.
func prescriber(told client.Field[json.RawMessage]) *prescriberModel {
	var details struct {
		Name             client.Field[string] `json:"name"`
		Email            client.Field[string] `json:"email"`
		RegistrationCode client.Field[string] `json:"registration_code"`
	}
	if told.Value == nil || json.Unmarshal(*told.Value, &details) != nil {
		return nil
	}
	return &prescriberModel{Name: kit.StringFrom(details.Name), Email: kit.StringFrom(details.Email), RegistrationCode: kit.StringFrom(details.RegistrationCode)}
}
