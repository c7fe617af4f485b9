//go:build !unix

package acctest

import (
	"os"
	"os/exec"
)

// ownGroup changes nothing here: a signal reaches the command alone.
func ownGroup(*exec.Cmd) {}

func signalGroup(cmd *exec.Cmd, signal os.Signal) error { return cmd.Process.Signal(signal) }

// peakMemory is not known here.
func peakMemory(*os.ProcessState) int64 { return 0 }
