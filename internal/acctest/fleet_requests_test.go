package acctest_test

import (
	"net/http"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
)

// Of a thousand webhooks, which need no more requests but much more of terraform's time, see the tests of package provider.
func TestFleet_asksHeroForNothingTwice(t *testing.T) {
	t.Parallel()
	f := fleet{practices: 1, webhooksEach: 100}
	mock := f.mock(t, 0)
	c := f.terraform(t, mock, f.configuration())
	for _, step := range []struct {
		name           string
		run            func() acctest.Result
		exit           int
		posts, lists   int
		mostConnection int
	}{
		// The plan of the creates looks once for webhooks that they would double.
		{"plan of the creates", func() acctest.Result { return c.Plan("-out=create.tfplan") }, 2, 0, 1, 2},
		// So does the apply, in a process of its own; to the same list it would turn to settle answers that got lost.
		{"apply of the plan", func() acctest.Result { return c.Apply("create.tfplan") }, 0, f.size(), 1, 40},
		{"plan without changes", func() acctest.Result { return c.Plan() }, 0, 0, 1, 2},
	} {
		mock.ResetRequests()
		before := mock.Connections()
		step.run().RequireExit(t, step.exit)
		posts, lists, all := mock.Count(http.MethodPost, "/v1/webhooks"), mock.Count(http.MethodGet, "/v1/webhooks"), mock.Count("", "")
		if posts != step.posts || lists != step.lists || all != posts+lists {
			t.Errorf("%s: %d creates, %d lists, %d requests in all; want %d and %d and no other", step.name, posts, lists, all, step.posts, step.lists)
		}
		if connections := mock.Connections() - before; connections > step.mostConnection {
			t.Errorf("%s: %d connections, want at most %d", step.name, connections, step.mostConnection)
		}
	}
}
