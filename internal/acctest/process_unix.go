//go:build unix

package acctest

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// ownGroup lets a command and what it starts be signalled together, as a terminal does.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// signalGroup signals a running command of [ownGroup] and all that it started.
func signalGroup(cmd *exec.Cmd, signal os.Signal) error {
	number, ok := signal.(syscall.Signal)
	if !ok {
		return cmd.Process.Signal(signal)
	}
	return syscall.Kill(-cmd.Process.Pid, number)
}

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
