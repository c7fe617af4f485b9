package mockapi

import (
	"strings"
	"time"
)

// The defaults of [Options].
const (
	DefaultAPIKey        = "mock-api-key"
	DefaultOwnPracticeID = "12"
	defaultPageSize      = 20
	defaultMaxPageSize   = 100
)

// Echo says how the mock returns a secret that it was given.
type Echo int

// The ways to return a secret.
const (
	EchoClear   Echo = iota // as it was sent
	EchoMasked              // as asterisks
	EchoOmitted             // not at all
)

// apply returns what an answer shows for value, and whether it shows anything.
func (e Echo) apply(value string) (string, bool) {
	switch e {
	case EchoMasked:
		return strings.Repeat("*", 8), true
	case EchoOmitted:
		return "", false
	case EchoClear:
	}
	return value, true
}

// ListEnvelope is the outer shape of the answers that list something. Hero's is not published for every list.
type ListEnvelope int

// The shapes of lists. All but the first are outside the contract on purpose.
const (
	EnvelopeDataCount     ListEnvelope = iota // {"data": [...], "count": 3}
	EnvelopeDataOnly                          // {"data": [...]}
	EnvelopeBareArray                         // [...]
	EnvelopeUnknown                           // {"things": [...]}
	EnvelopeCountTooLarge                     // a count that is one above the items that there are
	EnvelopeCountAsString                     // {"data": [...], "count": "3"}
)

// RetryAfterForm is how an answer says when to come again.
type RetryAfterForm int

// The forms of Retry-After.
const (
	RetryAfterSeconds RetryAfterForm = iota // a number of seconds
	RetryAfterDate                          // an HTTP date, by Options.Clock
	RetryAfterAbsent                        // no header
)

// RetryAfter is when the mock asks its callers to come again.
type RetryAfter struct {
	Form  RetryAfterForm
	After time.Duration // whole seconds; under one second counts as none
}

// RateLimit is a token bucket over all calls with the key.
type RateLimit struct {
	PerSecond  float64 // 0: no limit
	Burst      int     // at least 1
	RetryAfter RetryAfter
}

// Practice is a practice group that Hero knows.
type Practice struct {
	ID        string
	Name      string
	InNetwork bool   // the key's own practice group may act for it
	Sector    string // nhs or paid; empty counts as nhs
}

// Seed is how many objects each practice of the network starts with, beside the directory that all have.
type Seed struct {
	Webhooks      int
	BookingLinks  int
	FormResponses int
}

// Options are the mock's settings. The zero value is the likeliest Hero: documented behaviour, inferred where the
// documentation is silent.
type Options struct {
	APIKey        string     // default [DefaultAPIKey]
	OwnPracticeID string     // the practice group that the key belongs to; default [DefaultOwnPracticeID]
	Practices     []Practice // default: 12, 15 and 18 in the network, 99 outside it
	Seed          Seed

	Clock          func() time.Time // default time.Now
	Latency        time.Duration    // of every answer
	RateLimit      RateLimit
	SkipValidation bool // holds nothing to the contract: for benchmarks

	// DocumentedOnly leaves out every answer key that the contract does not mark D. In operations whose answer has no D
	// key, the S keys stay and the G and I ones go. A key that holds a key that stays, stays itself, and so do the few
	// that the contract marks x-essential, without which an operation would have no result at all.
	DocumentedOnly bool

	ListEnvelope    ListEnvelope
	FirstPageIndex  int  // 0 or 1; an index below it gets the first page
	RefusePageZero  bool // with FirstPageIndex 1: index 0 is a bad request
	DefaultPageSize int  // default 20
	MaxPageSize     int  // default 100; a larger size gets this

	RefusalStatus         int  // of a practice outside the network; default 403
	NetworkIncludesCaller bool // GET /v1/network lists the practice group acted for too

	EventTypes         []string // accepted beside the eight that are known
	SigningKeyInCreate Echo
	SigningKeyInList   Echo
	HeadersInCreate    Echo // EchoMasked masks the values
	HeadersInList      Echo
	NormaliseURLs      bool // keeps and answers webhook URLs with a slash added

	BookingLinkItemShape BookingLinkItemShape
	ExpiryTime           ExpiryTime
	ActiveStaysTrue      bool     // an expired or used up booking link still says active
	IgnoreOnPatch        []string // fields of a booking link that PATCH takes and does not change
	RefuseOnPatch        []string // fields of a booking link that PATCH answers with 400
	FormLinkIDKey        string   // the create answer's key of the id, "none" for none; default id
	FormLinkURLKey       string   // the same of the URL; default short_link, others are form_link, link and url
	CheckReferences      bool     // a link must name an appointment type, location, practitioner or form that exists

	IgnoreSettings     []string // fields of PATCH /v1/me, nested as address.country, that it takes and does not change
	RefuseSettings     []string // the same, answered with 400
	TokenWithoutExpiry bool     // access tokens without an exp claim
}

func (o Options) withDefaults() Options {
	if o.APIKey == "" {
		o.APIKey = DefaultAPIKey
	}
	if o.OwnPracticeID == "" {
		o.OwnPracticeID = DefaultOwnPracticeID
	}
	if o.Practices == nil {
		o.Practices = []Practice{
			{ID: "12", Name: "Riverside Medical Centre", InNetwork: true},
			{ID: "15", Name: "Hilltop Surgery", InNetwork: true},
			{ID: "18", Name: "Station Road Practice", InNetwork: true},
			{ID: "99", Name: "Elsewhere Clinic", Sector: "paid"},
		}
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.DefaultPageSize == 0 {
		o.DefaultPageSize = defaultPageSize
	}
	if o.MaxPageSize == 0 {
		o.MaxPageSize = defaultMaxPageSize
	}
	if o.RefusalStatus == 0 {
		o.RefusalStatus = 403
	}
	if o.FormLinkIDKey == "" {
		o.FormLinkIDKey = "id"
	}
	if o.FormLinkURLKey == "" {
		o.FormLinkURLKey = "short_link"
	}
	return o
}
