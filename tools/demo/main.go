// Command demo shows the provider at work: it builds it, starts the mock Hero on a free loopback port, and runs the real terraform on an
// example, from nothing to destroyed. It exits with 1 when a step does not end as it should.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

func main() {
	network := flag.Bool("network", false, "show examples/network instead of examples/quickstart")
	mirror := flag.String("mirror", "", "install the provider from this filesystem mirror instead of building it")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	story := quickstart
	if *network {
		story = wholeNetwork
	}
	err := tell(ctx, story, *mirror)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "\ndemo:", err)
		os.Exit(1)
	}
}

// story is what the demo shows, on an example's own copy.
type story struct {
	example string
	steps   func(*stage) error
}

// tell sets the stage, tells the story, and clears up whatever happens.
func tell(ctx context.Context, s story, mirror string) (err error) {
	began := time.Now()
	root, err := repositoryRoot()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "hero-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()

	st := &stage{ctx: ctx, root: root, folder: folder, mirror: mirror}
	if err := st.build(); err != nil {
		return err
	}
	if err := st.findTerraform(); err != nil {
		return err
	}
	if err := st.startMock(); err != nil {
		return err
	}
	defer st.stopMock()
	if err := os.CopyFS(st.work(), os.DirFS(filepath.Join(root, "examples", s.example))); err != nil {
		return err
	}
	if err := s.steps(st); err != nil {
		return err
	}
	fmt.Printf("\nAll steps ended as they should, in %s.\n", time.Since(began).Round(time.Second))
	return nil
}

// repositoryRoot is the folder of go.mod, from wherever the demo is run.
func repositoryRoot() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder, nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", errors.New("run the demo inside the repository: go run ./tools/demo")
		}
		folder = parent
	}
}
