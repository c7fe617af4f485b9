package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// limit decides whether a server takes a request at a time.
type limit func(now time.Time) bool

func tokenBucket(perSecond, burst float64) func() limit {
	return func() limit {
		tokens, last := burst, time.Time{}
		return func(now time.Time) bool {
			if !last.IsZero() {
				tokens = min(burst, tokens+perSecond*now.Sub(last).Seconds())
			}
			last = now
			if tokens < 1-1e-9 {
				return false
			}
			tokens--
			return true
		}
	}
}

func fixedWindow(perSecond int) func() limit {
	return func() limit {
		var window int64
		taken := 0
		return func(now time.Time) bool {
			if now.Unix() != window {
				window, taken = now.Unix(), 0
			}
			taken++
			return taken <= perSecond
		}
	}
}

func slidingWindow(perSecond int) func() limit {
	return func() limit {
		var taken []time.Time
		return func(now time.Time) bool {
			taken = slices.DeleteFunc(taken, func(at time.Time) bool { return now.Sub(at) >= time.Second })
			if len(taken) >= perSecond {
				return false
			}
			taken = append(taken, now)
			return true
		}
	}
}

// run is what came of a simulated apply.
type run struct {
	sent, refused, failed, mostInFlight int
	took                                time.Duration
}

// apply sends calls from workers, as Terraform does, to a server with a rate limit, in virtual time. Call it in a synctest bubble.
func apply(t *testing.T, config Config, calls, workers int, takes limit, latency time.Duration, retryAfter string) run {
	t.Helper()
	var mu sync.Mutex
	var r run
	inFlight := 0
	c := newWiredClient(t, config, wireFunc(func(request *http.Request) (*http.Response, error) {
		mu.Lock()
		inFlight++
		r.mostInFlight = max(r.mostInFlight, inFlight)
		mu.Unlock()
		err := pauseFor(request.Context(), latency/2)
		mu.Lock()
		r.sent++
		taken := takes == nil || takes(time.Now())
		if !taken {
			r.refused++
		}
		mu.Unlock()
		err = errors.Join(err, pauseFor(request.Context(), latency/2))
		mu.Lock()
		inFlight--
		mu.Unlock()
		switch {
		case err != nil:
			return nil, err
		case !taken && retryAfter != "":
			return reply(request, http.StatusTooManyRequests, "", "Retry-After", retryAfter), nil
		case !taken:
			return reply(request, http.StatusTooManyRequests, ""), nil
		default:
			return reply(request, http.StatusOK, `{"id":"1"}`), nil
		}
	}))
	started := time.Now()
	work := make(chan int)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for range work {
				if _, err := c.do(t.Context(), write(http.MethodPost, "/v1/webhooks")); err != nil {
					mu.Lock()
					r.failed++
					mu.Unlock()
				}
			}
		})
	}
	for i := range calls {
		work <- i
	}
	close(work)
	group.Wait()
	r.took = time.Since(started)
	return r
}

func TestThrottle_wastesFewCallsOnALimitedServer(t *testing.T) {
	t.Parallel()
	servers := []struct {
		name       string
		limit      func() limit
		retryAfter string
		calls      int
		slowest    time.Duration
		wasted     float64
	}{
		{"token bucket, burst 20", tokenBucket(20, 20), "1", 200, 13 * time.Second, 0.10},
		{"fixed window", fixedWindow(20), "1", 200, 13 * time.Second, 0.10},
		{"sliding window", slidingWindow(20), "1", 200, 13 * time.Second, 0.10},
		{"token bucket, burst 1", tokenBucket(20, 1), "1", 200, 22 * time.Second, 0.10},
		{"token bucket, burst 5", tokenBucket(20, 5), "1", 200, 20 * time.Second, 0.10},
		{"token bucket without Retry-After", tokenBucket(20, 20), "", 200, 13 * time.Second, 0.10},
		{"a slow server", tokenBucket(5, 5), "1", 100, 28 * time.Second, 0.15},
		{"a fast server", tokenBucket(100, 100), "1", 1000, 14 * time.Second, 0.05},
	}
	for _, server := range servers {
		t.Run(server.name, func(t *testing.T) {
			t.Parallel()
			// The server's windows do not begin when we do: try several offsets.
			for offset := range 5 {
				synctest.Test(t, func(t *testing.T) {
					if err := pauseFor(t.Context(), time.Duration(offset)*170*time.Millisecond); err != nil {
						t.Fatal(err)
					}
					r := apply(t, Config{MaxRetries: DefaultMaxRetries}, server.calls, 10, server.limit(), 50*time.Millisecond, server.retryAfter)
					summary := fmt.Sprintf("%d sent, %d refused (%.1f %%), %d failed, %s", r.sent, r.refused, 100*float64(r.refused)/float64(r.sent), r.failed, r.took)
					t.Log(summary)
					if r.failed > 0 || float64(r.refused) > server.wasted*float64(r.sent) || r.took > server.slowest {
						t.Errorf("%s; want none failed, at most %.0f %% refused, at most %s", summary, 100*server.wasted, server.slowest)
					}
				})
			}
		})
	}
}

func TestThrottle_keepsTenCallsInFlightWhenNothingIsRefused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := apply(t, Config{}, 1000, 10, nil, 50*time.Millisecond, "")
		if r.mostInFlight != 10 || r.took != 5*time.Second || r.failed > 0 {
			t.Errorf("want 1,000 calls ten at a time in exactly 5 s; got %+v", r)
		}
	})
}

func TestThrottle_requestsPerSecondCapsThePaceFromTheStart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := apply(t, Config{RequestsPerSecond: 10}, 50, 10, tokenBucket(10, 1)(), 50*time.Millisecond, "1")
		if r.refused > 0 || r.took < 4900*time.Millisecond || r.took > 5100*time.Millisecond {
			t.Errorf("want 50 calls at 10 per second without a refusal; got %+v", r)
		}
	})
}

func TestThrottle_aRefusalPausesCallsThatNothingWasSaidTo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var arrived []time.Duration
		began := time.Now()
		c := newWiredClient(t, Config{MaxRetries: 1}, wireFunc(func(r *http.Request) (*http.Response, error) {
			mu.Lock()
			defer mu.Unlock()
			arrived = append(arrived, time.Since(began))
			if len(arrived) == 1 {
				return reply(r, http.StatusTooManyRequests, "", "Retry-After", "7"), nil
			}
			return reply(r, http.StatusOK, "{}"), nil
		}))
		var group sync.WaitGroup
		group.Go(func() { _, _ = c.do(t.Context(), get("/v1/me")) })
		synctest.Wait()
		for range 5 {
			group.Go(func() {
				if _, err := c.do(t.Context(), get("/v1/network")); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		for _, at := range arrived[1:] {
			if at < 7*time.Second {
				t.Errorf("a call was sent after %s, within the pause of 7 s: %v", at, arrived)
			}
		}
	})
}

func TestThrottle_thePaceRecoversAndIsForgotten(t *testing.T) {
	t.Parallel()
	clock := newTestClock()
	throttle := newThrottle(0, clock)
	limitAfter := func(d time.Duration) float64 {
		clock.advance(d)
		if err := throttle.wait(t.Context(), time.Time{}); err != nil {
			t.Fatal(err)
		}
		return float64(throttle.limiter.Limit())
	}
	for range 40 {
		throttle.answered(http.StatusOK, clock.Now(), 0)
	}
	throttle.answered(http.StatusTooManyRequests, clock.Now(), time.Second)
	lowered := limitAfter(time.Second)
	if lowered > 40 || lowered < 20 {
		t.Errorf("after 40 calls in a second the pace is %.1f", lowered)
	}
	if later := limitAfter(time.Minute); later <= lowered {
		t.Errorf("a minute later the pace is still %.1f", later)
	}
	if unlimited := limitAfter(paceForgotten); unlimited < 1e9 {
		t.Errorf("after %s without a refusal the pace is still %.1f", paceForgotten, unlimited)
	}
}

func TestThrottle_waitEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		throttle := newThrottle(0, systemClock{})
		throttle.answered(http.StatusTooManyRequests, time.Now(), time.Minute)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		if err := throttle.wait(ctx, time.Time{}); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Second {
			t.Errorf("want the context's end after 1 s, got %v after %s", err, time.Since(began))
		}
	})
}

func TestThrottle_callsThatWereOnTheirWayLowerThePaceOnce(t *testing.T) {
	t.Parallel()
	clock := newTestClock()
	throttle := newThrottle(0, clock)
	sent := clock.Now()
	for range 40 {
		throttle.answered(http.StatusOK, sent, 0)
	}
	throttle.answered(http.StatusTooManyRequests, sent, time.Second)
	first := throttle.pace
	for range 9 {
		throttle.answered(http.StatusTooManyRequests, sent, time.Second)
	}
	if throttle.pace != first {
		t.Errorf("nine more refusals of the same burst lowered the pace from %.1f to %.1f", first, throttle.pace)
	}
}
