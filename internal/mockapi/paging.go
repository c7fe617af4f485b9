package mockapi

import (
	"net/url"
	"strconv"
)

// page returns the items of the page that the query asks for. Out of range, it is empty.
func page[T any](query url.Values, o Options, items []T) (paged []T, problems []issue) {
	index, problems := pageNumber(query, "page_index", o.FirstPageIndex, problems)
	size, problems := pageNumber(query, "page_size", o.DefaultPageSize, problems)
	if size == 0 && len(problems) == 0 {
		problems = append(problems, issue{Code: "too_small", Expected: "a number above 0", Path: []string{"page_size"}})
	}
	if index < o.FirstPageIndex && o.RefusePageZero {
		problems = append(problems, issue{Code: "too_small", Expected: "a number above 0", Path: []string{"page_index"}})
	}
	if len(problems) > 0 {
		return nil, problems
	}
	size = min(size, o.MaxPageSize)
	start := min(max(index-o.FirstPageIndex, 0)*size, len(items))
	return items[start:min(start+size, len(items))], nil
}

func pageNumber(query url.Values, name string, absent int, problems []issue) (int, []issue) {
	if !query.Has(name) {
		return absent, problems
	}
	number, err := strconv.Atoi(query.Get(name))
	if err != nil || number < 0 {
		return 0, append(problems, issue{Code: "invalid_string", Expected: "a number", Path: []string{name}})
	}
	return number, problems
}

// pageOf answers with one page of items, and the count of all.
func pageOf[T any](c *call, o Options, items []T, show func(T) object) answer {
	paged, problems := page(c.query, o, items)
	if len(problems) > 0 {
		return badRequest(problems...)
	}
	shown := make([]object, 0, len(paged))
	for _, item := range paged {
		shown = append(shown, show(item))
	}
	return list(shown, len(items))
}
