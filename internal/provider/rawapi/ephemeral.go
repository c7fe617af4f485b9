package rawapi

import "github.com/hashicorp/terraform-plugin-framework/ephemeral"

// NewEphemeral is the ephemeral resource hero_api_request: what the data source reads, in neither state nor plan.
func NewEphemeral() ephemeral.EphemeralResource { return request().Ephemeral() }
