package main

import (
	"slices"
	"testing"
	"testing/fstest"
)

func TestFind(t *testing.T) {
	t.Parallel()
	tree := fstest.MapFS{
		"client/errors_test.go": {Data: []byte("package client\n\nfunc FuzzError(f *testing.F) {}\n\nfunc TestError(t *testing.T) {}\n\nfunc FuzzPath(f *testing.F) {}\n")},
		"client/errors.go":      {Data: []byte("func FuzzNotATest(f *testing.F) {}\n")},
		"client/text_test.go":   {Data: []byte("// func FuzzInAComment(f *testing.F)\n")},
		"kit/dates_test.go":     {Data: []byte("func FuzzDate(f *testing.F) {}\n")},
	}
	targets, err := find(tree)
	if err != nil {
		t.Fatal(err)
	}
	want := []target{{"client", "FuzzError"}, {"client", "FuzzPath"}, {"kit", "FuzzDate"}}
	if !slices.Equal(targets, want) {
		t.Errorf("found %v, want %v", targets, want)
	}
}
