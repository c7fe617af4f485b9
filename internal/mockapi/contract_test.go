package mockapi

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

func TestContract_isValidOpenAPI(t *testing.T) {
	t.Parallel()
	doc, err := openapi3.NewLoader().LoadFromData(Contract)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil { // examples against their schemas too
		t.Error(err)
	}
}

func TestContract_everyOperationIsServed(t *testing.T) {
	t.Parallel()
	server := New(Options{})
	served := map[string]bool{}
	for _, op := range loadContract() {
		if op.id == "" || served[op.id] {
			t.Errorf("%s %s has no operationId of its own", op.method, op.path)
		}
		served[op.id] = true
		if server.handlers[op.id] == nil {
			t.Errorf("%s (%s %s) has no handler", op.id, op.method, op.path)
		}
	}
	for id := range server.handlers {
		if !served[id] {
			t.Errorf("the handler %s is for no operation of the contract", id)
		}
	}
}

func TestContract_everythingSaysHowWellItIsKnown(t *testing.T) {
	t.Parallel()
	seen := 0
	check := func(where string, extensions map[string]any) {
		seen++
		if mark := evidence(extensions); !slices.Contains([]string{"D", "S", "G", "I"}, mark) {
			t.Errorf("%s: x-evidence is %q", where, mark)
		}
	}
	properties := func(where string, content openapi3.Content) {
		for _, media := range content {
			walkProperties(media.Schema.Value, func(property *openapi3.SchemaRef) {
				check(where+" "+property.Value.Description, map[string]any{"x-evidence": propertyEvidence(property)})
			})
		}
	}
	for _, op := range loadContract() {
		where := op.method + " " + op.path
		check(where, op.route.Operation.Extensions)
		for _, parameter := range op.route.Operation.Parameters {
			check(where+" parameter "+parameter.Value.Name, parameter.Value.Extensions)
		}
		if body := op.route.Operation.RequestBody; body != nil {
			properties(where+" request", body.Value.Content)
		}
		for status, response := range op.route.Operation.Responses.Map() {
			check(where+" "+status, response.Value.Extensions)
			properties(where+" "+status, response.Value.Content)
		}
	}
	if seen < 100 {
		t.Errorf("looked at %d places only", seen)
	}
}

func TestContract_objectsAreClosedSoThatNothingUnmarkedPasses(t *testing.T) {
	t.Parallel()
	for _, op := range loadContract() {
		if op.success == nil {
			continue
		}
		walkProperties(&openapi3.Schema{Properties: openapi3.Schemas{"answer": {Value: op.success}}}, func(property *openapi3.SchemaRef) {
			for _, schema := range []*openapi3.SchemaRef{property, property.Value.Items} {
				if schema == nil || len(schema.Value.Properties) == 0 {
					continue
				}
				// Beside fields of a response, whose members were not seen, nothing is open.
				if op.success.Properties["fields"] != nil || op.id == "listFormResponses" {
					continue
				}
				if has := schema.Value.AdditionalProperties.Has; has == nil || *has {
					t.Errorf("%s: an object with properties takes others too", op.id)
				}
			}
		})
	}
}

func TestServer_notesAndRefusesWhatIsOutsideTheContract(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		method, path, body string
		status             int
		violation          string
	}{
		"unknown operation":       {http.MethodGet, "/v1/nothing", "", 404, "GET /v1/nothing: the contract has no such operation"},
		"unknown method":          {http.MethodPut, "/v1/webhooks", "", 404, "PUT /v1/webhooks: the contract has no such operation"},
		"HEAD":                    {http.MethodHead, "/v1/webhooks", "", 404, "HEAD /v1/webhooks: the contract has no such operation"},
		"path not clean":          {http.MethodGet, "/v1//webhooks", "", 404, "GET /v1//webhooks: the contract has no such operation"},
		"unknown query parameter": {http.MethodGet, "/v1/webhooks?page=1", "", 200, "GET /v1/webhooks: query parameter page is not in the contract"},
		"unknown body field":      {http.MethodPost, "/v1/webhooks", `{"event_type":"prescription.issued","url":"https://a.example","colour":"red"}`, 400, `POST /v1/webhooks: colour: property "colour" is unsupported`},
		"missing body field":      {http.MethodPost, "/v1/webhooks", `{"url":"https://a.example"}`, 400, `POST /v1/webhooks: event_type: property "event_type" is missing`},
		"wrong type":              {http.MethodPost, "/v1/webhooks", `{"event_type":7,"url":"https://a.example"}`, 400, "POST /v1/webhooks: event_type: value must be a string"},
		"body where none belongs": {http.MethodDelete, "/v1/webhooks/1", `{}`, 404, "DELETE /v1/webhooks/1: a body is sent where the contract has none"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := New(Options{})
			got := client{t: t, server: server, key: DefaultAPIKey, practice: "12"}.do(test.method, test.path, test.body)
			equal(t, "status", got.status, test.status)
			if violations := server.ContractViolations(); len(violations) != 1 || violations[0] != test.violation {
				t.Errorf("violations are %q, want %q", violations, test.violation)
			}
			server.ResetContractViolations()
			equal(t, "violations left", len(server.ContractViolations()), 0)
		})
	}
}

func TestServer_refusesABodyThatIsNotJSON(t *testing.T) {
	t.Parallel()
	for _, skip := range []bool{false, true} {
		server := New(Options{SkipValidation: skip})
		got := client{t: t, server: server, key: DefaultAPIKey, practice: "12"}.do(http.MethodPost, "/v1/webhooks", "{")
		equal(t, "status", got.status, http.StatusBadRequest)
		equal(t, "webhooks", len(server.Webhooks("12")), 0)
	}
}

func TestOperation_validateAnswerFindsWhatIsOutsideTheContract(t *testing.T) {
	t.Parallel()
	var network, deletion *operation
	for _, op := range loadContract() {
		switch op.id {
		case "listNetwork":
			network = op
		case "deleteWebhook":
			deletion = op
		}
	}
	good := object{"data": []any{object{"id": "1", "name": "a"}}, "count": 1.0}
	equal(t, "complaints about a good answer", len(network.validateAnswer(200, good, true)), 0)
	equal(t, "complaints about a good deletion", len(deletion.validateAnswer(200, nil, false)), 0)
	for name, violations := range map[string][]string{
		"number as id":     network.validateAnswer(200, object{"data": []any{object{"id": 1.0, "name": "a"}}, "count": 1.0}, true),
		"unknown key":      network.validateAnswer(200, object{"data": []any{}, "count": 0.0, "more": true}, true),
		"missing key":      network.validateAnswer(200, object{"data": []any{}}, true),
		"no body":          network.validateAnswer(200, nil, false),
		"body in deletion": deletion.validateAnswer(200, object{}, true),
		"wrong error body": deletion.validateAnswer(404, object{"reason": "gone"}, true),
	} {
		if len(violations) != 1 {
			t.Errorf("%s: violations are %q", name, violations)
		}
	}
}

func TestSampleServer_answersEveryOperationUnderAnyPrefix(t *testing.T) {
	t.Parallel()
	for _, prefix := range []string{"", "/_mock/apis/public-api/openapi"} {
		c := client{t: t, server: SampleServer()}
		for _, op := range loadContract() {
			path := prefix + strings.ReplaceAll(op.path, "{id}", "1")
			got := c.do(op.method, path, "not even JSON").must(t)
			if violations := op.validateAnswer(200, anyBody(got), got.text != ""); len(violations) > 0 {
				t.Errorf("%s: %q", path, violations)
			}
		}
		equal(t, "status of an unknown path", c.do(http.MethodGet, prefix+"/v1/nothing", "").status, http.StatusNotFound)
	}
}

func anyBody(r result) any {
	if r.array != nil {
		return r.array
	}
	if r.object != nil {
		return r.object
	}
	return nil
}
