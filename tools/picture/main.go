// Command picture draws what the demo printed as a terminal, in SVG. Of what repeats it keeps the first and says how many follow.
//
//	go run ./tools/demo | go run ./tools/picture -o .github/demo.svg
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	output := flag.String("o", ".github/demo.svg", "file to write")
	flag.Parse()
	if err := draw(os.Stdin, *output); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func draw(demo io.Reader, output string) error {
	var lines []string
	scanner := bufio.NewScanner(demo)
	for scanner.Scan() {
		lines = append(lines, scanner.Text())
	}
	if err := scanner.Err(); err != nil {
		return err
	}
	shown := shorten(lines)
	if len(shown) == 0 {
		return errors.New("there is no step of the demo in what was read")
	}
	return os.WriteFile(output, []byte(svg(shown)), 0o644) //nolint:gosec // a picture for everybody
}
