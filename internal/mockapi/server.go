package mockapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"path"
	"sync"
	"time"
)

// Server is the mock. It is safe for concurrent use. Make one with [New].
type Server struct {
	routes   *http.ServeMux
	handlers map[string]handler // by operation id
	stopped  chan struct{}
	stop     sync.Once

	mu          sync.Mutex // guards everything below
	options     Options
	lastID      int
	violations  []string
	requests    []*Request
	before      []func(*http.Request)
	after       []func(Request)
	faults      []*activeFault
	bucket      bucket
	connections int
	state
}

// handler carries one operation out. It is called with the server's lock held and returns nothing that the server keeps.
type handler func(*call) answer

// call is a request that the contract allows.
type call struct {
	request  *http.Request
	practice string
	query    url.Values
	body     object
}

// id returns the {id} of the path.
func (c *call) id() string { return c.request.PathValue("id") }

// text returns a string of the body, "" where it is absent.
func (c *call) text(key string) string {
	value, _ := c.body[key].(string)
	return value
}

// New returns a mock with these options.
func New(options Options) *Server {
	options = options.withDefaults()
	s := &Server{options: options, lastID: 1000, stopped: make(chan struct{})}
	s.state = newState()
	s.handlers = map[string]handler{}
	for _, part := range []map[string]handler{
		s.webhookOperations(), s.bookingLinkOperations(), s.formLinkOperations(), s.linkOperations(),
		s.practiceGroupOperations(), s.accessTokenOperations(), s.formOperations(), s.formResponseOperations(),
		s.directoryOperations(), s.adminOperations(), s.rawOperations(),
	} {
		for id, h := range part {
			s.handlers[id] = h
		}
	}
	s.routes = newRoutes(s.serve)
	for _, practice := range options.Practices {
		s.AddPractice(practice)
	}
	if _, known := s.practices[options.OwnPracticeID]; !known {
		s.AddPractice(Practice{ID: options.OwnPracticeID, Name: "Practice " + options.OwnPracticeID, InNetwork: true})
	}
	s.seed()
	return s
}

// Configure changes the options of a running mock. Practices, OwnPracticeID and Seed are read by [New] alone.
func (s *Server) Configure(change func(*Options)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.options)
	s.options = s.options.withDefaults()
}

// Start serves the mock on a free port of 127.0.0.1 until stop is called, which also ends every wait of a slow answer.
func (s *Server) Start() (url string, stop func()) {
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		panic(fmt.Sprintf("mockapi: no free port on 127.0.0.1: %s", err))
	}
	server := s.NewHTTPServer()
	go func() { _ = server.Serve(listener) }() // returns when stop closes the server
	return "http://" + listener.Addr().String(), func() {
		s.stop.Do(func() { close(s.stopped) })
		_ = server.Close()
	}
}

// NewHTTPServer returns an HTTP server of the mock that counts its connections, for callers with their own listener.
func (s *Server) NewHTTPServer() *http.Server {
	return &http.Server{
		Handler:           s,
		ReadHeaderTimeout: time.Minute,
		ConnState: func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				s.mu.Lock()
				s.connections++
				s.mu.Unlock()
			}
		},
	}
}

// Connections returns how many connections were opened so far to servers of [Server.Start] or [Server.NewHTTPServer].
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.connections
}

// ServeHTTP answers one request. It panics with [http.ErrAbortHandler] where a fault drops the connection, which
// net/http's servers take as the order to close it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != path.Clean(r.URL.Path) {
		s.serve(nil, w, r) // the mux would redirect to the cleaned path
		return
	}
	s.routes.ServeHTTP(w, r)
}

// reply is an encoded answer.
type reply struct {
	status      int
	contentType string // "" for none
	header      http.Header
	body        []byte
}

func (s *Server) serve(op *operation, w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the sender left in the middle of the request
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	entry := s.logArrival(op, r, body)
	s.callBefore(r)

	s.wait(r.Context(), s.currentOptions().Latency)
	fault := s.meetFaults(entry, r)
	var result reply
	if fault == nil || fault.processes() {
		result = s.process(op, r, body)
		entry.processed()
	}
	delivery := fault.answer(result, s.now())
	s.callAfter(entry.finish(delivery.status, fault))
	delivery.write(w)
}

// process carries out what the request asks, as Hero would.
func (s *Server) process(op *operation, r *http.Request, body []byte) reply {
	options := s.currentOptions()
	if op == nil {
		s.violated(r.Method, r.URL.Path, "the contract has no such operation")
		return s.encode(nil, refuse(http.StatusNotFound, "Cannot "+r.Method+" "+r.URL.Path), options)
	}
	if refusal, refused := s.authorise(r); refused {
		return s.encode(op, refusal, options)
	}
	c := &call{request: r, practice: r.Header.Get("X-Practice-Group-Id"), query: r.URL.Query()}
	var issues []issue
	if !options.SkipValidation {
		var violations []string
		issues, violations = op.validateRequest(r, body)
		s.violated(r.Method, r.URL.Path, violations...)
	}
	if len(issues) == 0 && op.route.Operation.RequestBody != nil {
		if err := json.Unmarshal(body, &c.body); err != nil {
			issues = append(issues, issue{Code: "invalid_type", Expected: "object", Path: []string{}})
		}
	}
	if len(issues) > 0 {
		return s.encode(op, badRequest(issues...), options)
	}
	s.mu.Lock()
	found := s.handlers[op.id](c)
	s.mu.Unlock()
	return s.encode(op, found, options)
}

// authorise checks both headers and the rate limit.
func (s *Server) authorise(r *http.Request) (refusal answer, refused bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Header.Get("X-Api-Key") != s.options.APIKey {
		return refuse(http.StatusUnauthorized, "Unauthorized"), true
	}
	if limit := s.options.RateLimit; limit.PerSecond > 0 && !s.bucket.take(limit, s.options.Clock()) {
		refusal = refuse(http.StatusTooManyRequests, "Too Many Requests")
		refusal.header = limit.RetryAfter.header(s.options.Clock())
		return refusal, true
	}
	practice := r.Header.Get("X-Practice-Group-Id")
	if practice == "" {
		return refuse(http.StatusUnauthorized, "Unauthorized"), true
	}
	if !s.mayActFor(practice) {
		return refuse(s.options.RefusalStatus, "No access to practice group "+practice), true
	}
	return answer{}, false
}

// encode holds an answer to the contract, then gives it the shape that the options ask for.
func (s *Server) encode(op *operation, a answer, options Options) reply {
	r := reply{status: a.status, header: a.header}
	var body any
	if a.body != nil {
		r.contentType = "application/json; charset=utf-8"
		r.body = mustEncode(a.body)
		body, _ = decode(r.body)
	}
	if op == nil {
		return r
	}
	if !options.SkipValidation {
		for _, violation := range op.validateAnswer(a.status, body, a.body != nil) {
			s.violated(op.method, op.path, fmt.Sprintf("answer %d: %s", a.status, violation))
		}
	}
	shaped := false
	if options.DocumentedOnly && a.status == http.StatusOK && op.success != nil {
		documentedOnly(op.success, body, op.keep)
		shaped = true
	}
	if envelope, isObject := body.(object); a.isList && isObject && options.ListEnvelope != EnvelopeDataCount {
		body = reshape(envelope, options.ListEnvelope)
		shaped = true
	}
	if shaped {
		r.body = mustEncode(body)
	}
	return r
}

// mustEncode encodes an answer, which is built of plain values that always encode.
func mustEncode(body any) []byte {
	encoded, err := json.Marshal(body)
	if err != nil {
		panic(fmt.Sprintf("mockapi: an answer does not encode: %s", err))
	}
	return encoded
}

func (s *Server) currentOptions() Options {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.options
}

func (s *Server) now() time.Time { return s.currentOptions().Clock() }

// timestamp is a time as Hero writes it: RFC 3339 in UTC, to the second.
func timestamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// wait lets time pass until the sender leaves or the mock stops.
func (s *Server) wait(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	case <-s.stopped:
	}
}
