package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const printed = "── 1. Building\n\nbuilt\n\n── 4. Subscribing\n\n$ terraform apply\n" +
	"\x1b[1mhero_webhook.a: Refreshing state... [id=1]\x1b[0m\n" +
	"  # hero_webhook.a will be created\n  + resource \"hero_webhook\" \"a\" {\n      \x1b[32m+\x1b[0m url = \"https://h?a=1&b=2\"\n    }\n" +
	"  # hero_webhook.b will be created\n  + resource \"hero_webhook\" \"b\" {\n      + url = \"https://second\"\n    }\n" +
	"  # hero_webhook.c will be created\n  + resource \"hero_webhook\" \"c\" {\n    }\n" +
	"\x1b[1mPlan:\x1b[0m 3 to add\n╷\n│ Warning: gone\n╵\n── 5. Looking\n\n  12 a.b → https://h\n── 6. Again\n╷\n│ Warning: gone\n╵\nNo changes.\n"

func TestShorten_keepsTheStory(t *testing.T) {
	t.Parallel()
	var plain []string
	for _, line := range shorten(strings.Split(printed, "\n")) {
		plain = append(plain, escape.ReplaceAllString(line, ""))
	}
	want := []string{
		"", "── 4. Subscribing", "$ terraform apply", "  # hero_webhook.a will be created", "  + resource \"hero_webhook\" \"a\" {",
		"      + url = \"https://h?a=1&b=2\"", "    }", "    … and 2 more", "Plan: 3 to add", "╷", "│ Warning: gone", "╵", "", "── 6. Again", "No changes.",
	}
	if got := strings.Join(plain, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("shown:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
}

func TestDraw_makesAPictureWithItsColours(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "demo.svg")
	if err := draw(strings.NewReader(printed), file); err != nil {
		t.Fatal(err)
	}
	picture, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<tspan fill="#7ee787">+</tspan>`, `<tspan font-weight="bold">Plan:</tspan> 3 to add`, "a=1&amp;b=2"} {
		if !strings.Contains(string(picture), want) {
			t.Errorf("the picture lacks %s:\n%s", want, picture)
		}
	}
	decoder := xml.NewDecoder(strings.NewReader(string(picture)))
	for err == nil {
		_, err = decoder.Token()
	}
	if !errors.Is(err, io.EOF) {
		t.Errorf("the picture is not XML: %v", err)
	}
}

func TestDraw_wantsADemo(t *testing.T) {
	t.Parallel()
	if err := draw(strings.NewReader("demo: it failed\n"), filepath.Join(t.TempDir(), "demo.svg")); err == nil {
		t.Error("something was drawn of a demo that told nothing")
	}
}
