package formresponse_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
)

// documented are the keys whose values are drawn most, since code looks at them.
var documented = []string{
	"id", "form_id", "client_id", "appointment_id", "practice_group_id", "created_at", "hidden", "form_type", "title", "fields", "patient_id", "form_question_id",
	"name", "type", "value", "values", "answer", "status", "count", "data", "ID", "",
}

// anyJSON draws any JSON value of a limited depth.
func anyJSON(depth int) *rapid.Generator[any] {
	kinds := []*rapid.Generator[any]{
		rapid.Just[any](nil), rapid.Bool().AsAny(), rapid.String().AsAny(),
		rapid.Map(rapid.Int64(), func(n int64) any { return n }), rapid.Map(rapid.Float64Range(-1e300, 1e300), func(n float64) any { return n }),
		rapid.Just[any](json.Number("12345678901234567890.10")), rapid.Just[any](json.Number("1E400")),
	}
	if depth > 0 {
		kinds = append(kinds, rapid.SliceOfN(anyJSON(depth-1), 0, 4).AsAny(), anyObject(depth-1).AsAny(), anyObject(depth-1).AsAny())
	}
	return rapid.OneOf(kinds...)
}

func anyObject(depth int) *rapid.Generator[map[string]any] {
	key := rapid.OneOf(rapid.SampledFrom(documented), rapid.SampledFrom(documented), rapid.String())
	return rapid.MapOfN(key, anyJSON(depth), 0, 8)
}

// Whatever Hero answers in the right outer shape is read by both faces without an error, and json is what came.
func TestFormResponses_anyAnswerOfTheRightShapeIsReadAndKept(t *testing.T) {
	t.Parallel()
	var body atomic.Value
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, _ := body.Load().([]byte)
		if strings.HasPrefix(r.URL.Path, "/v2/") {
			answer = []byte(`{"data":[` + string(answer) + `],"count":1}`)
		}
		_, _ = w.Write(answer)
	}))
	t.Cleanup(server.Close)
	d := (&acctest.Mock{URL: server.URL}).Driver(t, stored)
	rapid.Check(t, func(rt *rapid.T) {
		sent, err := json.Marshal(anyObject(3).Draw(rt, "object"))
		if err != nil {
			rt.Skip("not JSON")
		}
		body.Store(sent)
		for _, typeName := range []string{"hero_form_response", "hero_form_submission_response", "hero_form_responses"} {
			config, want := map[string]any{"id": "1"}, string(sent)
			if typeName == "hero_form_responses" {
				config, want = nil, "["+string(sent)+"]"
			}
			kept, diags := d.ReadDataSource(typeName, config)
			if len(diags) > 0 {
				rt.Fatalf("%s: %s", typeName, diags)
			}
			open, diags := d.OpenEphemeral(typeName, config)
			if len(diags) > 0 {
				rt.Fatalf("%s: %s", typeName, diags)
			}
			if !reflect.DeepEqual(kept, open.Result) {
				rt.Fatalf("the data source read %v, its twin %v", kept, open.Result)
			}
			if got := kept.String("json"); !sameJSON(got, want) {
				rt.Fatalf("%s: %s was kept as %s", typeName, want, got)
			}
		}
	})
}

// sameJSON compares two JSON texts, numbers to the letter.
func sameJSON(one, other string) bool {
	a, errOne := decoded(one)
	b, errOther := decoded(other)
	return errOne == nil && errOther == nil && reflect.DeepEqual(a, b)
}

func decoded(text string) (value any, err error) {
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.UseNumber()
	err = decoder.Decode(&value)
	return value, err
}
