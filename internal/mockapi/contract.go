package mockapi

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// Contract is the OpenAPI description that the mock is held to, as YAML.
//
//go:embed contract/openapi.yaml
var Contract []byte

// operation is one operation of the contract, ready to check calls with.
type operation struct {
	id      string
	method  string
	path    string // as the contract writes it, such as /v1/webhooks/{id}
	route   *routers.Route
	keep    marks            // what DocumentedOnly leaves in the answer
	success *openapi3.Schema // of the body of a 200, nil for none
	example any              // the documentation's sample answer, nil for none
}

// loadContract parses the embedded contract once for all servers of a process; it is only read afterwards.
var loadContract = sync.OnceValue(func() []*operation {
	doc, err := openapi3.NewLoader().LoadFromData(Contract)
	if err != nil {
		panic(fmt.Sprintf("mockapi: the embedded contract does not parse: %s", err))
	}
	// Where the mock listens is nobody's contract, and a base URL may have a path prefix.
	doc.Servers = nil
	var operations []*operation
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			operations = append(operations, newOperation(doc, path, method, item, op))
		}
	}
	return operations
})

func newOperation(doc *openapi3.T, path, method string, item *openapi3.PathItem, op *openapi3.Operation) *operation {
	o := &operation{
		id: op.OperationID, method: method, path: path,
		route: &routers.Route{Spec: doc, Path: path, PathItem: item, Method: method, Operation: op},
	}
	if media := op.Responses.Status(http.StatusOK).Value.Content.Get("application/json"); media != nil {
		o.success, o.example = media.Schema.Value, media.Example
		o.keep = marksToKeep(o.success)
	}
	return o
}

// newRoutes returns a mux that knows the contract's operations and calls serve with the one that matches, nil for none.
func newRoutes(serve func(*operation, http.ResponseWriter, *http.Request)) *http.ServeMux {
	mux := http.NewServeMux()
	for _, op := range loadContract() {
		mux.HandleFunc(op.method+" "+op.path, func(w http.ResponseWriter, r *http.Request) {
			if r.Method != op.method { // a GET pattern takes HEAD too
				serve(nil, w, r)
				return
			}
			serve(op, w, r)
		})
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { serve(nil, w, r) })
	return mux
}

// validateRequest returns what of the request is outside the contract: as Hero would complain of the body or parameters
// (issues, empty where Hero would not notice), and as a text for a failing test.
func (o *operation) validateRequest(r *http.Request, body []byte) (issues []issue, violations []string) {
	query := r.URL.Query()
	known := o.route.Operation.Parameters
	for name := range query {
		if known.GetByInAndName(openapi3.ParameterInQuery, name) == nil {
			violations = append(violations, "query parameter "+name+" is not in the contract")
		}
	}
	if o.route.Operation.RequestBody == nil && len(bytes.TrimSpace(body)) > 0 {
		violations = append(violations, "a body is sent where the contract has none")
	}
	checked := r.Clone(r.Context())
	checked.Body = io.NopCloser(bytes.NewReader(body))
	checked.ContentLength = int64(len(body))
	err := openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{
		Request: checked, QueryParams: query, PathParams: o.pathParams(r), Route: o.route,
		Options: &openapi3filter.Options{
			MultiError: true, SkipSettingDefaults: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
		},
	})
	for _, e := range flatten(err) {
		problem, text := describe(e)
		issues, violations = append(issues, problem), append(violations, text)
	}
	return issues, violations
}

func (o *operation) pathParams(r *http.Request) map[string]string {
	params := map[string]string{}
	for _, p := range o.route.Operation.Parameters {
		if p.Value.In == openapi3.ParameterInPath {
			params[p.Value.Name] = r.PathValue(p.Value.Name)
		}
	}
	return params
}

// validateAnswer returns what of an answer, decoded from JSON, is outside the contract.
func (o *operation) validateAnswer(status int, body any, hasBody bool) []string {
	response := o.route.Operation.Responses.Status(status)
	if response == nil {
		response = o.route.Operation.Responses.Default()
	}
	if response == nil {
		return []string{fmt.Sprintf("status %d is not in the contract", status)}
	}
	media := response.Value.Content.Get("application/json")
	switch {
	case media == nil && hasBody:
		return []string{"a body is answered where the contract has none"}
	case media == nil:
		return nil
	case !hasBody:
		return []string{"no body is answered where the contract has one"}
	}
	var violations []string
	for _, e := range flatten(media.Schema.Value.VisitJSON(body, openapi3.MultiErrors(), openapi3.VisitAsResponse())) {
		_, text := describe(e)
		violations = append(violations, text)
	}
	return violations
}

// flatten returns the single errors of what kin-openapi collected, each with its parameter's name kept.
func flatten(err error) []error {
	var several openapi3.MultiError
	var request *openapi3filter.RequestError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &request) && request.Parameter == nil && request.Err != nil:
		return flatten(request.Err)
	case errors.As(err, &request):
		return []error{request}
	case errors.As(err, &several):
		var single []error
		for _, e := range several {
			single = append(single, flatten(e)...)
		}
		return single
	}
	return []error{err}
}

// describe says one error of kin-openapi as Hero would and as a text without the offending value, which may be secret.
func describe(err error) (problem issue, text string) {
	problem = issue{Code: "invalid_type", Path: []string{}}
	var schema *openapi3.SchemaError
	if !errors.As(err, &schema) {
		problem.Code, problem.Expected = "custom", "valid JSON"
		var request *openapi3filter.RequestError
		if errors.As(err, &request) && request.Parameter != nil {
			problem.Path = []string{request.Parameter.Name}
		}
		return problem, err.Error()
	}
	problem.Path = schema.JSONPointer()
	var request *openapi3filter.RequestError
	if errors.As(err, &request) && request.Parameter != nil {
		problem.Path = append([]string{request.Parameter.Name}, problem.Path...)
	}
	if problem.Path == nil {
		problem.Path = []string{}
	}
	switch schema.SchemaField {
	case "properties":
		problem.Code, problem.Expected = "unrecognized_keys", "no such key"
		if quoted := strings.Split(schema.Reason, `"`); len(quoted) == 3 { // the reason alone names the key
			problem.Path = append(problem.Path, quoted[1])
		}
	case "required":
		if property := requiredProperty(schema, problem.Path); property != nil {
			problem.Expected = typeName(property)
		}
	default:
		problem.Expected = typeName(schema.Schema)
	}
	return problem, fmt.Sprintf("%s: %s", strings.Join(problem.Path, "."), schema.Reason)
}

func requiredProperty(err *openapi3.SchemaError, path []string) *openapi3.Schema {
	if len(path) == 0 {
		return nil
	}
	property, ok := err.Schema.Properties[path[len(path)-1]]
	if !ok {
		return nil
	}
	return property.Value
}

func typeName(schema *openapi3.Schema) string {
	if schema == nil || schema.Type == nil {
		return "a value that Hero takes"
	}
	return strings.Join(schema.Type.Slice(), " or ")
}

// decode returns the body of an answer as plain JSON values.
func decode(body []byte) (any, error) {
	var value any
	err := json.Unmarshal(body, &value)
	return value, err
}

// ContractViolations returns every request and answer so far that was outside the contract, faults' deliberately broken
// answers excepted. A request that lacks the key or names a practice group outside the network is refused before it is
// checked.
func (s *Server) ContractViolations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

// ResetContractViolations forgets them, for tests that go outside the contract on purpose.
func (s *Server) ResetContractViolations() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.violations = nil
}

func (s *Server) violated(method, path string, problems ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, problem := range problems {
		s.violations = append(s.violations, method+" "+path+": "+problem)
	}
}
