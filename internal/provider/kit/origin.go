package kit

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// SameOrigin reports whether an object may be read or changed with this client: it lives on the same server. A staging key on production
// state would otherwise find nothing, and empty it. An object whose origin is not remembered is taken as it is.
func (m Memory) SameOrigin(c *client.Client, diags *diag.Diagnostics) bool {
	if m.Origin == "" || m.Origin == c.Origin() {
		return true
	}
	diags.AddError("This object lives on another Hero server",
		fmt.Sprintf("It was created on, or imported from, %s, and the provider is now configured for %s. Nothing was read, changed or removed.\n\n"+
			"Configure the provider for %s (environment, base_url, HERO_ENVIRONMENT or HERO_BASE_URL), or use another workspace or state for the other server.",
			m.Origin, c.Origin(), m.Origin))
	return false
}

// MayPlan is [Memory.SameOrigin] for a plan, which may come before the provider is configured. A plan that is made without a refresh
// would otherwise begin a replacement on the wrong server.
func (d *Data) MayPlan(m Memory, diags *diag.Diagnostics) bool {
	return d == nil || d.Client == nil || m.SameOrigin(d.Client, diags)
}
