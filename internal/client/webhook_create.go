package client

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// createLedger knows which webhooks the creates of this process were answered with or have claimed, and which creates of the same
// kind are still waiting for their answer. Without it, two creates that both lost their answers could take the same webhook for theirs.
type createLedger struct {
	mu      sync.Mutex
	claimed map[string]bool         // practice and id
	waiting map[string]*createGroup // by what makes two creates alike
}

// createGroup is the creates of one event and URL in one practice.
type createGroup struct {
	unanswered int           // sent, and neither answered nor known to be lost
	lost       int           // known to be lost, and not yet settled
	changed    chan struct{} // closed and replaced when unanswered falls
	settling   sync.Mutex    // one lost create at a time looks at the list
}

// AmbiguousError means that a create's answer was lost and that Hero's list does not tell which webhook it made.
type AmbiguousError struct {
	IDs []string // the webhooks that it may have made
	Err error    // how the answer was lost
}

func (e *AmbiguousError) Error() string {
	if len(e.IDs) == 0 {
		return fmt.Sprintf("%v; the webhook may exist at Hero all the same, which could not be checked", e.Err)
	}
	return fmt.Sprintf("%v; the create may have made one of the webhooks %s, which the list does not tell apart", e.Err, strings.Join(e.IDs, ", "))
}

func (e *AmbiguousError) Unwrap() error { return e.Err }

// CreateWebhook makes a webhook, and exactly one also when answers are lost. After a failure that leaves open whether Hero processed
// the request, the list decides: a webhook with the same event, URL and visible headers that was not there before, and that no other
// create of this process has, is ours. When there is none the create is sent again; when several might be, the error names them.
func (c *Client) CreateWebhook(ctx context.Context, practice string, wanted NewWebhook) (*Webhook, error) {
	defer c.webhooks.lists.discard(practice)
	// Without this list a lost answer could not be settled. A failure to get it says nothing yet about the create itself.
	before, errBefore := c.WebhooksAtStart(ctx, practice)

	group := c.webhooks.creates.group(practice, wanted)
	for attempt := 0; ; attempt++ {
		made, err := c.postWebhook(ctx, practice, wanted, group)
		if err == nil || !MaybeDone(err) {
			return made, err
		}
		// The request may have been processed: an interrupt must not keep us from learning what became of it.
		settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), 4*c.config.RequestTimeout)
		found, errSettle := c.settleWebhook(settle, practice, wanted, group, before, errBefore, err)
		cancel()
		if found != nil || errSettle != nil {
			return found, errSettle
		}
		if attempt >= c.config.MaxRetries || c.clock.Sleep(ctx, backoff(attempt+1)) != nil {
			return nil, err
		}
	}
}

func (c *Client) postWebhook(ctx context.Context, practice string, wanted NewWebhook, group *createGroup) (*Webhook, error) {
	ledger := &c.webhooks.creates
	ledger.sent(group)
	k := call{practice: practice, method: http.MethodPost, path: webhooksPath, body: wanted}
	answered, err := c.do(ctx, k)
	made := &Webhook{PracticeGroupID: practice, Raw: answered.body}
	if err == nil {
		err = answered.into(made, k)
	}
	if err == nil && made.ID.Or("") == "" {
		err = &ShapeError{Method: k.method, Path: k.path, Status: answered.status, Err: errors.New("the created webhook has no id; what came is " + shapeOf(answered.body))}
	}
	ledger.answered(group, practice, made.ID.Or(""), err)
	if err != nil {
		return nil, err
	}
	return made, nil
}

// settleWebhook finds the webhook of a create whose answer was lost. Neither a webhook nor an error means that it was not made.
func (c *Client) settleWebhook(ctx context.Context, practice string, wanted NewWebhook, group *createGroup, before []Webhook, errBefore, lost error) (*Webhook, error) {
	ledger := &c.webhooks.creates
	defer ledger.settled(group)
	if err := ledger.othersAnswered(ctx, group); err != nil {
		return nil, &AmbiguousError{Err: errors.Join(lost, err)}
	}
	group.settling.Lock()
	defer group.settling.Unlock()

	var transport *TransportError
	timedOut := errors.As(lost, &transport) && transport.Timeout
	// A POST that timed out may still be running at Hero: look again over another request timeout before believing in its absence.
	const looks = 4
	for look := range looks {
		now, err := c.ListWebhooks(ctx, practice, "")
		if err != nil {
			return nil, &AmbiguousError{Err: errors.Join(lost, err)}
		}
		alike := ledger.unclaimed(practice, alikeWebhooks(now, wanted))
		if errBefore == nil {
			alike = slices.DeleteFunc(alike, func(w Webhook) bool { return holdsWebhook(before, w.ID.Or("")) })
		}
		switch {
		case len(alike) > 0 && (errBefore != nil || len(alike) > ledger.stillLost(group)):
			return nil, &AmbiguousError{IDs: idsOf(alike), Err: lost}
		case len(alike) > 0:
			ledger.claim(practice, alike[0].ID.Or(""))
			return &alike[0], nil
		case !timedOut || look == looks-1:
			return nil, nil
		}
		if err := c.clock.Sleep(ctx, c.config.RequestTimeout/(looks-1)+time.Millisecond); err != nil {
			return nil, &AmbiguousError{Err: errors.Join(lost, err)}
		}
	}
	return nil, nil
}

// alikeWebhooks are those that a create of wanted could have made. Headers count where Hero shows them.
func alikeWebhooks(list []Webhook, wanted NewWebhook) []Webhook {
	var alike []Webhook
	for _, w := range list {
		if w.EventType.Or("") == wanted.EventType && w.URL.Or("") == wanted.URL &&
			(w.Headers.Value == nil || len(*w.Headers.Value) == 0 || maps.Equal(*w.Headers.Value, wanted.Headers) || maskedAlike(*w.Headers.Value, wanted.Headers)) {
			alike = append(alike, w)
		}
	}
	return alike
}

// maskedAlike reports whether headers differ only in values that Hero masks.
func maskedAlike(shown, sent map[string]string) bool {
	for name, value := range shown {
		if want, ok := sent[name]; !ok || value != want && !LooksMasked(value) {
			return false
		}
	}
	return true
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
	key := practice + "\x00" + wanted.EventType + "\x00" + wanted.URL
	l.mu.Lock()
	defer l.mu.Unlock()
	group, ok := l.waiting[key]
	if !ok {
		group = &createGroup{changed: make(chan struct{})}
		if l.waiting == nil {
			l.waiting, l.claimed = map[string]*createGroup{}, map[string]bool{}
		}
		l.waiting[key] = group
	}
	return group
}

func (l *createLedger) sent(group *createGroup) {
	l.mu.Lock()
	defer l.mu.Unlock()
	group.unanswered++
}

func (l *createLedger) answered(group *createGroup, practice, id string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	group.unanswered--
	switch {
	case err == nil:
		l.claimed[practice+"\x00"+id] = true
	case MaybeDone(err):
		group.lost++
	}
	close(group.changed)
	group.changed = make(chan struct{})
}

func (l *createLedger) settled(group *createGroup) {
	l.mu.Lock()
	defer l.mu.Unlock()
	group.lost--
}

func (l *createLedger) stillLost(group *createGroup) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return group.lost
}

// othersAnswered waits until no create of the group is under way: the webhook that one of them is about to be answered with stands in
// the list already.
func (l *createLedger) othersAnswered(ctx context.Context, group *createGroup) error {
	for {
		l.mu.Lock()
		unanswered, changed := group.unanswered, group.changed
		l.mu.Unlock()
		if unanswered == 0 {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (l *createLedger) unclaimed(practice string, list []Webhook) []Webhook {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.DeleteFunc(list, func(w Webhook) bool { return l.claimed[practice+"\x00"+w.ID.Or("")] })
}

func (l *createLedger) claim(practice, id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.claimed[practice+"\x00"+id] = true
}
