package mockapi

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
)

// knownEventTypes are those that Hero's documentation lists for subscriptions (D and G).
var knownEventTypes = []string{
	"appointment.confirmed", "appointment.cancelled", "appointment.rescheduled", "prescription.issued",
	"patient.medical-record-updated", "patient.added-to-sequence", "write-to-record.succeeded", "write-to-record.failed",
}

// Webhook is a subscription as Hero keeps it.
type Webhook struct {
	ID          string
	PracticeID  string
	EventType   string
	URL         string
	Description string
	SigningKey  string
	Headers     map[string]string
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// Webhooks returns the webhooks of a practice group in the order of their creation.
func (s *Server) Webhooks(practiceID string) []Webhook {
	s.mu.Lock()
	defer s.mu.Unlock()
	webhooks := s.webhooks.all(practiceID)
	for i := range webhooks {
		webhooks[i].Headers = maps.Clone(webhooks[i].Headers)
	}
	return webhooks
}

// AddWebhook adds a webhook as somebody else would. Id and times are made up where they are missing; an empty PracticeID
// is the key's own. It returns the webhook's id.
func (s *Server) AddWebhook(webhook Webhook) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addWebhook(webhook).ID
}

func (s *Server) addWebhook(webhook Webhook) *Webhook {
	webhook.ID, webhook.PracticeID = s.placed(webhook.ID, webhook.PracticeID)
	if webhook.CreatedAt.IsZero() {
		webhook.CreatedAt = s.options.Clock()
	}
	if webhook.UpdatedAt.IsZero() {
		webhook.UpdatedAt = webhook.CreatedAt
	}
	webhook.Headers = maps.Clone(webhook.Headers)
	return s.webhooks.add(webhook.PracticeID, webhook.ID, webhook)
}

// ChangeWebhook changes a webhook as somebody else would and says whether there is one of that id.
func (s *Server) ChangeWebhook(id string, f func(*Webhook)) bool {
	return change(s, &s.webhooks, id, f)
}

// RemoveWebhook removes a webhook as somebody else would and says whether there was one.
func (s *Server) RemoveWebhook(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.webhooks.remove(id)
}

func (s *Server) webhookOperations() map[string]handler {
	return map[string]handler{
		"createWebhook": s.createWebhook,
		"listWebhooks":  s.listWebhooks,
		"deleteWebhook": s.deleteWebhook,
	}
}

func (s *Server) createWebhook(c *call) answer {
	eventType, target := c.text("event_type"), c.text("url")
	accepted := slices.Concat(knownEventTypes, s.options.EventTypes)
	if !slices.Contains(accepted, eventType) {
		return badRequest(issue{Code: "invalid_enum_value", Expected: strings.Join(accepted, " | "), Path: []string{"event_type"}})
	}
	if parsed, err := url.Parse(target); err != nil || !parsed.IsAbs() || parsed.Host == "" {
		return badRequest(issue{Code: "invalid_string", Expected: "url", Path: []string{"url"}})
	}
	if s.options.NormaliseURLs && !strings.HasSuffix(target, "/") {
		target += "/"
	}
	webhook := Webhook{
		PracticeID: c.practice, EventType: eventType, URL: target,
		Description: c.text("description"), SigningKey: c.text("signing_key"), Headers: map[string]string{},
	}
	headers, _ := c.body["headers"].(object)
	for name, value := range headers {
		webhook.Headers[name], _ = value.(string)
	}
	return ok(s.addWebhook(webhook).json(s.options.SigningKeyInCreate, s.options.HeadersInCreate))
}

func (s *Server) listWebhooks(c *call) answer {
	var items []object
	for _, webhook := range s.webhooks.all(c.practice) {
		if eventType := c.query.Get("event_type"); eventType != "" && eventType != webhook.EventType {
			continue
		}
		items = append(items, webhook.json(s.options.SigningKeyInList, s.options.HeadersInList))
	}
	return list(items, len(items))
}

func (s *Server) deleteWebhook(c *call) answer {
	if _, found := s.webhooks.get(c.practice, c.id()); !found {
		return notFound("Webhook")
	}
	s.webhooks.remove(c.id())
	return done()
}

// json is a webhook as Hero shows it: never with its description, and with optional keys only where there is something.
func (w Webhook) json(signingKey, headers Echo) object {
	body := object{
		"id": w.ID, "event_type": w.EventType, "url": w.URL,
		"created_at": timestamp(w.CreatedAt), "updated_at": timestamp(w.UpdatedAt),
	}
	if shown, isShown := signingKey.apply(w.SigningKey); isShown && w.SigningKey != "" {
		body["signing_key"] = shown
	}
	if len(w.Headers) > 0 && headers != EchoOmitted {
		shown := map[string]string{}
		for name, value := range w.Headers {
			shown[name], _ = headers.apply(value)
		}
		body["headers"] = shown
	}
	return body
}
