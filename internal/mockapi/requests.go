package mockapi

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
)

// Request is one request that arrived at the mock, whatever became of it.
type Request struct {
	Method     string
	Path       string
	Pattern    string // the path as the contract writes it, such as /v1/webhooks/{id}; "" outside the contract
	Query      url.Values
	Header     http.Header
	Body       string
	PracticeID string
	Status     int       // of the answer; 0 while there is none, or when the connection was dropped instead
	Processed  bool      // the mock did what it asks, or found a reason of its own to refuse it
	Fault      FaultKind // that it met, "" for none
}

// logEntry is a request in the log, whose outcome is filled in later.
type logEntry struct {
	server  *Server
	request *Request
}

func (s *Server) logArrival(op *operation, r *http.Request, body []byte) logEntry {
	request := &Request{
		Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(), Header: r.Header.Clone(), Body: string(body),
		PracticeID: r.Header.Get("X-Practice-Group-Id"),
	}
	if op != nil {
		request.Pattern = op.path
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, request)
	return logEntry{server: s, request: request}
}

func (e logEntry) processed() {
	e.server.mu.Lock()
	defer e.server.mu.Unlock()
	e.request.Processed = true
}

func (e logEntry) finish(status int, fault *Fault) Request {
	e.server.mu.Lock()
	defer e.server.mu.Unlock()
	e.request.Status = status
	if fault != nil {
		e.request.Fault = fault.Kind
	}
	return *e.request
}

// Requests returns all requests since the start or the last [Server.ResetRequests], in the order of their arrival.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	requests := make([]Request, 0, len(s.requests))
	for _, request := range s.requests {
		requests = append(requests, *request)
	}
	return requests
}

// Count returns how many requests have arrived with that method and path, which may also be a path as the contract
// writes it (/v1/webhooks/{id}). An empty method or path counts all.
func (s *Server) Count(method, path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	count := 0
	for _, request := range s.requests {
		if (method == "" || method == request.Method) && (path == "" || path == request.Path || path == request.Pattern) {
			count++
		}
	}
	return count
}

// ResetRequests empties the log.
func (s *Server) ResetRequests() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = nil
}

// Before adds a hook that is called with each request before anything is done about it. It may block, and it may call
// the server's methods. It may read the body.
func (s *Server) Before(hook func(*http.Request)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before = append(s.before, hook)
}

// After adds a hook that is called with each request when its outcome is settled, before the answer is sent. It may
// block, and it may call the server's methods.
func (s *Server) After(hook func(Request)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.after = append(s.after, hook)
}

func (s *Server) callBefore(r *http.Request) {
	s.mu.Lock()
	hooks := slices.Clone(s.before)
	s.mu.Unlock()
	if len(hooks) == 0 {
		return
	}
	body, _ := io.ReadAll(r.Body) // of memory: cannot fail
	for _, hook := range hooks {
		r.Body = io.NopCloser(bytes.NewReader(body))
		hook(r)
	}
}

func (s *Server) callAfter(request Request) {
	s.mu.Lock()
	hooks := slices.Clone(s.after)
	s.mu.Unlock()
	for _, hook := range hooks {
		hook(request)
	}
}
