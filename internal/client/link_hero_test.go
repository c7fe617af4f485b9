package client

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sync/errgroup"
)

// linkHero is a Hero with booking links whose open_count says how often they were changed.
type linkHero struct {
	paged
	mu        sync.Mutex
	versions  map[string]int
	order     []string
	listItem  string // the shape of an item; empty: as a single read
	listFails bool
	unlisted  map[string]bool
	listed    []json.RawMessage // nil after a change
}

const linkShape = `{"id":"%","open_count":#,"meta":{"location_id":["5"]}}`

func newLinkHero(n int, p paged) *linkHero {
	h := &linkHero{paged: p, versions: map[string]int{}, unlisted: map[string]bool{}, listItem: linkShape}
	for i := range n {
		id := fmt.Sprint(i + 1)
		h.order, h.versions[id] = append(h.order, id), 1
	}
	return h
}

func (h *linkHero) shaped(shape, id string) json.RawMessage {
	return json.RawMessage(strings.NewReplacer("%", id, "#", fmt.Sprint(h.versions[id])).Replace(shape))
}

func (h *linkHero) list() []json.RawMessage {
	if h.listed == nil {
		for _, id := range h.order {
			if !h.unlisted[id] {
				h.listed = append(h.listed, h.shaped(h.listItem, id))
			}
		}
	}
	return h.listed
}

func (h *linkHero) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	id, single := strings.CutPrefix(r.URL.Path, bookingLinksPath+"/")
	_, exists := h.versions[id]
	switch {
	case r.URL.Path == "/v1/me":
		_, _ = io.WriteString(w, `{}`)
	case r.URL.Path == bookingLinksListPath && h.listFails:
		w.WriteHeader(http.StatusForbidden)
	case r.URL.Path == bookingLinksListPath:
		p := h.paged
		p.items = h.list()
		p.ServeHTTP(w, r)
	case r.Method == http.MethodPost:
		id := fmt.Sprint(len(h.order) + 1)
		h.order, h.versions[id], h.listed = append(h.order, id), 1, nil
		_, _ = w.Write(h.shaped(linkShape, id))
	case !single || !exists:
		w.WriteHeader(http.StatusNotFound)
	case r.Method == http.MethodPatch:
		h.versions[id], h.listed = h.versions[id]+1, nil
	default:
		_, _ = w.Write(h.shaped(linkShape, id))
	}
}

// readsAll reads the links 1 to n, some at a time, and checks each.
func readsAll(t *testing.T, c *Client, n, atATime int) {
	t.Helper()
	var group errgroup.Group
	group.SetLimit(atATime)
	for i := range n {
		group.Go(func() error {
			id := fmt.Sprint(i + 1)
			link, err := c.ReadBookingLink(context.Background(), practiceA, id)
			if err == nil && (link.ID.Or("") != id || link.OpenCount.Or(0) != 1 || len(link.LocationID.Or(nil)) != 1) {
				err = fmt.Errorf("asked for %s, got %s", id, link.Raw)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
}

func listRequests(fake *fakeHero) (list, single int) {
	for _, request := range fake.requests() {
		switch {
		case request.path == bookingLinksListPath:
			list++
		case request.method == http.MethodGet && strings.HasPrefix(request.path, bookingLinksPath):
			single++
		}
	}
	return list, single
}

// fakeAnswer keeps an answer's body.
type fakeAnswer struct{ strings.Builder }

func newFakeAnswer() *fakeAnswer                  { return &fakeAnswer{} }
func (a *fakeAnswer) Header() http.Header         { return http.Header{} }
func (a *fakeAnswer) WriteHeader(int)             {}
func (a *fakeAnswer) Write(b []byte) (int, error) { return a.Builder.Write(b) }
