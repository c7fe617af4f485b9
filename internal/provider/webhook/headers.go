package webhook

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/net/http/httpguts"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// headerNames validates a map of headers: what HTTP forbids, and what Hero or HTTP sets itself. Where the map is shown in plans, headers
// that look like credentials are a warning that names the argument where secrets go.
type headerNames struct{ secretsGoTo string }

func (headerNames) Description(context.Context) string {
	return "names and values must be allowed in HTTP, and not be reserved"
}

func (v headerNames) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateMap implements [validator.Map].
func (v headerNames) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	seen := map[string]string{}
	for name, value := range req.ConfigValue.Elements() {
		at := req.Path.AtMapKey(name)
		lower := strings.ToLower(name)
		if other, twice := seen[lower]; twice {
			resp.Diagnostics.AddAttributeError(at, "The header is given twice", fmt.Sprintf("HTTP does not tell %q and %q apart: keep one.", other, name))
		}
		seen[lower] = name
		switch text, _ := value.(types.String); {
		case !httpguts.ValidHeaderFieldName(name):
			resp.Diagnostics.AddAttributeError(at, "The header's name is not allowed in HTTP", fmt.Sprintf("%q has a character that a header's name cannot have (such as a space or a colon), or is empty.", name))
		case reservedHeader(lower):
			resp.Diagnostics.AddAttributeError(at, "The header is reserved", fmt.Sprintf("%s is set by HTTP itself or by Hero for each delivery, and cannot be chosen.", name))
		case text.IsNull() && !text.IsUnknown():
			resp.Diagnostics.AddAttributeError(at, "The header has no value", fmt.Sprintf("Give %s a value, or remove it from the map.", name))
		case !text.IsUnknown() && text.ValueString() == "":
			resp.Diagnostics.AddAttributeError(at, "The header's value is empty", fmt.Sprintf("Give %s a value, or remove it from the map.", name))
		case !text.IsUnknown() && !httpguts.ValidHeaderFieldValue(text.ValueString()):
			resp.Diagnostics.AddAttributeError(at, "The header's value is not allowed in HTTP", fmt.Sprintf("The value of %s has a control character, such as a line break at its end. Trim it, for example with trimspace().", name))
		case v.secretsGoTo != "" && looksLikeCredential(lower):
			resp.Diagnostics.AddAttributeWarning(at, fmt.Sprintf("The header %s looks like a credential", name), fmt.Sprintf("What is in headers is shown in plans. Move it to %s, whose values never are.", v.secretsGoTo))
		}
	}
}

func reservedHeader(lower string) bool {
	return slices.Contains([]string{"host", "content-length", "content-type", "transfer-encoding", "connection", "upgrade", "trailer", "te", "keep-alive"}, lower) ||
		strings.HasPrefix(lower, "x-herohealth-")
}

func looksLikeCredential(lower string) bool {
	for _, mark := range []string{"authorization", "cookie", "token", "secret", "key", "password"} {
		if strings.Contains(lower, mark) {
			return true
		}
	}
	return false
}

// checkSameHeader refuses a name that is in both maps.
func checkSameHeader(headers, secrets types.Map, diags *diag.Diagnostics) {
	for name := range headers.Elements() {
		for secret := range secrets.Elements() {
			if strings.EqualFold(name, secret) {
				diags.AddAttributeError(path.Root("headers_wo").AtMapKey(secret), "The header is in both headers and headers_wo",
					fmt.Sprintf("Both maps are sent together, so %s can stand in one of them only. Keep it in headers_wo if it is secret.", secret))
			}
		}
	}
}

// sentHeaders merges both maps, as they go to Hero. known is false while a value in them is unknown.
func sentHeaders(config model) (merged map[string]string, known bool) {
	merged, known = kit.StringMap(config.Headers)
	secret, knownSecret := kit.StringMap(config.HeadersWO)
	for name, value := range secret {
		if merged != nil {
			merged[name] = value
		}
	}
	return merged, known && knownSecret
}

// refreshHeaders is the headers argument after Hero was read. Headers that came from headers_wo, and those that an import found, stay
// out of it; so do values that Hero masks. Names are compared without case.
func refreshHeaders(inState types.Map, memory *kit.Memory, told client.Field[map[string]string]) types.Map {
	if !told.Told || memory.IsUnverified("headers") {
		return inState
	}
	before, _ := kit.StringMap(inState)
	shown := map[string]string{}
	for name, value := range told.Or(nil) {
		ours, configured := findFold(slices.Collect(maps.Keys(before)), name)
		_, hidden := findFold(memory.HiddenHeaders, name)
		_, foreign := findFold(memory.ForeignHeaders, name)
		switch masked := client.LooksMasked(value); {
		case hidden, !configured && (foreign || masked):
		case configured && masked:
			shown[ours] = before[ours]
		case configured:
			shown[ours] = value
		default:
			shown[name] = value
		}
	}
	asked, settled := memory.AskedFor("headers", kit.MapSecret(mapFrom(shown)).ValueString())
	switch {
	case maps.Equal(shown, before), settled && asked == kit.MapSecret(inState).ValueString():
		return inState
	case settled:
		shown = nil
		_ = json.Unmarshal([]byte(asked), &shown) // ours, or "" for none
	}
	return mapFrom(shown)
}

// shownSecretHeaders is what Hero shows of headers_wo, spelt as it was sent. It tells nothing unless Hero shows each of them in clear.
func shownSecretHeaders(memory *kit.Memory, told client.Field[map[string]string]) client.Field[string] {
	shown := map[string]string{}
	for name, value := range told.Or(nil) {
		if hidden, ok := findFold(memory.HiddenHeaders, name); ok && !client.LooksMasked(value) {
			shown[hidden] = value
		}
	}
	if len(shown) < len(memory.HiddenHeaders) {
		return client.Field[string]{}
	}
	return client.Tell(kit.MapSecret(mapFrom(shown)).ValueString())
}

// compareHeaders adds a create's headers to its deviations. Values of headers_wo are neither compared nor shown.
func compareHeaders(deviations *kit.Deviations, planned types.Map, memory *kit.Memory, told client.Field[map[string]string]) {
	shown := refreshHeaders(planned, memory, told)
	if !told.Told || shown.Equal(planned) {
		return
	}
	deviations.Argument("headers", kit.MapSecret(planned), client.Tell(kit.MapSecret(shown).ValueString()))
}

func mapFrom(plain map[string]string) types.Map {
	if len(plain) == 0 {
		return types.MapNull(types.StringType)
	}
	return types.MapValueMust(types.StringType, kit.StringElements(plain))
}

// findFold is the name as it is spelt among names, where case does not count.
func findFold(names []string, name string) (spelt string, ok bool) {
	i := slices.IndexFunc(names, func(known string) bool { return strings.EqualFold(known, name) })
	if i < 0 {
		return "", false
	}
	return names[i], true
}

func holdsFold(names []string, name string) bool {
	_, ok := findFold(names, name)
	return ok
}

// sameHeaders reports whether two maps send the same headers: none and an empty map do.
func sameHeaders(a, b types.Map) bool {
	return a.Equal(b) || !a.IsUnknown() && !b.IsUnknown() && len(a.Elements())+len(b.Elements()) == 0
}
