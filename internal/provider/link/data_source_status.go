// Package link is the room of what Hero says of links of any kind: the data sources hero_link_status and hero_short_links.
package link

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// NewDataSourceStatus is the data source hero_link_status.
func NewDataSourceStatus() datasource.DataSource {
	return kit.Reading[statusModel]{Name: "link_status", Schema: statusSchema, Validate: oneOfURLAndID, Read: readStatus}.DataSource()
}

type statusModel struct {
	PracticeGroupID types.String         `tfsdk:"practice_group_id"`
	URL             types.String         `tfsdk:"url"`
	ID              types.String         `tfsdk:"id"`
	Status          types.String         `tfsdk:"status"`
	Type            types.String         `tfsdk:"type"`
	JSON            jsontypes.Normalized `tfsdk:"json"`
}

func statusSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Says what became of one link, of whichever kind: booking, form, attachment or video link. Name it by `url` or by `id`.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": kit.PracticeArgument(),
			"url":               kit.TextArgument(kit.Shown, "The link itself, such as `https://bookings.herohealth.net/s/abc123`. Exactly one of `url` and `id` is needed."),
			"id":                kit.TextArgument(kit.Shown, "Hero's id of the link. Exactly one of `url` and `id` is needed."),
			"status":            kit.Text(kit.Shown, "What became of it, such as `unused` or `expired`. All values are not published."),
			"type":              kit.Text(kit.Shown, "The kind of link, such as `booking`. All values are not published."),
			"json":              kit.WholeJSON(kit.Personal, "The answer, with `reference`, whose objects are not documented,"),
		},
	}
}

func oneOfURLAndID(config statusModel, diags *diag.Diagnostics) {
	switch {
	case config.URL.IsNull() && config.ID.IsNull():
		diags.AddError("No link is named", "Give the link's url or its id.")
	case kit.Given(config.URL) && kit.Given(config.ID):
		diags.AddAttributeError(path.Root("id"), "A link is named twice", "Give url or id, not both: they might be of two links.")
	}
}

func readStatus(ctx context.Context, c *client.Client, practice string, m *statusModel, diags *diag.Diagnostics) {
	asked, name := path.Root("url"), m.URL.ValueString()
	if m.URL.IsNull() {
		asked, name = path.Root("id"), m.ID.ValueString()
	}
	status, err := c.LinkStatus(ctx, practice, client.LinkRef{URL: m.URL.ValueString(), ID: m.ID.ValueString()})
	switch {
	case errors.Is(err, client.ErrGone):
		diags.AddAttributeError(asked, fmt.Sprintf("Practice group %s has no link %s", practice, name),
			"The data source hero_short_links lists those that there are. A link of another practice group is not found either.")
	case err != nil:
		kit.AddError(diags, fmt.Sprintf("Asking for the status of link %s of practice group %s failed", name, practice), err, "url", "id")
	default:
		m.Status, m.Type, m.JSON = kit.StringFrom(status.Status), kit.StringFrom(status.Type), kit.JSON(status.Raw)
	}
}
