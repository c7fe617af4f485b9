package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// JSONOption changes a value on its way through [CanonicalJSON]: it gets each member of each object, and returns what to write in its
// place and whether to write it.
type JSONOption func(key string, value any) (any, bool)

// DropKeys leaves out members with these names, in any case and at any depth.
func DropKeys(names ...string) JSONOption {
	return func(key string, value any) (any, bool) { return value, !named(names, key) }
}

// BlankMembers keeps, of objects with these names, in any case and at any depth, only the names of their members, with null for
// each value: a map of headers may hold credentials. Anything but an object becomes null.
func BlankMembers(names ...string) JSONOption {
	return func(key string, value any) (any, bool) {
		if !named(names, key) {
			return value, true
		}
		members, ok := value.(map[string]any)
		if !ok {
			return nil, true
		}
		for name := range members {
			members[name] = nil
		}
		return members, true
	}
}

func named(names []string, key string) bool {
	for _, name := range names {
		if strings.EqualFold(name, key) {
			return true
		}
	}
	return false
}

// CanonicalJSON is one text for all spellings of the same JSON: keys sorted, no space, numbers to the letter. The error is that raw is not
// one JSON value; it quotes nothing of it.
func CanonicalJSON(raw []byte, options ...JSONOption) (string, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return "", fmt.Errorf("the answer is not JSON (%d bytes)", len(raw))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("the answer holds more than one JSON value (%d bytes)", len(raw))
	}
	if len(options) > 0 {
		value = rewrite(value, options)
	}
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "", fmt.Errorf("writing the answer as JSON: %w", err)
	}
	return strings.TrimSuffix(text.String(), "\n"), nil
}

func rewrite(value any, options []JSONOption) any {
	switch value := value.(type) {
	case []any:
		for i := range value {
			value[i] = rewrite(value[i], options)
		}
	case map[string]any:
		for key, member := range value {
			keep := true
			for _, option := range options {
				if member, keep = option(key, member); !keep {
					break
				}
			}
			if keep {
				value[key] = rewrite(member, options)
			} else {
				delete(value, key)
			}
		}
	}
	return value
}
