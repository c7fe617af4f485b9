package bookinglink

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var _ datasource.DataSourceWithConfigure = (*bookingLinksDataSource)(nil)

// NewDataSourceList is the data source hero_booking_links.
func NewDataSourceList() datasource.DataSource { return &bookingLinksDataSource{} }

type bookingLinksDataSource struct{ kit.DataSourceBase }

type listModel struct {
	PracticeGroupID     types.String         `tfsdk:"practice_group_id"`
	IncludePatientLinks types.Bool           `tfsdk:"include_patient_links"`
	BookingLinks        []itemModel          `tfsdk:"booking_links"`
	IDs                 []types.String       `tfsdk:"ids"`
	JSON                jsontypes.Normalized `tfsdk:"json"`
}

// Metadata implements [datasource.DataSource].
func (d *bookingLinksDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_booking_links"
}

// Schema implements [datasource.DataSource].
func (d *bookingLinksDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists all booking links of a practice group. What Hero's list tells of a link is not documented: attributes that it leaves out are null, and `hero_booking_link` reads one link whole.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id":     schema.StringAttribute{Optional: true, Validators: []validator.String{kit.PracticeGroupID()}, MarkdownDescription: kit.PracticeDescription},
			"include_patient_links": schema.BoolAttribute{Optional: true, MarkdownDescription: kit.IncludePatientLinksDescription + " Where Hero does not tell whether a link is for a single patient, it is kept, and a warning says so."},
			"booking_links": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The links, in Hero's order.",
				NestedObject: schema.NestedAttributeObject{Attributes: itemAttributes()},
			},
			"ids": schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "The links' ids, in the same order."},
			"json": schema.StringAttribute{
				Computed: true, Sensitive: true, CustomType: jsontypes.NormalizedType{},
				MarkdownDescription: "The links as Hero answered them, as one JSON array, so that nothing undocumented is lost. Read it with `jsondecode`.",
			},
		},
	}
}

// Read implements [datasource.DataSource].
func (d *bookingLinksDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config listModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	c, ready := d.Data.Ready(&resp.Diagnostics)
	if resp.Diagnostics.HasError() || !ready {
		return
	}
	practice, ok := d.Data.Practice(config.PracticeGroupID, &resp.Diagnostics)
	if !ok {
		return
	}
	found, err := c.ListBookingLinks(ctx, practice)
	if err != nil {
		kit.AddError(&resp.Diagnostics, fmt.Sprintf("Listing the booking links of practice group %s failed", practice), err)
		return
	}
	kept := found.Items
	if !config.IncludePatientLinks.ValueBool() {
		kept = kit.WithoutPatientLinks(kept, func(l client.BookingLink) client.Field[string] { return l.PatientID }, "booking links", practice, &resp.Diagnostics)
	}
	config.take(kept)
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}

func (m *listModel) take(links []client.BookingLink) {
	m.BookingLinks, m.IDs = []itemModel{}, []types.String{}
	raws := make([][]byte, 0, len(links))
	for _, l := range links {
		m.BookingLinks = append(m.BookingLinks, item(l))
		m.IDs = append(m.IDs, kit.StringFrom(l.ID))
		raws = append(raws, l.Raw)
	}
	m.JSON = kit.JSONArray(raws)
}
