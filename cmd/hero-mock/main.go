// Command hero-mock serves a mock of the Hero Health public API on this machine, to try the provider against. It keeps
// what it is given until it stops. It prints what to put into the environment, then one line for each request.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "hero-mock:", err)
		os.Exit(1)
	}
}

// settings are the program's flags.
type settings struct {
	listen  string
	sample  bool
	quiet   bool
	options mockapi.Options
}

var echoes = map[string]mockapi.Echo{
	"clear": mockapi.EchoClear, "masked": mockapi.EchoMasked, "omitted": mockapi.EchoOmitted,
}

func parse(args []string, out io.Writer) (settings, error) {
	var s settings
	var createEcho, listEcho string
	var retryAfter time.Duration
	o := &s.options
	flags := flag.NewFlagSet("hero-mock", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.StringVar(&s.listen, "listen", "127.0.0.1:0", "loopback `address` to listen on; port 0 takes a free one")
	flags.BoolVar(&s.sample, "sample", false, "answer every operation with the documentation's sample and keep nothing")
	flags.BoolVar(&s.quiet, "quiet", false, "do not print the requests")
	flags.StringVar(&o.APIKey, "api-key", mockapi.DefaultAPIKey, "the `key` to ask for")
	flags.StringVar(&o.OwnPracticeID, "practice", mockapi.DefaultOwnPracticeID, "the `id` of the key's own practice group")
	flags.IntVar(&o.Seed.Webhooks, "webhooks", 0, "webhooks that each practice starts with")
	flags.IntVar(&o.Seed.BookingLinks, "booking-links", 0, "booking links that each practice starts with")
	flags.IntVar(&o.Seed.FormResponses, "form-responses", 0, "form responses, of fictitious patients, that each practice starts with")
	flags.BoolVar(&o.DocumentedOnly, "documented-only", false, "leave undocumented keys out of answers")
	flags.StringVar(&createEcho, "signing-key-in-create", "clear", "clear, masked or omitted")
	flags.StringVar(&listEcho, "signing-key-in-list", "clear", "clear, masked or omitted")
	flags.IntVar(&o.FirstPageIndex, "first-page-index", 0, "0 or 1")
	flags.DurationVar(&o.Latency, "latency", 0, "of every answer")
	flags.Float64Var(&o.RateLimit.PerSecond, "rate-limit", 0, "requests per second; 0 for no limit")
	flags.IntVar(&o.RateLimit.Burst, "burst", 1, "requests that the rate limit lets through at once")
	flags.DurationVar(&retryAfter, "retry-after", time.Second, "what a 429 asks for; 0 for no Retry-After")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	if flags.NArg() > 0 {
		return s, fmt.Errorf("%q is no flag; see -help", flags.Arg(0))
	}
	var known [2]bool
	o.SigningKeyInCreate, known[0] = echoes[createEcho]
	o.SigningKeyInList, known[1] = echoes[listEcho]
	if !known[0] || !known[1] {
		return s, fmt.Errorf("-signing-key-in-create and -signing-key-in-list take clear, masked or omitted, not %q and %q", createEcho, listEcho)
	}
	if o.FirstPageIndex != 0 && o.FirstPageIndex != 1 {
		return s, fmt.Errorf("-first-page-index takes 0 or 1, not %d", o.FirstPageIndex)
	}
	o.RateLimit.RetryAfter = mockapi.RetryAfter{After: retryAfter}
	if retryAfter == 0 {
		o.RateLimit.RetryAfter.Form = mockapi.RetryAfterAbsent
	}
	return s, loopbackOnly(s.listen)
}

// loopbackOnly refuses addresses that other machines could reach: the mock is no server for a network.
func loopbackOnly(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("-listen %q is no address: %w", address, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("-listen %q is not a loopback address; use 127.0.0.1", address)
	}
	return nil
}

// run serves until the context ends.
func run(ctx context.Context, args []string, out io.Writer) error {
	s, err := parse(args, out)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", s.listen, err)
	}
	server := newServer(s, out)
	introduce(out, "http://"+listener.Addr().String(), s.options)

	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err = <-served:
	case <-ctx.Done():
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
		defer cancel()
		if err = server.Shutdown(ending); err != nil {
			err = server.Close() // slow answers do not hold the program up
		}
		fmt.Fprintln(out, "# stopped")
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func newServer(s settings, out io.Writer) *http.Server {
	if s.sample {
		return &http.Server{Handler: mockapi.SampleServer(), ReadHeaderTimeout: time.Minute}
	}
	mock := mockapi.New(s.options)
	if !s.quiet {
		mock.After(func(r mockapi.Request) {
			fmt.Fprintf(out, "# %s %s practice %s: %d\n", r.Method, r.Path, cmp.Or(r.PracticeID, "none"), r.Status)
		})
	}
	return mock.NewHTTPServer()
}

// introduce prints the environment for the usual shells and for PowerShell.
func introduce(out io.Writer, url string, o mockapi.Options) {
	variables := [][2]string{
		{"HERO_BASE_URL", url}, {"HERO_API_KEY", o.APIKey}, {"HERO_PRACTICE_GROUP_ID", o.OwnPracticeID},
	}
	var unix, windows strings.Builder
	for _, v := range variables {
		fmt.Fprintf(&unix, "export %s='%s'\n", v[0], strings.ReplaceAll(v[1], "'", `'\''`))
		fmt.Fprintf(&windows, "# $env:%s = '%s'\n", v[0], strings.ReplaceAll(v[1], "'", "''"))
	}
	fmt.Fprintf(out, "# Mock of the Hero Health API. Stop it with Ctrl-C.\n%s# In PowerShell:\n%s", unix.String(), windows.String())
}
