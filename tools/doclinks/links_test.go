// Package doclinks holds the test that no page of this repository links to a file or heading that is not there.
package doclinks

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const root = "../.."

var (
	fenced  = regexp.MustCompile("(?s)```.*?(```|$)|~~~.*?(~~~|$)")
	code    = regexp.MustCompile("`[^`\n]*`")
	link    = regexp.MustCompile(`\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)`)
	heading = regexp.MustCompile(`(?m)^#{1,6}\s+(.+?)\s*#*$`)
	anchor  = regexp.MustCompile(`\b(?:id|name)="([^"]+)"`)
	noSlug  = regexp.MustCompile(`[^\p{L}\p{N}\s_-]`)
)

func TestPages_linkToWhatIsThere(t *testing.T) {
	t.Parallel()
	pages, links := 0, 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			switch name := entry.Name(); {
			case path == root:
				return nil
			case strings.HasPrefix(name, ".") && name != ".github", name == "bin", name == "dist", name == "testdata", name == "templates": // docs/ is made of these
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".md" {
			return nil
		}
		pages++
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, target := range targets(string(text)) {
			links++
			if problem := check(path, target); problem != "" {
				t.Errorf("%s: the link to %s: %s", strings.TrimPrefix(path, root+"/"), target, problem)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if pages == 0 || links == 0 {
		t.Errorf("%d pages with %d links into the repository: is this the right folder?", pages, links)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	page := filepath.Join(folder, "docs", "guides", "page.md")
	for path, text := range map[string]string{
		"docs/guides/page.md":       "# Page\n\n## What's `on_destroy`, then?\n",
		"docs/resources/webhook.md": "# hero_webhook (Resource)\n\n<a id=\"nestedatt--address\"></a>\n",
	} {
		path = filepath.Join(folder, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for target, broken := range map[string]bool{
		"#whats-on_destroy-then":  false,
		"#page":                   false,
		"#elsewhere":              true,
		"../resources/webhook.md": false,
		"../resources/webhook":    false, // as the registry addresses its pages
		"../resources/webhook#nestedatt--address":       false,
		"../resources/webhook.md#hero_webhook-resource": false,
		"../resources/webhook.md#nothing":               true,
		"../resources/missing.md":                       true,
		"..":                                            false,
	} {
		if problem := check(page, target); (problem != "") != broken {
			t.Errorf("%s: %q, want broken %t", target, problem, broken)
		}
	}
	found := targets("[a](b.md) [c](https://example.com) ![d](<e.png> \"f\")\n```md\n[g](h.md)\n```\nand `[i](j.md)`")
	if strings.Join(found, " ") != "b.md e.png" {
		t.Errorf("found the links %v", found)
	}
}

// targets lists where a page links to within the repository.
func targets(text string) []string {
	var found []string
	for _, match := range link.FindAllStringSubmatch(code.ReplaceAllString(fenced.ReplaceAllString(text, ""), ""), -1) {
		if target := match[1]; !strings.Contains(target, "://") && !strings.HasPrefix(target, "mailto:") {
			found = append(found, target)
		}
	}
	return found
}

// check says what is wrong with a link of a page; nothing when it leads somewhere.
func check(page, target string) string {
	path, fragment, _ := strings.Cut(target, "#")
	file := page
	if path != "" {
		file = filepath.Join(filepath.Dir(page), filepath.FromSlash(path))
		if _, err := os.Stat(file); err != nil {
			file += ".md"
		}
	}
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return "there is no such file"
	case fragment == "":
		return ""
	case info.IsDir():
		return "a folder has no headings"
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err.Error()
	}
	if !anchors(string(text))[fragment] {
		return "there is no such heading"
	}
	return ""
}

// anchors are the fragments that a page offers: its headings as GitHub and the registry spell them, and what it marks.
func anchors(text string) map[string]bool {
	found := map[string]bool{}
	for _, match := range anchor.FindAllStringSubmatch(text, -1) {
		found[match[1]] = true
	}
	for _, match := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
		slug := strings.ReplaceAll(noSlug.ReplaceAllString(strings.ToLower(match[1]), ""), " ", "-")
		found[slug] = true
	}
	return found
}
