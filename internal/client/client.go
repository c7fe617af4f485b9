// Package client talks to Hero Health's REST API.
//
// Every call takes one path (Client.do): guard, encode, wait for the shared pace, send, retry, limit and read the answer, map
// errors. Of Terraform it knows only the logger. What Hero's documentation leaves open is guessed in the file of the part of the API
// that it concerns, with a comment that says how much is known.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/net/http/httpguts"
)

// Hero's own servers (documented).
const (
	ProductionURL = "https://api.herohealth.net"
	StagingURL    = "https://api.staging.htech.app"
)

// Defaults of [Config].
const (
	DefaultRequestTimeout = 30 * time.Second
	DefaultMaxRetries     = 4
)

// Config says where Hero is, who calls, and how.
type Config struct {
	// BaseURL is the API's root: https, or http to a loopback address. A path prefix is kept.
	BaseURL string
	// APIKey travels in the x-api-key header of every request.
	APIKey string
	// APIKeyFromEnvironment marks a key that the configuration did not name. Such a key goes only to Hero's own hosts, to loopback,
	// or to the host of EnvironmentBaseURL: a changed base_url in a pull request must not carry the runner's key away.
	APIKeyFromEnvironment bool
	// EnvironmentBaseURL is the base URL that the environment named, if it named one.
	EnvironmentBaseURL string
	// AllowedPracticeGroupIDs, when not nil, are the only practices that a request may act for.
	AllowedPracticeGroupIDs []string
	// ReadOnly refuses every write before it is sent. Minting an access token changes nothing at Hero and stays allowed.
	ReadOnly bool
	// RequestTimeout bounds one attempt, answer included. Zero means DefaultRequestTimeout.
	RequestTimeout time.Duration
	// MaxRetries is how many attempts may follow the first one.
	MaxRetries int
	// RequestsPerSecond caps the pace from the start. Zero means no cap.
	RequestsPerSecond float64
	// CACertPEM holds certificates that are trusted beside the system's.
	CACertPEM []byte
	// UserAgent is sent with every request.
	UserAgent string
	// SingleReads switches shared lists off: each read asks Hero. For debugging.
	SingleReads bool
	// Clock and Wire, which carries the requests, are replaced in tests.
	Clock Clock
	Wire  http.RoundTripper
}

// Client calls Hero for any practice group of a network. It is safe for concurrent use.
type Client struct {
	config   Config
	base     *url.URL
	http     *retryablehttp.Client
	throttle *throttle
	clock    Clock

	webhooks     webhooks
	bookingLinks bookingLinkReads
	me           sharedRead[*PracticeGroup]

	answered sync.Map // practice group ids for which some call has succeeded
}

// New makes a client. It sends nothing. Errors: a base URL that would expose the key, a key that no header can carry, unreadable
// certificates.
func New(config Config) (*Client, error) {
	base, err := parseBaseURL(config.BaseURL)
	if err != nil {
		return nil, err
	}
	if config.APIKeyFromEnvironment && !keyMayTravel(base, config.EnvironmentBaseURL) {
		return nil, &KeyTravelError{Host: base.Host}
	}
	if !httpguts.ValidHeaderFieldValue(config.APIKey) {
		return nil, errors.New("the API key holds a character that an HTTP header cannot carry, such as a line break at its end: pass it without")
	}
	if config.Clock == nil {
		config.Clock = systemClock{}
	}
	if config.RequestTimeout <= 0 {
		config.RequestTimeout = DefaultRequestTimeout
	}
	wire := config.Wire
	if wire == nil {
		if wire, err = newWire(config.CACertPEM); err != nil {
			return nil, err
		}
	}
	c := &Client{config: config, base: base, clock: config.Clock, throttle: newThrottle(config.RequestsPerSecond, config.Clock)}
	c.http = &retryablehttp.Client{
		HTTPClient: &http.Client{
			Transport:     &attempts{wire: wire, throttle: c.throttle, clock: config.Clock, timeout: config.RequestTimeout},
			CheckRedirect: sameHostReadsOnly,
		},
		RetryMax:   max(config.MaxRetries, 0),
		CheckRetry: checkRetry,
		// The wait before a retry happens in attempts.RoundTrip, together with the pause that all calls share.
		Backoff:      func(time.Duration, time.Duration, int, *http.Response) time.Duration { return 0 },
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	return c, nil
}

// Origin names the server that this client talks to, for comparing what state was made against with what is configured now. All
// loopback servers count as one, since their ports change from run to run.
func (c *Client) Origin() string {
	if isLoopback(c.base.Hostname()) {
		return "loopback"
	}
	host := strings.ToLower(c.base.Host)
	if c.base.Scheme == "https" {
		host = strings.TrimSuffix(host, ":443")
	}
	return strings.TrimSuffix(c.base.Scheme+"://"+host+c.base.Path, "/")
}

// Now is the client's time, so that rules about dates follow the same clock as retries.
func (c *Client) Now() time.Time { return c.clock.Now() }

// PracticeAnswers reports whether Hero accepts calls for a practice group: nil when some call for it has succeeded in this
// run, else whatever GET /v1/me answers. An object is believed gone only when it returns nil.
func (c *Client) PracticeAnswers(ctx context.Context, practice string) error {
	if _, ok := c.answered.Load(practice); ok {
		return nil
	}
	_, err := c.do(ctx, call{practice: practice, method: http.MethodGet, path: "/v1/me"})
	return err
}

// call is one operation of the API.
type call struct {
	practice string
	method   string
	path     string // from the API's root, escaped
	query    url.Values
	body     any      // encoded as JSON; nil sends no body
	harmless bool     // a POST that changes nothing at Hero: allowed when read-only, and repeatable
	secrets  []string // values of the body that no error may repeat, should Hero's message quote them
}

func (k call) writes() bool { return k.method != http.MethodGet && !k.harmless }

// answer is what Hero said to a call that succeeded.
type answer struct {
	status int
	body   []byte
	at     time.Time // when the answer was complete
}

// into decodes the answer's body.
func (a answer) into(target any, k call) error {
	if err := json.Unmarshal(a.body, target); err != nil {
		return &ShapeError{Method: k.method, Path: k.path, Status: a.status, Err: err}
	}
	return nil
}

// do makes one call. The error is one of the types in errors.go, or the context's own.
func (c *Client) do(ctx context.Context, k call) (answer, error) {
	if err := c.guard(k); err != nil {
		return answer{}, err
	}
	request, trip, err := c.request(ctx, k)
	if err != nil {
		return answer{}, err
	}
	response, err := c.http.Do(request)
	if err != nil {
		if response != nil && response.Body != nil {
			_ = response.Body.Close()
		}
		return answer{}, trip.failure(err, c.config)
	}
	defer response.Body.Close() // the body is in memory already, see attempts.RoundTrip
	var body bytes.Buffer
	if _, err := body.ReadFrom(response.Body); err != nil {
		return answer{}, trip.failure(err, c.config)
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return answer{}, trip.refusal(response, body.Bytes())
	}
	c.answered.Store(k.practice, true)
	return answer{status: response.StatusCode, body: body.Bytes(), at: c.clock.Now()}, nil
}

// change makes a call that writes, and of whose answer nothing is needed. A text that is not JSON is not Hero's: something before it
// answered, and whether the change was made is not known.
func (c *Client) change(ctx context.Context, k call) error {
	answered, err := c.do(ctx, k)
	if err == nil && len(bytes.TrimSpace(answered.body)) > 0 {
		err = answered.into(new(json.RawMessage), k)
	}
	return err
}

func (c *Client) request(ctx context.Context, k call) (*retryablehttp.Request, *trip, error) {
	target := *c.base
	escaped := strings.TrimSuffix(target.EscapedPath(), "/") + k.path
	path, err := url.PathUnescape(escaped)
	if err != nil {
		return nil, nil, fmt.Errorf("the path %q is not a valid URL path: %w", k.path, err)
	}
	target.Path, target.RawPath, target.RawQuery = path, escaped, k.query.Encode()

	var body any
	if k.body != nil {
		encoded, err := json.Marshal(k.body)
		if err != nil {
			return nil, nil, fmt.Errorf("encoding the body of %s %s: %w", k.method, k.path, err)
		}
		body = encoded
	}
	trip := &trip{call: k, started: c.clock.Now(), clock: c.clock, secrets: append([]string{c.config.APIKey}, k.secrets...)}
	request, err := retryablehttp.NewRequestWithContext(withTrip(ctx, trip), k.method, target.String(), body)
	if err != nil {
		return nil, nil, fmt.Errorf("building %s %s: %w", k.method, k.path, err)
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("X-Api-Key", c.config.APIKey)
	request.Header.Set("X-Practice-Group-Id", k.practice)
	request.Header.Set("User-Agent", c.config.UserAgent)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	return request, trip, nil
}

// guard refuses what must never be sent, whichever way a call came here.
func (c *Client) guard(k call) error {
	switch {
	case k.practice == "" || !httpguts.ValidHeaderFieldValue(k.practice):
		return fmt.Errorf("%s %s was not sent: %q cannot be the id of a practice group", k.method, k.path, k.practice)
	case !plainPath(k.path):
		return fmt.Errorf("%s %s was not sent: the path must begin with / and have no empty segment, \".\" or \"..\" (is an id missing?)", k.method, k.path)
	case c.config.AllowedPracticeGroupIDs != nil && !slices.Contains(c.config.AllowedPracticeGroupIDs, k.practice):
		return &GuardError{Rule: PracticeNotAllowed, Method: k.method, Path: k.path, Practice: k.practice}
	case c.config.ReadOnly && k.writes():
		return &GuardError{Rule: ReadOnly, Method: k.method, Path: k.path, Practice: k.practice}
	}
	return nil
}

// plainPath refuses what a server or proxy could take for another path than the one that was meant: DELETE /v1/webhooks/ with its
// id missing must not be sent.
func plainPath(path string) bool {
	rest, rooted := strings.CutPrefix(path, "/")
	for segment := range strings.SplitSeq(rest, "/") {
		decoded, err := url.PathUnescape(segment)
		if err != nil || decoded == "" || decoded == "." || decoded == ".." {
			return false
		}
	}
	return rooted
}
