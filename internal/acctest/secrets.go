package acctest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"sort"
	"strings"
	"testing"
)

// shortestSecret is how long a secret must be, in bytes, to be searched for: anything shorter is found by chance.
const shortestSecret = 8

// AssertNoSecrets fails the test when one of the haystacks (name to content: a state, a plan, a log) holds one of the
// secrets, as it is or encoded: JSON, URL, hexadecimal, or base64 at any offset and also twice over, which is how private
// state keeps values in a state file. The message says which secret by its number, and never shows it.
func AssertNoSecrets(tb testing.TB, haystacks map[string][]byte, secrets ...string) {
	tb.Helper()
	if len(haystacks) == 0 || len(secrets) == 0 {
		tb.Fatal("nothing to search, or nothing to search for: this check could not fail")
	}
	for i, secret := range secrets {
		if len(secret) < shortestSecret {
			tb.Fatalf("secret %d has %d bytes: use at least %d, so that it is not found by chance", i+1, len(secret), shortestSecret)
		}
	}
	for _, leak := range findSecrets(haystacks, secrets) {
		tb.Error(leak)
	}
}

// findSecrets describes every leak, one per haystack, secret and form.
func findSecrets(haystacks map[string][]byte, secrets []string) []string {
	var leaks []string
	for i, secret := range secrets {
		for form, needles := range encodings(secret) {
			for name, content := range haystacks {
				for _, needle := range needles {
					if at := bytes.Index(content, []byte(needle)); at >= 0 {
						leaks = append(leaks, fmt.Sprintf("%s holds secret %d (%s) at byte %d of %d", name, i+1, form, at, len(content)))
						break
					}
				}
			}
		}
	}
	sort.Strings(leaks)
	return leaks
}

// encodings are the forms in which a secret may appear. A form that equals the plain secret is left out.
func encodings(secret string) map[string][]string {
	forms := map[string][]string{
		"plain":          {secret},
		"URL-escaped":    {url.QueryEscape(secret), url.PathEscape(secret)},
		"JSON-escaped":   {jsonText(secret, true), jsonText(secret, false)},
		"JSON in JSON":   {jsonText(jsonText(secret, true), true), jsonText(jsonText(secret, false), false)},
		"quoted by Go":   {strings.Trim(fmt.Sprintf("%q", secret), `"`)},
		"hexadecimal":    {hex.EncodeToString([]byte(secret)), strings.ToUpper(hex.EncodeToString([]byte(secret)))},
		"base64":         base64Anywhere(secret),
		"base64 (twice)": nil,
	}
	for _, once := range forms["base64"] {
		forms["base64 (twice)"] = append(forms["base64 (twice)"], base64Anywhere(once)...)
	}
	for form, needles := range forms {
		if form != "plain" {
			forms[form] = slices.DeleteFunc(needles, func(needle string) bool { return needle == secret })
		}
	}
	return forms
}

func jsonText(s string, escapeHTML bool) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(escapeHTML)
	if err := encoder.Encode(s); err != nil {
		panic("acctest: a string has no JSON form: " + err.Error())
	}
	return strings.Trim(strings.TrimSpace(b.String()), `"`)
}

// base64Anywhere are the characters that base64 always has for s inside a longer text, for each of the three ways in
// which s can lie on base64's groups of three bytes. The characters at the edges, which depend on the neighbours, are
// left out.
func base64Anywhere(s string) []string {
	var needles []string
	for offset := range 3 {
		padded := strings.Repeat("\x00", offset) + s
		for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			encoded := alphabet.EncodeToString([]byte(padded))
			from := (offset*8 + 5) / 6
			to := len(padded) * 8 / 6
			if needle := encoded[from:to]; !slices.Contains(needles, needle) {
				needles = append(needles, needle)
			}
		}
	}
	return needles
}
