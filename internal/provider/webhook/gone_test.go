package webhook_test

import (
	"net/http"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestGone_provenAbsenceRemovesWithAWarningAndThePlanCreates(t *testing.T) {
	t.Parallel()
	for name, options := range answers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock, hook := created(t, options, secretConfig(nil))
			id := stored(t, mock).ID
			mock.RemoveWebhook(id)
			hook = nextRun(t, mock, hook)
			requireOnly(t, hook.Refresh(), "The webhook "+id+" of practice group 12 is gone")
			if hook.State() != nil {
				t.Fatal("it is still in state")
			}
			hook.Apply(secretConfig(nil)).RequireNone(t)
			hook.RequireEmptyPlan(secretConfig(nil))
		})
	}
}

func TestGone_nothingElseRemoves(t *testing.T) {
	t.Parallel()
	status := func(code int) mockapi.Fault { return mockapi.Fault{Kind: mockapi.FaultStatus, Status: code} }
	body := func(text string) mockapi.Fault {
		return mockapi.Fault{Kind: mockapi.FaultStatus, Status: http.StatusOK, Body: text}
	}
	for name, fault := range map[string]mockapi.Fault{
		"401":                        status(http.StatusUnauthorized),
		"403":                        status(http.StatusForbidden),
		"404 on the list":            status(http.StatusNotFound),
		"410 on the list":            status(http.StatusGone),
		"500":                        status(http.StatusInternalServerError),
		"a gateway's page":           {Kind: mockapi.FaultHTML},
		"200 with a page":            {Kind: mockapi.FaultHTML, Status: http.StatusOK},
		"200 with a text":            {Kind: mockapi.FaultNotJSON},
		"200 with nothing":           {Kind: mockapi.FaultEmpty},
		"204":                        {Kind: mockapi.FaultEmpty, Status: http.StatusNoContent},
		"null":                       body(`null`),
		"an empty object":            body(`{}`),
		"null for data":              body(`{"data":null,"count":0}`),
		"an unknown envelope":        body(`{"webhooks":[]}`),
		"a count above the items":    body(`{"data":[],"count":1}`),
		"a count in text above them": body(`{"data":[],"count":"2"}`),
		"an item without an id":      body(`{"data":[{"url":"https://x.example"}],"count":1}`),
		"an error with status 200":   body(`{"error":true,"statusCode":404,"message":"not found"}`),
		"truncated":                  {Kind: mockapi.FaultTruncated},
		"dropped":                    {Kind: mockapi.FaultDropBefore},
		"a redirect to another host": {Kind: mockapi.FaultRedirect, Location: "http://127.0.0.2:1/v1/webhooks"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock, hook := created(t, mockapi.Options{}, webhookConfig(nil))
			mock.RemoveWebhook(stored(t, mock).ID)
			fault.Method = http.MethodGet
			mock.Fault(fault)
			hook = nextRun(t, mock, hook)
			diags := hook.Refresh()
			diags.RequireError(t, "Reading webhook "+hook.State().String("id")+" of practice group 12 failed")
			if hook.State() == nil || len(diags) != 1 {
				t.Errorf("state %v\n%s", hook.State(), diags)
			}
		})
	}
}

func TestGone_anUnreachablePracticeIsKeptOnlyWhereTheProviderSaysSo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, policy, practice string
		status                 int
		kept                   bool
	}{
		{"403 of another practice", "keep_state", "15", http.StatusForbidden, true},
		{"401 of another practice", "keep_state", "15", http.StatusUnauthorized, true},
		{"403 of the provider's own", "keep_state", "12", http.StatusForbidden, false},
		{"404 of another practice", "keep_state", "15", http.StatusNotFound, false},
		{"500 of another practice", "keep_state", "15", http.StatusInternalServerError, false},
		{"403 of another practice by default", "", "15", http.StatusForbidden, false},
		{"403 of another practice with error", "error", "15", http.StatusForbidden, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			config := webhookConfig(map[string]any{"practice_group_id": c.practice})
			mock, hook := created(t, mockapi.Options{}, config)
			mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: c.status, Practice: c.practice})
			changes := map[string]any{}
			if c.policy != "" {
				changes["on_unreachable_practice"] = c.policy
			}
			before := hook.State()
			hook = hook.On(mock.Driver(t, changes))
			diags := hook.Refresh()
			if !c.kept {
				diags.RequireError(t, "Reading webhook")
				return
			}
			requireOnly(t, diags, "Practice group 15 cannot be reached: webhook "+before.String("id")+" is kept as it was")
			if hook.State().String("id") != before.String("id") || hook.Identity().String("id") != before.String("id") {
				t.Errorf("state %v", hook.State())
			}
			if plan := hook.Plan(config); plan.Action != driver.NoOp {
				t.Errorf("planned %s", plan.Action)
			}
			hook.Destroy().RequireError(t, "Deleting webhook") // writes still fail
			if hook.State() == nil {
				t.Error("it left the state")
			}
		})
	}
}

func TestDelete_a404IsBelievedOnlyWhenAFreshListLacksTheWebhook(t *testing.T) {
	t.Parallel()
	t.Run("it is gone", func(t *testing.T) {
		t.Parallel()
		mock, hook := created(t, mockapi.Options{}, webhookConfig(nil))
		mock.RemoveWebhook(stored(t, mock).ID)
		hook.Destroy().RequireNone(t)
		if hook.State() != nil {
			t.Error("it is still in state")
		}
	})
	t.Run("the path is wrong", func(t *testing.T) {
		t.Parallel()
		mock, hook := created(t, mockapi.Options{}, webhookConfig(nil))
		mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: http.StatusNotFound, Method: http.MethodDelete})
		hook.Destroy().RequireError(t, "the list of webhooks still holds it")
		if hook.State() == nil || len(mock.Webhooks("12")) != 1 {
			t.Error("it left the state")
		}
	})
	t.Run("the list cannot be read", func(t *testing.T) {
		t.Parallel()
		mock, hook := created(t, mockapi.Options{}, webhookConfig(nil))
		mock.RemoveWebhook(stored(t, mock).ID)
		mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: http.MethodGet})
		hook.Destroy().RequireError(t, "could not be checked")
		if hook.State() == nil {
			t.Error("it left the state")
		}
	})
	t.Run("an error is an error", func(t *testing.T) {
		t.Parallel()
		mock, hook := created(t, mockapi.Options{}, webhookConfig(nil))
		mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: http.StatusForbidden, Method: http.MethodDelete})
		hook.Destroy().RequireError(t, "Deleting webhook "+hook.State().String("id")+" of practice group 12 failed")
		if hook.State() == nil {
			t.Error("it left the state")
		}
	})
}
