package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// archiveName is what registries and mirrors require: terraform-provider-TYPE_VERSION_OS_ARCH.zip.
var archiveName = regexp.MustCompile(`^terraform-provider-hero_(\d+\.\d+\.\d+)_[a-z]+_[a-z0-9]+\.zip$`)

// findArchive returns the one archive of a release, after checking what a registry checks: its name, its program, and the
// checksums of it and of the manifest.
func findArchive(dist, manifest string) (string, error) {
	archives, err := filepath.Glob(filepath.Join(dist, "*.zip"))
	if err != nil {
		return "", err
	}
	if len(archives) != 1 {
		return "", fmt.Errorf("%s holds %d archives, want the one for this machine", dist, len(archives))
	}
	archive := archives[0]
	name := archiveName.FindStringSubmatch(filepath.Base(archive))
	if name == nil {
		return "", fmt.Errorf("the archive is named %s, which no registry takes: want terraform-provider-hero_VERSION_OS_ARCH.zip", filepath.Base(archive))
	}
	version := name[1]
	return archive, errors.Join(checkProgram(archive, "terraform-provider-hero_v"+version), checkSums(dist, version, filepath.Base(archive), manifest))
}

// checkProgram looks for the program, which must be at the archive's root and may be executed.
func checkProgram(archive, program string) error {
	reader, err := zip.OpenReader(archive)
	if err != nil {
		return err
	}
	defer reader.Close()
	i := slices.IndexFunc(reader.File, func(f *zip.File) bool { return strings.TrimSuffix(f.Name, ".exe") == program })
	switch {
	case i < 0:
		return fmt.Errorf("%s holds no %s", archive, program)
	case reader.File[i].Mode()&0o111 == 0:
		return fmt.Errorf("%s in %s cannot be executed: its mode is %s", program, archive, reader.File[i].Mode())
	}
	return nil
}

// checkSums holds the list of checksums against the files: it must name the archive and the registry's manifest.
func checkSums(dist, version, archive, manifest string) error {
	prefix := "terraform-provider-hero_" + version
	list, err := os.ReadFile(filepath.Join(dist, prefix+"_SHA256SUMS"))
	if err != nil {
		return err
	}
	// goreleaser publishes the manifest under another name, and copies it nowhere before.
	files := map[string]string{archive: filepath.Join(dist, archive), prefix + "_manifest.json": manifest}
	for _, line := range strings.Split(strings.TrimSpace(string(list)), "\n") {
		sum, name, _ := strings.Cut(line, "  ")
		path, expected := files[name]
		if !expected {
			return fmt.Errorf("the checksums name %s, which is no part of this release", name)
		}
		delete(files, name)
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if actual := sha256.Sum256(content); hex.EncodeToString(actual[:]) != sum {
			return fmt.Errorf("the checksum of %s is wrong", name)
		}
	}
	for name := range files {
		return fmt.Errorf("the checksums do not name %s", name)
	}
	return nil
}

// layMirror makes a packed filesystem mirror of an archive, for Terraform and for OpenTofu: each looks for
// herohealth/hero under its own registry's name.
func layMirror(mirror, archive string) error {
	content, err := os.ReadFile(archive)
	if err != nil {
		return err
	}
	for _, registry := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		folder := filepath.Join(mirror, registry, "herohealth", "hero")
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, filepath.Base(archive)), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}
