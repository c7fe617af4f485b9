package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	root     = "../../"
	contract = `
openapi: 3.0.3
info: {title: t, version: "1"}
tags: [{name: Things}, {name: Other}]
paths:
  /v1/things:
    post:
      tags: [Things]
      x-evidence: D
      parameters: [{name: size, in: query, schema: {type: string}, x-evidence: I}]
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {name: {type: string, x-evidence: D}, colour: {type: string, x-evidence: I}}}
      responses:
        "200":
          description: ok
          x-evidence: S
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: {type: array, x-evidence: D, items: {type: object, properties: {id: {type: string, x-evidence: I}}}}
  /v1/things/{id}:
    delete: {tags: [Things], x-evidence: I, responses: {"200": {description: ok, x-evidence: D}}}
  /v1/else:
    get: {tags: [Other], x-evidence: S, responses: {"200": {description: ok, x-evidence: I}}}
`
)

func TestWrite_namesWhatIsInferred(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	from, guide := filepath.Join(folder, "openapi.yaml"), filepath.Join(folder, "guide.md")
	for path, text := range map[string]string{from: contract, guide: "before\n" + begin + "old\n" + end + "after\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // the second time changes nothing
		if err := write(from, guide); err != nil {
			t.Fatal(err)
		}
		written, err := os.ReadFile(guide)
		if err != nil {
			t.Fatal(err)
		}
		want := "before\n" + begin + "\n### Things\n\n| operation | path | inferred |\n|---|---|---|\n" +
			"| `DELETE /v1/things/{id}` | I | nothing else |\n" +
			"| `POST /v1/things` | D | parameters `size`; request `colour`; answer `data[].id` |\n" +
			"\n### Other\n\nKnown by path alone, and read by `hero_api_request`: `GET /v1/else`.\n\n" + end + "after\n"
		if string(written) != want {
			t.Fatalf("written:\n%s\nwant:\n%s", written, want)
		}
	}
}

func TestWrite_theGuideIsAsTheContractSays(t *testing.T) {
	t.Parallel()
	committed, err := os.ReadFile(root + guideFile)
	if err != nil {
		t.Fatal(err)
	}
	guide := filepath.Join(t.TempDir(), "guide.md")
	if err := os.WriteFile(guide, committed, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := write(root+contractFile, guide); err != nil {
		t.Fatal(err)
	}
	if written, err := os.ReadFile(guide); err != nil || !bytes.Equal(written, committed) {
		t.Errorf("run make generate: the guide is not as the contract says (%v)", err)
	}
	if !strings.Contains(string(committed), "`DELETE /v1/webhooks/{id}` | I |") {
		t.Error("the guide does not say that the path of a webhook's delete is inferred")
	}
}

func TestWrite_wantsTheMarks(t *testing.T) {
	t.Parallel()
	guide := filepath.Join(t.TempDir(), "guide.md")
	if err := os.WriteFile(guide, []byte("no marks\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := write(root+contractFile, guide); err == nil {
		t.Error("a guide without marks was accepted")
	}
}
