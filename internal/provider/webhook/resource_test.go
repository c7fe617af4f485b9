package webhook_test

import (
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

const signingKey = "0123456789abcdef0123456789abcdef"

func webhookConfig(changes map[string]any) map[string]any {
	config := map[string]any{"event_type": "appointment.confirmed", "url": "https://hooks.example.com/hero"}
	for argument, value := range changes {
		config[argument] = value
	}
	return config
}

func TestWebhook_isCreatedReadAndDeleted(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]mockapi.Options{
		"all keys":             {},
		"documented keys only": {DocumentedOnly: true},
		"masked keys":          {SigningKeyInCreate: mockapi.EchoMasked, SigningKeyInList: mockapi.EchoMasked, HeadersInCreate: mockapi.EchoMasked, HeadersInList: mockapi.EchoMasked},
		"omitted keys":         {SigningKeyInCreate: mockapi.EchoOmitted, SigningKeyInList: mockapi.EchoOmitted, HeadersInCreate: mockapi.EchoOmitted, HeadersInList: mockapi.EchoOmitted},
		"bare list":            {ListEnvelope: mockapi.EnvelopeBareArray},
		"count as text":        {ListEnvelope: mockapi.EnvelopeCountAsString},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, options)
			hook := mock.Driver(t, nil).Resource("hero_webhook")
			config := webhookConfig(map[string]any{
				"description": "to the integration team", "headers": map[string]any{"X-Team": "integration"},
				"headers_wo": map[string]any{"Authorization": "Bearer abcdefghijkl"}, "signing_key_wo": signingKey,
			})
			plan := hook.Plan(config)
			plan.Diags.RequireNone(t)
			if plan.Action != driver.Create {
				t.Fatalf("planned %s", plan.Action)
			}
			hook.ApplyPlan(plan).RequireNone(t)
			hook.RequireEmptyPlan(config)

			stored := mock.Webhooks("12")
			if len(stored) != 1 || stored[0].SigningKey != signingKey || stored[0].Headers["Authorization"] != "Bearer abcdefghijkl" || stored[0].Headers["X-Team"] != "integration" {
				t.Fatalf("Hero holds %+v", stored)
			}
			if got := hook.State().String("id"); got != stored[0].ID {
				t.Errorf("state has id %s, Hero %s", got, stored[0].ID)
			}
			if !hook.State().IsNull("signing_key_wo") || !hook.State().IsNull("headers_wo") {
				t.Error("write-only arguments are in state")
			}
			hook.Destroy().RequireNone(t)
			if left := mock.Webhooks("12"); len(left) != 0 {
				t.Errorf("left at Hero: %+v", left)
			}
		})
	}
}
