package client

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"
)

const (
	pageSize = 100 // Hero may cap it lower; the largest size is not published
	maxPages = 10_000
)

// ErrEndless means that a server kept sending new items beyond any sensible number of pages.
var ErrEndless = fmt.Errorf("Hero's list did not end after %d pages", maxPages) //nolint:staticcheck // Hero is a name

// smallestCap is fewer items than any server is likely to cap a page of a hundred at.
const smallestCap = 10

// page is one page of a paged list, with the items that no page before it held.
type page struct {
	items []json.RawMessage
	count Field[int64] // of the whole list, as this page's answer says
	whole bool         // with this page, everything that Hero counts has come
}

// pages reads a paged list. Whether Hero's first page has the index 0 or 1 is not published, so it asks for 0 first and leaves out what
// it has seen: a server that begins with 1 answers 0 with nothing, with an error, or with its first page again. Nor is it certain that
// the count is of the whole list and not of the page: it is believed where it differs from the page's own length, or where the page is
// too short to be a full one. Otherwise the list ends at an empty page, at one without anything new, or at one that is refused after
// as many items as were counted.
func (c *Client) pages(ctx context.Context, k call, size int) iter.Seq2[page, error] {
	return func(yield func(page, error) bool) {
		seen := map[string]bool{}
		var refused error   // of page 0
		var most, now int64 // the largest count so far, and the latest
		counted := false    // there was one
		for index := range maxPages {
			answered, err := c.onePage(ctx, k, index, size)
			outside := HasStatus(err, http.StatusBadRequest, http.StatusNotFound, http.StatusUnprocessableEntity)
			switch {
			case outside && index == 0:
				refused = err
				continue
			case outside && index == 1 && refused != nil:
				yield(page{}, refused) // it was not about the index
				return
			case err != nil && !(outside && counted && int64(len(seen)) >= most):
				yield(page{}, err)
				return
			}
			fresh, length := page{items: unseen(answered.items, seen), count: answered.count}, int64(len(answered.items))
			if answered.count.Value != nil {
				now, counted = *answered.count.Value, true
				most = max(most, now)
			}
			// Page 1 may be page 0 again, or page 0 outside the list: with index 1, only emptiness is an end.
			ended := outside || len(fresh.items) == 0 && (index > 1 || index == 1 && length == 0)
			believed := answered.count.Value != nil && (now != length || length < int64(min(size, smallestCap))) && (index > 0 || length > 0)
			// The largest count, since one that fell means that items moved up meanwhile, perhaps past us.
			fresh.whole = (ended || believed) && int64(len(seen)) >= most
			if !yield(fresh, nil) || fresh.whole || ended {
				return
			}
		}
		yield(page{}, ErrEndless)
	}
}

// everyItem reads a paged list whole, in order. When items moved between pages while it read, so that fewer came than Hero counts, it
// reads again before it gives up with ErrIncomplete. most, when positive, ends it after so many items.
func (c *Client) everyItem(ctx context.Context, k call, most int) (items []json.RawMessage, total int64, err error) {
	size := pageSize
	if most > 0 {
		size = min(size, most)
	}
	for range 3 {
		items, total = nil, 0
		whole := false
		for p, err := range c.pages(ctx, k, size) {
			if err != nil {
				return nil, 0, err
			}
			items, whole = append(items, p.items...), p.whole
			total = max(total, p.count.Or(0), int64(len(items)))
			if most > 0 && len(items) >= most {
				return items[:most], total, nil
			}
		}
		if whole {
			return items, total, nil
		}
	}
	return nil, 0, fmt.Errorf("%s %s: %w: %d of %d", k.method, k.path, ErrIncomplete, len(items), total)
}

func (c *Client) onePage(ctx context.Context, k call, index, size int) (listing, error) {
	query := url.Values{}
	for name, values := range k.query {
		query[name] = values
	}
	query.Set("page_index", strconv.Itoa(index))
	query.Set("page_size", strconv.Itoa(size))
	k.query = query
	answered, err := c.do(ctx, k)
	if err != nil {
		return listing{}, err
	}
	var l listing
	err = answered.into(&l, k)
	return l, err
}

// unseen keeps the items that were not seen before, by their id; one without an id counts by its whole text.
func unseen(items []json.RawMessage, seen map[string]bool) []json.RawMessage {
	fresh := make([]json.RawMessage, 0, len(items))
	for _, item := range items {
		var identified struct {
			ID Field[string] `json:"id"`
		}
		key := string(item)
		if json.Unmarshal(item, &identified) == nil && identified.ID.Value != nil {
			key = "id " + *identified.ID.Value
		}
		if !seen[key] {
			seen[key] = true
			fresh = append(fresh, item)
		}
	}
	return fresh
}
