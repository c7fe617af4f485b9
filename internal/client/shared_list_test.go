package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

func TestSharedRead_fiftyCallersShareOneRead(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	c := newWiredClient(t, Config{}, wireFunc(func(r *http.Request) (*http.Response, error) {
		asked.Add(1)
		return reply(r, 200, `[{"id":"1"},{"id":"2"}]`), nil
	}))
	var group sync.WaitGroup
	for i := range 50 {
		group.Go(func() {
			found, err := c.FindWebhook(t.Context(), testPractice, fmt.Sprint(1+i%2))
			if err != nil || found.ID.Or("") != fmt.Sprint(1+i%2) {
				t.Errorf("got %+v, %v", found, err)
				return
			}
			found.ID = Tell("mine") // must not reach the others
		})
	}
	group.Wait()
	if asked.Load() != 1 {
		t.Errorf("%d requests", asked.Load())
	}
}

func TestSharedRead_eachPracticeHasItsOwn(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	c := newWiredClient(t, Config{}, wireFunc(func(r *http.Request) (*http.Response, error) {
		asked.Add(1)
		return reply(r, 200, `[{"id":"of `+r.Header.Get("X-Practice-Group-Id")+`"}]`), nil
	}))
	for range 3 {
		for _, practice := range []string{"12", "15"} {
			if found, err := c.FindWebhook(t.Context(), practice, "of "+practice); err != nil || found.PracticeGroupID != practice {
				t.Errorf("%s: got %+v, %v", practice, found, err)
			}
		}
	}
	if asked.Load() != 2 {
		t.Errorf("%d requests", asked.Load())
	}
}

func TestSharedRead_canBeSwitchedOff(t *testing.T) {
	t.Parallel()
	asked := 0
	c := newWiredClient(t, Config{SingleReads: true}, wireFunc(func(r *http.Request) (*http.Response, error) {
		asked++
		return reply(r, 200, `[{"id":"1"}]`), nil
	}))
	for range 3 {
		if _, err := c.FindWebhook(t.Context(), testPractice, "1"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.WebhooksAtStart(t.Context(), testPractice); err != nil || asked != 4 {
		t.Errorf("%d requests, %v", asked, err)
	}
}

func TestSharedRead_aCallerThatLeavesDoesNotFailTheOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var shared sharedRead[string]
		read := func(ctx context.Context) (string, error) { return "read", pauseFor(ctx, time.Minute) }
		first, leave := context.WithCancel(t.Context())
		left, stayed := make(chan error, 1), make(chan error, 1)
		go func() { _, err := shared.get(first, testPractice, read); left <- err }()
		synctest.Wait()
		go func() {
			got, err := shared.get(t.Context(), testPractice, nil)
			if got != "read" {
				err = errors.Join(err, fmt.Errorf("got %q", got))
			}
			stayed <- err
		}()
		synctest.Wait()
		leave()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("the one who left got %v", err)
		}
		if err := <-stayed; err != nil {
			t.Errorf("the other got %v", err)
		}
	})
}

func TestSharedRead_aFailureGoesToThoseWhoWaitedAndIsNotKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var shared sharedRead[int]
		reads := 0
		failing := errors.New("no")
		read := func(ctx context.Context) (int, error) {
			reads++
			if err := pauseFor(ctx, time.Second); err != nil || reads == 1 {
				return 0, errors.Join(failing, err)
			}
			return reads, nil
		}
		var group sync.WaitGroup
		for range 5 {
			group.Go(func() {
				if _, err := shared.get(t.Context(), testPractice, read); !errors.Is(err, failing) {
					t.Errorf("got %v", err)
				}
			})
		}
		group.Wait()
		if got, err := shared.get(t.Context(), testPractice, read); got != 2 || err != nil {
			t.Errorf("after the failure: got %d, %v", got, err)
		}
	})
}

// An operation of the property below, with times in milliseconds.
type operation struct {
	write                bool
	at, toServer, toBack int
	leavesAfter          int // of a reader; 0 when it waits to the end
}

// seen is what came of an operation.
type seen struct {
	operation
	began, ended time.Time
	version      int
	err          error
}

// interleave lets operations run against one sharedRead and a server whose state is the number of writes that it has processed.
func interleave(t *testing.T, plan []operation) []seen {
	t.Helper()
	results := make([]seen, len(plan))
	synctest.Test(t, func(t *testing.T) {
		var shared sharedRead[int]
		var version atomic.Int64
		pause := func(milliseconds int) {
			if err := pauseFor(context.Background(), time.Duration(milliseconds)*time.Millisecond); err != nil {
				t.Error(err)
			}
		}
		var group sync.WaitGroup
		for i, o := range plan {
			group.Go(func() {
				pause(o.at)
				result := seen{operation: o, began: time.Now()}
				if o.write {
					pause(o.toServer)
					version.Add(1)
					pause(o.toBack)
					shared.discard(testPractice)
				} else {
					ctx := context.Background()
					if o.leavesAfter > 0 {
						limited, cancel := context.WithTimeout(ctx, time.Duration(o.leavesAfter)*time.Millisecond)
						defer cancel()
						ctx = limited
					}
					result.version, result.err = shared.get(ctx, testPractice, func(context.Context) (int, error) {
						pause(o.toServer)
						now := version.Load()
						pause(o.toBack)
						return int(now), nil
					})
				}
				result.ended = time.Now()
				results[i] = result
			})
		}
		group.Wait()
		pause(1000) // reads whose callers have left
	})
	return results
}

// complaint says what a plain client could not have seen, "" when all is well.
func complaint(results []seen) string {
	for _, r := range results {
		if r.write {
			continue
		}
		if r.err != nil {
			if r.leavesAfter == 0 || !errors.Is(r.err, context.DeadlineExceeded) {
				return fmt.Sprintf("a read failed: %v", r.err)
			}
			continue
		}
		least, most := 0, 0
		for _, w := range results {
			if w.write && w.ended.Before(r.began) {
				least++
			}
			if w.write && !w.began.After(r.ended) {
				most++
			}
			// Reads one after the other never go back in time.
			if !w.write && w.err == nil && w.ended.Before(r.began) && w.version > r.version {
				return fmt.Sprintf("a read saw version %d after one had seen %d", r.version, w.version)
			}
		}
		if r.version < least || r.version > most {
			return fmt.Sprintf("a read saw version %d, but %d writes had ended before it and %d had begun", r.version, least, most)
		}
	}
	return ""
}

func TestSharedRead_neverReturnsWhatAPlainClientWouldNot(t *testing.T) {
	t.Parallel()
	milliseconds := rapid.IntRange(0, 30)
	operations := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) operation {
		return operation{
			write: rapid.Bool().Draw(t, "write"), at: rapid.IntRange(0, 100).Draw(t, "at"),
			toServer: milliseconds.Draw(t, "toServer"), toBack: milliseconds.Draw(t, "toBack"), leavesAfter: rapid.SampledFrom([]int{0, 0, 0, 1, 10}).Draw(t, "leavesAfter"),
		}
	}), 1, 12)
	rapid.Check(t, func(r *rapid.T) {
		if wrong := complaint(interleave(t, operations.Draw(r, "operations"))); wrong != "" {
			r.Fatal(wrong)
		}
	})
}

// The property above can fail: a reader that joins a read begun before a write that has ended would break it.
func TestComplaint_seesStaleReads(t *testing.T) {
	t.Parallel()
	at := func(ms int) time.Time { return testEpoch.Add(time.Duration(ms) * time.Millisecond) }
	write := seen{operation: operation{write: true}, began: at(0), ended: at(10)}
	for want, reads := range map[bool][]seen{
		true:  {{began: at(11), ended: at(12), version: 0}},
		false: {{began: at(11), ended: at(12), version: 1}, {began: at(5), ended: at(12), version: 0}},
	} {
		if got := complaint(append(reads, write)); (got != "") != want {
			t.Errorf("got %q", got)
		}
	}
	back := []seen{{began: at(1), ended: at(2), version: 1}, {began: at(3), ended: at(4), version: 0}, write}
	if complaint(back) == "" {
		t.Error("a read that went back in time was not seen")
	}
}
