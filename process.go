package main

import (
	"os"
	"runtime/debug"
	"strings"
)

// A provider process lives for one plan or apply, and Terraform calls it many times for each object. Two defaults cost
// such a process more than its own work:
//
//   - The framework and plugin-go write TRACE lines for every call, whatever Terraform's log level is, and Terraform reads
//     and throws them away unless a TF_LOG variable asks for logs. Formatting them is about a third of a large plan.
//   - The garbage collector, at its default target, runs again and again over a heap that is small and soon gone: about a
//     fifth of a large plan. A larger target under a memory limit keeps that time without growing past the limit.
const (
	gcPercent   = 800
	memoryLimit = 1 << 30 // bytes; soft, past it the collector works as hard as it must. 20,000 form responses in one answer need so much.
)

// tuning is what this process sets for itself.
type tuning struct {
	quiet       bool              // whether nobody wants logs
	environment map[string]string // variables to set, by name
	gcPercent   bool              // whether to raise the collector's target
	memoryLimit bool              // whether to set the soft limit
}

// tuningFor decides the tuning from the environment, given as os.Environ does. What the user set stays as it is.
func tuningFor(environ []string) tuning {
	set := make(map[string]string, len(environ))
	tune := tuning{quiet: true, environment: map[string]string{}}
	for _, variable := range environ {
		name, value, _ := strings.Cut(variable, "=")
		if value == "" {
			continue // Terraform and the Go runtime take an empty variable for an unset one
		}
		set[name] = value
		// TF_LOG_PATH says where logs go, not that there are any.
		if strings.HasPrefix(name, "TF_LOG") && name != "TF_LOG_PATH" && !strings.EqualFold(value, "off") {
			tune.quiet = false
		}
	}

	tune.gcPercent, tune.memoryLimit = set["GOGC"] == "", set["GOMEMLIMIT"] == ""
	if tune.quiet {
		for _, name := range []string{"TF_LOG_SDK", "TF_LOG_PROVIDER", "TF_LOG_PROVIDER_HERO_CLIENT"} {
			if set[name] == "" {
				tune.environment[name] = "OFF"
			}
		}
	}
	return tune
}

// prepareProcess applies the tuning, and tells whether nobody wants logs. It must run before serving: the loggers read the environment then.
func prepareProcess() (quiet bool) {
	tune := tuningFor(os.Environ())
	for name, value := range tune.environment {
		_ = os.Setenv(name, value) //nolint:forbidigo // the SDK's loggers have no other switch; the names are valid, so it cannot fail
	}
	if tune.memoryLimit {
		debug.SetMemoryLimit(memoryLimit)
	}
	if tune.gcPercent {
		debug.SetGCPercent(gcPercent)
	}
	return tune.quiet
}
