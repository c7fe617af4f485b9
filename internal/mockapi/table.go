package mockapi

import (
	"slices"
	"strconv"
)

// table keeps the objects of one kind: by id over all practice groups, since Hero's ids are numbers that no two objects
// share, and by practice group in the order in which they came. It is guarded by the server's lock.
type table[T any] struct {
	byID       map[string]*row[T]
	byPractice map[string][]*row[T]
}

type row[T any] struct {
	id, practice string
	value        T
}

func newTable[T any]() table[T] {
	return table[T]{byID: map[string]*row[T]{}, byPractice: map[string][]*row[T]{}}
}

func (t *table[T]) add(practice, id string, value T) *T {
	r := &row[T]{id: id, practice: practice, value: value}
	t.byID[id] = r
	t.byPractice[practice] = append(t.byPractice[practice], r)
	return &r.value
}

// get returns the object if that practice group has it.
func (t *table[T]) get(practice, id string) (*T, bool) {
	r, ok := t.byID[id]
	if !ok || r.practice != practice {
		return nil, false
	}
	return &r.value, true
}

// has says whether that practice group has such an object.
func (t *table[T]) has(practice, id string) bool {
	_, found := t.get(practice, id)
	return found
}

// clear removes all objects of a practice group.
func (t *table[T]) clear(practice string) {
	for _, r := range t.byPractice[practice] {
		delete(t.byID, r.id)
	}
	delete(t.byPractice, practice)
}

// all returns copies of a practice group's objects.
func (t *table[T]) all(practice string) []T {
	values := make([]T, 0, len(t.byPractice[practice]))
	for _, r := range t.byPractice[practice] {
		values = append(values, r.value)
	}
	return values
}

// remove says whether there was such an object.
func (t *table[T]) remove(id string) bool {
	r, ok := t.byID[id]
	if !ok {
		return false
	}
	delete(t.byID, id)
	t.byPractice[r.practice] = slices.DeleteFunc(t.byPractice[r.practice], func(other *row[T]) bool { return other == r })
	return true
}

// newID returns an id that no object of this server has had.
func (s *Server) newID() string {
	s.lastID++
	return strconv.Itoa(s.lastID)
}

// placed returns an object's id and practice group, with those of Options and [Server.newID] where there are none.
func (s *Server) placed(id, practiceID string) (placedID, placedPracticeID string) {
	if id == "" {
		id = s.newID()
	}
	if practiceID == "" {
		practiceID = s.options.OwnPracticeID
	}
	return id, practiceID
}

// change calls f with the object of that id, whichever practice group has it, and says whether there was one.
func change[T any](s *Server, t *table[T], id string, f func(*T)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := t.byID[id]
	if ok {
		f(&r.value)
	}
	return ok
}
