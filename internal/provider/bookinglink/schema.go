package bookinglink

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

const description = "A link with which patients book a chosen kind of appointment. Without `patient_id` it is generic, for a web site or a campaign.\n\n" +
	"The `url` stays the same while arguments change in place. Hero may ignore a change: that is an error on the argument, which offers to replace the link.\n\n" +
	"Hero cannot delete a link. See `on_destroy` for what becomes of it."

// Schema implements [resource.Resource]. What a change does is decided in ModifyPlan.
func (r *bookingLinkResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	optional := func(description string, valid validator.String) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, Validators: []validator.String{valid}, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: description,
		Attributes: map[string]schema.Attribute{
			"practice_group_id": kit.PracticeAttribute(),
			"id":                schema.StringAttribute{Computed: true, MarkdownDescription: "Hero's id of the link."},
			"appointment_type_id": schema.StringAttribute{
				Required: true, Validators: []validator.String{kit.ObjectID()},
				MarkdownDescription: "Id of the appointment type that can be booked; the data source `hero_appointment_types` lists them. Changes in place.",
			},
			"location_id":     optional("Id of the location to book at; the data source `hero_locations` lists them. By default patients choose (inferred). Changes in place; removing it sends null.", kit.ObjectID()),
			"practitioner_id": optional("Id of the practitioner to book with; the data source `hero_practitioners` lists them. By default patients choose (inferred). Changes in place; removing it sends null.", kit.ObjectID()),
			"patient_id": schema.StringAttribute{
				Optional: true, Sensitive: true, Validators: []validator.String{kit.ObjectID()},
				MarkdownDescription: "Id of the patient whom the link is for, who proves who they are by their date of birth. Without it the link is generic. Links of single patients belong in the application that sends them, not in Terraform's state, so this warns. A change replaces the link.",
			},
			"from_date": optional("Show only slots from this day on (`YYYY-MM-DD`). Not after `to_date`. Changes in place; removing it sends null.", kit.Date()),
			"to_date":   optional("Show only slots up to this day (`YYYY-MM-DD`). For a new link it must not be in the past. Changes in place; removing it sends null.", kit.Date()),
			"expiry_date": optional("The day on which the link expires (`YYYY-MM-DD`), see `expires_at` for the time. By default it does not expire. For a new link it must not be before today in London. "+
				"Changes in place, if Hero takes the change (not known); removing it sends null.", kit.Date()),
			"maximum_use_count": schema.Int64Attribute{
				Optional: true, Validators: []validator.Int64{int64validator.AtLeast(1)},
				MarkdownDescription: "How often the link can be used, at least 1. By default without a limit. Changes in place, if Hero takes the change (not known); removing it sends null.",
			},
			"recreate_when_unusable": schema.BoolAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Plan a new link, with another URL, when this one has expired, is used up or is not active any more; the plan says why. Not while `expiry_date` or `to_date` is in the past: then a warning asks to change it. Default `false`: such a link stays as it is.",
			},
			"on_destroy": schema.StringAttribute{
				Optional: true, Computed: true, Validators: []validator.String{stringvalidator.OneOf(expireOnDestroy, keepOnDestroy)},
				MarkdownDescription: "What becomes of the link when it is destroyed or replaced, since Hero cannot delete one: `expire` (default) sets an expiry date in the past and warns if the link works all the same; `keep` leaves it working. The value that was last applied counts.",
			},
			"url":        schema.StringAttribute{Computed: true, MarkdownDescription: "The short link to publish, such as `https://bookings.herohealth.net/s/abc123`."},
			"active":     schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether Hero says that the link is active."},
			"expires_at": schema.StringAttribute{Computed: true, MarkdownDescription: "When the link expires, as Hero writes it (ISO 8601, UTC); null when it does not."},
		},
	}
}
