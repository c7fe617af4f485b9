package client

import (
	"context"
	"encoding/json"
	"math"
	"net/http"
	"sync"
)

const (
	// firstSingleReads is how many booking links of a practice are read singly before the list is looked at.
	firstSingleReads = 3
	// neverByList stands for a list that is of no use however many links are read.
	neverByList = math.MaxInt
)

// bookingLinkReads knows how the booking links of each practice group are best read.
type bookingLinkReads struct {
	mu        sync.Mutex
	practices map[string]*linkReads
}

// linkReads is what is known of one practice since the last write to its booking links.
type linkReads struct {
	mu      sync.Mutex
	started int             // single reads
	running sync.WaitGroup  // single reads without an answer
	keys    map[string]bool // of the answers to single reads
	worth   int             // how many single reads must have started before the list costs less
	looking chan struct{}   // closed when the look at the list that is under way ends; nil without one
	list    map[string]*BookingLink
}

// ReadBookingLink reads a booking link at the least cost in requests for all that are read in its practice. The first are read singly; then the
// list's first page tells how many pages there are; and once as many single reads were made, the list serves the others. That Hero's list
// holds the same objects is inferred, so its items must carry every key that the answers to single reads have. A link that the list does
// not hold is asked for singly, so that only Hero's own 404 makes it ErrGone.
func (c *Client) ReadBookingLink(ctx context.Context, practice, id string) (*BookingLink, error) {
	if c.config.SingleReads {
		return c.BookingLink(ctx, practice, id)
	}
	for {
		reads := c.bookingLinks.of(practice)
		link, looking := reads.turn(id, func() { c.lookAtBookingLinks(context.WithoutCancel(ctx), practice, reads) })
		switch {
		case link != nil:
			return link, nil
		case looking == nil:
			link, err := c.BookingLink(ctx, practice, id)
			reads.answered(link)
			return link, err
		}
		select {
		case <-looking:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// lookAtBookingLinks decides by the list's first page whether the list is worth its requests by now, and reads it if so.
func (c *Client) lookAtBookingLinks(ctx context.Context, practice string, reads *linkReads) {
	reads.running.Wait() // their keys are what the list is measured by
	list, worth := c.bookingLinksIfWorth(ctx, practice, reads)

	reads.mu.Lock()
	defer reads.mu.Unlock()
	reads.list, reads.worth = list, worth
	close(reads.looking)
	reads.looking = nil
}

// bookingLinksIfWorth is the whole list by id; or nil, and how many single reads would make it worth its pages.
func (c *Client) bookingLinksIfWorth(ctx context.Context, practice string, reads *linkReads) (list map[string]*BookingLink, worth int) {
	if len(reads.keys) == 0 { // no single read has succeeded yet
		return nil, reads.started + firstSingleReads
	}
	list = map[string]*BookingLink{}
	read, pages := 0, 0
	for p, err := range c.pages(ctx, call{practice: practice, method: http.MethodGet, path: bookingLinksListPath}, pageSize) {
		if err != nil || p.count.Value == nil {
			return nil, neverByList
		}
		for _, item := range p.items {
			link := &BookingLink{}
			if !carriesKeys(item, reads.keys) || json.Unmarshal(item, link) != nil {
				return nil, neverByList
			}
			link.Raw = item
			list[link.ID.Or("")] = link
		}
		if p.whole {
			return list, 0
		}
		read++
		if size := int64(len(p.items)); pages == 0 && size > 0 { // the first page that holds anything shows the size that Hero serves
			pages = int(min((*p.count.Value-1)/size+1, neverByList))
		}
		switch {
		case pages > reads.started:
			return nil, pages
		case read > reads.started: // more pages than the count promised
			return nil, 2 * read
		}
	}
	return nil, neverByList // it ended with fewer links than Hero counts
}

// of is the practice's state.
func (b *bookingLinkReads) of(practice string) *linkReads {
	b.mu.Lock()
	defer b.mu.Unlock()
	reads, ok := b.practices[practice]
	if !ok {
		reads = &linkReads{worth: firstSingleReads, keys: map[string]bool{}}
		if b.practices == nil {
			b.practices = map[string]*linkReads{}
		}
		b.practices[practice] = reads
	}
	return reads
}

// discard forgets the practice's list after a write, also one that is being read: it may have been answered before the write was. What
// a list is worth counts anew, since each write is followed by a read; that it is of no use stays.
func (b *bookingLinkReads) discard(practice string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if reads, ok := b.practices[practice]; ok && !reads.useless() {
		delete(b.practices, practice)
	}
}

func (r *linkReads) useless() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.worth == neverByList
}

// turn says how to read a link now: it is there; or singly; or after the look at the list that is under way, which it starts when it is time.
func (r *linkReads) turn(id string, look func()) (*BookingLink, <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if link, ok := r.list[id]; ok {
		copied := *link
		return &copied, nil
	}
	if r.looking == nil && (r.list != nil || r.started < r.worth) {
		r.started++ // at its start: reads that come together must not all run ahead
		r.running.Add(1)
		return nil, nil
	}
	if r.looking == nil {
		r.looking = make(chan struct{})
		go look()
	}
	return nil, r.looking
}

// answered notes a single read's end, with the link if it succeeded.
func (r *linkReads) answered(link *BookingLink) {
	defer r.running.Done()
	if link == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	known := len(r.keys)
	addKeys(link.Raw, "", r.keys)
	if r.list != nil && len(r.keys) > known {
		r.list, r.worth = nil, neverByList // the list was not measured by this key
	}
}

// addKeys notes the keys of a JSON object, and, after a dot, those of the objects in it: "meta" is where Hero says what a link is for.
func addKeys(raw json.RawMessage, prefix string, keys map[string]bool) {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return
	}
	for name, member := range members {
		keys[prefix+name] = true
		if prefix == "" {
			addKeys(member, name+".", keys)
		}
	}
}

func carriesKeys(item json.RawMessage, wanted map[string]bool) bool {
	carried := map[string]bool{}
	addKeys(item, "", carried)
	for key := range wanted {
		if !carried[key] {
			return false
		}
	}
	return true
}
