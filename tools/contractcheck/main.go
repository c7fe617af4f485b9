// Command contractcheck compares our contract of Hero's API, which holds what the public documentation shows and what we
// inferred, with the OpenAPI description that Hero publishes on its developer portal. It prints, by operation and field,
// what we have wrong, with the mark of how sure we were, and what is new to us. It exits with 1 when something is wrong.
//
//	contractcheck [-contract file] path-or-URL
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// largest is how much of a description is read, in bytes.
const largest = 32 << 20

func main() {
	contract := flag.String("contract", "internal/mockapi/contract/openapi.yaml", "our contract")
	flag.Parse()
	if flag.NArg() != 1 || flag.Arg(0) == "" {
		fmt.Fprintln(os.Stderr, "usage: make contract-check SPEC=<path or URL of the openapi.yaml that Hero publishes>")
		os.Exit(2)
	}
	wrong, err := run(context.Background(), os.Stdout, *contract, flag.Arg(0))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if wrong > 0 {
		os.Exit(1)
	}
}

// run writes the comparison and returns how much in our contract is wrong.
func run(ctx context.Context, w io.Writer, contract, published string) (wrong int, err error) {
	ours, err := load(ctx, contract)
	if err != nil {
		return 0, fmt.Errorf("our contract: %w", err)
	}
	theirs, err := load(ctx, published)
	if err != nil {
		return 0, fmt.Errorf("the published description: %w", err)
	}
	return write(w, compare(operationsOf(ours), operationsOf(theirs))), nil
}

// load reads a description from a file or, when the text begins so, from an http or https URL. It does not follow
// references to other documents: Hero publishes one bundle.
func load(ctx context.Context, from string) (*openapi3.T, error) {
	text, err := read(ctx, from)
	if err != nil {
		return nil, err
	}
	document, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		return nil, fmt.Errorf("%s is no OpenAPI 3 description: %w", from, err)
	}
	if document.Paths.Len() == 0 {
		return nil, fmt.Errorf("%s has no paths: is it the openapi.yaml, and not the page that shows it?", from)
	}
	return document, nil
}

func read(ctx context.Context, from string) ([]byte, error) {
	if !strings.HasPrefix(from, "https://") && !strings.HasPrefix(from, "http://") {
		return os.ReadFile(from)
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, from, http.NoBody)
	if err != nil {
		return nil, err
	}
	answer, err := (&http.Client{}).Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answered %s", from, answer.Status)
	}
	return io.ReadAll(io.LimitReader(answer.Body, largest))
}
