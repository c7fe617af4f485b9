package acctest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// after ends a context as soon as the mock has done so many creates.
func after(t *testing.T, mock *acctest.Mock, creates int) context.Context {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	var mu sync.Mutex
	done := 0
	mock.After(func(request mockapi.Request) {
		if request.Method != http.MethodPost || !request.Processed {
			return
		}
		mu.Lock()
		defer mu.Unlock()
		if done++; done == creates {
			end()
		}
	})
	return ctx
}

// inState are the ids in terraform's state, and whether any object is tainted.
func inState(t *testing.T, c *acctest.CLI) (ids []string, tainted bool) {
	t.Helper()
	var shown struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Values  struct{ ID string }
					Tainted bool
				}
			} `json:"root_module"`
		}
	}
	if err := json.Unmarshal([]byte(c.Show().RequireExit(t, 0).Stdout), &shown); err != nil {
		t.Fatal(err)
	}
	for _, r := range shown.Values.RootModule.Resources {
		ids, tainted = append(ids, r.Values.ID), tainted || r.Tainted
	}
	slices.Sort(ids)
	return ids, tainted
}

func atHero(mock *acctest.Mock, practice string) []string {
	var ids []string
	for _, w := range mock.Webhooks(practice) {
		ids = append(ids, w.ID)
	}
	slices.Sort(ids)
	return ids
}

func TestInterrupt_everyWebhookThatHeroHoldsIsInState(t *testing.T) {
	t.Parallel()
	const interruptedAfter = 45
	for _, test := range []struct {
		name  string
		fault *mockapi.Fault
	}{
		{name: "answers that come late"},
		{name: "answers that get lost", fault: &mockapi.Fault{Kind: mockapi.FaultDropAfter, Method: http.MethodPost, After: interruptedAfter}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := fleet{practices: 1, webhooksEach: 200}
			// Long enough for the signal to reach the provider while the next creates wait for their answers.
			mock := f.mock(t, 300*time.Millisecond)
			if test.fault != nil {
				mock.Fault(*test.fault)
			}
			c := f.terraform(t, mock, f.configuration())
			result := c.RunContext(after(t, mock, interruptedAfter), "apply", "-no-color", "-auto-approve")
			if result.ExitCode != 1 || !strings.Contains(result.Stdout, "Interrupt received") {
				t.Fatalf("want an interrupted apply: %s", result)
			}
			if lists := mock.Count(http.MethodGet, ""); test.fault == nil && lists != 2 { // the plan's, and that of the apply
				t.Errorf("%d lists: the creates under way did not wait for their own answers", lists)
			}
			held := atHero(mock, "1000")
			if len(held) <= interruptedAfter || len(held) >= f.size() {
				t.Errorf("Hero holds %d webhooks: the interrupt did not come amid the apply", len(held))
			}
			if kept, tainted := inState(t, c); !slices.Equal(kept, held) || tainted {
				t.Errorf("in state are %d webhooks (any tainted: %t):\n%v\nHero holds %d:\n%v\n%s", len(kept), tainted, kept, len(held), held, result)
			}

			mock.ClearFaults()
			mock.Configure(func(o *mockapi.Options) { o.Latency = 0 })
			c.Apply().RequireExit(t, 0)
			if held := atHero(mock, "1000"); len(held) != f.size() {
				t.Errorf("after the next apply Hero holds %d webhooks, not %d", len(held), f.size())
			}
			c.Plan().RequireExit(t, 0)
		})
	}
}

func TestKilledApply_theNextPlanNamesEachWebhookThatStateLacks(t *testing.T) {
	t.Parallel()
	f := fleet{practices: 1, webhooksEach: 60}
	mock := f.mock(t, 20*time.Millisecond)
	c := f.terraform(t, mock, f.configuration())
	if result := c.KillContext(after(t, mock, 25), "apply", "-no-color", "-auto-approve"); result.ExitCode != -1 {
		t.Fatalf("want a killed apply: %s", result)
	}
	kept, _ := inState(t, c)
	orphans := slices.DeleteFunc(mock.Webhooks("1000"), func(w mockapi.Webhook) bool { return slices.Contains(kept, w.ID) })
	if len(orphans) == 0 {
		t.Fatal("nothing was lost: the apply was not killed amid its creates")
	}

	plan := c.Plan().RequireExit(t, 2)
	var imports strings.Builder
	for _, w := range orphans {
		if warning := "import it as 1000/" + w.ID; !strings.Contains(plan.Stdout, warning) {
			t.Errorf("the plan does not say %q: %s", warning, plan)
		}
		fmt.Fprintf(&imports, "import {\n  to = hero_webhook.fleet[%q]\n  id = \"1000/%s\"\n}\n", w.URL[strings.LastIndex(w.URL, "/")+1:], w.ID)
	}

	c.Write("imports.tf", imports.String())
	c.Apply().RequireExit(t, 0)
	if held := atHero(mock, "1000"); len(held) != f.size() {
		t.Errorf("after following the warnings Hero holds %d webhooks, not %d", len(held), f.size())
	}
	c.Plan().RequireExit(t, 0)
}
