package provider_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

// A fault is one row of the fault table.
type fault struct {
	name string
	// passing says that a call which meets it once can be repeated: the phase must then recover.
	passing bool
	mockapi.Fault
	// writesOnly is a row that for reads is the one before it, since there is nothing to do.
	writesOnly bool
}

// faults are all kinds of the mock's, and for those whose kind leaves it open, whether Hero did what it was asked.
func faults() []fault {
	status := func(code int) mockapi.Fault { return mockapi.Fault{Kind: mockapi.FaultStatus, Status: code} }
	done := func(f mockapi.Fault) mockapi.Fault { f.Processed = true; return f }
	comeAgain := mockapi.RetryAfter{After: 2 * time.Second}
	return []fault{
		{name: "400", Fault: status(400)},
		{name: "401", Fault: status(401)},
		{name: "403", Fault: status(403)},
		{name: "404", Fault: status(404)},
		{name: "409", Fault: status(409)},
		{name: "429 with Retry-After", passing: true, Fault: mockapi.Fault{Kind: mockapi.FaultTooManyRequests, RetryAfter: comeAgain}},
		{name: "429 without", passing: true, Fault: mockapi.Fault{Kind: mockapi.FaultTooManyRequests, RetryAfter: mockapi.RetryAfter{Form: mockapi.RetryAfterAbsent}}},
		{name: "500, not done", passing: true, Fault: status(500)},
		{name: "500, done", passing: true, writesOnly: true, Fault: done(status(500))},
		{name: "503 with Retry-After", passing: true, Fault: mockapi.Fault{Kind: mockapi.FaultUnavailable, RetryAfter: comeAgain}},
		{name: "503 without, not done", passing: true, Fault: mockapi.Fault{Kind: mockapi.FaultUnavailable, RetryAfter: mockapi.RetryAfter{Form: mockapi.RetryAfterAbsent}}},
		{name: "502 page of a gateway, not done", passing: true, Fault: mockapi.Fault{Kind: mockapi.FaultHTML}},
		{name: "504 page of a gateway, done", passing: true, writesOnly: true, Fault: done(mockapi.Fault{Kind: mockapi.FaultHTML, Status: 504})},
		{name: "connection drops before it is done", passing: true, Fault: mockapi.Fault{Kind: mockapi.FaultDropBefore}},
		{name: "connection drops after it is done", passing: true, writesOnly: true, Fault: mockapi.Fault{Kind: mockapi.FaultDropAfter}},
		{name: "slow, within the request timeout", passing: true, Fault: mockapi.Fault{Kind: mockapi.FaultSlow, Delay: 25 * time.Second}},
		{name: "slow, done after the request timeout", passing: true, Fault: mockapi.Fault{Kind: mockapi.FaultSlow, Delay: 45 * time.Second, KeepGoing: true}},
		{name: "answer cut short, done", passing: true, Fault: mockapi.Fault{Kind: mockapi.FaultTruncated}},
		{name: "200 that is not JSON, not done", Fault: mockapi.Fault{Kind: mockapi.FaultNotJSON}},
		{name: "200 that is not JSON, done", writesOnly: true, Fault: done(mockapi.Fault{Kind: mockapi.FaultNotJSON})},
		{name: "200 without a body, done", Fault: done(mockapi.Fault{Kind: mockapi.FaultEmpty})},
		{name: "redirect to another host", Fault: mockapi.Fault{Kind: mockapi.FaultRedirect, Location: "https://elsewhere.example/v1/me"}},
	}
}

// subject is a resource of the table.
type subject struct {
	typeName string
	// atHero is what Hero holds that can be used, by id, with the values that matter; inState the same of one object in state.
	atHero  func(*mockapi.Server) map[string]string
	inState func(driver.Object) (id, values string)
	// hint is what an error says where an object may exist that state lacks; planned what the next plan says of it, with its id for
	// %s, "" when no plan can know; importID how it is imported.
	hint, planned, importID string
	// left is what a warning says of an object that Hero cannot delete and that stays in use at its destroy.
	left    string
	secrets []string
	columns []column
}

// column is one phase of a run of terraform, and the request in it that breaks.
type column struct {
	phase, method, path string
	options             mockapi.Options
	before              func(*stage) // what comes before the phase, without faults
	run                 func(*stage) driver.Diagnostics
	// config is what is configured then, nil for a destroy.
	config map[string]any
	// onlyOnce marks a call that nobody may repeat when its answer is lost, since twice is not the same as once.
	onlyOnce bool
}

// stage is where one cell of the table plays: a Hero and a state of its own, in virtual time.
type stage struct {
	subject
	t    *testing.T
	hero *mockapi.Server
	last *driver.Driver
	held *driver.Resource
	plan *driver.Plan
}

// process ends the provider's process and starts another, which remembers nothing of the last. changes are laid over its configuration;
// nil takes an argument out.
func (s *stage) process(changes ...map[string]any) {
	s.t.Helper()
	config := map[string]any{"base_url": "https://hero.test", "api_key": mockapi.DefaultAPIKey, "practice_group_id": mockapi.DefaultOwnPracticeID}
	for _, change := range changes {
		maps.Copy(config, change)
	}
	var options []driver.Option
	if s.last != nil {
		options = append(options, driver.Like(s.last))
	}
	s.last = driver.New(s.t, provider.New(acctest.Version, provider.WithWire(mockapi.Wire(s.hero))), config, options...)
	if s.held == nil {
		s.held = s.last.Resource(s.typeName)
		return
	}
	s.held = s.held.On(s.last)
}

// exists applies a configuration in a process of its own.
func (s *stage) exists(config map[string]any) {
	s.t.Helper()
	s.held.Apply(config).RequireNoErrors(s.t)
	s.held.Refresh().RequireNoErrors(s.t)
}

// known is what state holds, as subject.atHero says what Hero does.
func (s *stage) known() map[string]string {
	states, known := s.held.DeposedStates(), map[string]string{}
	if current := s.held.State(); current != nil {
		states = append(states, current)
	}
	for _, state := range states {
		id, values := s.inState(state)
		known[id] = values
	}
	return known
}

// only is the id of what Hero holds.
func (s *stage) only() string {
	s.t.Helper()
	ids := slices.Collect(maps.Keys(s.atHero(s.hero)))
	if len(ids) != 1 {
		s.t.Fatalf("Hero holds %v, not one object", ids)
	}
	return ids[0]
}

// outcomes of a cell, as the table's legend explains them.
const (
	recovers = "recovers"
	warns    = "warns"
	fails    = "fails"
	unsure   = "fails, made"
	behind   = "fails, done"
	halfway  = "fails halfway"
	gone     = "believes it"
	left     = "warns, in use"
)

// play runs a column under a fault, holds what it leaves to the rules, and says how it ended. Without a fault, it returns what the
// phase says when all is well. asked is how often the phase made the call that breaks.
func (c column) play(t *testing.T, sub subject, f *fault, times int, usual driver.Diagnostics) (outcome string, said driver.Diagnostics, asked int) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &stage{subject: sub, t: t, hero: mockapi.New(c.options)}
		s.process()
		if c.before != nil {
			c.before(s)
		}
		s.process()
		heroBefore, stateBefore := s.atHero(s.hero), s.known()
		s.hero.ResetRequests()
		if f != nil {
			broken := f.Fault
			broken.Method, broken.Pattern, broken.Times = c.method, c.path, times
			s.hero.Fault(broken)
		}
		said = c.run(s)
		<-time.After(time.Minute) // what Hero still works on
		if f == nil {
			said.RequireNoErrors(t)
		} else if !slices.ContainsFunc(s.hero.Requests(), func(r mockapi.Request) bool { return r.Method == c.method && r.Fault == f.Kind }) {
			t.Fatal("no request met the fault")
		}
		asked = s.hero.Count(c.method, c.path)
		switch outcome = s.judge(said, usual, heroBefore, stateBefore); outcome {
		case gone, left:
		case recovers: // Hero and state are alike: the next run must see it as well
			if c.phase != "import" && c.config != nil && s.held.State() != nil {
				s.process()
				s.held.RequireEmptyPlan(c.config)
			}
		default:
			s.mend(c.config)
		}
		for _, violation := range s.hero.ContractViolations() {
			t.Errorf("outside the contract: %s", violation)
		}
	})
	return outcome, said, asked
}

// judge holds what the phase left to the rule that state is true: it is what Hero holds, or an error says what it may lack.
func (s *stage) judge(said, usual driver.Diagnostics, heroBefore, stateBefore map[string]string) string {
	s.t.Helper()
	hero, state := s.atHero(s.hero), s.known()
	if len(said) > 0 && len(s.secrets) > 0 {
		acctest.AssertNoSecrets(s.t, map[string][]byte{"the diagnostics": []byte(said.String())}, s.secrets...)
	}
	if s.held.Tainted() {
		s.t.Errorf("the object is tainted:\n%s", said)
	}
	if !said.HasErrors() {
		switch {
		case maps.Equal(hero, state):
		case s.left != "" && said.Has(driver.Warning, s.left):
			return left
		case heroSaysGone(s.hero, said):
			return gone
		default:
			s.t.Errorf("without an error Hero holds %v and state %v", hero, state)
		}
		if len(said.Warnings()) > len(usual.Warnings()) {
			return warns
		}
		return recovers
	}
	for _, e := range said.Errors() {
		if text := e.String(); !strings.Contains(strings.ToLower(text), "practice group "+mockapi.DefaultOwnPracticeID) || !advises(e.Detail) {
			s.t.Errorf("an error does not say what happened, to what, and what to do: %s", text)
		}
	}
	lacks := ""
	for id := range hero {
		if _, kept := state[id]; !kept && heroBefore[id] == "" {
			lacks = id
		}
	}
	if lacks != "" && !said.Has(driver.Error, s.hint) {
		s.t.Errorf("state lacks %s, and no error says %q:\n%s", lacks, s.hint, said)
	}
	switch {
	case lacks != "":
		return unsure
	case maps.Equal(hero, heroBefore) && maps.Equal(state, stateBefore):
		return fails
	case !maps.Equal(hero, state):
		return behind
	}
	return halfway
}

// heroSaysGone tells that Hero answered 404 for a single object, and that the removal from state is announced.
func heroSaysGone(hero *mockapi.Server, said driver.Diagnostics) bool {
	return said.Has(driver.Warning, "is gone") && slices.ContainsFunc(hero.Requests(), func(r mockapi.Request) bool {
		return r.Method == http.MethodGet && r.Status == http.StatusNotFound && (strings.HasSuffix(r.Pattern, "/{id}") || r.Pattern == "/v1/links/status")
	})
}

// advises tells that a text says what to do.
func advises(detail string) bool {
	return slices.ContainsFunc([]string{"Check ", "check ", "Correct ", "apply again", "try again", "Lower ", "import ", "Import ", "Delete it", "Look ", "The data source hero_"}, func(advice string) bool {
		return strings.Contains(detail, advice)
	})
}

// mend is the next run, without faults: it must get to what is configured, with one object and no other.
func (s *stage) mend(config map[string]any) {
	t := s.t
	t.Helper()
	s.hero.ClearFaults()
	s.process()
	s.held.Refresh().RequireNoErrors(t)
	if config == nil {
		s.held.Destroy().RequireNoErrors(t)
	} else {
		s.adoptOrphan(config)
		s.held.Apply(config).RequireNoErrors(t)
		s.held.RequireEmptyPlan(config)
	}
	hero, state := s.atHero(s.hero), s.known()
	if want := map[bool]int{true: 0, false: 1}[config == nil]; !maps.Equal(hero, state) || len(hero) != want {
		t.Errorf("after the next run Hero holds %v and state %v, want %d", hero, state, want)
	}
}

// adoptOrphan imports the object that an error said may exist, as the next plan advises where it can.
func (s *stage) adoptOrphan(config map[string]any) {
	t := s.t
	t.Helper()
	if s.held.State() != nil || s.importID == "" {
		return
	}
	for id := range s.atHero(s.hero) {
		if s.planned != "" {
			s.held.Plan(config).Diags.RequireWarning(t, fmt.Sprintf(s.planned, id))
		}
		s.process() // the plan's look is not the next run's
		s.held.Import(fmt.Sprintf(s.importID, id)).RequireNoErrors(t)
	}
}
