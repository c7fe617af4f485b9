package webhook

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// model is a hero_webhook as Terraform sees it.
type model struct {
	PracticeGroupID       types.String `tfsdk:"practice_group_id"`
	ID                    types.String `tfsdk:"id"`
	EventType             types.String `tfsdk:"event_type"`
	URL                   types.String `tfsdk:"url"`
	Description           types.String `tfsdk:"description"`
	Headers               types.Map    `tfsdk:"headers"`
	HeadersWO             types.Map    `tfsdk:"headers_wo"`
	HeadersWOVersion      types.String `tfsdk:"headers_wo_version"`
	HeadersWOFingerprint  types.String `tfsdk:"headers_wo_fingerprint"`
	SigningKey            types.String `tfsdk:"signing_key"`
	SigningKeyWO          types.String `tfsdk:"signing_key_wo"`
	SigningKeyWOVersion   types.String `tfsdk:"signing_key_wo_version"`
	SigningKeyFingerprint types.String `tfsdk:"signing_key_fingerprint"`
	CreatedAt             types.String `tfsdk:"created_at"`
	UpdatedAt             types.String `tfsdk:"updated_at"`
}

func (m model) name() string { return "webhook " + m.ID.ValueString() }

// withoutSecrets is a configuration as it may be planned: write-only values never are.
func (m model) withoutSecrets() model {
	m.HeadersWO, m.SigningKeyWO = types.MapNull(types.StringType), types.StringNull()
	return m
}

// signingKey is the key that is configured, in whichever of its two arguments.
func (m model) signingKey(before model) kit.Secret {
	value, stored := m.SigningKeyWO, !m.SigningKey.IsNull()
	if stored {
		value = m.SigningKey
	}
	return kit.Secret{Argument: "signing_key", Value: value, Stored: stored, Version: m.SigningKeyWOVersion, VersionBefore: before.SigningKeyWOVersion}
}

// secretHeaders is headers_wo as one secret.
func (m model) secretHeaders(before model) kit.Secret {
	return kit.Secret{Argument: "headers_wo", Value: kit.MapSecret(m.HeadersWO), Version: m.HeadersWOVersion, VersionBefore: before.HeadersWOVersion}
}

// request is what Hero is asked to create.
func (m model) request() client.NewWebhook {
	headers, _ := sentHeaders(m)
	return client.NewWebhook{
		EventType: m.EventType.ValueString(), URL: m.URL.ValueString(), Description: m.Description.ValueStringPointer(),
		SigningKey: m.signingKey(model{}).Value.ValueStringPointer(), Headers: headers,
	}
}

// take fills in what only Hero's answer to a create can tell.
func (m *model) take(made *client.Webhook) {
	m.ID = kit.StringFrom(made.ID)
	m.CreatedAt = kit.StringFrom(made.CreatedAt)
	m.UpdatedAt = kit.StringFrom(made.UpdatedAt)
}

// refresh brings state up to what Hero's list says now.
func (m *model) refresh(found *client.Webhook, memory *kit.Memory) {
	m.EventType = memory.Settle("event_type", m.EventType, found.EventType)
	m.URL = memory.Settle("url", m.URL, found.URL)
	m.CreatedAt = memory.Settle("created_at", m.CreatedAt, found.CreatedAt)
	m.UpdatedAt = memory.Settle("updated_at", m.UpdatedAt, found.UpdatedAt)
	m.Headers = refreshHeaders(m.Headers, memory, found.Headers)
	m.Description = memory.Settle("description", m.Description, found.Description)
	m.SigningKeyFingerprint = memory.Observe("signing_key", m.SigningKeyFingerprint, found.SigningKey)
	m.HeadersWOFingerprint = memory.Observe("headers_wo", m.HeadersWOFingerprint, shownSecretHeaders(memory, found.Headers))
	if memory.IsUnverified("signing_key") || memory.IsUnverified("headers") {
		rememberShown(found, memory)
	}
}

func shownHeader(name string) string { return "header " + strings.ToLower(name) }
