package client

import (
	"context"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	// After a 429 the pace is what Hero took in the second before it, less a tenth; from there it grows by a hundredth of that a second.
	paceAfterRefusal = 0.9
	paceGrowth       = 0.01
	// A first 429 may come before anything could be measured. The pace then starts from a guess, and doubles each second until the next.
	guessedPace  = 10.0 // requests per second
	guessGrowth  = 1.0
	slowestPace  = 0.5 // requests per second
	measuredOver = time.Second
	// paceForgotten is how long after the last 429 the learned pace is dropped.
	paceForgotten = 10 * time.Minute
)

// throttle makes all calls of a client share one pause after a 429 and one learned pace. It never serialises calls: it only says when
// each may be sent.
type throttle struct {
	clock Clock
	cap   float64 // requests per second from the configuration; 0 for none

	mu          sync.Mutex
	limiter     *rate.Limiter
	pausedUntil time.Time
	pace        float64     // learned, in requests per second; 0 while nothing was refused
	growth      float64     // requests per second, each second
	lowered     time.Time   // when the pace was last lowered
	grown       time.Time   // up to when growth has been counted
	taken       []time.Time // when calls were answered well, over the last second
}

func newThrottle(requestsPerSecond float64, clock Clock) *throttle {
	t := &throttle{clock: clock, cap: requestsPerSecond, limiter: rate.NewLimiter(rate.Inf, 1)}
	t.setLimit(clock.Now())
	return t
}

// wait returns when a call may be sent: not before its own time, not during the shared pause, and in its turn.
func (t *throttle) wait(ctx context.Context, notBefore time.Time) error {
	if err := t.sleepUntil(ctx, notBefore); err != nil {
		return err
	}
	for {
		t.mu.Lock()
		now, until := t.clock.Now(), t.pausedUntil
		var turn *rate.Reservation
		if !until.After(now) {
			t.grow(now)
			turn = t.limiter.ReserveN(now, 1)
			until = now.Add(turn.DelayFrom(now))
		}
		t.mu.Unlock()
		if err := t.sleepUntil(ctx, until); err != nil {
			if turn != nil {
				turn.CancelAt(t.clock.Now())
			}
			return err
		}
		// A pause may have begun while this call waited for its turn.
		if turn != nil && !t.paused() {
			return nil
		}
	}
}

func (t *throttle) paused() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.pausedUntil.After(t.clock.Now())
}

func (t *throttle) sleepUntil(ctx context.Context, until time.Time) error {
	if d := until.Sub(t.clock.Now()); d > 0 {
		return t.clock.Sleep(ctx, d)
	}
	return ctx.Err()
}

// answered learns from an answer to a call that was sent at started; wait is how long it asks to stay away.
func (t *throttle) answered(status int, started time.Time, wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock.Now()
	if status != http.StatusTooManyRequests {
		if status < 300 {
			t.taken = append(t.takenLately(now), now)
		}
		return
	}
	if until := now.Add(wait); until.After(t.pausedUntil) {
		t.pausedUntil = until
	}
	// Calls that were on their way when the pace was lowered say nothing about the new pace.
	if !t.lowered.IsZero() && !started.After(t.lowered) {
		return
	}
	t.learn(float64(len(t.takenLately(now))))
	t.lowered, t.grown = now, t.pausedUntil
	t.setLimit(now)
}

// learn sets the pace from how many calls Hero took in the second before it refused one.
func (t *throttle) learn(taken float64) {
	if t.pace == 0 && taken < guessedPace {
		t.pace, t.growth = guessedPace, guessedPace*guessGrowth
		return
	}
	t.pace = max(taken*paceAfterRefusal, slowestPace)
	t.growth = t.pace * paceGrowth
}

func (t *throttle) takenLately(now time.Time) []time.Time {
	for len(t.taken) > 0 && now.Sub(t.taken[0]) > measuredOver {
		t.taken = t.taken[1:]
	}
	return t.taken
}

// grow lets the learned pace recover, and forgets it in the end.
func (t *throttle) grow(now time.Time) {
	if t.pace == 0 || !now.After(t.grown) {
		return
	}
	t.pace += t.growth * now.Sub(t.grown).Seconds()
	t.grown = now
	if now.Sub(t.lowered) > paceForgotten {
		t.pace = 0
	}
	t.setLimit(now)
}

func (t *throttle) setLimit(now time.Time) {
	limit := rate.Inf
	if t.cap > 0 {
		limit = rate.Limit(t.cap)
	}
	if t.pace > 0 && rate.Limit(t.pace) < limit {
		limit = rate.Limit(t.pace)
	}
	t.limiter.SetLimitAt(now, limit)
}
