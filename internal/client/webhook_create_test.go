package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func confirmed(target string) NewWebhook {
	key := "a-signing-key-of-32-characters!!"
	return NewWebhook{EventType: "appointment.confirmed", URL: target, SigningKey: &key, Headers: map[string]string{"x-team": "a", "Authorization": "Bearer abc"}}
}

// onCreate is a fault of the first times creates.
func onCreate(kind mockapi.FaultKind, times int) mockapi.Fault {
	return mockapi.Fault{Kind: kind, Method: http.MethodPost, Pattern: webhooksPath, Times: times}
}

// mustHold checks that the mock holds exactly the webhooks that creates returned, each once.
func mustHold(t *testing.T, hero *mockapi.Server, made []*Webhook) {
	t.Helper()
	var returned, held []string
	for _, w := range made {
		if w != nil {
			returned = append(returned, w.ID.Or(""))
		}
	}
	for _, w := range hero.Webhooks(testPractice) {
		held = append(held, w.ID)
	}
	slices.Sort(returned)
	slices.Sort(held)
	if !slices.Equal(returned, held) {
		t.Errorf("Hero holds %v, the creates returned %v", held, returned)
	}
}

func TestCreateWebhook_makesExactlyOneWhateverHappensToItsAnswer(t *testing.T) {
	t.Parallel()
	processed := func(f mockapi.Fault) mockapi.Fault { f.Processed = true; return f }
	status := func(code int) mockapi.Fault { f := onCreate(mockapi.FaultStatus, 1); f.Status = code; return f }
	slow := func(delay time.Duration, keepGoing bool) mockapi.Fault {
		f := onCreate(mockapi.FaultSlow, 1)
		f.Delay, f.KeepGoing = delay, keepGoing
		return f
	}
	for name, fault := range map[string]mockapi.Fault{
		"dropped before processing":           onCreate(mockapi.FaultDropBefore, 1),
		"dropped after processing":            onCreate(mockapi.FaultDropAfter, 1),
		"dropped twice before processing":     onCreate(mockapi.FaultDropBefore, 2),
		"truncated":                           onCreate(mockapi.FaultTruncated, 1),
		"not JSON, processed":                 processed(onCreate(mockapi.FaultNotJSON, 1)),
		"not JSON, not processed":             onCreate(mockapi.FaultNotJSON, 1),
		"empty, processed":                    processed(onCreate(mockapi.FaultEmpty, 1)),
		"a gateway's page, processed":         processed(onCreate(mockapi.FaultHTML, 1)),
		"a gateway's page, not processed":     onCreate(mockapi.FaultHTML, 1),
		"500, processed":                      processed(status(500)),
		"500, not processed":                  status(500),
		"504, processed":                      processed(status(504)),
		"504, not processed":                  status(504),
		"429":                                 onCreate(mockapi.FaultTooManyRequests, 3),
		"503 with Retry-After":                onCreate(mockapi.FaultUnavailable, 3),
		"slow but in time":                    slow(29*time.Second, false),
		"timed out, processed at once":        slow(31*time.Second, false),
		"timed out, processed 10 s later":     slow(40*time.Second, true),
		"timed out, processed 29 s later":     slow(59*time.Second, true),
		"timed out, then dropped (processed)": slow(35*time.Second, true),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, options := range []mockapi.Options{
				{},
				{NormaliseURLs: true},
				{HeadersInList: mockapi.EchoMasked, SigningKeyInList: mockapi.EchoMasked},
				{HeadersInList: mockapi.EchoOmitted, SigningKeyInList: mockapi.EchoOmitted},
				{ListEnvelope: mockapi.EnvelopeBareArray},
				{DocumentedOnly: true},
			} {
				withMock(t, options, Config{MaxRetries: DefaultMaxRetries}, func(t *testing.T, hero *mockapi.Server, c *Client) {
					f := fault
					f.RetryAfter = mockapi.RetryAfter{After: 2 * time.Second}
					hero.Fault(f)
					made, err := c.CreateWebhook(t.Context(), testPractice, confirmed("https://hooks.example.com/hero"))
					if err != nil {
						t.Fatalf("%+v: %v", options, err)
					}
					mustHold(t, hero, []*Webhook{made})
					if found, err := c.FindWebhook(t.Context(), testPractice, made.ID.Or("")); err != nil || found.PracticeGroupID != testPractice {
						t.Errorf("the next read got %+v, %v", found, err)
					}
				})
			}
		})
	}
}

func TestCreateWebhook_takesOnePostAndOneListWhenNothingFails(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		made := createAll(t, c, 200, func(i int) NewWebhook { return confirmed(fmt.Sprint("https://hooks.example.com/", i)) })
		mustHold(t, hero, made)
		if gets, posts := hero.Count("GET", ""), hero.Count("POST", ""); gets != 1 || posts != 200 {
			t.Errorf("%d GETs and %d POSTs", gets, posts)
		}
	})
}

func TestCreateWebhook_doesNotTakeTheOneThatItReplaces(t *testing.T) {
	t.Parallel()
	for _, kind := range []mockapi.FaultKind{mockapi.FaultDropAfter, mockapi.FaultDropBefore} {
		withMock(t, mockapi.Options{}, Config{MaxRetries: 4}, func(t *testing.T, hero *mockapi.Server, c *Client) {
			wanted := confirmed("https://hooks.example.com/hero")
			old := hero.AddWebhook(mockapi.Webhook{PracticeID: testPractice, EventType: wanted.EventType, URL: wanted.URL, Headers: wanted.Headers})
			hero.Fault(onCreate(kind, 1))
			made, err := c.CreateWebhook(t.Context(), testPractice, wanted)
			if err != nil || made.ID.Or("") == old {
				t.Fatalf("%s: got %+v, %v", kind, made, err)
			}
			if err := c.DeleteWebhook(t.Context(), testPractice, old); err != nil {
				t.Error(err)
			}
			mustHold(t, hero, []*Webhook{made})
		})
	}
}

func TestCreateWebhook_withoutTheListFromBeforeItAdoptsNothing(t *testing.T) {
	t.Parallel()
	for kind, ok := range map[mockapi.FaultKind]bool{mockapi.FaultDropAfter: false, mockapi.FaultDropBefore: true} {
		withMock(t, mockapi.Options{}, Config{MaxRetries: 1}, func(t *testing.T, hero *mockapi.Server, c *Client) {
			hero.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: http.MethodGet, Times: 2})
			hero.Fault(onCreate(kind, 1))
			made, err := c.CreateWebhook(t.Context(), testPractice, confirmed("https://hooks.example.com/hero"))
			var ambiguous *AmbiguousError
			held := hero.Webhooks(testPractice)
			switch {
			case len(held) != 1:
				t.Errorf("%s: Hero holds %v", kind, held)
			case ok && (err != nil || made.ID.Or("") != held[0].ID):
				t.Errorf("%s: got %+v, %v", kind, made, err)
			case !ok && (!errors.As(err, &ambiguous) || !slices.Equal(ambiguous.IDs, []string{held[0].ID})):
				t.Errorf("%s: got %v", kind, err)
			}
		})
	}
}

func TestCreateWebhook_aListThatFailsAfterALostAnswerIsAnErrorThatSaysSo(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{MaxRetries: 1}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		hero.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: http.MethodGet, After: 1})
		hero.Fault(onCreate(mockapi.FaultDropAfter, 1))
		_, err := c.CreateWebhook(t.Context(), testPractice, confirmed("https://hooks.example.com/hero"))
		var ambiguous *AmbiguousError
		if !errors.As(err, &ambiguous) || len(ambiguous.IDs) > 0 || !errors.Is(err, mockapi.ErrDropped) || !HasStatus(err, 500) || !strings.Contains(err.Error(), "may exist") {
			t.Errorf("got %v", err)
		}
		if hero.Count("POST", "") != 1 {
			t.Errorf("%d POSTs", hero.Count("POST", ""))
		}
	})
}

func TestCreateWebhook_aSuccessWithoutAnIDIsNotSentAgain(t *testing.T) {
	t.Parallel()
	for body, kind := range map[string]mockapi.FaultKind{`{"webhook":{"id":"7"}}`: mockapi.FaultStatus, "": mockapi.FaultEmpty} {
		withMock(t, mockapi.Options{}, Config{MaxRetries: 4}, func(t *testing.T, hero *mockapi.Server, c *Client) {
			hero.Fault(mockapi.Fault{Kind: kind, Method: http.MethodPost, Status: 201, Body: body}) // and the list does not show it either
			_, err := c.CreateWebhook(t.Context(), testPractice, confirmed("https://hooks.example.com/hero"))
			var ambiguous *AmbiguousError
			if !errors.As(err, &ambiguous) || hero.Count("POST", "") != 1 {
				t.Errorf("%q: got %v after %d POSTs", body, err, hero.Count("POST", ""))
			}
		})
	}
}

func TestCreateWebhook_theLastErrorSpeaksForAllAttempts(t *testing.T) {
	t.Parallel()
	for kind, maybe := range map[mockapi.FaultKind]bool{mockapi.FaultStatus: true, mockapi.FaultDropBefore: true} {
		withMock(t, mockapi.Options{}, Config{MaxRetries: 2}, func(t *testing.T, hero *mockapi.Server, c *Client) {
			hero.Fault(mockapi.Fault{Kind: kind, Method: http.MethodPost, Body: `{"message":"our database is away"}`})
			_, err := c.CreateWebhook(t.Context(), testPractice, confirmed("https://hooks.example.com/hero"))
			if err == nil || !strings.Contains(err.Error(), "(3 attempts over ") || hero.Count("POST", "") != 3 || MaybeDone(err) != maybe {
				t.Errorf("%s: got %v after %d POSTs", kind, err, hero.Count("POST", ""))
			}
			if kind == mockapi.FaultStatus && !strings.Contains(err.Error(), "our database is away") {
				t.Errorf("Hero's words are lost: %v", err)
			}
		})
	}
}

func TestCreateWebhook_aRefusalIsNotLookedInto(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{MaxRetries: 4}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		_, err := c.CreateWebhook(t.Context(), testPractice, NewWebhook{EventType: "no.such-event", URL: "https://hooks.example.com"})
		var refused *Error
		if !errors.As(err, &refused) || refused.Status != 400 || len(refused.Problems) == 0 || refused.Problems[0].Path[0] != "event_type" || MaybeDone(err) {
			t.Errorf("got %#v", err)
		}
		if hero.Count("GET", "") != 1 || hero.Count("POST", "") != 1 {
			t.Errorf("%d GETs, %d POSTs", hero.Count("GET", ""), hero.Count("POST", ""))
		}
	})
}

func TestCreateWebhook_anInterruptDoesNotLoseWhatWasSent(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string]mockapi.FaultKind{"answered": mockapi.FaultSlow, "dropped": mockapi.FaultDropAfter} {
		withMock(t, mockapi.Options{Latency: time.Second}, Config{MaxRetries: 4}, func(t *testing.T, hero *mockapi.Server, c *Client) {
			ctx, interrupt := context.WithCancel(t.Context())
			hero.Before(func(r *http.Request) {
				if r.Method == http.MethodPost {
					interrupt()
				}
			})
			f := onCreate(kind, 1)
			f.Delay = 5 * time.Second
			hero.Fault(f)
			made, err := c.CreateWebhook(ctx, testPractice, confirmed("https://hooks.example.com/hero"))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			mustHold(t, hero, []*Webhook{made})
		})
	}
}

func TestCreateWebhook_anInterruptBeforeItWasSentSendsNothing(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		ctx, interrupt := context.WithCancel(t.Context())
		interrupt()
		_, err := c.CreateWebhook(ctx, testPractice, confirmed("https://hooks.example.com/hero"))
		if !errors.Is(err, context.Canceled) || MaybeDone(err) || hero.Count("POST", "") != 0 {
			t.Errorf("got %v after %d POSTs", err, hero.Count("POST", ""))
		}
	})
}

func TestCreateWebhook_anInterruptAfterALostOneThatWasNotMadeEndsIt(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{MaxRetries: 4}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		ctx, interrupt := context.WithCancel(t.Context())
		hero.Before(func(r *http.Request) {
			if r.Method == http.MethodPost {
				interrupt()
			}
		})
		hero.Fault(onCreate(mockapi.FaultDropBefore, 0))
		if _, err := c.CreateWebhook(ctx, testPractice, confirmed("https://hooks.example.com/hero")); !errors.Is(err, mockapi.ErrDropped) || hero.Count("POST", "") != 1 {
			t.Errorf("got %v after %d POSTs", err, hero.Count("POST", ""))
		}
		mustHold(t, hero, nil)
	})
}

func TestAlike(t *testing.T) {
	t.Parallel()
	wanted := NewWebhook{EventType: "appointment.confirmed", URL: "https://Hooks.example.com:443/hero", Headers: map[string]string{"x-team": "a", "Authorization": "Bearer abc"}}
	like := func(change func(*Webhook)) Webhook {
		w := Webhook{EventType: Tell(wanted.EventType), URL: Tell(wanted.URL), Headers: Tell(map[string]string{"x-team": "a", "Authorization": "Bearer abc"})}
		change(&w)
		return w
	}
	for name, test := range map[string]struct {
		w    Webhook
		want bool
	}{
		"as it was sent":               {like(func(*Webhook) {}), true},
		"normalised URL":               {like(func(w *Webhook) { w.URL = Tell("https://hooks.example.com/hero/") }), true},
		"another path":                 {like(func(w *Webhook) { w.URL = Tell("https://hooks.example.com/other") }), false},
		"another scheme":               {like(func(w *Webhook) { w.URL = Tell("http://hooks.example.com/hero") }), false},
		"no URL":                       {like(func(w *Webhook) { w.URL = Field[string]{} }), false},
		"another event":                {like(func(w *Webhook) { w.EventType = Tell("appointment.cancelled") }), false},
		"hidden headers":               {like(func(w *Webhook) { w.Headers = Field[map[string]string]{} }), true},
		"names in another case":        {like(func(w *Webhook) { w.Headers = Tell(map[string]string{"X-Team": "a"}) }), true},
		"masked values":                {like(func(w *Webhook) { w.Headers = Tell(map[string]string{"X-Team": "a", "Authorization": "****"}) }), true},
		"another value":                {like(func(w *Webhook) { w.Headers = Tell(map[string]string{"x-team": "b"}) }), false},
		"a header that we do not send": {like(func(w *Webhook) { w.Headers = Tell(map[string]string{"X-Other": "a"}) }), false},
	} {
		if got := alike(test.w, wanted); got != test.want {
			t.Errorf("%s: want %t", name, test.want)
		}
	}
}

func TestLooksMasked(t *testing.T) {
	t.Parallel()
	for want, values := range map[bool][]string{
		true:  {"", "****", "abc…", "sk_l...", "xxxxxxxx", "[REDACTED]", "•••", "(hidden)", "Masked"},
		false: {"a-signing-key", "Bearer abc", "a*b", "xxx", "1.2.3"},
	} {
		for _, value := range values {
			if LooksMasked(value) != want {
				t.Errorf("%q: want %t", value, want)
			}
		}
	}
}
