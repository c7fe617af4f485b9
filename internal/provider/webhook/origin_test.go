package webhook_test

import (
	"net/http"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestOrigin_anotherServerIsRefusedByReadUpdateAndDelete(t *testing.T) {
	t.Parallel()
	mock, hook := created(t, mockapi.Options{}, webhookConfig(map[string]any{"signing_key": signingKey}))
	moved := webhookConfig(map[string]any{"signing_key_wo": signingKey}) // changes nothing at Hero: an update
	update := hook.Plan(moved)
	destroy := hook.Plan(nil)
	editMemory(t, hook, func(memory map[string]any) {
		if memory["origin"] != "loopback" {
			t.Errorf("remembered %v", memory["origin"])
		}
		memory["origin"] = "https://api.herohealth.net"
	})
	mock.RemoveWebhook(stored(t, mock).ID) // it is not there, and still stays in state
	mock.ResetRequests()

	for name, diags := range map[string]driver.Diagnostics{
		"read": hook.Refresh(), "plan": hook.Plan(moved).Diags, "update": hook.ApplyPlan(update), "delete": hook.Destroy(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			diags.RequireError(t, "https://api.herohealth.net")
			diags.RequireError(t, "configured for loopback")
		})
	}
	if hook.State() == nil || hook.Tainted() {
		t.Error("the webhook left the state")
	}
	if update.Action != driver.Update || destroy.Action != driver.Delete {
		t.Errorf("planned %s and %s", update.Action, destroy.Action)
	}
	if mock.Count("", "") != 0 {
		t.Errorf("calls were made: %+v", mock.Requests())
	}
}

func TestOrigin_isRememberedByImportToo(t *testing.T) {
	t.Parallel()
	mock, made := created(t, mockapi.Options{}, webhookConfig(nil))
	hook := mock.Driver(t, nil).Resource("hero_webhook")
	hook.Import(made.State().String("id")).RequireNone(t)
	editMemory(t, hook, func(memory map[string]any) { memory["origin"] = memory["origin"].(string) + ".elsewhere" })
	hook.Refresh().RequireError(t, "loopback.elsewhere")
}

func TestOrigin_allLoopbackIsOne(t *testing.T) {
	t.Parallel()
	_, hook := created(t, mockapi.Options{}, webhookConfig(nil))
	other, _ := created(t, mockapi.Options{}, webhookConfig(nil))
	other.ChangeWebhook(stored(t, other).ID, func(w *mockapi.Webhook) { w.ID = hook.State().String("id") })
	moved := nextRun(t, other, hook)
	moved.RequireEmptyPlan(webhookConfig(nil))
}

func TestOrigin_aTaintedWebhookHasNoneAndIsDeletedAllTheSame(t *testing.T) {
	t.Parallel()
	mock, hook := created(t, mockapi.Options{}, webhookConfig(nil))
	hook = nextRun(t, mock, hook)
	hook.Taint()
	diags := hook.Apply(webhookConfig(nil))
	diags.RequireNoErrors(t)
	diags.RequireWarning(t, "(If that is the one being replaced, all is well.)")
	if mock.Count(http.MethodDelete, "") != 1 || len(mock.Webhooks("12")) != 1 {
		t.Errorf("requests: %+v", mock.Requests())
	}
	hook.RequireEmptyPlan(webhookConfig(nil))
}
