package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func webhookList(n int) string {
	items := make([]string, n)
	for i := range items {
		items[i] = fmt.Sprintf(`{"id":"%d","event_type":"appointment.confirmed","url":"https://hooks.example.com/%d","created_at":"2027-01-01T00:00:00Z",`+
			`"updated_at":"2027-01-01T00:00:00Z","signing_key":"********","headers":{"X-Team":"integration"}}`, i, i)
	}
	return fmt.Sprintf(`{"data":[%s],"count":%d}`, strings.Join(items, ","), n)
}

// BenchmarkDo is one call over a kept connection.
func BenchmarkDo(b *testing.B) {
	server := httptest.NewServer(answers(200, `{"id":"12","name":"Riverside Medical Centre"}`))
	defer server.Close()
	c, err := New(Config{BaseURL: server.URL, APIKey: testKey})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.do(b.Context(), get("/v1/me")); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDoParallel is ten calls at a time, as terraform makes them.
func BenchmarkDoParallel(b *testing.B) {
	server := httptest.NewServer(answers(200, `{"id":"12"}`))
	defer server.Close()
	c, err := New(Config{BaseURL: server.URL, APIKey: testKey})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetParallelism(10)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			if _, err := c.do(context.Background(), get("/v1/me")); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkSharedList is what a refresh of 1,000 webhooks of one practice costs the client: one list, a thousand look-ups.
func BenchmarkSharedList(b *testing.B) {
	body := webhookList(1000)
	b.ReportAllocs()
	for b.Loop() {
		c := newWiredClient(b, Config{}, answersWith(200, body))
		for i := range 1000 {
			if _, err := c.FindWebhook(b.Context(), testPractice, fmt.Sprint(i)); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkCreate is one create, its turn and its place in the ledger included.
func BenchmarkCreate(b *testing.B) {
	made := 0
	c := newWiredClient(b, Config{}, wireFunc(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodGet {
			return reply(r, 200, "[]"), nil
		}
		made++
		return reply(r, 200, fmt.Sprintf(`{"id":"%d"}`, made)), nil
	}))
	wanted := confirmed("https://hooks.example.com/hero")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.CreateWebhook(b.Context(), testPractice, wanted); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecodeList is the decoding of 1,000 webhooks.
func BenchmarkDecodeList(b *testing.B) {
	body := []byte(webhookList(1000))
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		var l listing
		if err := json.Unmarshal(body, &l); err != nil {
			b.Fatal(err)
		}
		for _, item := range l.items {
			var w Webhook
			if err := json.Unmarshal(item, &w); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkLoggableBody is what a TRACE log adds to a list.
func BenchmarkLoggableBody(b *testing.B) {
	body := []byte(webhookList(1000))
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if loggableBody(body, nil) == "" {
			b.Fatal("nothing")
		}
	}
}
