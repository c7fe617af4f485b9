package webhook

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// receipt is what a receiver answered to the action's event.
type receipt struct {
	status      int
	contentType string
	body        []byte // at most maxReceipt bytes
	length      int    // of body as it came
	redirect    string // host that a 3xx points to
	took        time.Duration
}

const maxReceipt = 64 << 10

// withhold removes the secrets that were sent, should the receiver repeat them.
func (r *receipt) withhold(secrets []string) {
	const shortest = 4 // hiding less would hide ordinary words
	for _, secret := range secrets {
		if len(secret) >= shortest {
			r.body = bytes.ReplaceAll(r.body, []byte(secret), []byte("(hidden)"))
			r.contentType = strings.ReplaceAll(r.contentType, secret, "(hidden)")
			r.redirect = strings.ReplaceAll(r.redirect, secret, "(hidden)")
		}
	}
}

func (r receipt) summary() string {
	kind := r.contentType
	if kind == "" {
		kind = "no content type"
	}
	size := fmt.Sprintf("%d bytes", r.length)
	if r.length == maxReceipt {
		size = "at least " + size
	}
	status := strings.TrimSpace(fmt.Sprintf("%d %s", r.status, http.StatusText(r.status)))
	return fmt.Sprintf("The receiver answered %s (%s, %s) in %s", status, kind, size, r.took.Round(time.Millisecond))
}

// judge fails the action when the answer is not the expected one.
func (r receipt) judge(config actionModel, host string, signed bool, diags *diag.Diagnostics) {
	expected, fine := "a 2xx status", r.status >= 200 && r.status <= 299
	if !config.ExpectedStatus.IsNull() {
		expected, fine = fmt.Sprintf("status %d", config.ExpectedStatus.ValueInt64()), int64(r.status) == config.ExpectedStatus.ValueInt64()
	}
	if fine {
		return
	}
	detail := r.summary() + ". Expected was " + expected + "."
	switch refused := r.status == http.StatusUnauthorized || r.status == http.StatusForbidden; {
	case r.redirect != "":
		detail += fmt.Sprintf("\n\nIt redirects to %s, which is not followed: use the final URL for the webhook.", r.redirect)
	case refused && signed:
		detail += "\n\nThe receiver may have another signing key, or verify the signature in another way. The guide on receiving webhooks shows how it is made."
	case refused:
		detail += "\n\nThe event was sent unsigned. If the receiver verifies signatures, name the variable that holds the key in signing_key_env."
	}
	diags.AddError(fmt.Sprintf("The receiver at %s did not answer as expected", host), detail)
}

func excerpt(body []byte) string {
	const most = 1000
	text := strings.ToValidUTF8(string(body), "�")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
