package main

import (
	"bufio"
	"bytes"
	"context"
	"maps"
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"
)

// serveVariable makes this test binary behave as the provider's, so that a test can watch a real provider process.
const serveVariable = "HERO_TEST_SERVE_PROVIDER"

func TestMain(m *testing.M) {
	if os.Getenv(serveVariable) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func TestTuningFor(t *testing.T) {
	t.Parallel()
	quiet := map[string]string{"TF_LOG_SDK": "OFF", "TF_LOG_PROVIDER": "OFF", "TF_LOG_PROVIDER_HERO_CLIENT": "OFF"}
	for _, test := range []struct {
		name        string
		environ     []string
		environment map[string]string
		gc, limit   bool
	}{
		{"nothing set", nil, quiet, true, true},
		{"an empty variable asks for nothing", []string{"TF_LOG=", "GOGC=", "GOMEMLIMIT="}, quiet, true, true},
		{"a log file alone asks for nothing", []string{"TF_LOG_PATH=/tmp/tf.log"}, quiet, true, true},
		{"off is off", []string{"TF_LOG=off"}, quiet, true, true},
		{"all logs", []string{"TF_LOG=TRACE"}, nil, true, true},
		{"JSON logs", []string{"TF_LOG=json"}, nil, true, true},
		{"the core's logs", []string{"TF_LOG_CORE=debug"}, nil, true, true},
		{"this provider's logs", []string{"TF_LOG_PROVIDER_HERO=debug"}, nil, true, true},
		{"the protocol's logs", []string{"TF_LOG_SDK_PROTO=TRACE"}, nil, true, true},
		{"one switched off already", []string{"TF_LOG_SDK=OFF"}, map[string]string{"TF_LOG_PROVIDER": "OFF", "TF_LOG_PROVIDER_HERO_CLIENT": "OFF"}, true, true},
		{"the user's collector target", []string{"GOGC=100"}, quiet, false, true},
		{"the user's memory limit", []string{"GOMEMLIMIT=64MiB"}, quiet, true, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			tune := tuningFor(test.environ)
			if !maps.Equal(tune.environment, test.environment) {
				t.Errorf("sets %v, want %v", tune.environment, test.environment)
			}
			if tune.quiet != (test.environment != nil) {
				t.Errorf("quiet: %t", tune.quiet)
			}
			if tune.gcPercent != test.gc || tune.memoryLimit != test.limit {
				t.Errorf("collector %t and limit %t, want %t and %t", tune.gcPercent, tune.memoryLimit, test.gc, test.limit)
			}
		})
	}
}

func TestServe_logsOnlyWhenAskedFor(t *testing.T) {
	t.Parallel()
	// go-plugin's one line about its address comes from before any logger of the SDK.
	if lines := logOfOneCall(t); strings.Contains(lines, `"@module":"sdk`) || strings.Count(lines, "\n") > 1 {
		t.Errorf("without a TF_LOG variable the process wrote:\n%s", lines)
	}
	if lines := logOfOneCall(t, "TF_LOG=TRACE"); !strings.Contains(lines, "Received request") {
		t.Errorf("with TF_LOG=TRACE the protocol's lines are missing in:\n%s", lines)
	}
}

// logOfOneCall starts the provider as Terraform does, asks for its schema, and returns what the process logged.
func logOfOneCall(t *testing.T, variables ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()

	var stderr bytes.Buffer
	process := exec.CommandContext(ctx, os.Args[0])
	process.Env = slices.Concat(variables, []string{
		serveVariable + "=1", "PLUGIN_PROTOCOL_VERSIONS=6", "TMPDIR=" + t.TempDir(),
		"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
	})
	process.Stderr = &stderr
	stdout, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}

	// The handshake: core protocol | provider protocol | network | address | kind | …
	handshake, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("no handshake: %v; the process wrote:\n%s", err, stderr.String())
	}
	fields := strings.Split(strings.TrimSpace(handshake), "|")
	if len(fields) < 5 || fields[1] != "6" {
		t.Fatalf("the handshake %q does not offer protocol 6", handshake)
	}
	target := fields[3]
	if fields[2] == "unix" {
		target = "unix://" + target
	}
	connection, err := grpc.NewClient(target, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	// The messages' fields do not matter here, and an empty message accepts any.
	if err := connection.Invoke(ctx, "/tfplugin6.Provider/GetProviderSchema", &emptypb.Empty{}, &emptypb.Empty{}); err != nil {
		t.Fatalf("the schema cannot be had: %v", err)
	}

	_ = process.Process.Kill()
	_ = process.Wait() // it was killed: only after it is the buffer complete
	return stderr.String()
}

func TestCurrentVersion(t *testing.T) {
	t.Parallel()
	recorded := func(version string) func() (*debug.BuildInfo, bool) {
		return func() (*debug.BuildInfo, bool) { return &debug.BuildInfo{Main: debug.Module{Version: version}}, true }
	}
	none := func() (*debug.BuildInfo, bool) { return nil, false }
	for _, test := range []struct {
		name, released string
		buildInfo      func() (*debug.BuildInfo, bool)
		want           string
	}{
		{"a release", "1.2.3", recorded("v9.9.9"), "1.2.3"},
		{"a described commit", "v1.2.3-4-gabcdef0", none, "1.2.3-4-gabcdef0"},
		{"go install", "", recorded("v1.2.3"), "1.2.3"},
		{"a build in the repository", "", recorded("(devel)"), "dev"},
		{"a build without information", "", none, "dev"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := currentVersion(test.released, test.buildInfo); got != test.want {
				t.Errorf("version %q, want %q", got, test.want)
			}
		})
	}
}
