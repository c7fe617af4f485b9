package webhook_test

import (
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestURL_whatHeroCannotDeliverToIsAnError(t *testing.T) {
	t.Parallel()
	hook := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil).Resource("hero_webhook")
	for _, target := range []string{
		"hooks.example.com/hero", "/hero", "//hooks.example.com/hero", "ftp://hooks.example.com", "mailto:team@example.com", "https://", "https:///hero", "https://:8443/hero",
		"https://hooks.example.com:port/", "https://hooks example.com/", "https://hooks.example.com/a b", "https://hooks.example.com/hero\n", "https://hooks.example.com/\r\nX: y", " https://hooks.example.com/",
	} {
		diags := hook.Validate(webhookConfig(map[string]any{"url": target}))
		diags.RequireError(t, "The URL is not one that Hero can deliver to")
		if len(diags) != 1 || diags[0].Attribute != "url" {
			t.Errorf("%q:\n%s", target, diags)
		}
	}
}

func TestURL_userinfoIsAnErrorThatDoesNotRepeatIt(t *testing.T) {
	t.Parallel()
	hook := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil).Resource("hero_webhook")
	for _, target := range []string{"https://ann:opensesame@hooks.example.com/", "https://opensesame@hooks.example.com/", "https://ann:opensesame@hooks.example.com:x/", "ann:opensesame@hooks.example.com"} {
		diags := hook.Validate(webhookConfig(map[string]any{"url": target}))
		if !diags.HasErrors() || strings.Contains(diags.String(), "opensesame") {
			t.Errorf("%q:\n%s", target, diags)
		}
	}
	hook.Validate(webhookConfig(map[string]any{"url": "https://ann:opensesame@hooks.example.com/"})).RequireError(t, "headers_wo")
}

func TestURL_credentialsInTheQueryAndPlainHTTPAreWarnings(t *testing.T) {
	t.Parallel()
	hook := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil).Resource("hero_webhook")
	for target, warning := range map[string]string{
		"https://hooks.example.com/?sig=abcdef":          `"sig"`,
		"https://hooks.example.com/api/fn?code=abcdef":   `"code"`,
		"https://hooks.example.com/?a=b&Token=abcdef":    `"Token"`,
		"https://hooks.example.com/?key=abcdef":          `"key"`,
		"https://hooks.example.com/?access_token=abcdef": `"access_token"`,
		"https://hooks.example.com/?api_key=abcdef":      `"api_key"`,
		"http://hooks.example.com/hero":                  "would travel to hooks.example.com in clear",
		"http://10.0.0.1:8080/hero":                      "would travel to 10.0.0.1:8080 in clear",
		"HTTP://LOCALHOST.example.com/":                  "in clear",
	} {
		diags := hook.Validate(webhookConfig(map[string]any{"url": target}))
		requireOnly(t, diags, warning)
		if strings.Contains(diags.String(), "abcdef") {
			t.Errorf("%q: the credential is repeated:\n%s", target, diags)
		}
	}
	for _, target := range []string{"https://hooks.example.com/?team=a&page=2", "http://localhost:8080/", "http://127.0.0.1/", "http://127.8.9.10/", "http://[::1]:80/hero", "https://[2001:db8::1]/", "HTTPS://hooks.example.com"} {
		hook.Validate(webhookConfig(map[string]any{"url": target})).RequireNone(t)
	}
}
