package webhook

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// headersTold is the key under which memory notes that Hero shows an imported webhook's headers at all.
const headersTold = "headers"

// rememberShown notes what Hero shows of an imported webhook's secrets, as fingerprints, for the first plan to compare with.
func rememberShown(found *client.Webhook, memory *kit.Memory) {
	memory.Shown, memory.ForeignHeaders = map[string]string{}, nil
	if key := found.SigningKey.Or(""); key != "" && !client.LooksMasked(key) {
		memory.Shown["signing_key"] = memory.Fingerprint(key)
	}
	if !found.Headers.Told {
		return
	}
	memory.Shown[headersTold] = ""
	for name, value := range found.Headers.Or(nil) {
		memory.ForeignHeaders = append(memory.ForeignHeaders, name)
		if !client.LooksMasked(value) {
			memory.Shown[shownHeader(name)] = memory.Fingerprint(value)
		}
	}
	slices.Sort(memory.ForeignHeaders)
}

// adopt plans the first change after an import. What Hero does not show is taken from the configuration in place; only what Hero shows
// to be otherwise replaces. It returns the replacements' causes that the plan cannot show.
func adopt(config, state model, planned *model, memory kit.Memory, replacing *path.Paths, diags *diag.Diagnostics) (hidden []string) {
	var unverified []string
	switch {
	case !memory.IsUnverified("description"), config.Description.Equal(state.Description):
	case state.Description.IsNull():
		unverified = append(unverified, "description")
	default: // against the documentation, Hero told it
		replacing.Append(path.Root("description"))
	}
	if key := config.signingKey(state).Value; memory.IsUnverified("signing_key") && !key.IsNull() {
		planned.SigningKeyFingerprint = types.StringUnknown()
		switch shown, ok := memory.Shown["signing_key"]; {
		case !ok || key.IsUnknown():
			unverified = append(unverified, "signing_key")
		case memory.Fingerprint(key.ValueString()) != shown:
			replacing.Append(path.Root("signing_key_fingerprint"))
			hidden = append(hidden, "signing_key: Hero shows another key than the configured one")
		}
	}
	if memory.IsUnverified("headers") {
		planned.HeadersWOFingerprint = unknownUnlessNull(config.secretHeaders(state).Value)
		wrong, unseen := compareShownHeaders(config, memory)
		unverified = append(unverified, unseen...)
		if len(wrong) > 0 {
			at := path.Root("headers")
			if config.Headers.IsNull() {
				at = path.Root("headers_wo_fingerprint")
			}
			replacing.Append(at)
			hidden = append(hidden, "headers: Hero shows another value, or none, for "+strings.Join(wrong, ", "))
		}
	}
	if len(*replacing) == 0 {
		kit.WarnUnverified(state.name(), state.PracticeGroupID.ValueString(), unverified, diags)
	}
	return hidden
}

// verified are the arguments that the first apply after an import settles. A key or headers that Hero shows, and that nobody configured yet, are
// still to be compared with what is configured later.
func (m model) verified(memory kit.Memory) []string {
	arguments := []string{"description"}
	if _, shown := memory.Shown["signing_key"]; !shown || kit.Given(m.signingKey(model{}).Value) {
		arguments = append(arguments, "signing_key")
	}
	if _, told := memory.Shown[headersTold]; !told || len(m.Headers.Elements())+len(m.HeadersWO.Elements()) > 0 {
		arguments = append(arguments, "headers", "headers_wo")
	}
	return arguments
}

// compareShownHeaders sorts the configured headers by what Hero shows: another value or none at all, and what cannot be told.
func compareShownHeaders(config model, memory kit.Memory) (wrong, unseen []string) {
	wanted, known := sentHeaders(config)
	if !known {
		return nil, []string{"headers"}
	}
	_, told := memory.Shown[headersTold]
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		shown, inClear := memory.Shown[shownHeader(name)]
		switch {
		case inClear && shown == memory.Fingerprint(wanted[name]):
		case inClear, told && !holdsFold(memory.ForeignHeaders, name):
			wrong = append(wrong, name)
		default:
			unseen = append(unseen, "header "+name)
		}
	}
	return wrong, unseen
}

func names(headers types.Map) []string {
	return slices.Sorted(maps.Keys(headers.Elements()))
}
