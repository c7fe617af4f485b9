package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// Webhook is a subscription as Hero answers it. Of a list's items only the envelope is documented less surely: they are expected in
// the create answer's shape (inferred).
type Webhook struct {
	// PracticeGroupID is the practice that was asked; it is not part of the answer.
	PracticeGroupID string        `json:"-"`
	ID              Field[string] `json:"id"`
	EventType       Field[string] `json:"event_type"`
	URL             Field[string] `json:"url"`
	CreatedAt       Field[string] `json:"created_at"`
	UpdatedAt       Field[string] `json:"updated_at"`
	// Description is accepted by Hero and, by its documentation, not returned.
	Description Field[string] `json:"description"`
	// SigningKey comes in clear in the create answer; a list may have it in clear, masked or not at all.
	SigningKey Field[string]            `json:"signing_key"`
	Headers    Field[map[string]string] `json:"headers"`
	// Raw is the item as Hero sent it: it may hold the signing key.
	Raw json.RawMessage `json:"-"`
}

// NewWebhook is what Hero takes to create a webhook (documented).
type NewWebhook struct {
	EventType   string            `json:"event_type"`
	URL         string            `json:"url"`
	Description *string           `json:"description,omitempty"`
	SigningKey  *string           `json:"signing_key,omitempty"`
	Headers     map[string]string `json:"headers,omitempty"`
}

const webhooksPath = "/v1/webhooks"

// webhooks is what a client remembers of webhooks over its run.
type webhooks struct {
	lists   sharedRead[[]Webhook]
	first   sharedRead[[]Webhook] // never discarded, see WebhooksAtStart
	creates createLedger
}

// ListWebhooks asks Hero for a practice group's webhooks, of one event type unless that is empty. The result is proven whole.
func (c *Client) ListWebhooks(ctx context.Context, practice, eventType string) ([]Webhook, error) {
	k := call{practice: practice, method: http.MethodGet, path: webhooksPath}
	if eventType != "" {
		k.query = url.Values{"event_type": {eventType}}
	}
	answered, err := c.do(ctx, k)
	if err != nil {
		return nil, err
	}
	var l listing
	if err := answered.into(&l, k); err != nil {
		return nil, err
	}
	if !l.whole() {
		return nil, &ShapeError{Method: k.method, Path: k.path, Status: answered.status, Err: ErrIncomplete}
	}
	found := make([]Webhook, 0, len(l.items))
	for _, item := range l.items {
		hook := Webhook{PracticeGroupID: practice, Raw: item}
		if err := (answer{status: answered.status, body: item}).into(&hook, k); err != nil {
			return nil, err
		}
		if hook.ID.Value == nil { // whatever is looked for in such a list would seem to be gone
			return nil, &ShapeError{Method: k.method, Path: k.path, Status: answered.status, Err: errors.New("a webhook in the list has no id; what came is " + shapeOf(item))}
		}
		found = append(found, hook)
	}
	return found, nil
}

// FindWebhook reads one webhook out of the list that all reads of its practice group share. ErrGone when the whole list lacks it.
func (c *Client) FindWebhook(ctx context.Context, practice, id string) (*Webhook, error) {
	if c.config.SingleReads {
		return c.FindWebhookAfresh(ctx, practice, id)
	}
	found, err := c.webhooks.lists.get(ctx, practice, func(ctx context.Context) ([]Webhook, error) { return c.ListWebhooks(ctx, practice, "") })
	if err != nil {
		return nil, err
	}
	return webhookIn(found, practice, id)
}

// FindWebhookAfresh is FindWebhook with a list of its own, for imports and for whoever must not rely on an earlier answer.
func (c *Client) FindWebhookAfresh(ctx context.Context, practice, id string) (*Webhook, error) {
	found, err := c.ListWebhooks(ctx, practice, "")
	if err != nil {
		return nil, err
	}
	return webhookIn(found, practice, id)
}

// WebhooksAtStart is a practice group's webhooks as a first look in this run found them. Our own later writes do not show in it: what
// was there before is what a new webhook may double, and what an ambiguous create cannot have made.
func (c *Client) WebhooksAtStart(ctx context.Context, practice string) ([]Webhook, error) {
	return c.webhooks.first.get(ctx, practice, func(ctx context.Context) ([]Webhook, error) {
		if c.config.SingleReads {
			return c.ListWebhooks(ctx, practice, "")
		}
		return c.webhooks.lists.get(ctx, practice, func(ctx context.Context) ([]Webhook, error) { return c.ListWebhooks(ctx, practice, "") })
	})
}

func webhookIn(list []Webhook, practice, id string) (*Webhook, error) {
	for i := range list {
		if list[i].ID.Or("") == id {
			found := list[i] // a copy: the list is shared
			return &found, nil
		}
	}
	return nil, fmt.Errorf("webhook %s is not among the %d webhooks of practice group %s: %w", id, len(list), practice, ErrGone)
}

// DeleteWebhook deletes a webhook. Deleting one that is gone succeeds; but since the operation's path is inferred, a 404 is believed only
// when a fresh list does not hold the id. The list also decides after a failure that leaves open whether the webhook was deleted.
func (c *Client) DeleteWebhook(ctx context.Context, practice, id string) error {
	defer c.webhooks.lists.discard(practice)
	err := c.change(ctx, call{practice: practice, method: http.MethodDelete, path: webhooksPath + "/" + url.PathEscape(id)})
	refused := HasStatus(err, http.StatusNotFound, http.StatusGone)
	if !refused && !MaybeDone(err) {
		return err
	}
	// Also after an interrupt, so that the state is true.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*c.config.RequestTimeout)
	defer cancel()
	switch _, stillThere := c.FindWebhookAfresh(ctx, practice, id); {
	case errors.Is(stillThere, ErrGone):
		return nil
	case stillThere != nil:
		return fmt.Errorf("%w; whether it is gone could not be checked: %w", err, stillThere)
	case !refused:
		return fmt.Errorf("%w. The list of webhooks still holds it", err)
	default:
		return fmt.Errorf("%w; but the list of webhooks still holds it, so it is not gone. Delete it in Hero's portal, and report this: the provider may use the wrong path", err)
	}
}
