package client

import (
	"crypto/tls"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"
)

// tlsServer starts a server that speaks TLS up to a version, and returns its URL and its certificate in PEM.
func tlsServer(t *testing.T, newest uint16) (string, []byte) {
	t.Helper()
	server := httptest.NewUnstartedServer(answers(200, "[]"))
	server.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: newest}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
}

func TestTLS_aCAFileIsTrustedBesideTheSystems(t *testing.T) {
	t.Parallel()
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		url, ca := tlsServer(t, version)
		c, err := New(Config{BaseURL: url, APIKey: testKey, CACertPEM: ca})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.ListWebhooks(t.Context(), testPractice, ""); err != nil {
			t.Errorf("TLS %x: %v", version, err)
		}
	}
}

func TestTLS_anUnknownCertificateIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	url, _ := tlsServer(t, tls.VersionTLS13)
	c, err := New(Config{BaseURL: url, APIKey: testKey, MaxRetries: 4, Clock: newTestClock()})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.ListWebhooks(t.Context(), testPractice, "")
	var untrusted *tls.CertificateVerificationError
	var transport *TransportError
	if !errors.As(err, &untrusted) || !errors.As(err, &transport) || transport.Attempts != 1 || transport.MaybeDone {
		t.Errorf("got %v", err)
	}
}

func TestTLS_olderThan12IsRefused(t *testing.T) {
	t.Parallel()
	for _, version := range []uint16{tls.VersionTLS10, tls.VersionTLS11} {
		url, ca := tlsServer(t, version)
		c, err := New(Config{BaseURL: url, APIKey: testKey, CACertPEM: ca, Clock: newTestClock()})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.ListWebhooks(t.Context(), testPractice, ""); err == nil || !strings.Contains(err.Error(), "tls") {
			t.Errorf("TLS %x: got %v", version, err)
		}
	}
}

// TestProxy_isTakenFromTheEnvironment runs itself again in a process whose environment names a proxy, since net/http reads it once only.
func TestProxy_isTakenFromTheEnvironment(t *testing.T) {
	t.Parallel()
	if os.Getenv("HTTPS_PROXY") == "http://"+os.Getenv("HERO_TEST_PROXY") {
		c, err := New(Config{BaseURL: "https://hero.test", APIKey: testKey, Clock: newTestClock()})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.ListWebhooks(t.Context(), testPractice, ""); err == nil || !strings.Contains(err.Error(), "teapot") || strings.Contains(err.Error(), testKey) {
			t.Errorf("got %v", err)
		}
		return
	}
	var mu sync.Mutex
	var asked []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, r.Method+" "+r.Host+" "+r.Header.Get("X-Api-Key"))
		w.WriteHeader(http.StatusTeapot)
	}))
	defer proxy.Close()
	address := proxy.Listener.Addr().String()
	again := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProxy_isTakenFromTheEnvironment$", "-test.count=1")
	again.Env = append(os.Environ(), "HTTPS_PROXY=http://"+address, "HERO_TEST_PROXY="+address, "NO_PROXY=", "no_proxy=", "https_proxy=")
	if out, err := again.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(asked) != 1 || asked[0] != "CONNECT hero.test:443 " {
		t.Errorf("the proxy was asked %q", asked)
	}
}

func TestConnections_aFullFleetOfCallersReusesThem(t *testing.T) {
	t.Parallel()
	const callers = 64
	var opened atomic.Int32
	var barrier sync.WaitGroup
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		barrier.Done()
		barrier.Wait() // so that all are in flight at once
		_, _ = io.WriteString(w, "[]")
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	c, err := New(Config{BaseURL: server.URL, APIKey: testKey})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		barrier.Add(callers)
		var group sync.WaitGroup
		for range callers {
			group.Go(func() {
				if _, err := c.ListWebhooks(t.Context(), testPractice, ""); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
	if opened.Load() != callers {
		t.Errorf("%d connections for %d callers", opened.Load(), callers)
	}
}

// zeros is a body of so many bytes.
type zeros struct{ left int64 }

func (z *zeros) Read(p []byte) (int, error) {
	if z.left == 0 {
		return 0, io.EOF
	}
	n := int(min(int64(len(p)), z.left))
	z.left -= int64(n)
	return n, nil
}

func TestAnswer_above32MiBIsRefusedOnce(t *testing.T) {
	t.Parallel()
	for size, ok := range map[int64]bool{maxAnswer: true, maxAnswer + 1: false} {
		asked := 0
		c := newWiredClient(t, Config{MaxRetries: 4, Clock: newTestClock()}, wireFunc(func(r *http.Request) (*http.Response, error) {
			asked++
			answered := reply(r, 200, "")
			answered.Body = io.NopCloser(&zeros{size})
			return answered, nil
		}))
		answered, err := c.do(t.Context(), get("/v1/me"))
		if (err == nil) != ok || asked != 1 || ok && int64(len(answered.body)) != size || !ok && !errors.Is(err, ErrAnswerTooLarge) {
			t.Errorf("%d bytes: got %d bytes and %v after %d requests", size, len(answered.body), err, asked)
		}
	}
}

func TestAnswer_cutShortIsAFailureOfTheAttempt(t *testing.T) {
	t.Parallel()
	asked := 0
	c := newWiredClient(t, Config{MaxRetries: 1, Clock: newTestClock()}, wireFunc(func(r *http.Request) (*http.Response, error) {
		asked++
		answered := reply(r, 200, "")
		if answered.Body = io.NopCloser(strings.NewReader(`{"name":"x"}`)); asked == 1 {
			answered.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"na`), iotest.ErrReader(io.ErrUnexpectedEOF)))
		}
		return answered, nil
	}))
	if answered, err := c.do(t.Context(), get("/v1/me")); err != nil || string(answered.body) != `{"name":"x"}` || asked != 2 {
		t.Errorf("got %q, %v after %d requests", answered.body, err, asked)
	}
}

func TestTimeout_saysHowLongAndWhichSetting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newWiredClient(t, Config{RequestTimeout: 3 * time.Second, MaxRetries: 1}, slowWire(0, time.Hour))
		_, err := c.do(t.Context(), get("/v1/me"))
		var transport *TransportError
		if !errors.As(err, &transport) || !transport.Timeout || transport.Attempts != 2 || !strings.Contains(err.Error(), "within the request timeout of 3s (request_timeout)") {
			t.Errorf("got %v", err)
		}
	})
}
