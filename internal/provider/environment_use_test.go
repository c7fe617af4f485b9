//nolint:paralleltest // t.Setenv forbids it
package provider_test

import (
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestProvider_addsToItsUserAgentWhatTheEnvironmentAsksFor(t *testing.T) {
	for _, c := range []struct{ appended, want string }{{" team/1.0 ", " team/1.0"}, {"", "Terraform/1.14.0"}, {"two\nlines", "Terraform/1.14.0"}} {
		t.Setenv("TF_APPEND_USER_AGENT", c.appended)
		mock := acctest.NewMock(t, mockapi.Options{})
		webhooks(t, mock.Driver(t, nil)).RequireNone(t)
		if got := mock.Requests()[0].Header.Get("User-Agent"); !strings.HasSuffix(got, c.want) {
			t.Errorf("User-Agent is %q", got)
		}
	}
}

func TestProvider_readOnlyAndAllowedPracticesAlsoComeFromTheEnvironment(t *testing.T) {
	t.Setenv("HERO_READ_ONLY", "1")
	t.Setenv("HERO_ALLOWED_PRACTICE_GROUP_IDS", "12")
	mock := acctest.NewMock(t, mockapi.Options{})
	d := mock.Driver(t, nil)
	config := map[string]any{"event_type": "appointment.confirmed", "url": "https://hooks.example.com/hero"}
	d.Resource("hero_webhook").Apply(config).RequireError(t, "read-only")
	config["practice_group_id"] = "15"
	d.Resource("hero_webhook").Apply(config).RequireError(t, "HERO_ALLOWED_PRACTICE_GROUP_IDS")
}
