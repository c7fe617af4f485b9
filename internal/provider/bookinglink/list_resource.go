package bookinglink

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var (
	_ list.ListResourceWithConfigure      = (*bookingLinkList)(nil)
	_ list.ListResourceWithValidateConfig = (*bookingLinkList)(nil)
)

// NewListResource lists hero_booking_link for terraform query.
func NewListResource() list.ListResource { return &bookingLinkList{} }

// bookingLinkList shares type name and configuration with the resource that it lists.
type bookingLinkList struct{ bookingLinkResource }

type listConfig struct {
	kit.ListedPractices
	ActiveOnly          types.Bool `tfsdk:"active_only"`
	IncludePatientLinks types.Bool `tfsdk:"include_patient_links"`
}

// ListResourceConfigSchema implements [list.ListResource].
func (l *bookingLinkList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds booking links for `terraform query`, which can write their configuration and import blocks. A link with several appointment types, locations or practitioners cannot be managed with Terraform: a warning stands in its place. " +
			"Terraform stops at 100 results unless `limit` says more.",
		Attributes: kit.ListedPracticesAttributes(map[string]schema.Attribute{
			"active_only": schema.BoolAttribute{Optional: true, MarkdownDescription: "Only links that can still be used: active, not expired and not used up, for all that Hero tells. Default `false`."},
			"include_patient_links": schema.BoolAttribute{Optional: true, MarkdownDescription: kit.IncludePatientLinksDescription + " Where Hero does not tell whether a link is for a single patient, it is listed, and a warning says so. " +
				"Terraform leaves `patient_id`, which is sensitive, out of the configuration that it generates: add it before you apply, or the plan replaces the link."},
		}),
	}
}

// ValidateListResourceConfig implements [list.ListResourceWithValidateConfig].
func (l *bookingLinkList) ValidateListResourceConfig(ctx context.Context, req list.ValidateConfigRequest, resp *list.ValidateConfigResponse) {
	var config listConfig
	if resp.Diagnostics.Append(req.Config.Get(ctx, &config)...); !resp.Diagnostics.HasError() {
		config.Practices().Check(&resp.Diagnostics)
	}
}

// listedLink is a link with what there is to say of it.
type listedLink struct {
	client.BookingLink
	diags diag.Diagnostics
}

// List implements [list.ListResource].
func (l *bookingLinkList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config listConfig
	if diags := req.Config.Get(ctx, &config); diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = kit.Stream(ctx, l.Data, req, config.ListedPractices, kit.Listing[listedLink]{
		Read: func(ctx context.Context, practice string) iter.Seq2[listedLink, error] {
			return l.wanted(ctx, practice, config, req.IncludeResource)
		},
		Result: func(ctx context.Context, practice kit.NamedPractice, found listedLink, result *list.ListResult) {
			if several := severalValues(&found.BookingLink); len(several) > 0 {
				kit.Instead(result, fmt.Sprintf("Not listed: booking link %s of %s", found.ID.Or(""), practice),
					"It has several values for "+strings.Join(several, " and ")+", of which the resource can hold one. It cannot be managed with Terraform; the data source hero_booking_link shows it.")
				return
			}
			listed := model{PracticeGroupID: types.StringValue(practice.ID), ID: kit.StringFrom(found.ID)}.withDefaults()
			listed.refresh(&found.BookingLink, kit.Memory{})
			result.DisplayName = displayName(listed, practice, unusable(&found.BookingLink, l.Data.Time()))
			result.Diagnostics.Append(found.diags...)
			kit.SetIdentity(ctx, result.Identity, listed.PracticeGroupID, listed.ID, &result.Diagnostics)
			if req.IncludeResource {
				result.Diagnostics.Append(result.Resource.Set(ctx, listed)...)
			}
		},
	})
}

// wanted yields a practice group's links that the configuration asks for. What items of the list tell is not known: where the choice, or
// the whole resource, needs more, the link is read by itself.
func (l *bookingLinkList) wanted(ctx context.Context, practice string, config listConfig, whole bool) iter.Seq2[listedLink, error] {
	choosing := config.ActiveOnly.ValueBool() || !config.IncludePatientLinks.ValueBool()
	return func(yield func(listedLink, error) bool) {
		warned := false
		for page, err := range l.Data.Client.BookingLinkPages(ctx, practice) {
			if err != nil {
				yield(listedLink{}, err)
				return
			}
			for _, link := range page {
				if (whole || choosing) && !toldWhole(&link) {
					single, err := l.Data.Client.BookingLink(ctx, practice, link.ID.Or(""))
					switch {
					case errors.Is(err, client.ErrGone):
						continue
					case err != nil:
						yield(listedLink{}, err)
						return
					}
					single.ID, link = link.ID, *single
				}
				if config.ActiveOnly.ValueBool() && unusable(&link, l.Data.Time()) != "" || !config.IncludePatientLinks.ValueBool() && link.PatientID.Value != nil {
					continue
				}
				found := listedLink{BookingLink: link}
				if !config.IncludePatientLinks.ValueBool() && !link.PatientID.Told && !warned {
					found.diags.AddWarning(fmt.Sprintf("Hero does not tell which booking links of practice group %s are for single patients", practice),
						"Links of single patients may be among those listed. Look before you import; set include_patient_links = true to accept that.")
					warned = true
				}
				if !yield(found, nil) {
					return
				}
			}
		}
	}
}

// toldWhole says that all was told that the read of one link is known to tell (sample).
func toldWhole(link *client.BookingLink) bool {
	return link.ShortLink.Told && link.Active.Told && link.ExpiryDate.Told && link.MaximumUseCount.Told && link.AppointmentTypeID.Told && link.LocationID.Told
}

// severalValues are the arguments of which Hero has more than one value.
func severalValues(link *client.BookingLink) []string {
	var names []string
	for _, a := range arguments() {
		if strings.Contains(a.told(link, model{}).Or(""), ",") {
			names = append(names, a.name)
		}
	}
	return names
}

// displayName is what a person tells links apart by.
func displayName(listed model, practice kit.NamedPractice, unusable string) string {
	name := "booking link " + listed.ID.ValueString()
	if !listed.AppointmentTypeID.IsNull() {
		name = "appointment type " + listed.AppointmentTypeID.ValueString()
	}
	if !listed.URL.IsNull() {
		name += " → " + listed.URL.ValueString()
	}
	if !listed.PatientID.IsNull() {
		name += ", for a single patient"
	}
	name += ", " + practice.String()
	if unusable != "" {
		name += ": " + unusable
	}
	return name
}
