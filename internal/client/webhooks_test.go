package client

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// seeded adds a webhook of somebody else's and returns its id.
func seeded(hero *mockapi.Server) string {
	return hero.AddWebhook(mockapi.Webhook{PracticeID: testPractice, EventType: "prescription.issued", URL: "https://hooks.example.com/hero", SigningKey: "a-signing-key"})
}

func TestListWebhooks_readsEveryEnvelope(t *testing.T) {
	t.Parallel()
	for _, envelope := range []mockapi.ListEnvelope{mockapi.EnvelopeDataCount, mockapi.EnvelopeDataOnly, mockapi.EnvelopeBareArray, mockapi.EnvelopeCountAsString} {
		withMock(t, mockapi.Options{ListEnvelope: envelope}, Config{}, func(t *testing.T, hero *mockapi.Server, c *Client) {
			id := seeded(hero)
			found, err := c.ListWebhooks(t.Context(), testPractice, "")
			if err != nil || len(found) != 1 || found[0].ID.Or("") != id || found[0].SigningKey.Or("") != "a-signing-key" || found[0].Description.Told || len(found[0].Raw) == 0 {
				t.Errorf("envelope %d: got %+v, %v", envelope, found, err)
			}
		})
	}
}

func TestListWebhooks_byEventType(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		seeded(hero)
		for eventType, want := range map[string]int{"prescription.issued": 1, "appointment.confirmed": 0, "": 1} {
			if found, err := c.ListWebhooks(t.Context(), testPractice, eventType); err != nil || len(found) != want {
				t.Errorf("%q: got %+v, %v", eventType, found, err)
			}
		}
	})
}

func TestFindWebhook_onlyAWholeListProvesThatOneIsGone(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		seeded(hero)
		if _, err := c.FindWebhook(t.Context(), testPractice, "9999"); !errors.Is(err, ErrGone) || !strings.Contains(err.Error(), "9999") {
			t.Errorf("got %v", err)
		}
	})
	for name, wire := range map[string]wireFunc{
		"a count above the items": answersWith(200, `{"data":[{"id":"1"}],"count":2}`),
		"an unknown envelope":     answersWith(200, `{"webhooks":[]}`),
		"null":                    answersWith(200, `null`),
		"items without ids":       answersWith(200, `[{"webhook_id":"9999"}]`),
		"items with empty ids":    answersWith(200, `[{"id":""}]`),
		"items of another kind":   answersWith(200, `["9999"]`),
		"null items":              answersWith(200, `[null]`),
		"no body":                 answersWith(200, ``),
		"404":                     answersWith(404, `{"message":"Cannot GET /v1/webhooks"}`),
		"403":                     answersWith(403, ``),
		"500":                     answersWith(500, ``),
		"HTML":                    answersWith(200, `<html>`),
		"a redirect":              answersWith(302, ``),
	} {
		c := newWiredClient(t, Config{Clock: newTestClock()}, wire)
		if found, err := c.FindWebhook(t.Context(), testPractice, "9999"); err == nil || errors.Is(err, ErrGone) || found != nil {
			t.Errorf("%s: got %+v, %v", name, found, err)
		}
	}
}

func TestFindWebhook_ofAnotherPracticeIsNotFound(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		id := seeded(hero)
		if _, err := c.FindWebhook(t.Context(), "15", id); !errors.Is(err, ErrGone) {
			t.Errorf("got %v", err)
		}
	})
}

func TestFindWebhookAfresh_seesWhatTheSharedListDoesNot(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		first := seeded(hero)
		if _, err := c.FindWebhook(t.Context(), testPractice, first); err != nil {
			t.Fatal(err)
		}
		second := seeded(hero)
		if _, err := c.FindWebhook(t.Context(), testPractice, second); !errors.Is(err, ErrGone) {
			t.Errorf("the shared list was not shared: %v", err)
		}
		if _, err := c.FindWebhookAfresh(t.Context(), testPractice, second); err != nil {
			t.Error(err)
		}
	})
}

func TestWebhooksAtStart_doesNotShowOurOwnWrites(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		old := seeded(hero)
		made, err := c.CreateWebhook(t.Context(), testPractice, confirmed("https://hooks.example.com/new"))
		if err != nil {
			t.Fatal(err)
		}
		if found, err := c.WebhooksAtStart(t.Context(), testPractice); err != nil || len(found) != 1 || found[0].ID.Or("") != old {
			t.Errorf("got %+v, %v", found, err)
		}
		if _, err := c.FindWebhook(t.Context(), testPractice, made.ID.Or("")); err != nil {
			t.Errorf("a read after the create: %v", err)
		}
	})
}

func onDelete(kind mockapi.FaultKind) mockapi.Fault {
	return mockapi.Fault{Kind: kind, Method: http.MethodDelete, Times: 1}
}

func TestDeleteWebhook_recoversFromEveryFault(t *testing.T) {
	t.Parallel()
	processed := onDelete(mockapi.FaultStatus)
	processed.Processed = true
	slow := onDelete(mockapi.FaultSlow)
	slow.Delay, slow.KeepGoing = 40*time.Second, true
	for _, fault := range []mockapi.Fault{
		onDelete(mockapi.FaultDropBefore), onDelete(mockapi.FaultDropAfter), onDelete(mockapi.FaultTruncated), onDelete(mockapi.FaultStatus), processed,
		onDelete(mockapi.FaultHTML), onDelete(mockapi.FaultTooManyRequests), onDelete(mockapi.FaultUnavailable), slow,
	} {
		withMock(t, mockapi.Options{}, Config{MaxRetries: 4}, func(t *testing.T, hero *mockapi.Server, c *Client) {
			id, kept := seeded(hero), seeded(hero)
			hero.Fault(fault)
			if err := c.DeleteWebhook(t.Context(), testPractice, id); err != nil {
				t.Errorf("%s: %v", fault.Kind, err)
			}
			if held := hero.Webhooks(testPractice); len(held) != 1 || held[0].ID != kept {
				t.Errorf("%s: Hero holds %+v", fault.Kind, held)
			}
			if _, err := c.FindWebhook(t.Context(), testPractice, id); !errors.Is(err, ErrGone) {
				t.Errorf("%s: the next read got %v", fault.Kind, err)
			}
		})
	}
}

func TestDeleteWebhook_oneThatIsGoneIsDone(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		if err := c.DeleteWebhook(t.Context(), testPractice, "9999"); err != nil || hero.Count("GET", webhooksPath) != 1 {
			t.Errorf("got %v after %d lists", err, hero.Count("GET", webhooksPath))
		}
	})
}

func TestDeleteWebhook_a404OfOneThatTheListHoldsIsAnError(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		id := seeded(hero)
		if _, err := c.FindWebhook(t.Context(), testPractice, id); err != nil { // in the shared list too
			t.Fatal(err)
		}
		hero.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: 404, Method: http.MethodDelete})
		err := c.DeleteWebhook(t.Context(), testPractice, id)
		if !HasStatus(err, 404) || errors.Is(err, ErrGone) || !strings.Contains(err.Error(), "still holds it") {
			t.Errorf("got %v", err)
		}
	})
}

func TestDeleteWebhook_a404ThatCannotBeCheckedIsAnError(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		hero.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: 404}) // the practice's lists too
		if err := c.DeleteWebhook(t.Context(), testPractice, "1"); !HasStatus(err, 404) || !strings.Contains(err.Error(), "could not be checked") {
			t.Errorf("got %v", err)
		}
	})
}

func TestDeleteWebhook_isVerifiedAlsoAfterAnInterrupt(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		ctx, interrupt := context.WithCancel(t.Context())
		hero.Before(func(r *http.Request) {
			if r.Method == http.MethodDelete {
				interrupt()
			}
		})
		if err := c.DeleteWebhook(ctx, testPractice, "9999"); err != nil {
			t.Errorf("got %v", err)
		}
	})
}

func TestDeleteWebhook_otherRefusalsAreErrors(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 401, 403, 409} {
		withMock(t, mockapi.Options{}, Config{}, func(t *testing.T, hero *mockapi.Server, c *Client) {
			hero.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: status, Method: http.MethodDelete})
			if err := c.DeleteWebhook(t.Context(), testPractice, seeded(hero)); !HasStatus(err, status) || hero.Count("GET", "") != 0 {
				t.Errorf("%d: got %v", status, err)
			}
		})
	}
}
