package main

import (
	"strings"
	"testing"

	"golang.org/x/tools/cover"
)

const profile = `mode: atomic
github.com/herohealth/terraform-provider-hero/internal/client/client.go:1.1,2.1 9 1
github.com/herohealth/terraform-provider-hero/internal/client/client.go:3.1,4.1 1 0
github.com/herohealth/terraform-provider-hero/internal/client/client.go:3.1,4.1 1 0
github.com/herohealth/terraform-provider-hero/internal/provider/provider.go:1.1,2.1 1 0
github.com/herohealth/terraform-provider-hero/internal/provider/provider.go:1.1,2.1 1 3
github.com/herohealth/terraform-provider-hero/internal/provider/webhook/resource.go:1.1,2.1 1 0
github.com/herohealth/terraform-provider-hero/internal/mockapi/server.go:1.1,2.1 100 0
`

func TestReport(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		profile string
		minimum float64
		enough  bool
		lines   []string
	}{
		{
			"a part under the minimum fails alone", profile, 85, false,
			[]string{"internal/client: 90.0 % of 10 statements: enough", "internal/provider: 50.0 % of 2 statements: under 85 %"},
		},
		{"both above", profile, 50, true, []string{"internal/provider: 50.0 % of 2 statements: enough"}},
		{"a part that was not measured fails", "mode: atomic\n", 0, false, []string{"internal/client: not in the profile"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			profiles, err := cover.ParseProfilesFromReader(strings.NewReader(test.profile))
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			if enough := report(&out, profiles, test.minimum); enough != test.enough {
				t.Errorf("enough is %t, want %t", enough, test.enough)
			}
			for _, line := range test.lines {
				if !strings.Contains(out.String(), line) {
					t.Errorf("%q is missing in:\n%s", line, out.String())
				}
			}
		})
	}
}
