package provider_test

import (
	"fmt"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

// oldest is the provider under the oldest Terraform that is supported: no write-only arguments, no ephemeral resources, no identities, no
// queries, no actions. It has functions.
func oldest(t *testing.T, mock *acctest.Mock) *driver.Driver {
	t.Helper()
	return driver.New(t, provider.New(acctest.Version), mock.Config(nil), driver.TerraformVersion("1.8.5"), driver.WithoutWriteOnly())
}

func TestOldestTerraform_managesEverythingThatNeedsNoNewerOne(t *testing.T) {
	t.Parallel()
	for typeName, c := range map[string]struct{ first, second map[string]any }{
		"hero_webhook": {
			map[string]any{"event_type": "appointment.confirmed", "url": "https://hooks.example.com/hero", "headers": map[string]any{"X-Team": "integration"}, "signing_key": "0123456789abcdef0123456789abcdef"},
			map[string]any{"event_type": "appointment.confirmed", "url": "https://hooks.example.com/other"},
		},
		"hero_booking_link": {
			map[string]any{"appointment_type_id": "1", "maximum_use_count": 10},
			map[string]any{"appointment_type_id": "2", "maximum_use_count": 10},
		},
		"hero_practice_group_settings": {
			map[string]any{"name": "Hilltop Medical Centre", "on_destroy": "restore"},
			map[string]any{"name": "Hilltop Medical Centre", "address": map[string]any{"town": "Exampleton"}},
		},
	} {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			d := oldest(t, acctest.NewMock(t, mockapi.Options{}))
			object := d.Resource(typeName)
			for _, config := range []map[string]any{c.first, c.second} {
				object.Apply(config).RequireNoErrors(t)
				object.RequireEmptyPlan(config)
			}
			d.Resource(typeName).Import(object.State().String("id")).RequireNoErrors(t)
			object.Destroy().RequireNoErrors(t)
		})
	}
}

func TestOldestTerraform_readsDataAndCallsFunctions(t *testing.T) {
	t.Parallel()
	d := oldest(t, acctest.NewMock(t, mockapi.Options{Seed: mockapi.Seed{Webhooks: 2, BookingLinks: 2}}))
	for _, typeName := range []string{"hero_webhooks", "hero_booking_links", "hero_network", "hero_practice_group", "hero_forms"} {
		if got, diags := d.ReadDataSource(typeName, nil); diags.HasErrors() || got == nil {
			t.Errorf("%s: %v, %s", typeName, got, diags)
		}
	}
	if events, err := d.CallFunction("webhook_event_types"); err != nil || len(fmt.Sprint(events)) < 100 {
		t.Errorf("got %v, %v", events, err)
	}
}

func TestOldestTerraform_isToldThatItHasNoWriteOnlyArguments(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	d := oldest(t, mock)
	for typeName, config := range map[string]map[string]any{
		"hero_webhook": {"event_type": "appointment.confirmed", "url": "https://hooks.example.com/hero", "signing_key_wo": "0123456789abcdef0123456789abcdef"},
		"hero_practice_group_settings": {"prescription_partner_credentials": map[string]any{
			"email": "rx@example.nhs.uk", "password_wo": "a password", "password_wo_version": "1",
		}},
	} {
		d.Resource(typeName).Apply(config).RequireError(t, "1.11")
	}
	if calls := len(mock.Requests()); calls != 0 {
		t.Errorf("%d calls to Hero", calls)
	}
}
