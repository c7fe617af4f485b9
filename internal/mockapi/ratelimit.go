package mockapi

import (
	"net/http"
	"strconv"
	"time"
)

// bucket is a token bucket. It is guarded by the server's lock.
type bucket struct {
	tokens float64
	filled time.Time
}

// take takes a token if there is one.
func (b *bucket) take(limit RateLimit, now time.Time) bool {
	burst := float64(max(limit.Burst, 1))
	if b.filled.IsZero() {
		b.tokens = burst
	} else {
		b.tokens = min(burst, b.tokens+now.Sub(b.filled).Seconds()*limit.PerSecond)
	}
	b.filled = now
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}

func (r RetryAfter) header(now time.Time) http.Header {
	switch r.Form {
	case RetryAfterDate:
		return http.Header{"Retry-After": {now.Add(r.After).UTC().Format(http.TimeFormat)}}
	case RetryAfterSeconds:
		return http.Header{"Retry-After": {strconv.Itoa(int(r.After / time.Second))}}
	case RetryAfterAbsent:
	}
	return nil
}
