package webhook_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// secret is one of the two write-only arguments: the same rules hold for both.
type secret struct {
	argument, version, fingerprint string
	value, other                   any
	change                         func(w *mockapi.Webhook) // at Hero, by somebody else
	back                           func(w *mockapi.Webhook)
}

func secrets() []secret {
	return []secret{
		{
			"signing_key_wo", "signing_key_wo_version", "signing_key_fingerprint", signingKey, otherKey,
			func(w *mockapi.Webhook) { w.SigningKey = otherKey }, func(w *mockapi.Webhook) { w.SigningKey = signingKey },
		},
		{
			"headers_wo", "headers_wo_version", "headers_wo_fingerprint",
			map[string]any{"Authorization": bearer},
			map[string]any{"Authorization": otherBearer},
			func(w *mockapi.Webhook) { w.Headers["Authorization"] = otherBearer }, func(w *mockapi.Webhook) { w.Headers["Authorization"] = bearer },
		},
	}
}

// eachSecret runs a test for both write-only arguments. with is a configuration with a value and a version of the argument.
func eachSecret(t *testing.T, test func(t *testing.T, s secret, with func(value, version any) map[string]any)) {
	t.Helper()
	for _, s := range secrets() {
		t.Run(s.argument, func(t *testing.T) {
			t.Parallel()
			test(t, s, func(value, version any) map[string]any {
				config := webhookConfig(map[string]any{"headers": map[string]any{"X-Team": "integration"}, "headers_wo": map[string]any{"Authorization": bearer}, "signing_key_wo": signingKey})
				maps.Copy(config, map[string]any{s.argument: value, s.version: version})
				return config
			})
		})
	}
}

func TestSecrets_aChangedValueReplacesAndSaysWhy(t *testing.T) {
	t.Parallel()
	eachSecret(t, func(t *testing.T, s secret, with func(value, version any) map[string]any) {
		mock, hook := created(t, mockapi.Options{}, with(s.value, nil))
		hook.RequireEmptyPlan(with(s.value, nil))
		plan := requirePlan(t, hook, with(s.other, nil), driver.Replace, s.fingerprint)
		plan.Diags.RequireWarning(t, "Replacing webhook "+hook.State().String("id")+" of practice group 12: ")
		plan.Diags.RequireWarning(t, "set a version beside it")
		before := hook.State().String(s.fingerprint)
		hook.ApplyPlan(plan).RequireNone(t)
		if hook.State().String(s.fingerprint) == before {
			t.Error("the fingerprint is the same")
		}
		hook = nextRun(t, mock, hook)
		hook.RequireEmptyPlan(with(s.other, nil))
	})
}

func TestSecrets_aVersionDecidesAloneOnceItIsSet(t *testing.T) {
	t.Parallel()
	eachSecret(t, func(t *testing.T, s secret, with func(value, version any) map[string]any) {
		mock, hook := created(t, mockapi.Options{}, with(s.value, "1"))
		for name, config := range map[string]map[string]any{"same": with(s.value, "1"), "another value": with(s.other, "1"), "no value": with(nil, "1"), "unknown value": with(driver.Unknown, "1")} {
			if plan := requirePlan(t, hook, config, driver.NoOp); len(plan.Diags) > 0 {
				t.Errorf("%s: %s", name, plan.Diags)
			}
		}
		for _, value := range []any{s.value, s.other, driver.Unknown} {
			requirePlan(t, hook, with(value, "2"), driver.Replace, s.version).Diags.RequireNone(t)
		}
		requirePlan(t, hook, with(s.value, driver.Unknown), driver.Replace, s.version)
		hook.Apply(with(s.other, "2")).RequireNoErrors(t)
		hook = nextRun(t, mock, hook)
		hook.RequireEmptyPlan(with(nil, "2"))
		if held := stored(t, mock); held.SigningKey == signingKey && held.Headers["Authorization"] == bearer {
			t.Error("the new value was not sent")
		}
	})
}

func TestSecrets_aFirstVersionComparesTheValueAndAloneChangesNothingAtHero(t *testing.T) {
	t.Parallel()
	eachSecret(t, func(t *testing.T, s secret, with func(value, version any) map[string]any) {
		mock, hook := created(t, mockapi.Options{}, with(s.value, nil))
		requirePlan(t, hook, with(s.other, "1"), driver.Replace, s.fingerprint)
		requirePlan(t, hook, with(s.value, driver.Unknown), driver.Update)
		mock.ResetRequests()
		for _, config := range []map[string]any{with(s.value, "1"), with(s.value, nil), with(nil, "1")} {
			requirePlan(t, hook, config, driver.Update).Diags.RequireNone(t)
			hook.Apply(config).RequireNone(t)
			hook.RequireEmptyPlan(config)
		}
		if mock.Count("POST", "") != 0 || mock.Count("DELETE", "") != 0 {
			t.Errorf("requests: %+v", mock.Requests())
		}
		hook = nextRun(t, mock, hook)
		hook.RequireEmptyPlan(with(s.value, "1"))
	})
}

// Where something is applied anyway, the plan must not promise to keep what the apply may have to replace.
func TestSecrets_anUnknownValueReplacesWhereTheApplyMightHaveTo(t *testing.T) {
	t.Parallel()
	eachSecret(t, func(t *testing.T, s secret, with func(value, version any) map[string]any) {
		t.Helper()
		_, hook := created(t, mockapi.Options{}, with(s.value, nil))
		requirePlan(t, hook, with(driver.Unknown, "1"), driver.Replace, s.fingerprint)
	})
	_, hook := created(t, mockapi.Options{}, webhookConfig(map[string]any{"signing_key": signingKey}))
	requirePlan(t, hook, webhookConfig(map[string]any{"signing_key": driver.Unknown}), driver.Replace, "signing_key_fingerprint")
	_, hook = created(t, mockapi.Options{}, webhookConfig(map[string]any{"signing_key_wo": signingKey}))
	requirePlan(t, hook, webhookConfig(map[string]any{"signing_key": driver.Unknown}), driver.Replace, "signing_key_fingerprint")
}

func TestSecrets_anUnknownValueCountsAsUnchanged(t *testing.T) {
	t.Parallel()
	eachSecret(t, func(t *testing.T, s secret, with func(value, version any) map[string]any) {
		_, hook := created(t, mockapi.Options{}, with(s.value, nil))
		requirePlan(t, hook, with(driver.Unknown, nil), driver.NoOp).Diags.RequireNone(t)
	})
}

func TestSecrets_addingOneReplacesAndRemovingOneToo(t *testing.T) {
	t.Parallel()
	eachSecret(t, func(t *testing.T, s secret, with func(value, version any) map[string]any) {
		mock, hook := created(t, mockapi.Options{}, with(nil, nil))
		if !hook.State().IsNull(s.fingerprint) {
			t.Error("there is a fingerprint of nothing")
		}
		hook.RequireEmptyPlan(with(nil, nil))
		hook.RequireEmptyPlan(with(driver.Unknown, nil))
		requirePlan(t, hook, with(s.value, nil), driver.Replace, s.fingerprint).Diags.RequireWarning(t, "it is configured for the first time")
		hook.Apply(with(s.value, nil)).RequireNoErrors(t)
		requirePlan(t, hook, with(nil, nil), driver.Replace, s.fingerprint).Diags.RequireWarning(t, "it is no longer configured")
		hook.Apply(with(nil, nil)).RequireNoErrors(t)
		hook = nextRun(t, mock, hook)
		hook.RequireEmptyPlan(with(nil, nil))
	})
}

func TestSecrets_aVersionWithoutAValueIsFineUntilACreateNeedsIt(t *testing.T) {
	t.Parallel()
	eachSecret(t, func(t *testing.T, s secret, with func(value, version any) map[string]any) {
		mock, hook := created(t, mockapi.Options{}, with(s.value, "1"))
		missing := s.argument + " is null"
		hook.Plan(with(nil, "2")).Diags.RequireError(t, missing)
		another := with(nil, "1")
		another["url"] = "https://hooks.example.com/other"
		hook.Plan(another).Diags.RequireError(t, missing)
		mock.Driver(t, nil).Resource("hero_webhook").Plan(with(nil, "1")).Diags.RequireError(t, missing)
		if len(mock.Webhooks("12")) != 1 {
			t.Error("something was changed")
		}
	})
}

func TestProofOfEcho_anotherValueInTheListIsDriftOnlyAfterTheRightOneWasSeenThere(t *testing.T) {
	t.Parallel()
	for name, version := range map[string]any{"with a version": "1", "without a version": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			eachSecret(t, func(t *testing.T, s secret, with func(value, version any) map[string]any) {
				config := with(s.value, version)
				mock, hook := created(t, mockapi.Options{}, config)
				id := stored(t, mock).ID

				unproven := nextRun(t, mock, hook)
				mock.ChangeWebhook(id, s.change)
				unproven.RequireEmptyPlan(config)

				mock.ChangeWebhook(id, s.back)
				proven := nextRun(t, mock, unproven)
				proven.RequireEmptyPlan(config)
				mock.ChangeWebhook(id, s.change)
				proven = nextRun(t, mock, proven)
				sent := proven.State().String(s.fingerprint)
				plan := requirePlan(t, proven, config, driver.Replace, s.fingerprint)
				plan.Diags.RequireWarning(t, "Hero now has another value than the one that was sent")
				if plan.Before.String(s.fingerprint) == sent {
					t.Error("the plan does not show another fingerprint")
				}

				// What is masked or left out from now on says nothing new, and what is put right is no drift.
				mock.ChangeWebhook(id, s.back)
				proven = nextRun(t, mock, proven)
				proven.RequireEmptyPlan(config)
				for _, echo := range []mockapi.Echo{mockapi.EchoMasked, mockapi.EchoOmitted} {
					mock.Configure(func(o *mockapi.Options) { o.SigningKeyInList, o.HeadersInList = echo, echo })
					hidden := nextRun(t, mock, proven)
					hidden.RequireEmptyPlan(config)
				}
			})
		})
	}
}

func TestSecrets_movingAKeyToItsWriteOnlyArgumentChangesNothingAtHero(t *testing.T) {
	t.Parallel()
	plain := webhookConfig(map[string]any{"signing_key": signingKey})
	for name, target := range map[string]map[string]any{
		"without a version": {"signing_key_wo": signingKey}, "with a version": {"signing_key_wo": signingKey, "signing_key_wo_version": "1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock, hook := created(t, mockapi.Options{}, plain)
			hook.RequireEmptyPlan(plain)
			mock.ResetRequests()
			requirePlan(t, hook, webhookConfig(target), driver.Update).Diags.RequireNone(t)
			hook.Apply(webhookConfig(target)).RequireNone(t)
			if !hook.State().IsNull("signing_key") {
				t.Error("the key is still in state")
			}
			hook = nextRun(t, mock, hook)
			hook.RequireEmptyPlan(webhookConfig(target))
			hook.Apply(plain).RequireNone(t) // and back
			hook.RequireEmptyPlan(plain)
			if mock.Count("POST", "") != 0 || mock.Count("DELETE", "") != 0 {
				t.Errorf("requests: %+v", mock.Requests())
			}
			requirePlan(t, hook, webhookConfig(map[string]any{"signing_key_wo": otherKey}), driver.Replace, "signing_key_fingerprint")
		})
	}
}

func TestSecrets_neverReachStatePlanOrPrivateState(t *testing.T) {
	t.Parallel()
	for name, options := range answers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, options)
			hook := mock.Driver(t, nil).Resource("hero_webhook")
			left := map[string][]byte{}
			keep := func(step string, plan *driver.Plan) {
				for part, value := range map[string]any{"planned": plan.Planned, "before": plan.Before, "diagnostics": plan.Diags.String(), "state": hook.State()} {
					encoded, err := json.Marshal(value)
					must(t, err)
					left[step+" "+part] = encoded
				}
				left[step+" planned private state"], left[step+" private state"] = plan.PrivateBytes, hook.Private()
			}
			keep("create", hook.Plan(secretConfig(nil)))
			hook.Apply(secretConfig(nil)).RequireNoErrors(t)
			hook.Refresh().RequireNone(t)
			keep("change", hook.Plan(secretConfig(map[string]any{"signing_key_wo": otherKey, "headers_wo": map[string]any{"Authorization": otherBearer}})))
			imported := mock.Driver(t, nil).Resource("hero_webhook")
			imported.Import(hook.State().String("id")).RequireNoErrors(t)
			hook = imported
			keep("import", hook.Plan(secretConfig(nil)))
			acctest.AssertNoSecrets(t, left, signingKey, otherKey, bearer, otherBearer)
			if !bytes.Contains(left["import private state"], []byte("hero")) {
				t.Error("nothing was searched")
			}
		})
	}
}

func TestSecrets_equalKeysOfTwoWebhooksHaveDifferentFingerprints(t *testing.T) {
	t.Parallel()
	mock, one := created(t, mockapi.Options{}, secretConfig(nil))
	other := mock.Driver(t, nil).Resource("hero_webhook")
	other.Apply(secretConfig(map[string]any{"event_type": "appointment.cancelled"})).RequireNone(t)
	for _, fingerprint := range []string{"signing_key_fingerprint", "headers_wo_fingerprint"} {
		if got := one.State().String(fingerprint); got == other.State().String(fingerprint) || len(got) != 64 {
			t.Errorf("%s: %q", fingerprint, got)
		}
	}
}

func TestSecrets_weakKeysAreWarnedOf(t *testing.T) {
	t.Parallel()
	hook := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil).Resource("hero_webhook")
	for _, argument := range []string{"signing_key", "signing_key_wo"} {
		requireOnly(t, hook.Validate(webhookConfig(map[string]any{argument: "fifteen-letters"})), "signing key is short")
		hook.Validate(webhookConfig(map[string]any{argument: "sixteen-letters!"})).RequireNone(t)
		requireOnly(t, hook.Validate(webhookConfig(map[string]any{argument: signingKey + "\n"})), "begins or ends with white space")
	}
}
