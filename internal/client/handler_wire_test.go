package client

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// withMock runs a story against a mock of its own, in virtual time. The mock's answers take 20 ms unless the options say otherwise.
func withMock(t *testing.T, options mockapi.Options, config Config, story func(*testing.T, *mockapi.Server, *Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		options.APIKey = testKey
		if options.Latency == 0 {
			options.Latency = 20 * time.Millisecond
		}
		hero := mockapi.New(options)
		config.BaseURL = "https://hero.test"
		story(t, hero, newWiredClient(t, config, mockapi.Wire(hero)))
		if err := pauseFor(context.Background(), time.Hour); err != nil { // what the mock still works on
			t.Error(err)
		}
	})
}
