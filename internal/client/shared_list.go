package client

import (
	"context"
	"sync"
)

// sharedRead lets all callers of one practice group share one read. Single flight: callers that come while it is under way wait for
// it. The read is detached from its first caller, whose end must not fail the others. A write of the same kind in the same group
// discards the read, also one that is still under way: it may have been answered before the write was.
type sharedRead[T any] struct {
	mu     sync.Mutex
	groups map[string]*flight[T]
}

type flight[T any] struct {
	done  chan struct{}
	value T
	err   error
}

// get returns the group's current read, starting one when there is none. A failed read is given to those who waited for it, and is
// not kept.
func (s *sharedRead[T]) get(ctx context.Context, practice string, read func(context.Context) (T, error)) (T, error) {
	s.mu.Lock()
	current, ok := s.groups[practice]
	if !ok {
		current = &flight[T]{done: make(chan struct{})}
		if s.groups == nil {
			s.groups = map[string]*flight[T]{}
		}
		s.groups[practice] = current
		go func() {
			defer close(current.done)
			current.value, current.err = read(context.WithoutCancel(ctx))
			s.settle(practice, current)
		}()
	}
	s.mu.Unlock()
	select {
	case <-current.done:
		return current.value, current.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// discard makes the next get of the group read anew.
func (s *sharedRead[T]) discard(practice string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.groups, practice)
}

// settle decides what is kept when a read has ended. A failed one is not. One that was discarded on its way may have seen more than its
// successor has: then the successor is not kept either, or a later read could go back in time.
func (s *sharedRead[T]) settle(practice string, ended *flight[T]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	discarded, failed := s.groups[practice] != ended, ended.err != nil
	if discarded != failed {
		delete(s.groups, practice)
	}
}
