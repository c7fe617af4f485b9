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

func TestTimeIsUp(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, output string
		up           bool
	}{
		{"Go's own deadline", "fuzz: elapsed: 6s, execs: 1\n--- FAIL: FuzzDate (6.01s)\n    context deadline exceeded\nFAIL\nexit status 1\nFAIL\tclient\t6.0s\n", true},
		{"a failing input", "--- FAIL: FuzzDate (0.02s)\n    --- FAIL: FuzzDate (0.00s)\n        date_test.go:9: context deadline exceeded\n    \n    Failing input written to testdata/fuzz/FuzzDate/1\nFAIL\n", false},
		{"a seed that fails", "--- FAIL: FuzzDate (0.02s)\n    date_test.go:9: no date\nFAIL\n", false},
	} {
		if up := timeIsUp.MatchString(test.output); up != test.up {
			t.Errorf("%s: %t, want %t", test.name, up, test.up)
		}
	}
}
