// Package examples holds the test that every file below examples/ does what it shows: formatted, applied on a mock Hero with the real
// terraform, and planned again without a change. A file of no known kind fails it.
package examples
