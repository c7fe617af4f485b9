package acctest

import (
	"os"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

// StagingURL begins the URL of every webhook that tests make at Hero's staging, so that what is left of them can be found and deleted. The
// host belongs to documentation and receives nothing for anybody.
const StagingURL = "https://example.com/made-by-the-tests-of-terraform-provider-hero/"

// Staging is a provider block for Hero's staging, configured by the environment. It skips the test unless TF_ACC=1 asks for tests on a
// real server (make testacc), and refuses any other server than staging: these tests write.
func Staging(t testing.TB) string {
	t.Helper()
	if os.Getenv("TF_ACC") != "1" {
		t.Skip("not run: TF_ACC=1 and HERO_API_KEY run it against Hero's staging (make testacc)")
	}
	if os.Getenv("HERO_ENVIRONMENT") != "staging" || os.Getenv("HERO_API_KEY") == "" || os.Getenv("HERO_PRACTICE_GROUP_ID") == "" {
		t.Fatal("set HERO_ENVIRONMENT=staging, HERO_API_KEY and HERO_PRACTICE_GROUP_ID: this test makes and deletes objects there, and nowhere else")
	}
	return "provider \"hero\" {}\n"
}

// StagingFactories is [Factories] with the system's clock: a real server is waited for.
func StagingFactories() map[string]func() (tfprotov6.ProviderServer, error) {
	return Factories(provider.WithClock(nil))
}
