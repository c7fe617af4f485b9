// Package provider is the Terraform provider for Hero Health: its configuration, and the list of all that it offers.
package provider

import (
	"context"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/accesstoken"
	"github.com/herohealth/terraform-provider-hero/internal/provider/bookinglink"
	"github.com/herohealth/terraform-provider-hero/internal/provider/directory"
	"github.com/herohealth/terraform-provider-hero/internal/provider/form"
	"github.com/herohealth/terraform-provider-hero/internal/provider/formlink"
	"github.com/herohealth/terraform-provider-hero/internal/provider/formresponse"
	"github.com/herohealth/terraform-provider-hero/internal/provider/link"
	"github.com/herohealth/terraform-provider-hero/internal/provider/practicegroup"
	"github.com/herohealth/terraform-provider-hero/internal/provider/rawapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider/webhook"
)

var (
	_ provider.ProviderWithValidateConfig     = (*hero)(nil)
	_ provider.ProviderWithEphemeralResources = (*hero)(nil)
	_ provider.ProviderWithListResources      = (*hero)(nil)
	_ provider.ProviderWithActions            = (*hero)(nil)
	_ provider.ProviderWithFunctions          = (*hero)(nil)
)

type hero struct {
	version string
	clock   client.Clock      // nil for the system's
	wire    http.RoundTripper // nil for the network
}

// Option changes how the provider is made, for tests.
type Option func(*hero)

// WithClock makes the provider judge dates, wait and retry by another clock.
func WithClock(clock client.Clock) Option { return func(p *hero) { p.clock = clock } }

// WithWire makes the provider send its requests to Hero through something else than the network.
func WithWire(wire http.RoundTripper) Option { return func(p *hero) { p.wire = wire } }

// New makes the provider of a version, such as "0.1.0".
func New(version string, options ...Option) func() provider.Provider {
	return func() provider.Provider {
		p := &hero{version: version}
		for _, option := range options {
			option(p)
		}
		return p
	}
}

// Metadata implements [provider.Provider].
func (p *hero) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName, resp.Version = "hero", p.version
}

// Resources implements [provider.Provider].
func (p *hero) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		bookinglink.NewResource,
		formlink.NewResource,
		practicegroup.NewResource,
		webhook.NewResource,
	}
}

// DataSources implements [provider.Provider].
func (p *hero) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		bookinglink.NewDataSource,
		bookinglink.NewDataSourceList,
		directory.NewAdminsDataSource,
		directory.NewAppointmentTypesDataSource,
		directory.NewLocationsDataSource,
		directory.NewPractitionersDataSource,
		form.NewDataSource,
		form.NewDataSourceList,
		formresponse.NewDataSource,
		formresponse.NewDataSourceList,
		formresponse.NewSubmissionDataSource,
		link.NewDataSourceList,
		link.NewDataSourceStatus,
		practicegroup.NewDataSource,
		practicegroup.NewDataSourceCapabilities,
		practicegroup.NewDataSourceConfiguration,
		practicegroup.NewDataSourceElements,
		practicegroup.NewDataSourceNetwork,
		rawapi.NewDataSource,
		webhook.NewDataSourceList,
	}
}

// EphemeralResources implements [provider.ProviderWithEphemeralResources].
func (p *hero) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		accesstoken.NewEphemeral,
		formresponse.NewEphemeral,
		formresponse.NewEphemeralList,
		formresponse.NewSubmissionEphemeral,
		rawapi.NewEphemeral,
	}
}

// ListResources implements [provider.ProviderWithListResources].
func (p *hero) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		bookinglink.NewListResource,
		practicegroup.NewListResource,
		webhook.NewListResource,
	}
}

// Actions implements [provider.ProviderWithActions].
func (p *hero) Actions(context.Context) []func() action.Action {
	return []func() action.Action{
		webhook.NewAction,
	}
}

// Functions implements [provider.ProviderWithFunctions].
func (p *hero) Functions(context.Context) []func() function.Function {
	return []func() function.Function{
		webhook.NewFunction,
	}
}
