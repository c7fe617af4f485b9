package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

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
				{}, {NormaliseURLs: true}, {HeadersInList: mockapi.EchoMasked, SigningKeyInList: mockapi.EchoMasked},
				{HeadersInList: mockapi.EchoOmitted, SigningKeyInList: mockapi.EchoOmitted}, {ListEnvelope: mockapi.EnvelopeBareArray}, {DocumentedOnly: true},
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

// createAll makes n webhooks, ten at a time. Any error fails the test.
func createAll(t *testing.T, c *Client, n int, wanted func(int) NewWebhook) []*Webhook {
	t.Helper()
	made := make([]*Webhook, n)
	slots := make(chan struct{}, 10)
	var group sync.WaitGroup
	for i := range n {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			var err error
			if made[i], err = c.CreateWebhook(t.Context(), testPractice, wanted(i)); err != nil {
				t.Errorf("create %d: %v", i, err)
			}
		})
	}
	group.Wait()
	return made
}

// everyNth lets a fault hit every nth create that arrives.
func everyNth(kind mockapi.FaultKind, n int64) mockapi.Fault {
	var arrived atomic.Int64
	return mockapi.Fault{
		Kind: kind, Method: http.MethodPost, Pattern: webhooksPath, Match: func(mockapi.Request) bool { return arrived.Add(1)%n == 0 },
	}
}

func TestCreateWebhook_concurrentCreatesDoNotTakeEachOthersWebhooks(t *testing.T) {
	t.Parallel()
	for name, wanted := range map[string]func(int) NewWebhook{
		"identical":       func(int) NewWebhook { return confirmed("https://hooks.example.com/hero") },
		"different URLs":  func(i int) NewWebhook { return confirmed(fmt.Sprint("https://hooks.example.com/", i)) },
		"three like ones": func(i int) NewWebhook { return confirmed(fmt.Sprint("https://hooks.example.com/", i%3)) },
	} {
		for _, kind := range []mockapi.FaultKind{mockapi.FaultDropAfter, mockapi.FaultDropBefore, mockapi.FaultTruncated, mockapi.FaultHTML} {
			t.Run(fmt.Sprint(name, ", ", kind), func(t *testing.T) {
				t.Parallel()
				withMock(t, mockapi.Options{}, Config{MaxRetries: 10}, func(t *testing.T, hero *mockapi.Server, c *Client) {
					hero.Fault(everyNth(kind, 3))
					mustHold(t, hero, createAll(t, c, 30, wanted))
				})
			})
		}
	}
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

func TestCreateWebhook_namesTheCandidatesWhenAnotherActorMadeALikeOne(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{MaxRetries: 4}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		wanted := confirmed("https://hooks.example.com/hero")
		var theirs string
		hero.Before(func(r *http.Request) {
			if r.Method == http.MethodPost {
				theirs = hero.AddWebhook(mockapi.Webhook{PracticeID: testPractice, EventType: wanted.EventType, URL: wanted.URL, Headers: wanted.Headers})
			}
		})
		hero.Fault(onCreate(mockapi.FaultDropAfter, 1))
		_, err := c.CreateWebhook(t.Context(), testPractice, wanted)
		var ambiguous *AmbiguousError
		if !errors.As(err, &ambiguous) || len(ambiguous.IDs) != 2 || !slices.Contains(ambiguous.IDs, theirs) || !errors.Is(err, errDropped) {
			t.Fatalf("got %v", err)
		}
		for _, w := range hero.Webhooks(testPractice) {
			if !strings.Contains(err.Error(), w.ID) {
				t.Errorf("%q does not name %s", err, w.ID)
			}
		}
	})
}

func TestCreateWebhook_tellsLikeOnesApartByTheirHeaders(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{MaxRetries: 4}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		wanted := confirmed("https://hooks.example.com/hero")
		var theirs string
		hero.Before(func(r *http.Request) {
			if r.Method == http.MethodPost && theirs == "" {
				theirs = hero.AddWebhook(mockapi.Webhook{PracticeID: testPractice, EventType: wanted.EventType, URL: wanted.URL, Headers: map[string]string{"X-Team": "b"}})
			}
		})
		hero.Fault(onCreate(mockapi.FaultDropAfter, 1))
		made, err := c.CreateWebhook(t.Context(), testPractice, wanted)
		if err != nil || made.ID.Or("") == theirs || len(hero.Webhooks(testPractice)) != 2 {
			t.Errorf("got %+v, %v", made, err)
		}
	})
}

func TestCreateWebhook_doesNotGuessBetweenItsOwnLostOnes(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{HeadersInList: mockapi.EchoOmitted}, Config{MaxRetries: 4}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		hero.Fault(onCreate(mockapi.FaultDropAfter, 2))
		var group sync.WaitGroup
		var ambiguities atomic.Int32
		for _, team := range []string{"a", "b"} {
			group.Go(func() {
				wanted := confirmed("https://hooks.example.com/hero")
				wanted.Headers = map[string]string{"X-Team": team}
				made, err := c.CreateWebhook(t.Context(), testPractice, wanted)
				var ambiguous *AmbiguousError
				if errors.As(err, &ambiguous) && len(ambiguous.IDs) > 0 {
					ambiguities.Add(1)
				} else {
					t.Errorf("two lost creates that the list cannot tell apart: got %+v, %v", made, err)
				}
			})
		}
		synctest.Wait()
		group.Wait()
		if ambiguities.Load() != 2 {
			t.Errorf("%d errors", ambiguities.Load())
		}
	})
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
		if !errors.As(err, &ambiguous) || len(ambiguous.IDs) > 0 || !errors.Is(err, errDropped) || !HasStatus(err, 500) || !strings.Contains(err.Error(), "may exist") {
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
		if _, err := c.CreateWebhook(ctx, testPractice, confirmed("https://hooks.example.com/hero")); !errors.Is(err, errDropped) || hero.Count("POST", "") != 1 {
			t.Errorf("got %v after %d POSTs", err, hero.Count("POST", ""))
		}
		mustHold(t, hero, nil)
	})
}

func TestCreateWebhook_underAnyFaultsNothingIsDoubledOrForgotten(t *testing.T) {
	t.Parallel()
	kinds := []mockapi.FaultKind{"", "", mockapi.FaultDropBefore, mockapi.FaultDropAfter, mockapi.FaultTruncated, mockapi.FaultHTML, mockapi.FaultTooManyRequests, mockapi.FaultSlow}
	rapid.Check(t, func(r *rapid.T) {
		faults := rapid.SliceOfN(rapid.SampledFrom(kinds), 0, 20).Draw(r, "faults of the creates in turn")
		urls := rapid.SliceOfN(rapid.IntRange(0, 3), 1, 8).Draw(r, "urls")
		withMock(t, mockapi.Options{}, Config{MaxRetries: 25}, func(t *testing.T, hero *mockapi.Server, c *Client) {
			for i, kind := range faults {
				if kind != "" {
					var arrived atomic.Int64
					f := mockapi.Fault{Kind: kind, Delay: 40 * time.Second, KeepGoing: true, Match: func(q mockapi.Request) bool { return q.Method == http.MethodPost && int(arrived.Add(1)) == i+1 }}
					hero.Fault(f)
				}
			}
			mustHold(t, hero, createAll(t, c, len(urls), func(i int) NewWebhook { return confirmed(fmt.Sprint("https://hooks.example.com/", urls[i])) }))
		})
		if t.Failed() {
			r.Fatal("see above")
		}
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

func TestCreateWebhook_doesNotTakeOneWhoseCreateIsAboutToBeAnswered(t *testing.T) {
	t.Parallel()
	withMock(t, mockapi.Options{}, Config{MaxRetries: 4}, func(t *testing.T, hero *mockapi.Server, c *Client) {
		hero.Fault(onCreate(mockapi.FaultDropBefore, 1))
		hero.After(func(r mockapi.Request) {
			if r.Method == http.MethodPost && r.Processed { // made, and on its way back for a while
				if err := pauseFor(context.Background(), 3*time.Second); err != nil {
					t.Error(err)
				}
			}
		})
		mustHold(t, hero, createAll(t, c, 2, func(int) NewWebhook { return confirmed("https://hooks.example.com/hero") }))
	})
}

func TestCreateWebhook_doesNotTakeWhatAnotherLostOneMayHaveMade(t *testing.T) {
	t.Parallel()
	for _, slowOne := range []string{"team-a", "team-b"} { // the other looks first
		withMock(t, mockapi.Options{HeadersInList: mockapi.EchoOmitted}, Config{MaxRetries: 4}, func(t *testing.T, hero *mockapi.Server, c *Client) {
			of := func(team string) func(mockapi.Request) bool {
				return func(r mockapi.Request) bool { return strings.Contains(r.Body, `"`+team+`"`) }
			}
			notMade, slow, made := onCreate(mockapi.FaultDropBefore, 1), onCreate(mockapi.FaultSlow, 1), onCreate(mockapi.FaultDropAfter, 1)
			notMade.Match, slow.Match, made.Match, slow.Delay = of("team-a"), of(slowOne), of("team-b"), time.Second
			hero.Fault(notMade)
			hero.Fault(slow)
			hero.Fault(made)
			var group sync.WaitGroup
			for _, team := range []string{"team-a", "team-b"} {
				group.Go(func() {
					wanted := confirmed("https://hooks.example.com/hero")
					wanted.Headers = map[string]string{"X-Team": team}
					created, err := c.CreateWebhook(t.Context(), testPractice, wanted)
					var ambiguous *AmbiguousError
					if err != nil && !errors.As(err, &ambiguous) {
						t.Error(err)
					}
					for _, held := range hero.Webhooks(testPractice) {
						if err == nil && held.ID == created.ID.Or("") && held.Headers["X-Team"] != team {
							t.Errorf("the create of %s returned the webhook %+v", team, held)
						}
					}
				})
			}
			group.Wait()
		})
	}
}
