package kit

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// Secret is a configured secret: a write-only or a sensitive argument, with the version that may go with it.
type Secret struct {
	Argument      string // the name under which Memory knows it
	Value         types.String
	Version       types.String // as configured
	VersionBefore types.String // as in state
	Stored        bool         // the value itself is stored in state, and so in the plan
}

// Fingerprint is the salted HMAC-SHA256 of a secret, in hex. The salt is made at the first call.
func (m *Memory) Fingerprint(secret string) string {
	if len(m.Salt) == 0 {
		m.Salt = make([]byte, sha256.Size)
		_, _ = rand.Read(m.Salt) // never fails
	}
	mac := hmac.New(sha256.New, m.Salt)
	mac.Write([]byte(secret))
	return hex.EncodeToString(mac.Sum(nil))
}

// RememberSent notes what was sent for a secret, and is its fingerprint: null for none.
func (m *Memory) RememberSent(s Secret) types.String {
	m.Echoed = slices.DeleteFunc(m.Echoed, func(name string) bool { return name == s.Argument })
	if s.Value.IsNull() || s.Value.IsUnknown() {
		delete(m.Sent, s.Argument)
		return types.StringNull()
	}
	if m.Sent == nil {
		m.Sent = map[string]string{}
	}
	m.Sent[s.Argument] = m.Fingerprint(s.Value.ValueString())
	return types.StringValue(m.Sent[s.Argument])
}

// Observe judges what Hero's list shows for a secret, and is the fingerprint that state should show. A missing or masked value
// says nothing. One in clear that matches proves that Hero echoes truthfully; only after that is another one a change.
func (m *Memory) Observe(argument string, inState types.String, shown client.Field[string]) types.String {
	sent, wasSent := m.Sent[argument]
	if shown.Value == nil || client.LooksMasked(*shown.Value) || !wasSent {
		return inState
	}
	live := m.Fingerprint(*shown.Value)
	switch {
	case live == sent && !slices.Contains(m.Echoed, argument):
		m.Echoed = append(m.Echoed, argument)
	case live != sent && !slices.Contains(m.Echoed, argument):
		return inState
	}
	return types.StringValue(live)
}

// Why a secret has to be sent again, for the reader of a plan; empty when it has not.
const (
	VersionChanged = "its version was changed"
	ValueChanged   = "the configured value is not the one that was last sent. If the value is made anew at each run, set a version beside it: then only a changed version counts"
	ValueRemoved   = "it is no longer configured"
	ValueAdded     = "it is configured for the first time"
	ValueUnknown   = "whether it changes is not known before the apply"
	ValueAtHero    = "Hero now has another value than the one that was sent"
)

// MustResend says why a secret has to be sent again, or nothing. With a version set before and now, only the version counts, so that a
// job without the secrets can still plan. A write-only value that is unknown in a plan counts as unchanged, where then nothing is applied. One that
// is stored does not, nor one that gains or loses its version, nor an unknown version: the plan must not promise to keep what the apply then has
// to replace.
func (m *Memory) MustResend(s Secret) string {
	sent, wasSent := m.Sent[s.Argument]
	switch {
	case !s.Version.IsNull() && !s.VersionBefore.IsNull():
		if s.Version.Equal(s.VersionBefore) {
			return ""
		}
		return VersionChanged
	case s.Value.IsUnknown():
		if s.Stored || s.Version.IsNull() != s.VersionBefore.IsNull() {
			return ValueUnknown
		}
		return ""
	case s.Value.IsNull():
		if wasSent && s.Version.IsNull() {
			return ValueRemoved
		}
		return ""
	case !wasSent:
		return ValueAdded
	case m.Fingerprint(s.Value.ValueString()) != sent:
		return ValueChanged
	}
	return ""
}

// MapSecret folds a map into one value: null when the map is null or empty, unknown when it or one of its values is.
func MapSecret(secrets types.Map) types.String {
	plain, known := StringMap(secrets)
	switch {
	case !known:
		return types.StringUnknown()
	case len(plain) == 0:
		return types.StringNull()
	}
	encoded, _ := json.Marshal(plain) //nolint:errchkjson // sorts keys, and cannot fail on strings
	return types.StringValue(string(encoded))
}

// StringMap is a Terraform map of strings in Go; known is false when it, or a value in it, is unknown. Null values are left out.
func StringMap(values types.Map) (plain map[string]string, known bool) {
	if values.IsUnknown() {
		return nil, false
	}
	plain = map[string]string{}
	for name, value := range values.Elements() {
		text, ok := value.(types.String)
		if !ok || text.IsUnknown() {
			return nil, false
		}
		if !text.IsNull() {
			plain[name] = text.ValueString()
		}
	}
	return plain, true
}

// StringElements is a map of strings as Terraform values.
func StringElements(plain map[string]string) map[string]attr.Value {
	elements := make(map[string]attr.Value, len(plain))
	for name, value := range plain {
		elements[name] = types.StringValue(value)
	}
	return elements
}
