package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Field is one key of an answer. Hero may leave a key out, which says nothing; or say null, or "", which both mean no value. Decoding a
// Field never fails: the documentation types several keys loosely, and ids come as strings or as numbers.
type Field[T any] struct {
	Told  bool // the key was in the answer, in a form that could be read
	Value *T   // nil when null or empty
}

// Or is the value, or fallback when there is none.
func (f Field[T]) Or(fallback T) T {
	if f.Value == nil {
		return fallback
	}
	return *f.Value
}

// Tell makes a Field that was told.
func Tell[T any](value T) Field[T] { return Field[T]{Told: true, Value: &value} }

// UnmarshalJSON implements [json.Unmarshaler].
func (f *Field[T]) UnmarshalJSON(data []byte) error {
	*f = Field[T]{}
	if string(data) == "null" {
		f.Told = true
		return nil
	}
	var value T
	if !readLoosely(data, &value) {
		return nil
	}
	f.Told = true
	if text, ok := any(value).(string); !ok || text != "" {
		f.Value = &value
	}
	return nil
}

// readLoosely reads JSON into target, accepting the neighbouring JSON types.
func readLoosely(data []byte, target any) bool {
	switch target := target.(type) {
	case *string:
		*target = looseText(data)
		return true
	case *bool:
		parsed, err := strconv.ParseBool(looseText(data))
		*target = parsed
		return err == nil
	case *float64:
		parsed, err := strconv.ParseFloat(looseText(data), 64)
		*target = parsed
		return err == nil && !math.IsNaN(parsed) && !math.IsInf(parsed, 0)
	case *int64:
		parsed, err := strconv.ParseFloat(looseText(data), 64)
		*target = int64(parsed)
		return err == nil && parsed == float64(*target)
	case *[]string:
		var items []json.RawMessage
		if json.Unmarshal(data, &items) != nil {
			items = []json.RawMessage{data} // one value where a list was expected
		}
		*target = make([]string, 0, len(items))
		for _, item := range items {
			if text := looseText(item); text != "" && string(item) != "null" {
				*target = append(*target, text)
			}
		}
		return true
	case *map[string]string:
		var members map[string]json.RawMessage
		if json.Unmarshal(data, &members) != nil {
			return false
		}
		*target = make(map[string]string, len(members))
		for name, member := range members {
			(*target)[name] = looseText(member)
		}
		return true
	default:
		return json.Unmarshal(data, target) == nil
	}
}

// looseText is a JSON string's text, or any other value's own spelling (so that large numbers keep all their digits).
func looseText(data []byte) string {
	var text string
	if json.Unmarshal(data, &text) == nil {
		return text
	}
	return string(data)
}

// listing is a list as Hero answered it.
type listing struct {
	items []json.RawMessage
	count Field[int64] // how many Hero says there are; not told for a bare array
}

// whole reports whether the items are all that Hero says there are.
func (l listing) whole() bool { return l.count.Value == nil || *l.count.Value <= int64(len(l.items)) }

// UnmarshalJSON accepts {"data": [...], "count": n} (documented) and a bare array; anything else is an unknown envelope.
func (l *listing) UnmarshalJSON(data []byte) error {
	if trimmed := bytes.TrimSpace(data); len(trimmed) > 0 && trimmed[0] == '[' {
		return json.Unmarshal(data, &l.items)
	}
	var envelope struct {
		Data  *[]json.RawMessage `json:"data"`
		Count Field[int64]       `json:"count"`
	}
	if err := json.Unmarshal(data, &envelope); err != nil || envelope.Data == nil {
		return fmt.Errorf("a list was expected, as {\"data\": [...], \"count\": …} or as an array; what came is %s", shapeOf(data))
	}
	l.items, l.count = *envelope.Data, envelope.Count
	return nil
}

// shapeOf describes JSON by its type and its keys only, since values may be secret.
func shapeOf(data []byte) string {
	var members map[string]json.RawMessage
	if json.Unmarshal(data, &members) == nil && members != nil {
		keys := slices.DeleteFunc(slices.Sorted(maps.Keys(members)), func(key string) bool { return !plainKey(key) })
		if len(keys) == 0 {
			return "an object without keys that are known"
		}
		return "an object with the keys " + shortened(strings.Join(keys, ", "))
	}
	var value any
	if json.Unmarshal(data, &value) != nil {
		return "not JSON"
	}
	return fmt.Sprintf("a JSON %T", value)
}

// ErrIncomplete means that Hero named a larger count than the items that came: nothing can be concluded from what is missing.
var ErrIncomplete = errors.New("Hero's answer names a larger count than the items that it holds, so it cannot be taken for the whole list") //nolint:staticcheck // Hero is a name
