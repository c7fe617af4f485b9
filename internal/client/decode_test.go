package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
)

// loose has every kind of field that the API's types have.
type loose struct {
	Text   Field[string]            `json:"text"`
	Flag   Field[bool]              `json:"flag"`
	Number Field[float64]           `json:"number"`
	Count  Field[int64]             `json:"count"`
	List   Field[[]string]          `json:"list"`
	Map    Field[map[string]string] `json:"map"`
	Nested Field[Address]           `json:"nested"`
}

func decodeLoose(t *testing.T, body string) loose {
	t.Helper()
	var l loose
	if err := json.Unmarshal([]byte(body), &l); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return l
}

func TestField_tellsAbsentFromNull(t *testing.T) {
	t.Parallel()
	absent := decodeLoose(t, `{}`)
	null := decodeLoose(t, `{"text":null,"flag":null,"number":null,"count":null,"list":null,"map":null,"nested":null}`)
	for i := range reflect.TypeFor[loose]().NumField() {
		for told, l := range map[bool]loose{false: absent, true: null} {
			field := reflect.ValueOf(l).Field(i)
			if field.FieldByName("Told").Bool() != told || !field.FieldByName("Value").IsNil() {
				t.Errorf("field %d: want told %t and no value, got %+v", i, told, field)
			}
		}
	}
	if empty := decodeLoose(t, `{"text":""}`).Text; !empty.Told || empty.Value != nil {
		t.Errorf("an empty text is told and has no value; got %+v", empty)
	}
}

func TestField_readsNeighbouringTypes(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"text":12345678901234567890}`:     "12345678901234567890",
		`{"text":1.50}`:                     "1.50",
		`{"text":true}`:                     "true",
		`{"text":"\u00e9"}`:                 "é",
		`{"flag":"true"}`:                   "true",
		`{"flag":1}`:                        "true",
		`{"flag":false}`:                    "false",
		`{"number":"1.5"}`:                  "1.5",
		`{"count":"12"}`:                    "12",
		`{"count":12.0}`:                    "12",
		`{"list":["a",1,null,"",true]}`:     "[a 1 true]",
		`{"list":"a"}`:                      "[a]",
		`{"list":7}`:                        "[7]",
		`{"list":[]}`:                       "[]",
		`{"map":{"a":"b","c":1,"d":null}}`:  "map[a:b c:1 d:]",
		`{"nested":{"town":"X","more":[]}}`: "{{false <nil>} {false <nil>} {false <nil>} {true X}",
	} {
		l := reflect.ValueOf(decodeLoose(t, body))
		got := "nothing"
		for i := range l.NumField() {
			if value := l.Field(i).FieldByName("Value"); !value.IsNil() {
				got = fmt.Sprint(value.Elem().Interface())
				if address, ok := value.Elem().Interface().(Address); ok {
					got = strings.Replace(want, "X", address.Town.Or("?"), 1)
				}
			}
		}
		if got != want {
			t.Errorf("%s: want %s, got %s", body, want, got)
		}
	}
}

func TestField_whatCannotBeReadIsNotTold(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"flag":"maybe"}`, `{"flag":[]}`, `{"number":"string"}`, `{"number":"NaN"}`, `{"number":"Infinity"}`, `{"number":"-inf"}`,
		`{"count":1.5}`, `{"count":1e300}`, `{"count":"string"}`, `{"map":[]}`, `{"map":"string"}`, `{"nested":"string"}`, `{"nested":[1]}`,
	} {
		if l := decodeLoose(t, body); !reflect.DeepEqual(l, loose{}) {
			t.Errorf("%s: got %+v", body, l)
		}
	}
}

func TestListing_readsBothEnvelopes(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]struct {
		items int
		whole bool
	}{
		`{"data":[{},{}],"count":2}`:   {2, true},
		`{"data":[{},{}],"count":"2"}`: {2, true},
		`{"data":[{},{}],"count":1}`:   {2, true},
		`{"data":[{},{}],"count":3}`:   {2, false},
		`{"data":[{},{}]}`:             {2, true},
		`{"data":[]}`:                  {0, true},
		`[{},{}]`:                      {2, true},
		"\n[]":                         {0, true},
	} {
		var l listing
		if err := json.Unmarshal([]byte(body), &l); err != nil || len(l.items) != want.items || l.whole() != want.whole {
			t.Errorf("%s: got %d items, whole %t, %v", body, len(l.items), l.whole(), err)
		}
	}
}

func TestListing_anUnknownEnvelopeIsAnErrorThatQuotesNoValue(t *testing.T) {
	t.Parallel()
	for body, says := range map[string]string{
		`{"things":["s3cret"],"count":1}`: "count, things", `{}`: "an object without keys", `"s3cret"`: "a JSON string", `null`: "a JSON <nil>",
		`{"data":null,"count":0}`: "data", `{"data":{"a":"s3cret"}}`: "data", `{"data":"s3cret"}`: "data", `true`: "a JSON bool", `7`: "a JSON float64",
		`{"8f14e45fceea167a5a36dedd4bea2543":1}`: "an object without keys",
	} {
		var l listing
		err := json.Unmarshal([]byte(body), &l)
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "8f14e4") {
			t.Errorf("%s: got %v", body, err)
		}
	}
}

func TestTell_isWhatDecodingMakes(t *testing.T) {
	t.Parallel()
	if !reflect.DeepEqual(decodeLoose(t, `{"text":"a"}`).Text, Tell("a")) || Tell("a").Or("b") != "a" || (Field[string]{}).Or("b") != "b" {
		t.Error("Tell and decoding differ")
	}
}

func FuzzDecode(f *testing.F) {
	for _, body := range []string{
		`{}`, `[]`, `null`, `{"data":[],"count":0}`, `{"data":[{"id":"1","headers":{"A":"b"}}],"count":"1"}`, `[{"id":1},null,"x",[]]`,
		`{"text":1,"flag":"t","number":"NaN","count":9223372036854775807,"list":{"a":1},"map":{"a":{}},"nested":{"town":1}}`, `{"count":-1,"data":[1]}`,
		`{"number":1e400,"count":"0x10"}`, "\xff", `{"text":"\ud800"}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var l loose
		err := json.Unmarshal(body, &l)
		var syntax *json.SyntaxError
		var members map[string]json.RawMessage
		if err != nil && !errors.As(err, &syntax) && json.Unmarshal(body, &members) == nil {
			t.Errorf("an object's fields never fail; got %v", err)
		}
		if n := l.Number.Or(0); math.IsNaN(n) || math.IsInf(n, 0) {
			t.Errorf("a number that Terraform cannot hold: %v", n)
		}
		if l.Text.Value != nil && (!l.Text.Told || *l.Text.Value == "") {
			t.Errorf("got %+v", l.Text)
		}
		var list listing
		if json.Unmarshal(body, &list) == nil && json.Valid(body) {
			for _, item := range list.items {
				var w Webhook
				_ = json.Unmarshal(item, &w)
			}
			if list.count.Value != nil && *list.count.Value > int64(len(list.items)) && list.whole() {
				t.Error("a list with fewer items than counted is taken for whole")
			}
		}
		if got := shapeOf(body); len(got) > longestMessage+50 {
			t.Errorf("shapeOf is %d bytes long", len(got))
		}
	})
}
