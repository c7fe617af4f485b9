// Command fuzzall runs every fuzz target under a folder, one after the other, each for the same time: `go test -fuzz` takes
// only one target of one package.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// target is one fuzz function and the folder that holds it.
type target struct{ folder, name string }

var fuzzFunction = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)

// timeIsUp is how Go before 1.27 may end a target whose -fuzztime is over: its coordinator takes its own deadline for a
// failure (go.dev/issue/75804). A target that really fails has its own lines below its name, and names the failing input.
var timeIsUp = regexp.MustCompile(`(?m)^--- FAIL: \w+ \([\d.]+s\)\n    context deadline exceeded\nFAIL$`)

func main() {
	root := flag.String("root", "internal", "folder to search")
	each := flag.Duration("time", 30*time.Second, "how long each target runs")
	flag.Parse()

	targets, err := find(os.DirFS(*root))
	if err != nil {
		fmt.Fprintf(os.Stderr, "the fuzz targets under %s cannot be listed: %v\n", *root, err)
		os.Exit(1)
	}
	fmt.Printf("%d fuzz targets under %s, %s each\n", len(targets), *root, each)
	failed := 0
	for _, t := range targets {
		folder := "./" + filepath.ToSlash(filepath.Join(*root, t.folder))
		fmt.Printf("--- %s in %s\n", t.name, folder)
		// Making one interesting input smaller may take a minute by default, in which nothing new is tried.
		run := exec.CommandContext(context.Background(), "go", "test", "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", each.String(), "-fuzzminimizetime", "1s", folder)
		var output bytes.Buffer
		run.Stdout, run.Stderr = io.MultiWriter(os.Stdout, &output), os.Stderr
		switch err := run.Run(); {
		case err == nil:
		case timeIsUp.Match(output.Bytes()):
			fmt.Printf("%s: the time was up, and nothing found: go.dev/issue/75804 makes a failure of it\n", t.name)
		default:
			fmt.Fprintf(os.Stderr, "%s: %v\n", t.name, err)
			failed++
		}
	}
	if failed > 0 {
		fmt.Fprintf(os.Stderr, "%d of %d fuzz targets failed; the inputs are under testdata/fuzz of their packages\n", failed, len(targets))
		os.Exit(1)
	}
}

// find lists the fuzz functions in the test files of a tree, in the order of their paths.
func find(tree fs.FS) ([]target, error) {
	var targets []target
	err := fs.WalkDir(tree, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := fs.ReadFile(tree, path)
		if err != nil {
			return err
		}
		for _, match := range fuzzFunction.FindAllSubmatch(text, -1) {
			targets = append(targets, target{filepath.Dir(path), string(match[1])})
		}
		return nil
	})
	return targets, err
}
