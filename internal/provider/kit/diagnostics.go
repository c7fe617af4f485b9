package kit

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// AddError turns an error of the client into diagnostics: what Hero said, what it means and what to do. Problems with a field that is
// among attributes go onto that attribute. The name of a map is written with "[]": what its problems name are keys.
func AddError(diags *diag.Diagnostics, summary string, err error, attributes ...string) {
	detail := err.Error()
	if advice := Advice(err); advice != "" {
		detail += "\n\n" + advice
	}
	var refused *client.Error
	placed := false
	if errors.As(err, &refused) {
		for _, problem := range refused.Problems {
			if at, found := locate(problem.Path, attributes); found {
				diags.AddAttributeError(at, summary, "Hero does not accept this value: "+problem.String()+".\n\n"+detail)
				placed = true
			}
		}
	}
	if !placed {
		diags.AddError(summary, detail)
	}
}

// locate is where a path of Hero's leads among attributes that are named as for [AddError].
func locate(steps, attributes []string) (at path.Path, found bool) {
	if len(steps) == 0 {
		return path.Empty(), false
	}
	isMap := slices.Contains(attributes, steps[0]+"[]")
	at = path.Root(steps[0])
	for _, step := range steps[1:] {
		if isMap {
			at = at.AtMapKey(step)
		} else {
			at = at.AtName(step)
		}
	}
	return at, isMap || slices.Contains(attributes, steps[0])
}

// Advice says what an error of the client means and what to do about it; empty when its own text says so.
func Advice(err error) string {
	var refused *client.Error
	var lost *client.TransportError
	var shape *client.ShapeError
	var guard *client.GuardError
	switch {
	case errors.As(err, &guard) && guard.Rule == client.PracticeNotAllowed:
		return "Correct practice_group_id, or allow it. Objects of a practice that leaves are still to be read and deleted: allow it until the apply that removes them."
	case errors.Is(err, context.Canceled) && client.MaybeDone(err):
		return "The run was interrupted, and what became of this call is not known. The next plan reads what Hero has then."
	case errors.Is(err, context.Canceled):
		return "The run was interrupted before this was done, and this call changed nothing at Hero. Start it again."
	case errors.As(err, &refused):
		return adviceForStatus(refused.Status)
	case errors.As(err, &shape):
		return "The provider may know Hero's API wrongly here, or something between it and Hero answered in its place. Check base_url; if it is right, please report this."
	case errors.As(err, &lost) && strings.Contains(lost.Error(), "certificate"):
		return "The server's certificate is not trusted. If a proxy of yours re-signs traffic, give its CA in ca_cert_file (HERO_CA_CERT_FILE)."
	case errors.Is(err, client.ErrAnswerTooLarge):
		return "Ask for less: narrow the filters, or read a smaller page with hero_api_request."
	case errors.Is(err, client.ErrIncomplete):
		return "The list may have changed while it was read: try again. If it stays so, please report it: a list that may lack something is not used."
	case errors.As(err, &lost) && lost.Timeout:
		return "Hero or the network is slow: try again, or raise request_timeout (HERO_REQUEST_TIMEOUT)."
	case errors.As(err, &lost):
		return "Check the network, the proxy settings (HTTPS_PROXY) and the provider's environment or base_url, then try again."
	}
	return ""
}

func adviceForStatus(status int) string {
	switch {
	case status < 400: // a redirect that is not followed
		return "Check environment or base_url (HERO_ENVIRONMENT, HERO_BASE_URL), and whether a proxy or a login page stands between this machine and Hero."
	case status == http.StatusUnauthorized:
		return "Hero does not accept the API key. Check api_key (HERO_API_KEY): production and staging have keys of their own, and rotating a key ends the old one at once. Check environment or base_url as well."
	case status == http.StatusForbidden:
		return "The key is valid, but not for this. Check practice_group_id: the practice must be in the same Hero network as the key's own practice. Check also that the key's scopes cover this operation; Hero sets both."
	case status == http.StatusNotFound:
		return "Check the ids, and that base_url or environment is the server that you mean."
	case status == http.StatusBadRequest || status == http.StatusUnprocessableEntity:
		return "Correct the named values and apply again."
	case status >= 400 && status < 500 && status != http.StatusTooManyRequests: // whose error says what to set
		return "Hero does not document this refusal. Look at the object in Hero's portal, correct what the message names, and apply again; ask Hero's support if it names nothing."
	case status >= 500:
		return "Hero, or a gateway before it, has a problem. Nothing in the configuration is wrong for that; apply again later."
	}
	return ""
}

// AddLookError reports a look at Hero that a plan takes only to warn or to show more: an error where an apply is bound to fail as
// well (401, 403, 404), else a warning.
func AddLookError(diags *diag.Diagnostics, summary string, err error) {
	if client.HasStatus(err, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound) {
		AddError(diags, summary, err)
		return
	}
	diags.AddWarning(summary, "The plan goes on without it.\n\n"+err.Error())
}
