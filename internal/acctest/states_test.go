package acctest_test

import (
	"encoding/json"
	"flag"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// A release's states are a folder of testdata/states, named after its version: the configuration, the state that the release wrote for it
// (state.json), and what Hero held then (hero.json). UPGRADING.md promises that a newer provider plans nothing for them.
const statesFolder = "testdata/states"

var writeStates = flag.String("write-states", "", "the version of a release: write its folder of testdata/states with the provider as it is here")

// stateSecrets are the write-only values of the configuration. Hero keeps them in clear, so that hero.json holds them; a state must not.
var stateSecrets = map[string]string{
	"signing_key": "a-signing-key-that-nobody-uses-0", "token": "a-token-that-nobody-uses", "password": "a-password-that-nobody-uses",
}

// heroAsItWas is what a mock holds of the practices that the configuration is about.
type heroAsItWas struct {
	Webhooks     []mockapi.Webhook
	BookingLinks []mockapi.BookingLink
	FormLinks    []mockapi.FormLink
	Settings     map[string]mockapi.PracticeSettings
	Originals    map[string]string // the names of the practices before Terraform managed them
}

func statePractices() []string { return []string{"12", "15", "18"} }

func rememberHero(mock *acctest.Mock) heroAsItWas {
	h := heroAsItWas{Settings: map[string]mockapi.PracticeSettings{}, Originals: map[string]string{}}
	for _, practice := range statePractices() {
		h.Webhooks = append(h.Webhooks, mock.Webhooks(practice)...)
		h.BookingLinks = append(h.BookingLinks, mock.BookingLinks(practice)...)
		h.FormLinks = append(h.FormLinks, mock.FormLinks(practice)...)
		h.Settings[practice] = mock.Settings(practice)
	}
	return h
}

func (h heroAsItWas) again(t *testing.T) *acctest.Mock {
	t.Helper()
	mock := acctest.NewMock(t, mockapi.Options{})
	for _, w := range h.Webhooks {
		mock.AddWebhook(w)
	}
	for _, link := range h.BookingLinks {
		mock.AddBookingLink(link)
	}
	for _, link := range h.FormLinks {
		mock.AddFormLink(link)
	}
	for practice, settings := range h.Settings {
		mock.ChangeSettings(practice, func(s *mockapi.PracticeSettings) { *s = settings })
	}
	return mock
}

// changesAt is how many of the mock's requests changed something.
func changesAt(mock *acctest.Mock) int { return mock.Count("", "") - mock.Count(http.MethodGet, "") }

// forStates is the real terraform with a configuration of the states.
func forStates(t *testing.T, mock *acctest.Mock, configuration string) *acctest.CLI {
	t.Helper()
	env := map[string]string{"HERO_BASE_URL": mock.URL, "HERO_API_KEY": mockapi.DefaultAPIKey, "HERO_PRACTICE_GROUP_ID": mockapi.DefaultOwnPracticeID}
	for name, value := range stateSecrets {
		env["TF_VAR_"+name] = value
	}
	return acctest.Terraform(t, acctest.TerraformOptions{Files: map[string]string{"main.tf": configuration}, Env: env})
}

func TestStates_ofEveryReleaseAreUnderstoodAndPlanNothing(t *testing.T) {
	t.Parallel()
	if *writeStates != "" {
		writeStatesOf(t, *writeStates)
	}
	folders, err := filepath.Glob(filepath.Join(statesFolder, "*", "state.json"))
	if err != nil || len(folders) == 0 {
		t.Fatalf("no states in %s (%v)", statesFolder, err)
	}
	for _, state := range folders {
		folder := filepath.Dir(state)
		t.Run(filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			acctest.AssertNoSecrets(t, map[string][]byte{state: []byte(read(t, state))}, slices.Collect(maps.Values(stateSecrets))...)
			var was heroAsItWas
			if err := json.Unmarshal([]byte(read(t, filepath.Join(folder, "hero.json"))), &was); err != nil {
				t.Fatal(err)
			}
			mock := was.again(t)
			c := forStates(t, mock, read(t, filepath.Join(folder, "main.tf")))
			c.Needs("1.11", "1.11") // write-only arguments
			content := read(t, state)
			if product, _ := c.Version(); product == "OpenTofu" {
				content = strings.ReplaceAll(content, "registry.terraform.io/", "registry.opentofu.org/")
			}
			c.Write("terraform.tfstate", content)

			plan := c.Plan().RequireExit(t, 0)
			if strings.Count(plan.Stdout, "Warning:") > 1 { // the one is terraform's, of the development override
				t.Errorf("the plan warns: %s", plan)
			}
			c.Apply("-refresh-only").RequireExit(t, 0)
			c.Plan().RequireExit(t, 0)
			if n := changesAt(mock); n > 0 {
				t.Errorf("%d changes were made at Hero", n)
			}

			c.Destroy().RequireExit(t, 0) // private state is understood as well
			for _, practice := range statePractices() {
				if left := mock.Webhooks(practice); len(left) > 0 {
					t.Errorf("webhooks of practice %s are left: %+v", practice, left)
				}
			}
			if name := mock.Settings("12").Name; name != was.Originals["12"] {
				t.Errorf("the settings were restored to %q, not to %q", name, was.Originals["12"])
			}
		})
	}
}

func writeStatesOf(t *testing.T, version string) {
	t.Helper()
	if !regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(version) {
		t.Fatalf("%q is not a version such as 0.1.0", version)
	}
	configuration := read(t, filepath.Join(statesFolder, "main.tf"))
	mock := acctest.NewMock(t, mockapi.Options{})
	originals := map[string]string{}
	for _, practice := range statePractices() {
		originals[practice] = mock.Settings(practice).Name
	}
	c := forStates(t, mock, configuration)
	c.Apply().RequireExit(t, 0)
	c.Apply().RequireExit(t, 0) // what a first refresh adds to private state is part of it
	c.Plan().RequireExit(t, 0)
	was := rememberHero(mock)
	was.Originals = originals
	hero, err := json.MarshalIndent(was, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(statesFolder, version)
	if err := os.MkdirAll(folder, 0o750); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"main.tf": configuration, "state.json": read(t, filepath.Join(c.Dir, "terraform.tfstate")), "hero.json": string(hero) + "\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("wrote %s", folder)
}

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
