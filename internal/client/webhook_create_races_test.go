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
		if !errors.As(err, &ambiguous) || len(ambiguous.IDs) != 2 || !slices.Contains(ambiguous.IDs, theirs) || !errors.Is(err, mockapi.ErrDropped) {
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
