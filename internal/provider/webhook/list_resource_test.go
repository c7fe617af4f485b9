package webhook_test

import (
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// networkOf is the options of a mock with so many practice groups, 101 and up, of which the first is the key's own.
func networkOf(practices, webhooks int) (mockapi.Options, []string) {
	options := mockapi.Options{OwnPracticeID: "101", Seed: mockapi.Seed{Webhooks: webhooks}}
	var ids []string
	for i := range practices {
		id := strconv.Itoa(101 + i)
		ids = append(ids, id)
		options.Practices = append(options.Practices, mockapi.Practice{ID: id, Name: "Practice of " + id, InNetwork: true})
	}
	return options, ids
}

func listDriver(t *testing.T, options mockapi.Options) (*acctest.Mock, *driver.Driver) {
	t.Helper()
	mock := acctest.NewMock(t, options)
	d := mock.Driver(t, map[string]any{"practice_group_id": "101"})
	return mock, d
}

// atHero is the identities of the practices' webhooks, in the order in which they are to be listed.
func atHero(mock *acctest.Mock, practices []string) []string {
	var ids []string
	for _, practice := range practices {
		for _, webhook := range mock.Webhooks(practice) {
			ids = append(ids, practice+"/"+webhook.ID)
		}
	}
	return ids
}

func identities(found []driver.ListResult) []string {
	var ids []string
	for _, result := range found {
		ids = append(ids, result.Identity.String("practice_group_id")+"/"+result.Identity.String("id"))
	}
	return ids
}

func TestWebhookList_findsEveryWebhookOfEveryPracticeInHerosOrder(t *testing.T) {
	t.Parallel()
	for _, practices := range []int{1, 20} {
		for _, webhooks := range []int{0, 1, 1000} {
			t.Run(fmt.Sprintf("%d webhooks over %d practices", webhooks, practices), func(t *testing.T) {
				t.Parallel()
				options, ids := networkOf(practices, webhooks/practices)
				options.SkipValidation = true // the other tests hold the calls to the contract
				mock, d := listDriver(t, options)
				if webhooks == 1 && practices > 1 {
					mock.AddWebhook(mockapi.Webhook{PracticeID: ids[7], EventType: "prescription.issued", URL: "https://hooks.example.com/hero"})
				}
				for name, config := range map[string]map[string]any{
					"entire network": {"entire_network": true}, "named": {"practice_group_ids": ids},
				} {
					found, diags := d.ListAll("hero_webhook", config, driver.ListOptions{Limit: 2000})
					diags.RequireNone(t)
					if got, want := identities(found), atHero(mock, ids); len(got) != webhooks || !slices.Equal(got, want) {
						t.Errorf("%s: found %d, want %d, in Hero's order", name, len(got), len(want))
					}
				}
			})
		}
	}
}

func TestWebhookList_takesTheProvidersPracticeUnlessOneIsNamed(t *testing.T) {
	t.Parallel()
	options, ids := networkOf(3, 2)
	mock, d := listDriver(t, options)
	for practice, config := range map[string]map[string]any{"101": nil, "102": {"practice_group_id": "102"}, "103": {"practice_group_ids": []string{"103", "103"}}} {
		found, diags := d.ListAll("hero_webhook", config, driver.ListOptions{})
		diags.RequireNone(t)
		if got := identities(found); !slices.Equal(got, atHero(mock, []string{practice})) {
			t.Errorf("%s: got %v", practice, got)
		}
	}
	// named practices keep the order in which they are named
	found, diags := d.ListAll("hero_webhook", map[string]any{"practice_group_ids": []string{ids[2], ids[0]}}, driver.ListOptions{})
	diags.RequireNone(t)
	if got := identities(found); !slices.Equal(got, atHero(mock, []string{"103", "101"})) {
		t.Errorf("got %v", got)
	}
}

func TestWebhookList_keepsToOneEvent(t *testing.T) {
	t.Parallel()
	options, _ := networkOf(2, 8)
	mock, d := listDriver(t, options)
	found, diags := d.ListAll("hero_webhook", map[string]any{"entire_network": true, "event_type": "prescription.issued"}, driver.ListOptions{})
	diags.RequireNone(t)
	if len(found) != 2 || !strings.HasPrefix(found[0].DisplayName, "prescription.issued → ") {
		t.Errorf("got %+v", found)
	}
	for _, request := range mock.Requests() {
		if request.Path == "/v1/webhooks" && request.Query.Get("event_type") != "prescription.issued" {
			t.Errorf("asked for %s", request.Query)
		}
	}
}

func TestWebhookList_warnsOfAPracticeThatRefusesAndListsTheOthers(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			t.Parallel()
			options, ids := networkOf(20, 2)
			mock, d := listDriver(t, options)
			mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: status, Practice: "110"})
			found, diags := d.ListAll("hero_webhook", map[string]any{"entire_network": true}, driver.ListOptions{IncludeResource: true})
			diags.RequireNoErrors(t)
			if len(diags) != 1 || !strings.Contains(diags[0].Summary, "Practice of 110 (110)") || !strings.Contains(diags[0].Detail, strconv.Itoa(status)) {
				t.Errorf("want one warning that names the practice, got\n%s", diags)
			}
			others := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "110" })
			if got := identities(found); !slices.Equal(got, atHero(mock, others)) {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestWebhookList_failsWithWhatIsNotARefusal(t *testing.T) {
	t.Parallel()
	options, _ := networkOf(20, 1)
	mock, d := listDriver(t, options)
	for name, fault := range map[string]mockapi.Fault{
		"500": {Kind: mockapi.FaultStatus, Status: http.StatusInternalServerError}, "a gateway's page": {Kind: mockapi.FaultHTML, Status: http.StatusOK}, "400": {Kind: mockapi.FaultStatus, Status: http.StatusBadRequest},
	} {
		fault.Practice, fault.Pattern = "110", "/v1/webhooks"
		remove := mock.Fault(fault)
		_, diags := d.ListAll("hero_webhook", map[string]any{"entire_network": true}, driver.ListOptions{})
		if len(diags) != 1 || !diags.Has(driver.Error, "Listing Practice of 110 (110) failed") {
			t.Errorf("%s: %s", name, diags)
		}
		remove()
	}
}

func TestWebhookList_failsWhenTheOnlyPracticeOrTheNetworkRefuses(t *testing.T) {
	t.Parallel()
	options, _ := networkOf(1, 1)
	options.Practices = append(options.Practices, mockapi.Practice{ID: "99", Name: "Elsewhere Clinic"})
	mock, d := listDriver(t, options)
	_, diags := d.ListAll("hero_webhook", map[string]any{"practice_group_id": "99"}, driver.ListOptions{})
	diags.RequireError(t, "Listing practice group 99 failed")
	diags.RequireError(t, "same Hero network")
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: http.StatusForbidden, Pattern: "/v1/network"})
	_, diags = d.ListAll("hero_webhook", map[string]any{"entire_network": true}, driver.ListOptions{})
	diags.RequireError(t, "Reading the network of practice group 101 failed")
}

func TestWebhookList_stopsAtTheLimit(t *testing.T) {
	t.Parallel()
	options, ids := networkOf(20, 10)
	mock, d := listDriver(t, options)
	for _, limit := range []int64{1, 15, 100} {
		found, diags := d.ListAll("hero_webhook", map[string]any{"practice_group_ids": ids}, driver.ListOptions{Limit: limit})
		diags.RequireNone(t)
		if got := identities(found); !slices.Equal(got, atHero(mock, ids)[:limit]) {
			t.Errorf("limit %d: got %d", limit, len(got))
		}
	}
	mock, d = listDriver(t, options) // no request of a listing that was given up arrives here late
	if _, diags := d.ListAll("hero_webhook", map[string]any{"practice_group_ids": ids}, driver.ListOptions{Limit: 1}); diags != nil {
		t.Fatal(diags)
	}
	if asked := mock.Count("GET", "/v1/webhooks"); asked > 10 {
		t.Errorf("for one result, %d practices were asked", asked)
	}
}

// hold makes every practice but the first wait for its answer. The delay is there for a test that fails, not for one that passes.
func hold(mock *acctest.Mock) (release func()) {
	gate := make(chan struct{})
	mock.Fault(mockapi.Fault{
		Kind: mockapi.FaultSlow, Pattern: "/v1/webhooks", Release: gate, Delay: time.Minute,
		Match: func(r mockapi.Request) bool { return r.PracticeID != "101" },
	})
	return func() { close(gate) }
}

func TestWebhookList_streamsBeforeTheLastPracticeHasAnswered(t *testing.T) {
	t.Parallel()
	options, ids := networkOf(3, 2)
	mock, d := listDriver(t, options)
	release := hold(mock)
	next, stop := iter.Pull(d.List("hero_webhook", map[string]any{"practice_group_ids": ids}, driver.ListOptions{}))
	defer stop()
	var got []driver.ListResult
	for range 2 {
		result, ok := next()
		if !ok {
			t.Fatal("the stream ended")
		}
		got = append(got, result)
	}
	for _, request := range mock.Requests() {
		if request.Path == "/v1/webhooks" && request.PracticeID != "101" && request.Status != 0 {
			t.Errorf("practice %s had answered already", request.PracticeID)
		}
	}
	release()
	for result, ok := next(); ok; result, ok = next() {
		got = append(got, result)
	}
	if !slices.Equal(identities(got), atHero(mock, ids)) {
		t.Errorf("got %v", identities(got))
	}
}

func TestWebhookList_aConsumerThatStopsWaitsForNobody(t *testing.T) {
	t.Parallel()
	options, ids := networkOf(20, 2)
	mock, d := listDriver(t, options)
	defer hold(mock)()
	began := time.Now()
	for result := range d.List("hero_webhook", map[string]any{"practice_group_ids": ids}, driver.ListOptions{}) {
		result.Diags.RequireNone(t)
		break
	}
	if took := time.Since(began); took > 30*time.Second { // the practices answer after a minute
		t.Errorf("it took %s to stop", took)
	}
}

func TestWebhookList_showsWhatTellsWebhooksApartAndNoSecret(t *testing.T) {
	t.Parallel()
	const key, token = "list-signing-key-0123456789abcdef", "Bearer list-token-abcdef"
	for name, options := range map[string]mockapi.Options{"all keys": {}, "documented keys only": {DocumentedOnly: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, options)
			id := mock.AddWebhook(mockapi.Webhook{
				EventType: "appointment.confirmed", URL: "https://hooks.example.com/hero", SigningKey: key,
				Headers: map[string]string{"Authorization": token, "X-Team": "team-header-value"},
			})
			d := mock.Driver(t, nil)
			found, diags := d.ListAll("hero_webhook", nil, driver.ListOptions{IncludeResource: true})
			diags.RequireNone(t)
			if len(found) != 1 || found[0].Identity.String("id") != id || found[0].Identity.String("practice_group_id") != "12" {
				t.Fatalf("found %+v", found)
			}
			practice := "Riverside Medical Centre (12)"
			if options.DocumentedOnly { // how Hero answers GET /v1/me is inferred
				practice = "practice group 12"
			}
			if got, want := found[0].DisplayName, "appointment.confirmed → https://hooks.example.com/hero, "+practice; got != want {
				t.Errorf("shown as %q, want %q", got, want)
			}
			listed := found[0].Resource
			if listed.String("event_type") != "appointment.confirmed" || listed.String("created_at") == "" || !listed.IsNull("headers") || !listed.IsNull("signing_key") || !listed.IsNull("signing_key_fingerprint") {
				t.Errorf("listed as %v", listed)
			}
			acctest.AssertNoSecrets(t, map[string][]byte{"results": fmt.Appendf(nil, "%v", found)}, key, token, "team-header-value")

			found, diags = d.ListAll("hero_webhook", nil, driver.ListOptions{})
			diags.RequireNone(t)
			if len(found) != 1 || found[0].Resource != nil || found[0].Identity.String("id") != id {
				t.Errorf("without include_resource: %+v", found)
			}
		})
	}
}

func TestWebhookList_whatIsGeneratedFromItAppliesWithAnEmptyPlan(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]mockapi.Options{
		"all keys": {}, "documented keys only": {DocumentedOnly: true}, "masked": {SigningKeyInList: mockapi.EchoMasked, HeadersInList: mockapi.EchoMasked}, "omitted": {SigningKeyInList: mockapi.EchoOmitted, HeadersInList: mockapi.EchoOmitted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, options)
			mock.AddWebhook(mockapi.Webhook{EventType: "appointment.confirmed", URL: "https://hooks.example.com/plain"})
			mock.AddWebhook(mockapi.Webhook{
				PracticeID: "15", EventType: "prescription.issued", URL: "https://hooks.example.com/hero", Description: "to the integration team",
				SigningKey: signingKey, Headers: map[string]string{"Authorization": "Bearer abcdefghijkl"},
			})
			d := mock.Driver(t, map[string]any{"read_only": true})
			found, diags := d.ListAll("hero_webhook", map[string]any{"entire_network": true}, driver.ListOptions{IncludeResource: true})
			diags.RequireNone(t)
			if len(found) != 2 {
				t.Fatalf("found %v", identities(found))
			}
			for _, listed := range found {
				hook := d.Resource("hero_webhook")
				hook.ImportIdentity(listed.Identity).RequireNoErrors(t)
				generated := d.GeneratedConfig("hero_webhook", listed.Resource)
				hook.RequireEmptyPlan(generated)
				hook.Plan(generated).Diags.RequireNone(t)
				generated["signing_key"] = signingKey // taken over in place: Terraform alone is told
				hook.Clone().Apply(generated).RequireNoErrors(t)
				if imported := hook.State(); fmt.Sprint(imported) != fmt.Sprint(listed.Resource) {
					t.Errorf("listed as\n%v\nimported as\n%v", listed.Resource, imported)
				}
			}
			if writes := mock.Count("POST", "") + mock.Count("DELETE", ""); writes != 0 {
				t.Errorf("%d writes", writes)
			}
		})
	}
}

func TestWebhookList_refusesAChoiceOfPracticesThatContradictsItself(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil)
	for _, config := range []map[string]any{
		{"practice_group_ids": []string{"12"}, "practice_group_id": "15"},
		{"practice_group_ids": []string{"12"}, "entire_network": true},
		{"practice_group_ids": []string{}},
		{"practice_group_ids": []any{nil}},
		{"practice_group_ids": []string{" 12"}},
		{"practice_group_id": ""},
		{"event_type": ""},
	} {
		if diags := d.ValidateList("hero_webhook", config); !diags.HasErrors() {
			t.Errorf("%v: %s", config, diags)
		}
	}
}

func TestWebhookList_keepsToTheAllowedPractices(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	d := mock.Driver(t, map[string]any{"allowed_practice_group_ids": []string{"12"}})
	_, diags := d.ListAll("hero_webhook", map[string]any{"practice_group_ids": []string{"12", "15"}}, driver.ListOptions{})
	diags.RequireError(t, "not among the allowed ones")
	_, diags = d.ListAll("hero_webhook", map[string]any{"entire_network": true}, driver.ListOptions{})
	diags.RequireError(t, "allowed_practice_group_ids")
	for _, request := range mock.Requests() {
		if request.PracticeID != "12" {
			t.Errorf("sent %s %s for practice %s", request.Method, request.Path, request.PracticeID)
		}
	}
}
