package kit

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Memory is what a resource keeps in Terraform's private state: what is needed to judge what Hero says, and must not or need not be
// seen. It holds no secret, only salted fingerprints of secrets.
type Memory struct {
	// Origin is the server that the object was created on or imported from, see [client.Client.Origin].
	Origin string `json:"origin,omitempty"`
	// Home is the practice group that the object lives in: a replacement, of which the second plan knows no state, stays there.
	Home string `json:"home,omitempty"`
	// Imported is set until the first apply after the import of a booking link, whose date is one reading of Hero's time.
	Imported bool `json:"imported,omitempty"`
	// Baseline is, by argument, where Hero's answer at creation was not what was configured, see [Memory.Settle].
	Baseline map[string]Deviation `json:"baseline,omitempty"`
	// Unverified are the arguments that an import could not fill, until an apply takes them from the configuration.
	Unverified []string `json:"unverified,omitempty"`
	// Salt and Sent are the salt, and by argument the fingerprints, of the secrets that were last sent to Hero.
	Salt []byte            `json:"salt,omitempty"`
	Sent map[string]string `json:"sent,omitempty"`
	// Shown is, by argument, the fingerprint of a secret that Hero itself shows in clear.
	Shown map[string]string `json:"shown,omitempty"`
	// Echoed are the secrets that Hero's list once showed truthfully: only then is another value there believed to be a change.
	Echoed []string `json:"echoed,omitempty"`
	// HiddenHeaders are the names of a webhook's headers that came from headers_wo; ForeignHeaders those that an import found at Hero.
	HiddenHeaders  []string `json:"hidden_headers,omitempty"`
	ForeignHeaders []string `json:"foreign_headers,omitempty"`
	// Reason says why a link that should be usable is not, for the next plan; Stillborn, that it has not been usable since it was made.
	Reason    string `json:"reason,omitempty"`
	Stillborn bool   `json:"stillborn,omitempty"`
	// Originals are, by argument, the values that settings had before Terraform managed them; LastSet what Terraform last set.
	Originals map[string]*string `json:"originals,omitempty"`
	LastSet   map[string]*string `json:"last_set,omitempty"`
	// Moves is set by the plan that replaces settings to move them to another practice group, for the second plan of that replacement.
	Moves bool `json:"moves,omitempty"`
}

// Deviation is an argument that Hero answered otherwise than asked; "" stands for no value.
type Deviation struct {
	Asked    string `json:"asked,omitempty"`
	Answered string `json:"answered,omitempty"`
}

// IsUnverified reports whether an import could not fill an argument, and no apply has taken it from the configuration since.
func (m Memory) IsUnverified(argument string) bool { return slices.Contains(m.Unverified, argument) }

// Practice is the practice group that the object, or the one that a plan replaces, lives in; null for a new object.
func (m Memory) Practice() types.String {
	if m.Home == "" {
		return types.StringNull()
	}
	return types.StringValue(m.Home)
}

// Judge notes why a link cannot be used, or "" for one that can be.
func (m *Memory) Judge(reason string) {
	m.Reason, m.Stillborn = reason, m.Stillborn && reason != ""
}

const memoryKey = "hero"

type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// Recall reads the memory out of private state. An object without any (a tainted one, say) has an empty memory.
func Recall(ctx context.Context, private privateReader, diags *diag.Diagnostics) Memory {
	var memory Memory
	stored, problems := private.GetKey(ctx, memoryKey)
	diags.Append(problems...)
	if len(stored) == 0 {
		return memory
	}
	if err := json.Unmarshal(stored, &memory); err != nil {
		diags.AddError("The private state of this object cannot be read",
			"It was written by a newer version of the provider, or by hand: use that version, or remove the object from state and import it again. "+err.Error())
	}
	return memory
}

// Keep writes the memory into private state.
func (m Memory) Keep(ctx context.Context, private privateWriter, diags *diag.Diagnostics) {
	encoded, err := json.Marshal(m)
	if err != nil {
		diags.AddError("The private state of this object cannot be written", err.Error())
		return
	}
	diags.Append(private.SetKey(ctx, memoryKey, encoded)...)
}
