package main

import (
	"archive/zip"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestNarrow(t *testing.T) {
	t.Parallel()
	narrowed, err := narrow("../../"+configuration, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	text, original := read(t, narrowed), read(t, "../../"+configuration)
	for _, line := range []string{fmt.Sprintf("goos: [%q]", runtime.GOOS), fmt.Sprintf("goarch: [%q]", runtime.GOARCH)} {
		if !strings.Contains(text, line) {
			t.Errorf("%s is missing in:\n%s", line, text)
		}
	}
	if strings.Count(text, "\n") != strings.Count(original, "\n") || !strings.Contains(text, "mod_timestamp") {
		t.Errorf("more than the platforms changed:\n%s", text)
	}
	changed := filepath.Join(t.TempDir(), "changed.yml")
	write(t, changed, strings.Replace(original, "goos: [", "goos:\n      - [", 1))
	if _, err := narrow(changed, t.TempDir()); err == nil {
		t.Error("a configuration that cannot be narrowed would build for every platform")
	}
}

func TestFindArchive(t *testing.T) {
	t.Parallel()
	const good = "terraform-provider-hero_1.2.3_linux_amd64.zip"
	for _, test := range []struct {
		name, archive, program string
		mode                   os.FileMode
		alter                  func(t *testing.T, dist string)
		problem                string
	}{
		{"a good one", good, "terraform-provider-hero_v1.2.3", 0o755, nil, ""},
		{"for Windows", "terraform-provider-hero_1.2.3_windows_386.zip", "terraform-provider-hero_v1.2.3.exe", 0o755, nil, ""},
		{"a name that no registry takes", "hero_1.2.3.zip", "terraform-provider-hero_v1.2.3", 0o755, nil, "no registry takes"},
		{"another program", good, "terraform-provider-hero", 0o755, nil, "holds no terraform-provider-hero_v1.2.3"},
		{"a program that is only a file", good, "terraform-provider-hero_v1.2.3", 0o644, nil, "cannot be executed"},
		{"an altered archive", good, "terraform-provider-hero_v1.2.3", 0o755, func(t *testing.T, dist string) {
			t.Helper()
			sums := filepath.Join(dist, "terraform-provider-hero_1.2.3_SHA256SUMS")
			write(t, sums, strings.Repeat("0", 64)+"  "+good+"\n")
		}, "the checksum of " + good + " is wrong"},
		{"no manifest", good, "terraform-provider-hero_v1.2.3", 0o755, func(t *testing.T, dist string) {
			t.Helper()
			sums := filepath.Join(dist, "terraform-provider-hero_1.2.3_SHA256SUMS")
			write(t, sums, strings.SplitAfter(read(t, sums), "\n")[0])
		}, "do not name terraform-provider-hero_1.2.3_manifest.json"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dist := t.TempDir()
			writeRelease(t, dist, test.archive, test.program, test.mode)
			if test.alter != nil {
				test.alter(t, dist)
			}
			archive, err := findArchive(dist, filepath.Join(dist, "terraform-registry-manifest.json"))
			if test.problem == "" && (err != nil || archive != filepath.Join(dist, test.archive)) {
				t.Errorf("%s, %v", archive, err)
			}
			if test.problem != "" && (err == nil || !strings.Contains(err.Error(), test.problem)) {
				t.Errorf("error %v, want one with %q", err, test.problem)
			}
		})
	}
}

func TestLayMirror(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	archive := filepath.Join(folder, "terraform-provider-hero_1.2.3_linux_amd64.zip")
	write(t, archive, "packed")
	if err := layMirror(filepath.Join(folder, "mirror"), archive); err != nil {
		t.Fatal(err)
	}
	for _, registry := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		laid := filepath.Join(folder, "mirror", registry, "herohealth", "hero", filepath.Base(archive))
		if content := read(t, laid); content != "packed" {
			t.Errorf("%s holds %q", laid, content)
		}
	}
}

// writeRelease writes what goreleaser leaves in dist, and the manifest beside it.
func writeRelease(t *testing.T, dist, archive, program string, mode os.FileMode) {
	t.Helper()
	file, err := os.Create(filepath.Join(dist, archive))
	if err != nil {
		t.Fatal(err)
	}
	packed := zip.NewWriter(file)
	header := &zip.FileHeader{Name: program}
	header.SetMode(mode)
	if _, err := packed.CreateHeader(header); err != nil {
		t.Fatal(err)
	}
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dist, "terraform-registry-manifest.json"), "{}")
	sums := fmt.Sprintf("%x  %s\n%x  terraform-provider-hero_1.2.3_manifest.json\n",
		sha256.Sum256([]byte(read(t, filepath.Join(dist, archive)))), archive, sha256.Sum256([]byte("{}")))
	write(t, filepath.Join(dist, "terraform-provider-hero_1.2.3_SHA256SUMS"), sums)
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
