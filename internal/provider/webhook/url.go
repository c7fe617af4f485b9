package webhook

import (
	"fmt"
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// checkURL judges where deliveries are to go: patients' events travel there.
func checkURL(req validator.StringRequest, value string, resp *validator.StringResponse) {
	target, err := url.Parse(value)
	switch {
	case value == "":
		return // said by NotEmpty
	case err != nil || target.Hostname() == "" || target.Scheme != "https" && target.Scheme != "http" || strings.ContainsAny(value, " \t\r\n"):
		resp.Diagnostics.AddAttributeError(req.Path, "The URL is not one that Hero can deliver to", fmt.Sprintf("%q is not an absolute URL: write it as https://host/path.", redactURL(value)))
		return
	case target.User != nil:
		resp.Diagnostics.AddAttributeError(req.Path, "The URL holds a user name or password", "A URL is stored in state and shown in plans and in Hero's portal. Remove the part before the @, and send the credential in a secret header (headers_wo, or headers_env of an action).")
		return
	}
	if target.Scheme == "http" && !loopbackHost(target.Hostname()) {
		resp.Diagnostics.AddAttributeWarning(req.Path, "A webhook's URL is not encrypted", fmt.Sprintf("Events about patients would travel to %s in clear. Use https.", target.Host))
	}
	for _, name := range slices.Sorted(maps.Keys(target.Query())) {
		if lower := strings.ToLower(name); lower == "sig" || lower == "code" || looksLikeCredential(lower) {
			resp.Diagnostics.AddAttributeWarning(req.Path, "A webhook's URL seems to hold a credential",
				fmt.Sprintf("The query parameter %q looks like one, and a URL is stored in state and shown in plans. Where the receiver allows it, send it in a secret header instead (headers_wo, or headers_env of an action).", name))
		}
	}
}

// redactURL keeps a mistaken URL's userinfo out of messages.
func redactURL(value string) string {
	if at := strings.LastIndex(value, "@"); at >= 0 {
		return "…" + value[at:]
	}
	return value
}

func loopbackHost(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// checkSigningKey warns of keys that can be guessed, and of keys that a receiver will not have letter for letter.
func checkSigningKey(req validator.StringRequest, value string, resp *validator.StringResponse) {
	if strings.TrimSpace(value) != value {
		resp.Diagnostics.AddAttributeWarning(req.Path, "A webhook's signing key begins or ends with white space", "That happens when a key is read from a file, and a receiver that trims its copy then refuses every delivery. Trim it, for example with trimspace().")
	}
	if value != "" && len(value) < 16 {
		resp.Diagnostics.AddAttributeWarning(req.Path, "A webhook's signing key is short", "A key of fewer than 16 characters can be guessed, and a receiver then takes forged deliveries for Hero's. Use 32 random characters or more.")
	}
}
