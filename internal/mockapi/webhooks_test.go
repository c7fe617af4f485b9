package mockapi

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

const aWebhook = `{"event_type":"appointment.confirmed","url":"https://hooks.example.com/hero","description":"ours",` +
	`"signing_key":"a-long-signing-key","headers":{"X-Team":"integration"}}`

func TestWebhooks_liveFromCreateToDelete(t *testing.T) {
	t.Parallel()
	now := clock("2027-01-31T10:00:00Z")
	server, hero := mock(t, Options{Clock: now.time})

	created := hero.do(http.MethodPost, "/v1/webhooks", aWebhook).must(t).object
	if missing, extra := keys(created, "id", "event_type", "url", "created_at", "updated_at", "signing_key", "headers"); missing != nil || extra != nil {
		t.Errorf("created lacks %q and has %q beside", missing, extra)
	}
	equal(t, "signing_key", created["signing_key"], any("a-long-signing-key"))
	equal(t, "created_at", created["created_at"], any("2027-01-31T10:00:00Z"))
	equal(t, "the description that is kept", server.Webhooks("12")[0].Description, "ours")

	listed := hero.do(http.MethodGet, "/v1/webhooks", "")
	equal(t, "count", listed.object["count"], any(1.0))
	equal(t, "the listed id", listed.data(t)[0]["id"], created["id"])
	equal(t, "webhooks of another event", len(hero.do(http.MethodGet, "/v1/webhooks?event_type=prescription.issued", "").data(t)), 0)
	equal(t, "webhooks of this event", len(hero.do(http.MethodGet, "/v1/webhooks?event_type=appointment.confirmed", "").data(t)), 1)
	equal(t, "webhooks of another practice", len(hero.as("15").do(http.MethodGet, "/v1/webhooks", "").data(t)), 0)

	path := "/v1/webhooks/" + str(created["id"])
	equal(t, "deletion for another practice", hero.as("15").do(http.MethodDelete, path, "").status, http.StatusNotFound)
	deleted := hero.do(http.MethodDelete, path, "").must(t)
	equal(t, "the deletion's body", deleted.text, "")
	equal(t, "a second deletion", hero.do(http.MethodDelete, path, "").status, http.StatusNotFound)
	equal(t, "webhooks left", len(server.Webhooks("12")), 0)
}

func TestWebhooks_echoSecretsAsTheOptionsSay(t *testing.T) {
	t.Parallel()
	shown := map[Echo]any{EchoClear: "a-long-signing-key", EchoMasked: "********", EchoOmitted: nil}
	for inCreate, created := range shown {
		for inList, listed := range shown {
			_, hero := mock(t, Options{
				SigningKeyInCreate: inCreate, HeadersInCreate: inCreate, SigningKeyInList: inList, HeadersInList: inList,
			})
			check := func(where string, echo Echo, want any, got object) {
				equal(t, where+" signing_key", got["signing_key"], want)
				headers, present := got["headers"].(object)
				equal(t, where+" has headers", present, echo != EchoOmitted)
				if echo == EchoMasked {
					equal(t, where+" header", headers["X-Team"], any("********"))
				}
			}
			check("create's", inCreate, created, hero.do(http.MethodPost, "/v1/webhooks", aWebhook).must(t).object)
			check("list's", inList, listed, hero.do(http.MethodGet, "/v1/webhooks", "").data(t)[0])
		}
	}
}

func TestWebhooks_refuseWhatHeroRefuses(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	code, path := hero.do(http.MethodPost, "/v1/webhooks", `{"event_type":"form-submission.created","url":"https://a.example"}`).complaint(t)
	equal(t, "code", code, "invalid_enum_value")
	equal(t, "path", path, "event_type")
	code, path = hero.do(http.MethodPost, "/v1/webhooks", `{"event_type":"prescription.issued","url":"not a url"}`).complaint(t)
	equal(t, "code", code, "invalid_string")
	equal(t, "path", path, "url")
	equal(t, "webhooks", len(server.Webhooks("12")), 0)

	server.Configure(func(o *Options) { o.EventTypes = []string{"form-submission.created"} })
	hero.do(http.MethodPost, "/v1/webhooks", `{"event_type":"form-submission.created","url":"https://a.example"}`).must(t)
}

func TestWebhooks_normaliseURLsWhenToldTo(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{NormaliseURLs: true})
	created := hero.do(http.MethodPost, "/v1/webhooks", aWebhook).must(t).object
	equal(t, "url", created["url"], any("https://hooks.example.com/hero/"))
	equal(t, "the url that is kept", server.Webhooks("12")[0].URL, "https://hooks.example.com/hero/")
}

func TestWebhooks_changeBehindTheClientsBack(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	id := server.AddWebhook(Webhook{EventType: "prescription.issued", URL: "https://a.example", Headers: map[string]string{"A": "b"}})
	equal(t, "changed", server.ChangeWebhook(id, func(w *Webhook) { w.URL = "https://b.example" }), true)
	equal(t, "url", hero.do(http.MethodGet, "/v1/webhooks", "").data(t)[0]["url"], any("https://b.example"))
	server.Webhooks("12")[0].Headers["A"] = "changed in the copy"
	equal(t, "header", server.Webhooks("12")[0].Headers["A"], "b")
	equal(t, "removed", server.RemoveWebhook(id), true)
	equal(t, "removed twice", server.RemoveWebhook(id), false)
	equal(t, "changed when gone", server.ChangeWebhook(id, func(*Webhook) {}), false)
}

func TestWebhooks_documentedOnlyKeepsDocumentedKeys(t *testing.T) {
	t.Parallel()
	_, hero := mock(t, Options{DocumentedOnly: true})
	created := hero.do(http.MethodPost, "/v1/webhooks", aWebhook).must(t).object
	equal(t, "keys of the create answer", len(created), 7) // all are documented
	listed := hero.do(http.MethodGet, "/v1/webhooks", "")
	if _, present := listed.object["count"]; present {
		t.Error("the list has a count, which is inferred")
	}
	equal(t, "keys of an item", len(listed.data(t)[0]), 7)
}

func TestWebhooks_listInEveryEnvelope(t *testing.T) {
	t.Parallel()
	for envelope, want := range map[ListEnvelope]string{
		EnvelopeDataCount:     `{"count":1,"data":[ITEM]}`,
		EnvelopeDataOnly:      `{"data":[ITEM]}`,
		EnvelopeBareArray:     `[ITEM]`,
		EnvelopeUnknown:       `{"things":[ITEM]}`,
		EnvelopeCountTooLarge: `{"count":2,"data":[ITEM]}`,
		EnvelopeCountAsString: `{"count":"1","data":[ITEM]}`,
	} {
		_, hero := mock(t, Options{ListEnvelope: envelope, Clock: clock(june).time, Seed: Seed{Webhooks: 1}})
		item := `{"created_at":"` + june + `","event_type":"appointment.confirmed","id":"1001","updated_at":"` + june +
			`","url":"https://hooks.example.com/hero/1"}`
		equal(t, "list", hero.do(http.MethodGet, "/v1/webhooks", "").must(t).text, strings.Replace(want, "ITEM", item, 1))
	}
}

func TestWebhooks_areSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	var group sync.WaitGroup
	for worker := range 20 {
		group.Go(func() {
			mine := hero.as([]string{"12", "15", "18"}[worker%3])
			for i := range 10 {
				body := fmt.Sprintf(`{"event_type":"prescription.issued","url":"https://a.example/%d/%d"}`, worker, i)
				id := str(mine.do(http.MethodPost, "/v1/webhooks", body).object["id"])
				mine.do(http.MethodGet, "/v1/webhooks", "")
				server.ChangeWebhook(id, func(w *Webhook) { w.Headers["X-Seen"] = "yes" })
				if i%2 == 0 {
					mine.do(http.MethodDelete, "/v1/webhooks/"+id, "")
				}
			}
		})
	}
	group.Wait()
	var ids []string
	for _, practice := range []string{"12", "15", "18"} {
		for _, webhook := range server.Webhooks(practice) {
			ids = append(ids, webhook.ID)
		}
	}
	slices.Sort(ids)
	equal(t, "webhooks left", len(ids), 100)
	equal(t, "distinct ids", len(slices.Compact(ids)), 100)
	equal(t, "creates", server.Count(http.MethodPost, "/v1/webhooks"), 200)
}

// A fleet's refresh reads thousands of webhooks; holding them to the contract must not make tests wait.
func TestWebhooks_fiveThousandRequestsAreCheap(t *testing.T) {
	t.Parallel()
	_, hero := mock(t, Options{})
	start := time.Now()
	for i := range 5000 {
		hero.do(http.MethodPost, "/v1/webhooks", strings.Replace(aWebhook, "hero", strconv.Itoa(i), 1)).must(t)
	}
	equal(t, "items", len(hero.do(http.MethodGet, "/v1/webhooks", "").data(t)), 5000)
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("took %s", took)
	}
}
