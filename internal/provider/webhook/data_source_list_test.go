package webhook_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// audited is a mock with webhooks in three practices of the network, two in the first.
func audited(t *testing.T, options mockapi.Options) *acctest.Mock {
	t.Helper()
	mock := acctest.NewMock(t, options)
	for _, w := range []mockapi.Webhook{
		{ID: "1", PracticeID: "12", EventType: "appointment.confirmed", URL: "https://Hooks.Example.com:8443/hero?page=1", SigningKey: signingKey, Headers: map[string]string{"X-Team": "integration-team", "Authorization": bearer}},
		{ID: "2", PracticeID: "12", EventType: "appointment.cancelled", URL: "https://hooks.example.com/hero"},
		{ID: "3", PracticeID: "15", EventType: "appointment.confirmed", URL: "https://rogue.example.net/"},
		{ID: "4", PracticeID: "18", EventType: "prescription.issued", URL: "https://hooks.example.com/hero"},
	} {
		mock.AddWebhook(w)
	}
	return mock
}

func read(t *testing.T, d *driver.Driver, config map[string]any) driver.Object {
	t.Helper()
	found, diags := d.ReadDataSource("hero_webhooks", config)
	diags.RequireNone(t)
	return found
}

// places is "practice/id" of each webhook, in order.
func places(found driver.Object) string {
	var all []string
	for _, each := range found.List("webhooks") {
		w := driver.Object(each.(map[string]any))
		all = append(all, w.String("practice_group_id")+"/"+w.String("id"))
	}
	return strings.Join(all, " ")
}

func TestWebhooks_listsOnePracticeSeveralOrTheNetwork(t *testing.T) {
	t.Parallel()
	for name, options := range answers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := audited(t, options).Driver(t, nil)
			for _, c := range []struct {
				config map[string]any
				want   string
			}{
				{nil, "12/1 12/2"},
				{map[string]any{"practice_group_id": "15"}, "15/3"},
				{map[string]any{"practice_group_ids": []string{"18", "12"}}, "12/1 12/2 18/4"},
				{map[string]any{"entire_network": true}, "12/1 12/2 15/3 18/4"},
				{map[string]any{"entire_network": true, "practice_group_id": "15"}, "15/3 12/1 12/2 18/4"},
				{map[string]any{"entire_network": false}, "12/1 12/2"},
				{map[string]any{"event_type": "appointment.confirmed"}, "12/1"},
				{map[string]any{"entire_network": true, "event_type": "appointment.confirmed"}, "12/1 15/3"},
				{map[string]any{"event_type": "prescription.issued"}, ""},
			} {
				found := read(t, d, c.config)
				if c.config["practice_group_ids"] != nil { // a set comes in Terraform's order
					if got := places(found); len(got) != len(c.want) || !strings.Contains(got, "12/1 12/2") {
						t.Errorf("%v: got %s, want %s in any order of practices", c.config, got, c.want)
					}
				} else if got := places(found); got != c.want {
					t.Errorf("%v: got %s, want %s", c.config, got, c.want)
				}
				if len(found.List("ids")) != len(found.List("webhooks")) {
					t.Errorf("%v: ids %v", c.config, found.List("ids"))
				}
			}
		})
	}
}

func TestWebhooks_carryWhatAnAuditNeedsAndNoSecret(t *testing.T) {
	t.Parallel()
	found := read(t, audited(t, mockapi.Options{}).Driver(t, nil), nil)
	for path, want := range map[string]string{
		"webhooks.0.practice_group_id": "12", "webhooks.0.id": "1", "ids.0": "1", "webhooks.0.event_type": "appointment.confirmed",
		"webhooks.0.url": "https://Hooks.Example.com:8443/hero?page=1", "webhooks.0.url_host": "hooks.example.com:8443", "webhooks.1.url_host": "hooks.example.com",
		"webhooks.0.header_names.0": "Authorization", "webhooks.0.header_names.1": "X-Team",
	} {
		if got := found.String(path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	encoded, err := json.Marshal(found)
	must(t, err)
	acctest.AssertNoSecrets(t, map[string][]byte{"data source": encoded}, signingKey, bearer, "integration-team")
	var items []map[string]any
	must(t, json.Unmarshal([]byte(found.String("json")), &items))
	if len(items) != 2 || items[0]["url"] != "https://Hooks.Example.com:8443/hero?page=1" {
		t.Errorf("json is %s", found.String("json"))
	}
	if _, ok := items[0]["signing_key"]; ok {
		t.Error("json has a signing key")
	}
	if headers, _ := items[0]["headers"].(map[string]any); len(headers) != 2 || headers["X-Team"] != nil {
		t.Errorf("headers in json are %v", items[0]["headers"])
	}
}

func TestWebhooks_keepWhatIsNotDocumentedAndBearWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: http.StatusOK, Body: `{"count":"1","data":[{"id":7,"url":"::","retries":12345678901234567890,"Signing_Key":"` + signingKey + `"}]}`})
	found := read(t, mock.Driver(t, nil), nil)
	if found.String("ids.0") != "7" || !found.IsNull("webhooks.0.url_host") || !found.IsNull("webhooks.0.event_type") || len(found.List("webhooks.0.header_names")) != 0 {
		t.Errorf("read %v", found)
	}
	if got := found.String("json"); got != `[{"id":7,"retries":12345678901234567890,"url":"::"}]` {
		t.Errorf("json is %s", got)
	}
}

func TestWebhooks_anEmptyListIsNoNull(t *testing.T) {
	t.Parallel()
	found := read(t, acctest.NewMock(t, mockapi.Options{}).Driver(t, nil), nil)
	if found.IsNull("webhooks") || found.IsNull("ids") || found.String("json") != "[]" {
		t.Errorf("read %v", found)
	}
}

func TestWebhooks_onePracticeThatRefusesFailsTheAudit(t *testing.T) {
	t.Parallel()
	mock := audited(t, mockapi.Options{})
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: http.StatusForbidden, Practice: "15"})
	_, diags := mock.Driver(t, map[string]any{"on_unreachable_practice": "keep_state"}).ReadDataSource("hero_webhooks", map[string]any{"entire_network": true})
	diags.RequireError(t, "GET /v1/webhooks for practice group 15")
	mock.ClearFaults()
	mock.Configure(func(o *mockapi.Options) { o.ListEnvelope = mockapi.EnvelopeCountTooLarge })
	_, diags = mock.Driver(t, nil).ReadDataSource("hero_webhooks", nil)
	diags.RequireError(t, "larger count")
	_, diags = mock.Driver(t, nil).ReadDataSource("hero_webhooks", map[string]any{"entire_network": true})
	diags.RequireError(t, "Reading the network of practice group 12 failed")
}

func TestWebhooks_refuseAChoiceOfPracticesThatContradictsItselfOrIsEmpty(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil)
	const several, none, wrong = "Two arguments say which practice groups to look at", "practice_group_ids is empty", "The id of a practice group is not one"
	for _, c := range []struct {
		config  map[string]any
		message string // empty for none
	}{
		{map[string]any{"practice_group_ids": []string{"12"}, "practice_group_id": "15"}, several},
		{map[string]any{"practice_group_ids": []string{"12"}, "entire_network": true}, several},
		{map[string]any{"practice_group_ids": []string{}}, none},
		{map[string]any{"practice_group_ids": []any{"12", ""}}, wrong},
		{map[string]any{"practice_group_ids": []any{"12", nil}}, wrong},
		{map[string]any{"practice_group_id": ""}, wrong},
		{map[string]any{"event_type": ""}, "event_type"},
		{map[string]any{"practice_group_ids": []string{"12"}, "entire_network": false}, ""},
		{map[string]any{"practice_group_ids": driver.Unknown, "practice_group_id": "12"}, ""},
		{map[string]any{"practice_group_ids": []string{"12"}, "practice_group_id": driver.Unknown}, ""},
		{map[string]any{"practice_group_ids": []any{"12", driver.Unknown}}, ""},
	} {
		diags := d.ValidateDataSource("hero_webhooks", c.config)
		if c.message == "" {
			diags.RequireNone(t)
			continue
		}
		diags.RequireError(t, c.message)
		if len(diags) != 1 {
			t.Errorf("%v: one error is enough:\n%s", c.config, diags)
		}
	}
}
