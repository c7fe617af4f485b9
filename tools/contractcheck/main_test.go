package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const contract = "../../internal/mockapi/contract/openapi.yaml"

func TestContract_agreesWithItself(t *testing.T) {
	t.Parallel()
	report, wrong := check(t, contract, contract)
	if wrong != 0 || report != "Hero's description and our contract agree.\n" {
		t.Errorf("%d wrong:\n%s", wrong, report)
	}
}

// Every kind of mistake that we can have made, one by one, in a copy of the contract that stands for Hero's description.
func TestContract_alteredCopy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		from, to string // the first occurrence is replaced
		wrong    int
		report   string
	}{
		{
			"an inferred path that is another one", "/v1/webhooks/{id}:", "/v1/webhooks/{id}/subscription:", 1,
			`DELETE /v1/webhooks/{id}
  wrong  Hero describes no such operation (ours was inferred)
DELETE /v1/webhooks/{id}/subscription
  new    an operation that our contract lacks

1 wrong, 1 new; 1 of the wrong inferred
`,
		},
		{
			"a path parameter that is only named otherwise", `/v1/webhooks/{id}:`, `/v1/webhooks/{webhook_id}:`, 0,
			"Hero's description and our contract agree.\n",
		},
		{
			"an envelope with another key", "data: {type: array, items: {$ref: \"#/components/schemas/Webhook\"}, x-evidence: I}",
			"webhooks: {type: array, items: {type: string}}", 1,
			`GET /v1/webhooks
  wrong  answer.data: Hero describes no such key (ours was inferred)
  new    answer.webhooks: a key that our contract lacks: array
  new    answer.webhooks[]: a key that our contract lacks: string, required

1 wrong, 2 new; 1 of the wrong inferred
`,
		},
		{
			"another type", "count: {type: number, x-evidence: I}", "count: {type: string}", 1,
			`GET /v1/webhooks
  wrong  answer.count: is string, not number (ours was inferred)

1 wrong, 0 new; 1 of the wrong inferred
`,
		},
		{
			"an integer is a number", "count: {type: number, x-evidence: I}", "count: {type: integer}", 0,
			"Hero's description and our contract agree.\n",
		},
		{
			"a required key that is optional", "required: [id, event_type, url, created_at, updated_at]", "required: [id, event_type, url, created_at]", 2,
			`GET /v1/webhooks
  wrong  answer.data[].updated_at: is optional, not required (ours was documented)
POST /v1/webhooks
  wrong  answer.updated_at: is optional, not required (ours was documented)

2 wrong, 0 new; 2 of the wrong documented
`,
		},
		{
			"a new query parameter", "- {name: event_type, in: query, schema: {type: string}, x-evidence: D}",
			"- {name: event_type, in: query, schema: {type: string}}\n        - {name: page_index, in: query, schema: {type: string}}", 0,
			`GET /v1/webhooks
  new    query page_index: a parameter that our contract lacks: string

0 wrong, 1 new
`,
		},
		{
			"a header that is not the one", "name: x-practice-group-id,", "name: x-practice-id,", -1,
			"wrong  header x-practice-group-id: Hero describes no such parameter (ours was documented)\n  new    header x-practice-id: a parameter that our contract lacks: string, required",
		},
		{
			"an enumeration where ours is open", "event_type: {type: string, x-evidence: D, description", "event_type: {type: string, enum: [appointment.confirmed, appointment.arrived], description", 0,
			`POST /v1/webhooks
  new    request.event_type: may be appointment.confirmed, appointment.arrived (ours was documented)

0 wrong, 1 new
`,
		},
		{
			"a sampled key that may be null", "capabilities: {type: array, items: {type: string}, x-evidence: S}", "capabilities: {type: array, nullable: true, items: {type: string}}", 0,
			`GET /v1/me/capabilities
  new    answer.capabilities: may be null (ours was from a sample)

0 wrong, 1 new
`,
		},
		{
			"a documented key that may be null", "url: {type: string, x-evidence: D, description: An absolute URI.}", "url: {type: string, nullable: true}", 1,
			`POST /v1/webhooks
  wrong  request.url: may be null (ours was documented)

1 wrong, 0 new; 1 of the wrong documented
`,
		},
		{
			"null as OpenAPI 3.1 writes it, behind variants", "count: {type: number, x-evidence: I}", "count: {anyOf: [{type: number}, {type: 'null'}]}", 0,
			`GET /v1/webhooks
  new    answer.count: may be null (ours was inferred)

0 wrong, 1 new
`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(contract)
			if err != nil {
				t.Fatal(err)
			}
			altered := strings.Replace(string(text), test.from, test.to, 1)
			if altered == string(text) {
				t.Fatalf("the contract does not hold %q: this test has nothing to alter", test.from)
			}
			path := filepath.Join(t.TempDir(), "openapi.yaml")
			if err := os.WriteFile(path, []byte(altered), 0o600); err != nil {
				t.Fatal(err)
			}
			report, wrong := check(t, contract, path)
			if test.wrong >= 0 && (wrong != test.wrong || report != test.report) {
				t.Errorf("%d wrong, want %d:\n%s", wrong, test.wrong, report)
			}
			if test.wrong < 0 && (wrong == 0 || !strings.Contains(report, test.report)) {
				t.Errorf("%d wrong:\n%s", wrong, report)
			}
		})
	}
}

// The same shape written with references, parts and recursion is no difference.
func TestContract_shapeCounts(t *testing.T) {
	t.Parallel()
	plain := description(`{type: object, required: [id], properties: {id: {type: string}, child: {type: object, properties: {id: {type: string}}}}}`, "")
	parts := description(`{allOf: [{$ref: "#/components/schemas/Base"}, {type: object, properties: {child: {type: object, properties: {id: {type: string}}}}}]}`,
		`Base: {type: object, required: [id], properties: {id: {type: string}}}`)
	folder := t.TempDir()
	for name, text := range map[string]string{"plain": plain, "parts": parts, "recursive": description(`{$ref: "#/components/schemas/Node"}`,
		`Node: {type: object, required: [id], properties: {id: {type: string}, child: {$ref: "#/components/schemas/Node"}}}`)} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if report, wrong := check(t, filepath.Join(folder, "plain"), filepath.Join(folder, "parts")); wrong != 0 || !strings.Contains(report, "agree") {
		t.Errorf("parts differ:\n%s", report)
	}
	if report, wrong := check(t, filepath.Join(folder, "recursive"), filepath.Join(folder, "recursive")); wrong != 0 || !strings.Contains(report, "agree") {
		t.Errorf("a schema that holds itself differs from itself:\n%s", report)
	}
}

func TestContract_fromURL(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("/openapi.yaml", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, contract) })
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>the portal</html>") })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)

	if report, wrong := check(t, contract, server.URL+"/openapi.yaml"); wrong != 0 || !strings.Contains(report, "agree") {
		t.Errorf("%d wrong:\n%s", wrong, report)
	}
	for path, want := range map[string]string{"/nothing": "answered 404", "/page": "is no OpenAPI 3 description"} {
		if _, err := run(t.Context(), t.Output(), contract, server.URL+path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", path, err, want)
		}
	}
}

func description(schema, components string) string {
	return fmt.Sprintf(`openapi: 3.0.3
info: {title: test, version: "1"}
paths:
  /v1/things:
    get:
      responses:
        "200": {description: Things., content: {application/json: {schema: %s}}}
components: {schemas: {%s}}
`, schema, components)
}

func check(t *testing.T, ours, theirs string) (report string, wrong int) {
	t.Helper()
	var out strings.Builder
	wrong, err := run(t.Context(), &out, ours, theirs)
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), wrong
}
