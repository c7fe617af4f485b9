package webhook

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

const description = "Subscribes a practice group to one of Hero's events: Hero then POSTs each event to a URL.\n\n" +
	"Hero offers no way to change a webhook, so every change replaces it. Use `lifecycle { create_before_destroy = true }`, so that no event falls between the old and the new one.\n\n" +
	"A webhook sends patients' events to its URL: check the plan before you apply it."

// Schema implements [resource.Resource]. Replacement is decided in ModifyPlan, where what Hero shows is at hand.
func (r *webhookResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: description,
		Attributes: map[string]schema.Attribute{
			"practice_group_id": kit.PracticeAttribute(),
			"id":                schema.StringAttribute{Computed: true, MarkdownDescription: "Hero's id of the webhook."},
			"event_type": schema.StringAttribute{
				Required:   true,
				Validators: []validator.String{kit.NotEmpty()},
				MarkdownDescription: "The event to subscribe to. Known to this version, as to the function `webhook_event_types`: `" + strings.Join(EventTypes(), "`, `") + "`. " +
					"For a new webhook, a misspelt event is an error and an unknown one a warning. A change replaces the webhook.",
			},
			"url": schema.StringAttribute{
				Required:   true,
				Validators: []validator.String{kit.NotEmpty(), kit.StringCheck("an absolute URL without user name or password", checkURL)},
				MarkdownDescription: "Where Hero POSTs the events: an absolute URL, https unless it is a loopback address. It is stored in state and shown in plans, so it must not hold a credential. " +
					"A change replaces the webhook.",
			},
			"description": schema.StringAttribute{
				Optional:            true,
				Validators:          []validator.String{kit.NotEmpty()},
				MarkdownDescription: "A note for people. Hero accepts it and does not return it, so a change made at Hero is not seen. A change here replaces the webhook.",
			},
			"headers": schema.MapAttribute{
				Optional: true, ElementType: types.StringType,
				Validators: []validator.Map{headerNames{secretsGoTo: "headers_wo"}},
				MarkdownDescription: "Headers that Hero sends with each delivery, by name. They are stored in state; secret ones belong in `headers_wo`. `Host`, `Content-Length` and the like, and `X-Herohealth-*`, are reserved. " +
					"After an import this is null until it is configured. A change replaces the webhook.",
			},
			// A write-only argument is never in state or plan, so that marking it sensitive would hide nothing. It would harm: with several
			// sensitive paths, whose order in state is random, terraform plan -refresh-only takes an unchanged object for a changed one.
			"headers_wo": schema.MapAttribute{
				Optional: true, WriteOnly: true, ElementType: types.StringType,
				Validators:          []validator.Map{headerNames{}},
				MarkdownDescription: "Secret headers, by name, sent together with `headers`. Write-only: they never reach state or plan. A changed value replaces the webhook, unless `headers_wo_version` is set: then a changed version does. Needs Terraform 1.11 or later.",
			},
			"headers_wo_version": schema.StringAttribute{
				Optional:            true,
				Validators:          []validator.String{kit.NotEmpty()},
				MarkdownDescription: "Version of `headers_wo`: any text, such as a date or a secret store's version id. A changed version replaces the webhook; with it set, `headers_wo` may be null in runs that create nothing.",
			},
			"headers_wo_fingerprint": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Salted HMAC-SHA256, in hex, of the `headers_wo` that were last sent; null without any. The salt is in Terraform's private state.",
			},
			"signing_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				Validators:          []validator.String{kit.NotEmpty(), stringvalidator.ConflictsWith(path.MatchRoot("signing_key_wo"), path.MatchRoot("signing_key_wo_version")), kit.StringCheck("at least 16 characters", checkSigningKey)},
				MarkdownDescription: "Key with which Hero signs each delivery (HMAC-SHA256). It is stored in state in clear: prefer `signing_key_wo`. A change replaces the webhook; moving the same key to `signing_key_wo` changes nothing at Hero.",
			},
			"signing_key_wo": schema.StringAttribute{
				Optional: true, WriteOnly: true, // not sensitive, as headers_wo
				Validators:          []validator.String{kit.NotEmpty(), kit.StringCheck("at least 16 characters", checkSigningKey)},
				MarkdownDescription: "Key with which Hero signs each delivery (HMAC-SHA256). Write-only: it never reaches state or plan. A changed value replaces the webhook, unless `signing_key_wo_version` is set: then a changed version does. Needs Terraform 1.11 or later.",
			},
			"signing_key_wo_version": schema.StringAttribute{
				Optional:            true,
				Validators:          []validator.String{kit.NotEmpty()},
				MarkdownDescription: "Version of `signing_key_wo`: any text, such as a date or a secret store's version id. A changed version replaces the webhook; with it set, `signing_key_wo` may be null in runs that create nothing, such as drift jobs.",
			},
			"signing_key_fingerprint": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Salted HMAC-SHA256, in hex, of the signing key that was last sent, or of another key that Hero shows to have now; null without any. " +
					"The salt is in Terraform's private state, so equal keys of two webhooks have different fingerprints.",
			},
			"created_at": schema.StringAttribute{Computed: true, MarkdownDescription: "When Hero created the webhook, as Hero writes it (ISO 8601, UTC)."},
			"updated_at": schema.StringAttribute{Computed: true, MarkdownDescription: "When Hero last changed the webhook, as Hero writes it (ISO 8601, UTC)."},
		},
	}
}
