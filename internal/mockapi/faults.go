package mockapi

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FaultKind is what goes wrong.
type FaultKind string

// What can go wrong.
const (
	FaultStatus          FaultKind = "status"            // Status (default 500) with Body (default: Hero's error body)
	FaultDropBefore      FaultKind = "drop-before"       // the connection closes, nothing was done
	FaultDropAfter       FaultKind = "drop-after"        // the connection closes, what was asked is done
	FaultSlow            FaultKind = "slow"              // waits, see Fault.Delay and Release; then all goes on
	FaultTruncated       FaultKind = "truncated"         // done, but the connection closes amid the answer
	FaultNotJSON         FaultKind = "not-json"          // 200 with a text
	FaultHTML            FaultKind = "html"              // a gateway's page, with Status (default 502)
	FaultEmpty           FaultKind = "empty"             // Status (default 200) without a body
	FaultRedirect        FaultKind = "redirect"          // to Location, with Status (default 307)
	FaultTooManyRequests FaultKind = "too-many-requests" // 429 with RetryAfter
	FaultUnavailable     FaultKind = "unavailable"       // 503 with RetryAfter
)

// FaultKinds returns all kinds of fault.
func FaultKinds() []FaultKind {
	return []FaultKind{
		FaultStatus, FaultDropBefore, FaultDropAfter, FaultSlow, FaultTruncated, FaultNotJSON, FaultHTML, FaultEmpty,
		FaultRedirect, FaultTooManyRequests, FaultUnavailable,
	}
}

// Fault breaks the answers to some requests. Empty fields match every request.
//
// Several faults combine: a request meets the first that matches and is not used up, and later ones do not count it, so
// that two faults of one time each break two requests in turn. A slow fault lets the request go on to the next.
type Fault struct {
	Kind FaultKind

	Method     string
	Pattern    string // the path as the contract writes it, such as /v1/webhooks/{id}
	PathPrefix string
	Practice   string
	Match      func(Request) bool

	After int // so many matching requests are left alone first
	Times int // so many are broken then; 0: all

	Status      int
	Body        string
	ContentType string
	Header      http.Header
	Location    string
	RetryAfter  RetryAfter

	// Processed does what the request asks before the fault answers in its way. DropAfter and Truncated always do.
	Processed bool

	// Delay and Release end the wait of a slow fault: whichever comes first, or the sender's leaving, or the mock's stop.
	// What the request asks is then done in any case: a server does not notice at once that its caller has left.
	Delay   time.Duration
	Release <-chan struct{}
	// KeepGoing waits on when the sender has left, so that the work is done late.
	KeepGoing bool
}

type activeFault struct {
	Fault
	seen int
}

// Fault adds a fault. The function that it returns takes it away again.
func (s *Server) Fault(fault Fault) (remove func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	active := &activeFault{Fault: fault}
	s.faults = append(s.faults, active)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.faults = slices.DeleteFunc(s.faults, func(other *activeFault) bool { return other == active })
	}
}

// ClearFaults takes all faults away.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// meetFaults waits as slow faults demand and returns the fault that decides the answer, nil for none.
func (s *Server) meetFaults(entry logEntry, r *http.Request) *Fault {
	slow, deciding := s.nextFaults(entry)
	for _, fault := range slow {
		s.waitFor(fault, r)
	}
	if deciding == nil && len(slow) > 0 {
		return &slow[0]
	}
	return deciding
}

func (s *Server) nextFaults(entry logEntry) (slow []Fault, deciding *Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, active := range s.faults {
		if !active.matches(*entry.request) {
			continue
		}
		if active.Times > 0 && active.seen >= active.After+active.Times {
			continue // used up
		}
		active.seen++
		if active.seen <= active.After {
			continue
		}
		fault := active.Fault
		if fault.Kind != FaultSlow {
			return slow, &fault
		}
		slow = append(slow, fault)
	}
	return slow, nil
}

func (f *Fault) matches(r Request) bool {
	return (f.Method == "" || f.Method == r.Method) &&
		(f.Pattern == "" || f.Pattern == r.Pattern) &&
		strings.HasPrefix(r.Path, f.PathPrefix) &&
		(f.Practice == "" || f.Practice == r.PracticeID) &&
		(f.Match == nil || f.Match(r))
}

func (s *Server) waitFor(fault Fault, r *http.Request) {
	left := r.Context().Done()
	if fault.KeepGoing {
		left = nil
	}
	var elapsed <-chan time.Time
	if fault.Delay > 0 {
		timer := time.NewTimer(fault.Delay)
		defer timer.Stop()
		elapsed = timer.C
	}
	select {
	case <-fault.Release:
	case <-elapsed:
	case <-left:
	case <-s.stopped:
	}
}

// processes says whether what the request asks is done all the same.
func (f *Fault) processes() bool {
	return f.Processed || f.Kind == FaultSlow || f.Kind == FaultDropAfter || f.Kind == FaultTruncated
}

// delivery is what goes over the wire. Of a truncated one, half the body does; of a dropped one, nothing.
type delivery struct {
	reply
	dropped, truncated bool
}

// answer returns what is sent instead of the result; without a fault, the result.
func (f *Fault) answer(result reply, now time.Time) delivery {
	if f == nil {
		return delivery{reply: result}
	}
	switch f.Kind {
	case FaultDropBefore, FaultDropAfter:
		return delivery{dropped: true}
	case FaultTruncated:
		return delivery{reply: result, truncated: true}
	case FaultSlow:
		return delivery{reply: result}
	case FaultNotJSON:
		return f.made(http.StatusOK, "text/plain; charset=utf-8", "This is not JSON.", nil)
	case FaultHTML:
		return f.made(http.StatusBadGateway, "text/html; charset=utf-8",
			"<html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>", nil)
	case FaultEmpty:
		return f.made(http.StatusOK, "", "", nil)
	case FaultRedirect:
		return f.made(http.StatusTemporaryRedirect, "", "", http.Header{"Location": {f.Location}})
	case FaultTooManyRequests:
		return f.made(http.StatusTooManyRequests, "application/json",
			string(mustEncode(errorBody(http.StatusTooManyRequests, "Too Many Requests"))), f.RetryAfter.header(now))
	case FaultUnavailable:
		return f.made(http.StatusServiceUnavailable, "application/json",
			string(mustEncode(errorBody(http.StatusServiceUnavailable, "Service Unavailable"))), f.RetryAfter.header(now))
	case FaultStatus:
	}
	status := f.Status
	if status == 0 {
		status = http.StatusInternalServerError
	}
	return f.made(status, "application/json", string(mustEncode(errorBody(status, http.StatusText(status)))), nil)
}

// made is an answer of these defaults, where the fault says nothing else.
func (f *Fault) made(status int, contentType, body string, header http.Header) delivery {
	d := delivery{reply: reply{status: status, contentType: contentType, body: []byte(body), header: http.Header{}}}
	if f.Status != 0 {
		d.status = f.Status
	}
	if f.Body != "" {
		d.body = []byte(f.Body)
	}
	if f.ContentType != "" {
		d.contentType = f.ContentType
	}
	for _, several := range []http.Header{header, f.Header} {
		for name, values := range several {
			d.header[http.CanonicalHeaderKey(name)] = values
		}
	}
	return d
}

func (d delivery) write(w http.ResponseWriter) {
	if d.dropped {
		panic(http.ErrAbortHandler)
	}
	for name, values := range d.header {
		w.Header()[name] = values
	}
	if d.contentType != "" {
		w.Header().Set("Content-Type", d.contentType)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(d.body)))
	if d.truncated {
		w.Header().Set("Content-Length", strconv.Itoa(len(d.body)+1))
		w.WriteHeader(d.status)
		_, _ = w.Write(d.body[:len(d.body)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(d.status)
	_, _ = w.Write(d.body) // a sender that left does not read it
}
