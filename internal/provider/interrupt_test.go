package provider_test

import (
	"maps"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// interrupted runs a phase and presses Ctrl-C while it waits, and says how long it went on for, in virtual time.
func interrupted(s *stage, run func() driver.Diagnostics) (said driver.Diagnostics, wentOn time.Duration) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		said = run()
	}()
	synctest.Wait()
	began := time.Now()
	s.last.Stop()
	<-ended
	return said, time.Since(began)
}

func TestInterrupt(t *testing.T) {
	t.Parallel()
	sub := webhookUnderFaults()
	config := sub.columns[0].config
	for _, test := range []struct {
		name    string
		exists  bool
		fault   mockapi.Fault
		run     func(*stage) driver.Diagnostics
		says    string // of an error, "" for none
		atLeast time.Duration
		atMost  time.Duration
	}{
		{
			name: "a create that waits for its turn is given up at once, and says that nothing was sent", says: "The run was interrupted before",
			fault: mockapi.Fault{Kind: mockapi.FaultTooManyRequests, Method: http.MethodPost, RetryAfter: mockapi.RetryAfter{After: time.Minute}},
			run:   func(s *stage) driver.Diagnostics { return s.held.Apply(config) },
		},
		{
			name:  "a create that was sent waits for its answer, and is in state",
			fault: mockapi.Fault{Kind: mockapi.FaultSlow, Method: http.MethodPost, Delay: 20 * time.Second},
			run:   func(s *stage) driver.Diagnostics { return s.held.Apply(config) }, atLeast: 20 * time.Second, atMost: 20 * time.Second,
		},
		{
			name:  "a create whose answer is lost afterwards is looked for, and is in state",
			fault: mockapi.Fault{Kind: mockapi.FaultSlow, Method: http.MethodPost, Delay: 40 * time.Second, KeepGoing: true},
			run:   func(s *stage) driver.Diagnostics { return s.held.Apply(config) }, atLeast: 30 * time.Second, atMost: 75 * time.Second,
		},
		{
			name: "a read is given up at once, and state stays", exists: true, says: "The run was interrupted before",
			fault: mockapi.Fault{Kind: mockapi.FaultSlow, Method: http.MethodGet, Delay: 20 * time.Second},
			run:   func(s *stage) driver.Diagnostics { return s.held.Refresh() },
		},
		{
			name: "a delete that was sent waits for its answer, and leaves state", exists: true,
			fault: mockapi.Fault{Kind: mockapi.FaultSlow, Method: http.MethodDelete, Delay: 20 * time.Second},
			run:   func(s *stage) driver.Diagnostics { return s.held.Destroy() }, atLeast: 20 * time.Second, atMost: 20 * time.Second,
		},
		{
			name: "a delete that is to be repeated is given up at once, and state stays", exists: true, says: "The run was interrupted before",
			fault: mockapi.Fault{Kind: mockapi.FaultUnavailable, Method: http.MethodDelete, RetryAfter: mockapi.RetryAfter{After: time.Minute}},
			run:   func(s *stage) driver.Diagnostics { return s.held.Destroy() },
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := &stage{subject: sub, t: t, hero: mockapi.New(mockapi.Options{})}
				s.process()
				if test.exists {
					s.exists(config)
					s.process()
				}
				s.hero.Fault(test.fault)
				said, wentOn := interrupted(s, func() driver.Diagnostics { return test.run(s) })
				<-time.After(time.Minute) // what Hero still works on
				if test.says == "" {
					said.RequireNoErrors(t)
				} else {
					said.RequireError(t, test.says)
				}
				if wentOn < test.atLeast || wentOn > test.atMost {
					t.Errorf("it went on for %s after the interrupt, want %s to %s", wentOn, test.atLeast, test.atMost)
				}
				if hero, state := s.atHero(s.hero), s.known(); !maps.Equal(hero, state) {
					t.Errorf("Hero holds %v and state %v:\n%s", hero, state, said)
				}
			})
		})
	}
}
