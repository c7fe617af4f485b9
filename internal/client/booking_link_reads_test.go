package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"
)

func TestReadBookingLink_requests(t *testing.T) {
	t.Parallel()
	// Nothing here writes, so that servers can share the links, which take long to make.
	made := map[int]*linkHero{}
	for _, n := range []int{250, 50_000, 4, 100} {
		h := newLinkHero(n, paged{})
		h.list()
		made[n] = h
	}
	for _, c := range []struct {
		in, read, largest, most int
	}{
		{in: 250, read: 3, largest: 100, most: 4},
		{in: 250, read: 250, largest: 100, most: 14},
		{in: 250, read: 250, largest: 25, most: 26},
		{in: 50_000, read: 20, largest: 100, most: 30},
		{in: 50_000, read: 20, largest: 25, most: 30},
		{in: 4, read: 4, largest: 100, most: 6},
		{in: 100, read: 100, largest: 100, most: 6},
	} {
		for _, atATime := range []int{1, 10, 50} {
			for name, p := range map[string]paged{"0": {}, "1": {first: 1}, "1, 0 refused": {first: 1, refuses: true}} {
				t.Run(fmt.Sprintf("%d of %d, pages of %d from %s, %d at a time", c.read, c.in, c.largest, name, atATime), func(t *testing.T) {
					t.Parallel()
					p.largest = c.largest
					links := made[c.in]
					fake, client := newFakeHero(t, (&linkHero{paged: p, versions: links.versions, order: links.order, listed: links.listed}).ServeHTTP)
					readsAll(t, client, c.read, atATime)
					if n := len(fake.requests()); n > c.most {
						t.Errorf("%d requests, at most %d are allowed", n, c.most)
					}
				})
			}
		}
	}
}

func TestReadBookingLink_goesBackToSingleReads(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*linkHero){
		"when the list fails":               func(h *linkHero) { h.listFails = true },
		"when items lack a key":             func(h *linkHero) { h.listItem = `{"id":"%","meta":{"location_id":[]}}` },
		"when items lack a key of meta":     func(h *linkHero) { h.listItem = `{"id":"%","open_count":#,"meta":{}}` },
		"when items are ids":                func(h *linkHero) { h.listItem = `{"id":"%"}` },
		"when an item is not a link at all": func(h *linkHero) { h.listItem = `"%"` },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newLinkHero(40, paged{largest: 100})
			spoil(h)
			fake, c := newFakeHero(t, h.ServeHTTP)
			readsAll(t, c, 40, 10)
			if list, single := listRequests(fake); list != 1 || single != 40 {
				t.Errorf("the list was asked for %d times, links %d times", list, single)
			}
			// and that is remembered over writes
			if err := c.PatchBookingLink(t.Context(), practiceA, "40", map[string]any{}); err != nil {
				t.Fatal(err)
			}
			readsAll(t, c, 39, 10)
			if list, single := listRequests(fake); list != 1 || single != 79 {
				t.Errorf("after a write, the list was asked for %d times, links %d times", list, single)
			}
		})
	}
}

func TestReadBookingLink_asksSinglyForWhatTheListDoesNotHold(t *testing.T) {
	t.Parallel()
	h := newLinkHero(40, paged{largest: 100})
	h.unlisted["39"] = true
	fake, c := newFakeHero(t, h.ServeHTTP)
	readsAll(t, c, 40, 1)
	if list, single := listRequests(fake); list > 2 || single != 4 {
		t.Errorf("the list was asked for %d times, links %d times", list, single)
	}
	if _, err := c.ReadBookingLink(t.Context(), practiceA, "41"); !errors.Is(err, ErrGone) {
		t.Errorf("a link that nobody has: got %v", err)
	}
}

func TestReadBookingLink_doesNotTrustAListThatLacksAKeyOfALaterSingleRead(t *testing.T) {
	t.Parallel()
	h := newLinkHero(40, paged{largest: 100})
	h.unlisted["39"] = true
	fake, c := newFakeHero(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == bookingLinksPath+"/39" {
			answers(200, `{"id":"39","open_count":1,"meta":{"location_id":["5"],"practitioner_id":["8"]}}`)(w, r)
			return
		}
		h.ServeHTTP(w, r)
	})
	readsAll(t, c, 40, 1) // 39 shows the key; 40 could have had it too
	if _, single := listRequests(fake); single != 3+2 {
		t.Errorf("links were asked for %d times", single)
	}
}

func TestReadBookingLink_readsOnWhenNoSingleReadSucceeded(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, newLinkHero(20, paged{largest: 100}).ServeHTTP)
	for i := range 10 {
		if _, err := c.ReadBookingLink(t.Context(), practiceA, fmt.Sprint(100+i)); !errors.Is(err, ErrGone) {
			t.Fatalf("got %v", err)
		}
	}
	if list, single := listRequests(fake); list != 0 || single != 10 {
		t.Errorf("the list was asked for %d times, links %d times", list, single)
	}
	readsAll(t, c, 20, 10)
	if list, single := listRequests(fake); list > 2 || single > 10+4 {
		t.Errorf("the list was asked for %d times, links %d times", list, single)
	}
}

func TestReadBookingLink_aCountOfThePageDoesNotMakeItReadAHugeList(t *testing.T) {
	t.Parallel()
	h := newLinkHero(20_000, paged{largest: 100})
	fake, c := newFakeHero(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != bookingLinksListPath {
			h.ServeHTTP(w, r)
			return
		}
		var index int
		_, _ = fmt.Sscan(r.URL.Query().Get("page_index"), &index)
		page := rawItems(100*(index+1), linkShape)[100*index:]
		for i := range page {
			page[i] = json.RawMessage(strings.ReplaceAll(string(page[i]), "#", "1"))
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"data": page, "count": len(page)})
	})
	readsAll(t, c, 20, 10)
	if n := len(fake.requests()); n > 60 {
		t.Errorf("%d requests for 20 links", n)
	}
}

func TestReadBookingLink_aWriteDiscardsTheList(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(*Client) error{
		"patch": func(c *Client) error {
			return c.PatchBookingLink(context.Background(), practiceA, "9", map[string]any{})
		},
		"create": func(c *Client) error {
			_, err := c.CreateBookingLink(context.Background(), practiceA, NewBookingLink{AppointmentTypeID: "1"})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake, c := newFakeHero(t, newLinkHero(10, paged{largest: 100}).ServeHTTP)
			readsAll(t, c, 8, 1)
			before, _ := listRequests(fake)
			if err := write(c); err != nil {
				t.Fatal(err)
			}
			link, err := c.ReadBookingLink(t.Context(), practiceA, "9")
			if err != nil || name == "patch" && link.OpenCount.Or(0) != 2 {
				t.Errorf("got %+v, %v", link, err)
			}
			readsAll(t, c, 8, 1)
			if after, _ := listRequests(fake); before == 0 || after != 2*before {
				t.Errorf("the list was asked for %d times, then %d", before, after)
			}
		})
	}
}

func TestReadBookingLink_aWriteDiscardsAlsoAListThatIsBeingRead(t *testing.T) {
	t.Parallel()
	h := newLinkHero(8, paged{largest: 100})
	listed, release := make(chan struct{}), make(chan struct{})
	var once sync.Once
	_, c := newFakeHero(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != bookingLinksListPath {
			h.ServeHTTP(w, r)
			return
		}
		held := false
		once.Do(func() { held = true })
		if !held {
			h.ServeHTTP(w, r)
			return
		}
		stale := newFakeAnswer()
		h.ServeHTTP(stale, r) // what Hero had before the write
		close(listed)
		<-release
		_, _ = io.WriteString(w, stale.String())
	})
	readsAll(t, c, 3, 1)
	waiting := make(chan error, 1)
	go func() { // it waits for the list
		_, err := c.ReadBookingLink(context.Background(), practiceA, "4")
		waiting <- err
	}()
	<-listed
	if err := c.PatchBookingLink(t.Context(), practiceA, "5", map[string]any{}); err != nil {
		t.Fatal(err)
	}
	close(release)
	if err := <-waiting; err != nil {
		t.Fatal(err)
	}
	for range 6 {
		link, err := c.ReadBookingLink(t.Context(), practiceA, "5")
		if err != nil || link.OpenCount.Or(0) != 2 {
			t.Fatalf("got %+v, %v", link, err)
		}
	}
}

func TestReadBookingLink_anInterruptedCallerDoesNotEndTheListOfTheOthers(t *testing.T) {
	t.Parallel()
	h := newLinkHero(8, paged{largest: 100})
	listing, release := make(chan struct{}, 10), make(chan struct{})
	_, c := newFakeHero(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == bookingLinksListPath {
			listing <- struct{}{}
			<-release
		}
		h.ServeHTTP(w, r)
	})
	readsAll(t, c, 3, 1)
	ctx, interrupt := context.WithCancel(t.Context())
	first, second := make(chan error, 1), make(chan error, 1)
	go func() {
		_, err := c.ReadBookingLink(ctx, practiceA, "4")
		first <- err
	}()
	<-listing
	go func() {
		_, err := c.ReadBookingLink(context.Background(), practiceA, "5")
		second <- err
	}()
	interrupt()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("the interrupted read: %v", err)
	}
	close(release)
	if err := <-second; err != nil {
		t.Errorf("the other read: %v", err)
	}
}

func TestReadBookingLink_singleReadsSwitchTheListOff(t *testing.T) {
	t.Parallel()
	fake, _ := newFakeHero(t, newLinkHero(20, paged{largest: 100}).ServeHTTP)
	readsAll(t, fake.client(t, Config{SingleReads: true}), 20, 10)
	if list, single := listRequests(fake); list != 0 || single != 20 {
		t.Errorf("the list was asked for %d times, links %d times", list, single)
	}
}

func TestReadBookingLink_practicesAreApart(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, newLinkHero(20, paged{largest: 100}).ServeHTTP)
	for i := range 12 {
		if _, err := c.ReadBookingLink(t.Context(), fmt.Sprint(i/3), "1"); err != nil {
			t.Fatal(err)
		}
	}
	if list, _ := listRequests(fake); list != 0 {
		t.Errorf("three reads in each of four practices asked for the list %d times", list)
	}
}

// Whatever the order of reads and writes, a read returns what one by a client without a memory would have: no version older than
// that of the latest write that had ended when the read began.
func TestReadBookingLink_neverReturnsWhatAPlainClientWouldNot(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		in := rapid.IntRange(1, 12).Draw(r, "links")
		h := newLinkHero(in, paged{largest: rapid.IntRange(1, 5).Draw(r, "page size"), first: rapid.IntRange(0, 1).Draw(r, "first page")})
		if rapid.Bool().Draw(r, "one unlisted") {
			h.unlisted["1"] = true
		}
		fake, c := newFakeHero(t, h.ServeHTTP)
		defer fake.server.Close()
		ended := map[string]int{} // writes of each link
		for range rapid.IntRange(1, 6).Draw(r, "rounds") {
			var group errgroup.Group
			for range rapid.IntRange(1, 12).Draw(r, "calls at once") {
				id, writes := fmt.Sprint(rapid.IntRange(1, in).Draw(r, "link")), rapid.IntRange(0, 5).Draw(r, "kind") == 0
				group.Go(func() error {
					if writes {
						err := c.PatchBookingLink(context.Background(), practiceA, id, map[string]any{})
						h.mu.Lock()
						defer h.mu.Unlock()
						ended[id]++
						return err
					}
					h.mu.Lock()
					oldest := 1 + ended[id]
					h.mu.Unlock()
					link, err := c.ReadBookingLink(context.Background(), practiceA, id)
					if err != nil {
						return err
					}
					h.mu.Lock()
					defer h.mu.Unlock()
					if got := int(link.OpenCount.Or(0)); got < oldest || got > h.versions[id] {
						return fmt.Errorf("link %s: version %d, not between %d and %d", id, got, oldest, h.versions[id])
					}
					return nil
				})
			}
			if err := group.Wait(); err != nil {
				r.Fatal(err)
			}
			// All writes of the round have ended: from now on each of them must be seen.
			for i := range in {
				id := fmt.Sprint(i + 1)
				link, err := c.ReadBookingLink(context.Background(), practiceA, id)
				if err != nil || int(link.OpenCount.Or(0)) != h.versions[id] {
					r.Fatalf("link %s is at version %d; read %+v, %v", id, h.versions[id], link, err)
				}
			}
		}
	})
}
