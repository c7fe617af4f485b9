package bookinglink_test

import (
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

const practice = mockapi.DefaultOwnPracticeID

// summer is a quarter past midnight in London on the second of July, while in UTC it is the first still.
const summer = "2027-07-01T23:15:00Z"

// hero is a mock of Hero whose time the test moves, and the provider for it.
type hero struct {
	*acctest.Mock
	*driver.Driver
	clock *acctest.Clock
}

func newHero(t *testing.T, options mockapi.Options) hero {
	t.Helper()
	clock := acctest.NewClock(at(summer))
	options.Clock = clock.Now
	mock := acctest.NewMock(t, options)
	return hero{mock, mock.Driver(t, nil, provider.WithClock(clock)), clock}
}

func at(rfc3339 string) time.Time {
	moment, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		panic(err)
	}
	return moment
}

func (h hero) setTime(rfc3339 string) { h.clock.Advance(at(rfc3339).Sub(h.clock.Now())) }

// again is a new run of Terraform: the same provider with nothing remembered, and perhaps configured otherwise.
func (h hero) again(t *testing.T, changes map[string]any) *driver.Driver {
	t.Helper()
	return h.Mock.Driver(t, changes, provider.WithClock(h.clock))
}

// created is a link that was created from the configuration.
func (h hero) created(t *testing.T, config map[string]any) *driver.Resource {
	t.Helper()
	link := h.Driver.Resource("hero_booking_link")
	link.Apply(config).RequireNone(t)
	link.RequireEmptyPlan(config)
	return link
}

// stored is the only link at Hero.
func (h hero) stored(t *testing.T) mockapi.BookingLink {
	t.Helper()
	links := h.BookingLinks(practice)
	if len(links) != 1 {
		t.Fatalf("Hero has %d links", len(links))
	}
	return links[0]
}

// generic is the configuration of a link that is for everybody, with changes laid over it (nil removes).
func generic(changes map[string]any) map[string]any {
	config := map[string]any{
		"appointment_type_id": "1", "location_id": "5", "practitioner_id": "7", "from_date": "2027-09-01", "to_date": "2027-12-24",
		"expiry_date": "2027-12-31", "maximum_use_count": 500,
	}
	for argument, value := range changes {
		if config[argument] = value; value == nil {
			delete(config, argument)
		}
	}
	return config
}

// bothModes runs a story against a Hero that answers with every key, and against one that leaves out what is not documented.
func bothModes(t *testing.T, story func(t *testing.T, options mockapi.Options)) {
	t.Helper()
	for name, options := range map[string]mockapi.Options{"all keys": {}, "documented keys only": {DocumentedOnly: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			story(t, options)
		})
	}
}
