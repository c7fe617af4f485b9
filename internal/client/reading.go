package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// List is a list of Hero's. Unless its reader was told to stop earlier, it is proven whole.
type List[T any] struct {
	Items []T
	// Count is how many Hero says there are; without Hero's word, how many came.
	Count int64
	// Raw is the answer as it came, or, when several pages make up the list, all items in the documented envelope.
	Raw json.RawMessage
}

// keepRaw says where a type keeps the JSON that it was read from.
type keepRaw[T any] func(*T) *json.RawMessage

// getOne reads one object.
func getOne[T any](ctx context.Context, c *Client, practice, path string, query url.Values, keep keepRaw[T]) (*T, error) {
	k := call{practice: practice, method: http.MethodGet, path: path, query: query}
	answered, err := c.do(ctx, k)
	if err != nil {
		return nil, err
	}
	object := new(T)
	if err := answered.into(object, k); err != nil {
		return nil, err
	}
	if bytes.Equal(bytes.TrimSpace(answered.body), []byte("null")) {
		return nil, &ShapeError{Method: k.method, Path: k.path, Status: answered.status, Err: errors.New("the answer is null")}
	}
	*keep(object) = answered.body
	return object, nil
}

// getList reads a list that comes in one answer.
func getList[T any](ctx context.Context, c *Client, practice, path string, query url.Values, keep keepRaw[T]) (*List[T], error) {
	k := call{practice: practice, method: http.MethodGet, path: path, query: query}
	answered, err := c.do(ctx, k)
	if err != nil {
		return nil, err
	}
	var l listing
	if err := answered.into(&l, k); err != nil {
		return nil, err
	}
	if !l.whole() {
		return nil, &ShapeError{Method: k.method, Path: k.path, Status: answered.status, Err: ErrIncomplete}
	}
	items, err := readItems(l.items, k, keep)
	if err != nil {
		return nil, err
	}
	return &List[T]{Items: items, Count: l.count.Or(int64(len(items))), Raw: answered.body}, nil
}

// getPages reads every page of a list, or its first items only when most is positive.
func getPages[T any](ctx context.Context, c *Client, practice, path string, query url.Values, most int, keep keepRaw[T]) (*List[T], error) {
	k := call{practice: practice, method: http.MethodGet, path: path, query: query}
	raws, total, err := c.everyItem(ctx, k, most)
	if err != nil {
		return nil, err
	}
	items, err := readItems(raws, k, keep)
	if err != nil {
		return nil, err
	}
	if raws == nil {
		raws = []json.RawMessage{}
	}
	whole, err := json.Marshal(struct {
		Data  []json.RawMessage `json:"data"`
		Count int64             `json:"count"`
	}{raws, total})
	if err != nil {
		return nil, fmt.Errorf("joining the pages of %s %s: %w", k.method, k.path, err)
	}
	return &List[T]{Items: items, Count: total, Raw: whole}, nil
}

func readItems[T any](raws []json.RawMessage, k call, keep keepRaw[T]) ([]T, error) {
	items := make([]T, len(raws))
	for i, raw := range raws {
		if err := (answer{status: http.StatusOK, body: raw}).into(&items[i], k); err != nil {
			return nil, err
		}
		*keep(&items[i]) = raw
	}
	return items, nil
}

// gone turns the 404 of a single object into ErrGone once it is known that Hero accepts calls for the practice group: how Hero refuses a
// practice group that the key may not act for is not published, and may be a 404 as well.
func (c *Client) gone(ctx context.Context, practice string, err error) error {
	if !HasStatus(err, http.StatusNotFound) {
		return err
	}
	if refused := c.PracticeAnswers(ctx, practice); refused != nil {
		return fmt.Errorf("%w; so it is not known whether the object is gone or the practice group cannot be reached: %w", refused, err)
	}
	return fmt.Errorf("%w: %w", ErrGone, err)
}

// withoutFacts is the error of a created object whose answer does not tell what must be known. It names keys only.
func withoutFacts(k call, answered answer, missing string) error {
	return &ShapeError{Method: k.method, Path: k.path, Status: answered.status, Err: errors.New(missing + "; what came is " + shapeOf(answered.body))}
}

// firstTold is the first of several names of the same thing that has a value, else the first that was told.
func firstTold[T any](names ...Field[T]) Field[T] {
	var told Field[T]
	for _, f := range names {
		if f.Value != nil {
			return f
		}
		told.Told = told.Told || f.Told
	}
	return told
}

// filter adds query parameters that are set.
type filter url.Values

func (f filter) text(name, value string) {
	if value != "" {
		f[name] = []string{value}
	}
}

func (f filter) flag(name string, value *bool) {
	if value != nil {
		f[name] = []string{strconv.FormatBool(*value)}
	}
}

// list repeats the parameter for each value, as OpenAPI does for arrays unless told otherwise (inferred for Hero).
func (f filter) list(name string, values []string) {
	if len(values) > 0 {
		f[name] = values
	}
}
