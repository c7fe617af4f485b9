package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

// createLedger knows which webhooks the creates of this process were answered with or have claimed, and which creates may have been
// made without our knowing. Without it, two creates that both lost their answers could take the same webhook for theirs.
type createLedger struct {
	mu      sync.Mutex
	claimed map[string]bool         // practice and id
	groups  map[string]*createGroup // by practice, event and URL
}

// createGroup is the creates of one event and URL in one practice. Any number of them are on their way at once, each with one turn.
// Whoever looks for a lost one takes all turns, so that the list shows no webhook whose create is just about to be answered.
type createGroup struct {
	turns *semaphore.Weighted
	// Both guarded by the ledger:
	lost    []NewWebhook // may have been made, and will be looked for
	givenUp []NewWebhook // may have been made, and ended in an AmbiguousError
}

const everyTurn = math.MaxInt64

// AmbiguousError means that a create's answer was lost and that Hero's list does not tell which webhook it made.
type AmbiguousError struct {
	IDs []string // the webhooks that it may have made
	Err error    // how the answer was lost
}

func (e *AmbiguousError) Error() string {
	if len(e.IDs) == 0 {
		return fmt.Sprintf("%v; the webhook may exist at Hero all the same. Look for it before the next apply (the data source hero_webhooks lists them): import it, or delete it in Hero's portal", e.Err)
	}
	return fmt.Sprintf("%v; the create may have made one of the webhooks %s, which the list does not tell apart. Import the one that is yours, and delete what nobody needs", e.Err, strings.Join(e.IDs, ", "))
}

func (e *AmbiguousError) Unwrap() error { return e.Err }

// create is one CreateWebhook under way.
type create struct {
	practice  string
	wanted    NewWebhook
	group     *createGroup
	before    []Webhook // what the practice had before any create of this process
	errBefore error     // why that is not known
}

// CreateWebhook makes a webhook, and exactly one also when answers are lost. After a failure that leaves open whether Hero processed
// the request, the list decides: a webhook with the same event, URL and visible headers that was not there before, and that no other
// create of this process has, is ours. When there is none the create is sent again; when several might be, the error names them.
func (c *Client) CreateWebhook(ctx context.Context, practice string, wanted NewWebhook) (*Webhook, error) {
	defer c.webhooks.lists.discard(practice)
	started, attempts := c.clock.Now(), 0
	k := create{practice: practice, wanted: wanted, group: c.webhooks.creates.group(practice, wanted)}
	// Without this list a lost answer could not be settled. A failure to get it says nothing yet about the create itself.
	k.before, k.errBefore = c.WebhooksAtStart(ctx, practice)
	for round := 0; ; round++ {
		made, err := c.postWebhook(ctx, k)
		attempts = sumUp(err, attempts, c.clock.Now().Sub(started))
		if err == nil || !MaybeDone(err) {
			return made, err
		}
		// The request may have been processed: an interrupt must not keep us from learning what became of it.
		found, errSettle := c.settleWebhook(context.WithoutCancel(ctx), k, backoff(round+1), err)
		if found != nil || errSettle != nil {
			return found, errSettle
		}
		if round >= c.config.MaxRetries || ctx.Err() != nil {
			return nil, err
		}
	}
}

func (c *Client) postWebhook(ctx context.Context, k create) (*Webhook, error) {
	if err := k.group.turns.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer k.group.turns.Release(1)
	post := call{practice: k.practice, method: http.MethodPost, path: webhooksPath, body: k.wanted, secrets: slices.Collect(maps.Values(k.wanted.Headers))}
	if k.wanted.SigningKey != nil {
		post.secrets = append(post.secrets, *k.wanted.SigningKey)
	}
	answered, err := c.do(ctx, post)
	made := &Webhook{PracticeGroupID: k.practice, Raw: answered.body}
	if err == nil {
		err = answered.into(made, post)
	}
	if err == nil && made.ID.Or("") == "" {
		err = &ShapeError{Method: post.method, Path: post.path, Status: answered.status, Err: errors.New("the created webhook has no id; what came is " + shapeOf(answered.body))}
	}
	switch {
	case err == nil:
		c.webhooks.creates.claim(k.practice, made.ID.Or(""))
		return made, nil
	case MaybeDone(err):
		c.webhooks.creates.lose(k)
	}
	return nil, err
}

// settleWebhook finds the webhook of a create whose answer was lost. Neither a webhook nor an error means that it was not made.
func (c *Client) settleWebhook(ctx context.Context, k create, pause time.Duration, lost error) (made *Webhook, err error) {
	ledger := &c.webhooks.creates
	if err := k.group.turns.Acquire(ctx, everyTurn); err != nil {
		return nil, &AmbiguousError{Err: errors.Join(lost, err)}
	}
	defer k.group.turns.Release(everyTurn)
	defer func() { ledger.settle(k, err) }()

	looks := 2
	if timedOut(lost) {
		// The POST may still be running at Hero: its absence is believed only after another request timeout.
		looks, pause = 4, c.config.RequestTimeout/3+time.Millisecond
	}
	ctx, cancel := context.WithTimeout(ctx, 5*c.config.RequestTimeout)
	defer cancel()
	for look := range looks {
		if look > 0 {
			if err := c.clock.Sleep(ctx, pause); err != nil {
				return nil, &AmbiguousError{Err: errors.Join(lost, err)}
			}
		}
		now, err := c.ListWebhooks(ctx, k.practice, "")
		if err != nil {
			return nil, &AmbiguousError{Err: errors.Join(lost, err)}
		}
		candidates, certain := ledger.candidates(k, now)
		switch {
		case len(candidates) > 0 && !certain:
			return nil, &AmbiguousError{IDs: idsOf(candidates), Err: lost}
		case len(candidates) > 0:
			ledger.claim(k.practice, candidates[0].ID.Or(""))
			return &candidates[0], nil
		}
	}
	if saysMade(lost) { // sending it again would make another
		return nil, &AmbiguousError{Err: lost}
	}
	return nil, nil //nolint:nilnil // as documented: it was not made
}

// timedOut reports whether the request may still be running behind whatever gave up on it.
func timedOut(lost error) bool {
	var transport *TransportError
	return errors.As(lost, &transport) && transport.Timeout || HasStatus(lost, http.StatusGatewayTimeout)
}

// saysMade reports whether Hero itself answered with success, in whatever shape. A body that is not JSON is somebody else's.
func saysMade(err error) bool {
	var shape *ShapeError
	var syntax *json.SyntaxError
	return errors.As(err, &shape) && (!errors.As(err, &syntax) || syntax.Offset == 0) // offset 0: an empty body
}

// sumUp makes the error of one round speak for all attempts so far, and returns their number.
func sumUp(err error, before int, elapsed time.Duration) int {
	var refused *Error
	var lost *TransportError
	switch {
	case errors.As(err, &refused):
		refused.Attempts, refused.Elapsed = refused.Attempts+before, elapsed
		return refused.Attempts
	case errors.As(err, &lost):
		lost.Attempts, lost.Elapsed = lost.Attempts+before, elapsed
		return lost.Attempts
	}
	return before + 1
}

// candidates are the webhooks that a lost create may have made. It is certain that the first is its own (or of a create that is
// identical) when there are no more of them than identical creates that were lost, and no other lost create could have made one.
func (l *createLedger) candidates(k create, now []Webhook) (found []Webhook, certain bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, w := range now {
		if alike(w, k.wanted) && !l.claimed[claimKey(k.practice, w.ID.Or(""))] && (k.errBefore != nil || !holdsWebhook(k.before, w.ID.Or(""))) {
			found = append(found, w)
		}
	}
	identical := 0
	certain = k.errBefore == nil
	for i, other := range slices.Concat(k.group.lost, k.group.givenUp) {
		if i < len(k.group.lost) && reflect.DeepEqual(other, k.wanted) {
			identical++
		} else if slices.ContainsFunc(found, func(w Webhook) bool { return alike(w, other) }) {
			certain = false
		}
	}
	return found, certain && len(found) <= identical
}

// alike reports whether a create of wanted could have made a webhook. Headers count as far as Hero shows them.
func alike(w Webhook, wanted NewWebhook) bool {
	if w.EventType.Or("") != wanted.EventType || plainURL(w.URL.Or("")) != plainURL(wanted.URL) {
		return false
	}
	sent := http.Header{}
	for name, value := range wanted.Headers {
		sent.Set(name, value)
	}
	for name, value := range w.Headers.Or(nil) {
		if _, ok := sent[http.CanonicalHeaderKey(name)]; !ok || value != sent.Get(name) && !LooksMasked(value) {
			return false
		}
	}
	return true
}

// plainURL spells URLs alike that mean the same, since Hero might normalise what it was sent.
func plainURL(text string) string {
	parsed, err := url.Parse(text)
	if err != nil {
		return text
	}
	parsed.Host = strings.ToLower(parsed.Host)
	if defaultPort := map[string]string{"http": ":80", "https": ":443"}[parsed.Scheme]; defaultPort != "" {
		parsed.Host = strings.TrimSuffix(parsed.Host, defaultPort)
	}
	return strings.TrimSuffix(parsed.String(), "/")
}

// LooksMasked reports whether a value that Hero shows stands for a secret without telling it, such as "****" or "abc…".
func LooksMasked(value string) bool {
	for _, mark := range []string{"**", "••", "…", "...", "xxxx", "XXXX"} {
		if strings.Contains(value, mark) {
			return true
		}
	}
	lower := strings.ToLower(value)
	return lower == "" || strings.Contains(lower, "redacted") || strings.Contains(lower, "hidden") || strings.Contains(lower, "masked")
}

func holdsWebhook(list []Webhook, id string) bool {
	return slices.ContainsFunc(list, func(w Webhook) bool { return w.ID.Or("") == id })
}

func idsOf(list []Webhook) []string {
	ids := make([]string, 0, len(list))
	for _, w := range list {
		ids = append(ids, w.ID.Or(""))
	}
	return ids
}

func (l *createLedger) group(practice string, wanted NewWebhook) *createGroup {
	key := practice + "\x00" + wanted.EventType + "\x00" + plainURL(wanted.URL)
	l.mu.Lock()
	defer l.mu.Unlock()
	group, ok := l.groups[key]
	if !ok {
		group = &createGroup{turns: semaphore.NewWeighted(everyTurn)}
		if l.groups == nil {
			l.groups, l.claimed = map[string]*createGroup{}, map[string]bool{}
		}
		l.groups[key] = group
	}
	return group
}

func (l *createLedger) lose(k create) {
	l.mu.Lock()
	defer l.mu.Unlock()
	k.group.lost = append(k.group.lost, k.wanted)
}

// settle takes a lost create out again, since what became of it is known, or its error tells that it is not.
func (l *createLedger) settle(k create, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.IndexFunc(k.group.lost, func(other NewWebhook) bool { return reflect.DeepEqual(other, k.wanted) })
	k.group.lost = slices.Delete(k.group.lost, i, i+1)
	if err != nil {
		k.group.givenUp = append(k.group.givenUp, k.wanted)
	}
}

func (l *createLedger) claim(practice, id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.claimed[claimKey(practice, id)] = true
}

func claimKey(practice, id string) string { return practice + "\x00" + id }
