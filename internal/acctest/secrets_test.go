package acctest

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
)

const secret = `hush "quiet"/<söft>+&words`

func TestFindSecrets_findsEveryForm(t *testing.T) {
	t.Parallel()
	asJSON, err := json.Marshal(map[string]string{"key": secret})
	if err != nil {
		t.Fatal(err)
	}
	nested, err := json.Marshal(string(asJSON))
	if err != nil {
		t.Fatal(err)
	}
	for form, text := range map[string]string{
		"plain":          "key=" + secret + ";",
		"JSON-escaped":   string(asJSON),
		"JSON in JSON":   string(nested),
		"quoted by Go":   fmt.Sprintf("key=%q", secret),
		"hexadecimal":    hex.EncodeToString([]byte("key=" + secret)),
		"URL-escaped":    "https://example.com/?" + url.Values{"key": {secret}}.Encode(),
		"base64":         base64.StdEncoding.EncodeToString([]byte("key=" + secret + ";")),
		"base64 (twice)": base64.StdEncoding.EncodeToString([]byte(`{"k":"` + base64.StdEncoding.EncodeToString([]byte(`"`+secret+`"`)) + `"}`)),
	} {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			for shift := range 3 { // base64 looks different at each
				leaks := findSecrets(map[string][]byte{"log": []byte(strings.Repeat(" ", shift) + text)}, []string{"another secret", secret})
				if !strings.Contains(strings.Join(leaks, "\n"), "log holds secret 2 ("+form+")") {
					t.Errorf("not found, only %v", leaks)
				}
				for _, leak := range leaks {
					if strings.Contains(leak, secret) {
						t.Errorf("the message shows the secret")
					}
				}
			}
		})
	}
}

func TestFindSecrets_findsBase64AtEveryOffset(t *testing.T) {
	t.Parallel()
	for before := range 9 {
		for after := range 4 {
			text := strings.Repeat("x", before) + secret + strings.Repeat("y", after)
			once := base64.URLEncoding.EncodeToString([]byte(text))
			twice := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("z", after) + once))
			if len(findSecrets(map[string][]byte{"a": []byte(once)}, []string{secret})) == 0 {
				t.Errorf("%d bytes before, %d after: not found", before, after)
			}
			if len(findSecrets(map[string][]byte{"a": []byte(twice)}, []string{secret})) == 0 {
				t.Errorf("%d bytes before, %d after: not found when encoded twice", before, after)
			}
		}
	}
}

func TestAssertNoSecrets_passesWhatIsClean(t *testing.T) {
	t.Parallel()
	AssertNoSecrets(t, map[string][]byte{"state": []byte(`{"version": 4, "outputs": {"hush": "quiet words"}}`)}, secret)
}
