package practicegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// What on_destroy can be.
const (
	keep    = "keep"
	restore = "restore"
)

const description = "Manages settings of a practice group (a GP practice): its name, address and prescription partner.\n\n" +
	"A practice group's settings are always there: creating this resource **adopts** them, and destroying it does not delete them. Only the arguments that are configured are managed; all others stay as they are, whoever changes them. " +
	"Removing an argument from the configuration ends its management and changes nothing at Hero; to clear a value at Hero, set it to `\"\"`.\n\n" +
	"The plan that adopts shows in `overwritten_values` which live values it will overwrite, and warns. For a true diff, **import first** and configure from what you see. " +
	"The first plan after an import shows `-> null` for what is not configured: that means \"no longer managed\", and sends nothing.\n\n" +
	"Use one of these per practice group. The provider cannot see a second one, and the two would undo each other's changes; to rename the one that you have, write a `moved` block. " +
	"For the same reason do not use `create_before_destroy` with `on_destroy = \"restore\"`. With that, two resources whose practice groups change places end the apply as inconsistent, since what the destroy restores is not what the plan saw; the next apply adopts."

// Schema implements [resource.Resource].
func (r *settingsResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	address := map[string]schema.Attribute{}
	for line, what := range addressDescriptions() {
		address[line] = schema.StringAttribute{Optional: true, MarkdownDescription: what + " `\"\"` clears it; left out, it is not managed."}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: description,
		Attributes: map[string]schema.Attribute{
			"practice_group_id": kit.PracticeAttribute(),
			"id":                schema.StringAttribute{Computed: true, MarkdownDescription: "The practice group's id, as in `practice_group_id`."},
			"name":              schema.StringAttribute{Optional: true, MarkdownDescription: "The practice's name. `\"\"` clears it; left out, it is not managed. A change is made in place."},
			"address": schema.SingleNestedAttribute{
				Optional: true, Attributes: address,
				MarkdownDescription: "The practice's postal address. Each line is managed by itself: lines that are left out stay as they are. A change is made in place.",
			},
			"prescription_partner_enabled": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether prescriptions go to the prescription partner. Left out, it is not managed. A change is made in place; a destroy never changes it.",
			},
			"prescription_partner": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "The prescription partner, such as `signature_rx` (the only value that Hero's documentation shows). `\"\"` clears it; left out, it is not managed. A change is made in place; a destroy never changes it.",
			},
			credentialsArgument: schema.SingleNestedAttribute{
				Optional: true,
				MarkdownDescription: "With what Hero logs in at the prescription partner. Hero does not tell them, so a change made elsewhere is not seen. E-mail address and password are sent together, " +
					"when `email` or `password_wo_version` changes. Left out, they are not managed; a destroy never changes them. Needs Terraform 1.11 or later.",
				Attributes: map[string]schema.Attribute{
					"email": schema.StringAttribute{Required: true, Validators: []validator.String{kit.NotEmpty()}, MarkdownDescription: "The e-mail address to log in with."},
					"password_wo": schema.StringAttribute{
						Optional: true, WriteOnly: true, Sensitive: true, Validators: []validator.String{kit.NotEmpty()},
						MarkdownDescription: "The password. May be null in runs that do not send it, such as drift jobs. Write-only: it never reaches state or plan, and no fingerprint of it is kept (people's passwords can be guessed from one). A changed password is sent when `password_wo_version` changes.",
					},
					"password_wo_version": schema.StringAttribute{
						Required: true, Validators: []validator.String{kit.NotEmpty()},
						MarkdownDescription: "Version of `password_wo`: any text, such as a date or a secret store's version id. A changed version sends the password again.",
					},
				},
			},
			"on_destroy": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString(keep), Validators: []validator.String{stringvalidator.OneOf(keep, restore)},
				MarkdownDescription: "What a destroy does at Hero: `keep` (default) nothing; `restore` puts back what name and address were when Terraform began to manage them, where they are still what Terraform last set. " +
					"The prescription partner and its credentials always stay, and so does what an import brought. As of the last apply: to change it, apply first.",
			},
			"sector": schema.StringAttribute{Computed: true, MarkdownDescription: "`nhs` or `paid`, as Hero says (inferred)."},
			"overwritten_values": schema.MapAttribute{
				Computed: true, ElementType: types.StringType,
				MarkdownDescription: "By argument (such as `address.line_1`), the values at Hero that were overwritten when Terraform began to manage them. Empty when Hero had the configured values, or none, and after an import. Credentials are never among them. " +
					"Should somebody change one of these values between plan and apply, Terraform refuses the plan as inconsistent: plan again, to see what would be overwritten now.",
			},
		},
	}
}

// addressDescriptions says what the lines of an address are.
func addressDescriptions() map[string]string {
	return map[string]string{
		"line_1": "First line.", "line_2": "Second line.", "line_3": "Third line.", "town": "Town.", "county": "County.", "postcode": "Postcode.",
		"country": "Country (the field's name at Hero is inferred).",
	}
}
