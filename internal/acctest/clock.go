package acctest

import (
	"context"
	"sync"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

var _ client.Clock = (*Clock)(nil)

// Clock is a clock that no test waits for: a sleep takes no time and moves it on.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock makes a clock that shows this time.
func NewClock(now time.Time) *Clock { return &Clock{now: now} }

// Now implements [client.Clock].
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Sleep implements [client.Clock].
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.Advance(max(d, 0))
	return nil
}

// Advance moves the clock on.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
