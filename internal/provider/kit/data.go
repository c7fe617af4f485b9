// Package kit is what the rooms of the provider share, one small file per rule of how Terraform and Hero meet.
package kit

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// Data is what the provider's configuration gives to every room.
type Data struct {
	// Client is nil while some argument of the provider is unknown, as in a plan where another resource makes the key.
	Client *client.Client
	// Unknown names the provider's arguments that are not known yet.
	Unknown []string
	// PracticeGroupID is the provider's default practice group: null when there is none, unknown while it is.
	PracticeGroupID types.String
	// PracticeSource says where PracticeGroupID comes from, in words.
	PracticeSource string
	// AllowedPracticeGroupIDs, when not nil, are the only practices that may be named.
	AllowedPracticeGroupIDs []string
	// KeepUnreachable keeps the objects of a practice that refuses us, instead of failing the refresh.
	KeepUnreachable bool
	// PatientData says what data sources do that would store patients' data: PatientDataWarn, PatientDataAllow or PatientDataDeny.
	PatientData string
	// Now is the time by which dates are judged.
	Now func() time.Time
}

// Ready is the client, or an error diagnostic that says which argument of the provider is not known yet.
func (d *Data) Ready(diags *diag.Diagnostics) (*client.Client, bool) {
	if d != nil && d.Client != nil {
		return d.Client, true
	}
	var unknown []string
	if d != nil {
		unknown = d.Unknown
	}
	diags.AddError("The provider's configuration is not known yet",
		fmt.Sprintf("Hero must be called now, but the provider's configuration (%s) depends on something that is only known after apply. "+
			"Apply what it depends on first (terraform apply -target=…), or give the value in the environment.", strings.Join(unknown, " and ")))
	return nil, false
}

// Time is the time by which dates are judged, also before the provider is configured.
func (d *Data) Time() time.Time {
	if d == nil {
		return time.Now()
	}
	return d.Now()
}

// ResourceBase receives the provider's data. Every resource and list resource embeds it.
type ResourceBase struct{ Data *Data }

// Configure implements [resource.ResourceWithConfigure].
func (b *ResourceBase) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	b.Data, _ = req.ProviderData.(*Data)
}

// Begin is what every operation on an object in state begins with, once the models are decoded: private state is recalled, the client
// is at hand, and the object lives on the server that the provider is configured for. Unless ok, a diagnostic says why not.
func (b *ResourceBase) Begin(ctx context.Context, private privateReader, diags *diag.Diagnostics) (c *client.Client, memory Memory, ok bool) {
	memory = Recall(ctx, private, diags)
	c, ready := b.Data.Ready(diags)
	return c, memory, ready && !diags.HasError() && memory.SameOrigin(c, diags)
}

// DataSourceBase receives the provider's data. Every data source embeds it.
type DataSourceBase struct{ Data *Data }

// Configure implements [datasource.DataSourceWithConfigure].
func (b *DataSourceBase) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	b.Data, _ = req.ProviderData.(*Data)
}

// EphemeralBase receives the provider's data. Every ephemeral resource embeds it.
type EphemeralBase struct{ Data *Data }

// Configure implements [ephemeral.EphemeralResourceWithConfigure].
func (b *EphemeralBase) Configure(_ context.Context, req ephemeral.ConfigureRequest, _ *ephemeral.ConfigureResponse) {
	b.Data, _ = req.ProviderData.(*Data)
}

// ActionBase receives the provider's data. Every action embeds it.
type ActionBase struct{ Data *Data }

// Configure implements [action.ActionWithConfigure].
func (b *ActionBase) Configure(_ context.Context, req action.ConfigureRequest, _ *action.ConfigureResponse) {
	b.Data, _ = req.ProviderData.(*Data)
}
