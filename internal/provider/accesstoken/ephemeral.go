// Package accesstoken is the room of the short-lived tokens for Hero Elements: the ephemeral resource hero_access_token.
package accesstoken

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

var _ ephemeral.EphemeralResourceWithConfigure = (*accessToken)(nil)

// NewEphemeral is the ephemeral resource hero_access_token.
func NewEphemeral() ephemeral.EphemeralResource { return &accessToken{} }

type accessToken struct{ kit.EphemeralBase }

type model struct {
	PracticeGroupID types.String `tfsdk:"practice_group_id"`
	AccessToken     types.String `tfsdk:"access_token"`
	ExpiresAt       types.String `tfsdk:"expires_at"`
}

// Metadata implements [ephemeral.EphemeralResource].
func (e *accessToken) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_access_token"
}

// Schema implements [ephemeral.EphemeralResource].
func (e *accessToken) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Mints a short-lived access token for Hero Elements. It reaches neither state nor plan: hand it to a write-only argument or to another provider's configuration.\n\n" +
			"Each plan and each apply that needs the token mints one of its own. That changes nothing at Hero, as far as is known, so it is allowed with `read_only` as well. " +
			"Hero documents no way to prolong or to revoke a token: it is good until `expires_at`. The token is for servers; do not hand it to browsers by way of Terraform. Needs Terraform 1.10 or later.",
		Attributes: map[string]schema.Attribute{
			"practice_group_id": schema.StringAttribute{
				Optional: true, Computed: true, Validators: []validator.String{kit.PracticeGroupID()},
				MarkdownDescription: kit.PracticeDescription,
			},
			"access_token": schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: "The token: a JSON Web Token."},
			"expires_at": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "When the token ends, in RFC 3339 (UTC): what its `exp` claim says, or 30 minutes after Hero's answer when it has none.",
			},
		},
	}
}

// Open implements [ephemeral.EphemeralResource].
func (e *accessToken) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	c, ready := e.Data.Ready(&resp.Diagnostics)
	if resp.Diagnostics.HasError() || !ready {
		return
	}
	practice, ok := e.Data.Practice(config.PracticeGroupID, &resp.Diagnostics)
	if !ok {
		return
	}
	token, err := c.CreateAccessToken(ctx, practice)
	if err != nil {
		kit.AddError(&resp.Diagnostics, "Minting an access token for practice group "+practice+" failed", err)
		return
	}
	resp.Diagnostics.Append(resp.Result.Set(ctx, model{
		PracticeGroupID: types.StringValue(practice),
		AccessToken:     types.StringValue(token.Token),
		ExpiresAt:       types.StringValue(token.ExpiresAt.Format(time.RFC3339)),
	})...)
}
