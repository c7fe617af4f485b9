//go:build unix

package acctest

import (
	"os"
	"runtime"
	"syscall"
)

// peakMemory is the largest resident size, in bytes, of a process or of one that it started and waited for.
func peakMemory(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return usage.Maxrss
	}
	return usage.Maxrss << 10 // KiB elsewhere
}
