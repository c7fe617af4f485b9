package client

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// decodesAnything reads an object of a type out of an object's JSON. That must not fail, and must keep the whole answer.
func decodesAnything[T any](t *testing.T, object []byte, keep keepRaw[T]) {
	t.Helper()
	items, err := readItems([]json.RawMessage{object}, call{method: http.MethodGet, path: "/"}, keep)
	if err != nil {
		t.Fatalf("%T of %q: %v", *new(T), object, err)
	}
	if string(*keep(&items[0])) != string(object) {
		t.Fatalf("%T: %q was kept as %q", *new(T), object, *keep(&items[0]))
	}
}

// FuzzParts holds that any JSON of the right outer shape can be read, whatever Hero puts into it.
func FuzzParts(f *testing.F) {
	for _, seed := range []string{
		`{}`, `null`, wholeBookingLink, sampleFormResponse, sampleSubmission,
		`{"id":[1],"meta":{"meta":{}},"fields":[null,1,{"value":{}},{"value":[null,[]]}],"price":"NaN","slot_count":1e400,"short_link":{}}`,
		`{"fields":{"0":{}},"hidden":"maybe","data":{},"capabilities":"sms","config":null,"element":[]}`,
		`{"ID":"upper","meta":{"location_id":{"a":1}},"maximum_uses":"5","unlimited_use":"true"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, object []byte) {
		var members map[string]json.RawMessage
		if json.Unmarshal(object, &members) != nil {
			return
		}
		decodesAnything(t, object, bookingLinkRaw)
		decodesAnything(t, object, func(o *FormLink) *json.RawMessage { return &o.Raw })
		decodesAnything(t, object, func(o *LinkStatus) *json.RawMessage { return &o.Raw })
		decodesAnything(t, object, func(o *ShortLink) *json.RawMessage { return &o.Raw })
		decodesAnything(t, object, func(o *PracticeGroup) *json.RawMessage { return &o.Raw })
		decodesAnything(t, object, func(o *Capabilities) *json.RawMessage { return &o.Raw })
		decodesAnything(t, object, func(o *Element) *json.RawMessage { return &o.Raw })
		decodesAnything(t, object, func(o *Form) *json.RawMessage { return &o.Raw })
		decodesAnything(t, object, func(o *FormResponse) *json.RawMessage { return &o.Raw })
		decodesAnything(t, object, func(o *FormResponseItem) *json.RawMessage { return &o.Raw })
		decodesAnything(t, object, func(o *AppointmentType) *json.RawMessage { return &o.Raw })
		decodesAnything(t, object, func(o *Practitioner) *json.RawMessage { return &o.Raw })
		decodesAnything(t, object, func(o *Admin) *json.RawMessage { return &o.Raw })
		if _, err := CanonicalJSON(object); err != nil {
			t.Fatalf("%q: %v", object, err)
		}
	})
}

func TestLists_oddItemsDoNotFail(t *testing.T) {
	t.Parallel()
	_, c := newFakeHero(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"data":[null,{},{"id":null},{"id":[]},{"id":true,"name":{"a":1}}],"count":"5"}`)
	})
	list, err := c.Locations(t.Context(), practiceA, LocationFilter{})
	if err != nil || len(list.Items) != 5 {
		t.Fatalf("got %v", err)
	}
	text, err := CanonicalJSON(list.Raw)
	if err != nil || !strings.Contains(text, `"count":"5"`) {
		t.Errorf("got %s, %v", text, err)
	}
}
