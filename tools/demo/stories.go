package main

import (
	"fmt"
	"net/http"

	goversion "github.com/hashicorp/go-version"
)

func version(text string) *goversion.Version { return goversion.Must(goversion.NewVersion(text)) }

// The exit codes of terraform plan -detailed-exitcode.
const (
	noChanges = 0
	changes   = 2
)

var practices = []string{"12", "15", "18"}

type webhook struct {
	ID        string `json:"id"`
	EventType string `json:"event_type"`
	URL       string `json:"url"`
}

// webhooks counts, and prints, what the mock holds.
func (s *stage) webhooks(want int) ([]webhook, error) {
	var all []webhook
	for _, practice := range practices {
		var list struct{ Data []webhook }
		if err := s.call(http.MethodGet, practice, "/v1/webhooks", &list); err != nil {
			return nil, err
		}
		fmt.Printf("practice %s: %d webhooks\n", practice, len(list.Data))
		for _, w := range list.Data {
			fmt.Printf("  %-4s %-32s → %s\n", w.ID, w.EventType, w.URL)
		}
		all = append(all, list.Data...)
	}
	if len(all) != want {
		return nil, fmt.Errorf("the mock holds %d webhooks; %d were expected", len(all), want)
	}
	return all, nil
}

// quickstart subscribes three practices to all events, and shows that drift is noticed and mended.
var quickstart = story{example: "quickstart", steps: func(s *stage) error {
	s.say("Installing the provider")
	if err := s.run(0, "init"); err != nil {
		return err
	}
	s.say("Subscribing three practices to eight events each")
	if err := s.run(0, "apply", "-auto-approve"); err != nil {
		return err
	}
	s.say("Planning again: nothing has changed")
	if err := s.run(noChanges, "plan", "-detailed-exitcode"); err != nil {
		return err
	}
	s.say("Removing one webhook behind terraform's back")
	held, err := s.webhooks(24)
	if err != nil {
		return err
	}
	if err := s.call(http.MethodDelete, practices[0], "/v1/webhooks/"+held[0].ID, nil); err != nil {
		return err
	}
	fmt.Printf("removed %s (%s) of practice %s\n", held[0].ID, held[0].EventType, practices[0])
	s.say("Planning: terraform notices")
	if err := s.run(changes, "plan", "-detailed-exitcode"); err != nil {
		return err
	}
	s.say("Applying: terraform makes it anew")
	if err := s.run(0, "apply", "-auto-approve"); err != nil {
		return err
	}
	s.say("What the mock Hero holds now")
	if _, err := s.webhooks(24); err != nil {
		return err
	}
	return s.destroy()
}}

// wholeNetwork gives the practices of a network the same webhooks and settings.
var wholeNetwork = story{example: "network", steps: func(s *stage) error {
	s.say("Installing the provider")
	if err := s.run(0, "init"); err != nil {
		return err
	}
	s.say("Planning: settings that exist are adopted, and the plan says what it overwrites")
	if err := s.run(changes, "plan", "-detailed-exitcode"); err != nil {
		return err
	}
	s.say("Applying")
	if err := s.run(0, "apply", "-auto-approve"); err != nil {
		return err
	}
	s.say("Planning again: nothing has changed")
	if err := s.run(noChanges, "plan", "-detailed-exitcode"); err != nil {
		return err
	}
	s.say("What the mock Hero has as settings now")
	for _, practice := range practices {
		var settings map[string]any
		if err := s.call(http.MethodGet, practice, "/v1/me", &settings); err != nil {
			return err
		}
		fmt.Printf("practice %s: %v, %v\n", practice, settings["name"], settings["address"])
	}
	return s.destroy()
}}

func (s *stage) destroy() error {
	s.say("Destroying")
	if err := s.run(0, "destroy", "-auto-approve"); err != nil {
		return err
	}
	_, err := s.webhooks(0)
	return err
}
