package formlink

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

const description = "~> **Preview.** Hero's documentation names the operation that creates a form link, and shows neither its path nor its fields. All of this resource is inferred from how booking links work: try it against staging first, and expect it to change.\n\n" +
	"A link with which patients fill in a form. Without `patient_id` it is generic, for a web site or a campaign.\n\n" +
	"Hero offers no way to read, change or delete a form link. Its `status` is what Hero tells of links of any kind. Every change replaces the link, and the old one goes on working until it expires or is used up, also after a destroy: give every link an `expiry_date`."

// Schema implements [resource.Resource]. Replacement is decided in ModifyPlan.
func (r *formLinkResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: description,
		Attributes: map[string]schema.Attribute{
			"practice_group_id": kit.PracticeAttribute(),
			"id":                schema.StringAttribute{Computed: true, MarkdownDescription: "Hero's id of the link; the link's URL when Hero gives it no id."},
			"form_id": schema.StringAttribute{
				Required: true, Validators: []validator.String{kit.ObjectID()},
				MarkdownDescription: "Id of the form to fill in; the data source `hero_forms` lists them. A change replaces the link.",
			},
			"patient_id": schema.StringAttribute{
				Optional: true, Sensitive: true, Validators: []validator.String{kit.ObjectID()},
				MarkdownDescription: "Id of the patient whom the link is for. Without it the link is generic. Links of single patients belong in the application that sends them, not in Terraform's state, so this warns. A change replaces the link.",
			},
			"expiry_date": schema.StringAttribute{
				Optional: true, Validators: []validator.String{kit.Date()},
				MarkdownDescription: "The day on which the link expires (`YYYY-MM-DD`). By default it does not expire. For a new link it must not be before today in London. A change replaces the link.",
			},
			"maximum_use_count": schema.Int64Attribute{
				Optional: true, Validators: []validator.Int64{int64validator.AtLeast(1)},
				MarkdownDescription: "How often the link can be used, at least 1. By default without a limit. A change replaces the link.",
			},
			"recreate_when_unusable": schema.BoolAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Plan a new link, with another URL, when Hero says that this one is expired or used up; the plan says why. Not while `expiry_date` is in the past: then a warning asks to change it. Default `false`: such a link stays as it is.",
			},
			"url":    schema.StringAttribute{Computed: true, MarkdownDescription: "The short link to publish; null when Hero does not tell, as after an import by id."},
			"status": schema.StringAttribute{Computed: true, MarkdownDescription: "What Hero says became of the link, such as `unused` or `expired`. All values are not published."},
		},
	}
}
