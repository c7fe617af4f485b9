package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"
)

// pagingServer serves a list page by page, in one of the many ways that a server may have.
type pagingServer struct {
	total, cap int
	first      int    // the first page's index
	below      string // what an index below the first gets: empty, error, or repeat (of the first page)
	beyond     string // what an index after the last gets: empty, error, or repeat (of the last page)
	count      string // total, absent, page (of this page's items), wrong (one too many), growing, text
	bare       bool   // an array instead of the envelope
	repeats    int    // this many items of the page before come again on each page
	ignores    bool   // page_index and page_size are ignored: everything comes at once
	vanish     int    // before this request (from 1) the list's first item is removed; 0 for never

	asked int
	gone  int
}

func (s *pagingServer) answer(r *http.Request) (*http.Response, error) {
	s.asked++
	if s.vanish > 0 && s.asked == s.vanish {
		s.gone++
	}
	var index, size int
	if n, _ := fmt.Sscan(r.URL.Query().Get("page_index")+" "+r.URL.Query().Get("page_size"), &index, &size); n != 2 {
		return reply(r, 400, `{"message":"page_index and page_size must be numbers"}`), nil
	}
	size = min(size, s.cap)
	if s.ignores {
		index, size = s.first, s.total+1
	}
	left := s.total - s.gone
	last := s.first + max(0, (left-1)/size)
	how := ""
	if index < s.first {
		how, index = s.below, s.first
	} else if index > last {
		how, index = s.beyond, last
	}
	var items []string
	switch how {
	case "error":
		return reply(r, 400, `{"message":"page_index out of range"}`), nil
	case "empty":
	default:
		from := max(0, (index-s.first)*size-s.repeats*min(1, index-s.first))
		for i := from; i < min((index-s.first+1)*size, left); i++ {
			items = append(items, fmt.Sprintf(`{"id":%d}`, s.gone+i+1))
		}
	}
	data := "[" + joined(items) + "]"
	count := fmt.Sprintf(`,"count":%d`, left)
	switch s.count {
	case "absent":
		count = ""
	case "page":
		count = fmt.Sprintf(`,"count":%d`, len(items))
	case "wrong":
		count = fmt.Sprintf(`,"count":%d`, left+1)
	case "growing":
		count = fmt.Sprintf(`,"count":%d`, left+s.asked)
	case "text":
		count = fmt.Sprintf(`,"count":"%d"`, left)
	}
	if s.bare {
		return reply(r, 200, data), nil
	}
	return reply(r, 200, `{"data":`+data+count+`}`), nil
}

func joined(items []string) string {
	text := ""
	for i, item := range items {
		if i > 0 {
			text += ","
		}
		text += item
	}
	return text
}

func readAll(t *testing.T, s *pagingServer, most int) (ids []int, total int64, err error) {
	t.Helper()
	c := newWiredClient(t, Config{}, wireFunc(s.answer))
	items, total, err := c.everyItem(t.Context(), get("/v1/admins"), most)
	for _, item := range items {
		var object struct{ ID int }
		if err := json.Unmarshal(item, &object); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, object.ID)
	}
	return ids, total, err
}

func upTo(n int) []int {
	var ids []int
	for i := range n {
		ids = append(ids, i+1)
	}
	return ids
}

func TestEveryItem_readsTheWholeListHoweverTheServerPages(t *testing.T) {
	t.Parallel()
	tried := 0
	for _, total := range []int{0, 1, 10, 25, 26, 101} {
		for _, most := range []int{25, 100} {
			for _, first := range []int{0, 1} {
				for _, below := range []string{"empty", "error", "repeat"} {
					for _, count := range []string{"total", "absent", "page", "text"} {
						for _, beyond := range []string{"empty", "repeat", "error"} {
							if beyond == "error" && count != "total" && count != "text" {
								continue // it cannot be told from a list that is cut off
							}
							for _, repeats := range []int{0, 3} {
								s := &pagingServer{total: total, cap: most, first: first, below: below, beyond: beyond, count: count, repeats: repeats}
								ids, counted, err := readAll(t, s, 0)
								if err != nil || !slices.Equal(ids, upTo(total)) || counted < int64(total) {
									t.Errorf("%+v: got %d items, total %d, %v", s, len(ids), counted, err)
								}
								if pages := total/most + 1; s.asked > pages+3 {
									t.Errorf("%+v: %d requests for %d pages", s, s.asked, pages)
								}
								tried++
							}
						}
					}
				}
			}
		}
	}
	t.Logf("%d servers", tried)
}

func TestEveryItem_asksNoMoreThanNeeded(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		total, cap, most int
	}{{5, 100, 1}, {9, 100, 1}, {250, 100, 3}, {99, 50, 2}, {101, 100, 2}} {
		s := &pagingServer{total: test.total, cap: test.cap}
		if _, _, err := readAll(t, s, 0); err != nil || s.asked > test.most {
			t.Errorf("%+v: %d requests, %v", test, s.asked, err)
		}
	}
}

func TestEveryItem_readsAServerThatIgnoresPaging(t *testing.T) {
	t.Parallel()
	for _, bare := range []bool{true, false} {
		for _, count := range []string{"total", "absent"} {
			ids, _, err := readAll(t, &pagingServer{total: 300, cap: 300, ignores: true, bare: bare, count: count}, 0)
			if err != nil || !slices.Equal(ids, upTo(300)) {
				t.Errorf("bare %t, count %s: got %d items and %v", bare, count, len(ids), err)
			}
		}
	}
}

func TestEveryItem_aCountThatNeverComesTrueIsAnError(t *testing.T) {
	t.Parallel()
	for _, count := range []string{"wrong", "growing"} {
		s := &pagingServer{total: 120, cap: 50, count: count}
		_, _, err := readAll(t, s, 0)
		if !errors.Is(err, ErrIncomplete) {
			t.Errorf("%s: got %v", count, err)
		}
		if s.asked > 15 {
			t.Errorf("%s: %d requests", count, s.asked)
		}
	}
}

func TestEveryItem_readsAgainWhenItemsMovedMeanwhile(t *testing.T) {
	t.Parallel()
	for request := 2; request <= 3; request++ {
		s := &pagingServer{total: 120, cap: 50, vanish: request}
		ids, _, err := readAll(t, s, 0)
		if err != nil || !slices.Equal(ids, upTo(120)[1:]) {
			t.Errorf("an item left before request %d: got %d items and %v", request, len(ids), err)
		}
	}
}

func TestEveryItem_stopsEarlyWhenToldTo(t *testing.T) {
	t.Parallel()
	s := &pagingServer{total: 1000, cap: 100}
	ids, total, err := readAll(t, s, 5)
	if err != nil || !slices.Equal(ids, upTo(5)) || total != 1000 || s.asked != 1 {
		t.Errorf("got %v of %d after %d requests, %v", ids, total, s.asked, err)
	}
}

func TestPages_anEndlessServerIsAnError(t *testing.T) {
	t.Parallel()
	next := 0
	c := newWiredClient(t, Config{}, wireFunc(func(r *http.Request) (*http.Response, error) {
		next++
		return reply(r, 200, fmt.Sprintf(`[{"id":%d}]`, next)), nil
	}))
	if _, _, err := c.everyItem(t.Context(), get("/v1/admins"), 0); !errors.Is(err, ErrEndless) || next != maxPages {
		t.Errorf("got %v after %d pages", err, next)
	}
}

func TestPages_anErrorAmidTheListIsTheResult(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 401, 403, 404, 500} {
		for at := range 3 {
			asked := 0
			c := newWiredClient(t, Config{Clock: newTestClock()}, wireFunc(func(r *http.Request) (*http.Response, error) {
				asked++
				if asked > at {
					return reply(r, status, `{"message":"no"}`), nil
				}
				return reply(r, 200, fmt.Sprintf(`{"data":[{"id":%d}],"count":1000}`, asked)), nil
			}))
			if _, _, err := c.everyItem(t.Context(), get("/v1/admins"), 0); !HasStatus(err, status) {
				t.Errorf("%d at request %d: got %v", status, at, err)
			}
		}
	}
}

func TestPages_keepsTheCallersQuery(t *testing.T) {
	t.Parallel()
	k := get("/v1/admins")
	k.query = map[string][]string{"order_by": {"first_name"}}
	c := newWiredClient(t, Config{}, wireFunc(func(r *http.Request) (*http.Response, error) {
		if r.URL.Query().Get("order_by") != "first_name" {
			t.Errorf("got %s", r.URL.RawQuery)
		}
		return reply(r, 200, `{"data":[{"id":"1"}],"count":1}`), nil
	}))
	if _, _, err := c.everyItem(t.Context(), k, 0); err != nil || len(k.query) != 1 {
		t.Errorf("got %v; the caller's query is now %v", err, k.query)
	}
}

func TestUnseen_itemsWithoutAnIDCountByTheirText(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	first := unseen([]json.RawMessage{[]byte(`{"a":1}`), []byte(`{"a":2}`), []byte(`{"a":1}`), []byte(`7`), []byte(`{"id":7}`), []byte(`{"id":"7"}`)}, seen)
	if len(first) != 4 || len(unseen(first, seen)) != 0 {
		t.Errorf("got %s", first)
	}
}

// FuzzPaging builds a server out of numbers. Whatever it is, reading ends, and what comes without an error is the whole list.
func FuzzPaging(f *testing.F) {
	f.Add(uint8(30), uint8(25), uint8(0), uint8(0), uint8(0), uint8(0), uint8(0))
	f.Add(uint8(250), uint8(100), uint8(1), uint8(1), uint8(1), uint8(1), uint8(0))
	f.Add(uint8(100), uint8(50), uint8(1), uint8(2), uint8(2), uint8(2), uint8(5))
	f.Add(uint8(120), uint8(50), uint8(0), uint8(2), uint8(2), uint8(3), uint8(2))
	f.Fuzz(func(t *testing.T, total, most, first, below, beyond, count, vanish uint8) {
		how := []string{"empty", "error", "repeat"}
		s := &pagingServer{
			total: int(total), cap: max(smallestCap, int(most)), first: int(first % 2), below: how[below%3], beyond: how[beyond%3],
			count: []string{"total", "absent", "page", "text", "wrong", "growing"}[count%6], vanish: int(vanish % 8),
		}
		ids, _, err := readAll(t, s, 0)
		if s.asked > 200 {
			t.Errorf("%+v: %d requests", s, s.asked)
		}
		if s.gone > 0 && s.count != "total" && s.count != "text" {
			return // without a count nobody can see that an item moved
		}
		if err == nil && !slices.Equal(ids, upTo(s.total)) && !slices.Equal(ids, upTo(s.total)[s.gone:]) {
			t.Errorf("%+v: got %v", s, ids)
		}
	})
}
