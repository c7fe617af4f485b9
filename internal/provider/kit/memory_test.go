package kit_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// private is private state as the framework keeps it.
type private map[string][]byte

func (p private) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) { return p[key], nil }

func (p private) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	p[key] = value
	return nil
}

func TestMemory_comesBackAsItWasKept(t *testing.T) {
	t.Parallel()
	original := "before"
	kept := kit.Memory{
		Origin: "loopback", Baseline: map[string]kit.Deviation{"url": {Asked: "a", Answered: "b"}}, Unverified: []string{"description"}, Salt: []byte{1, 2}, Sent: map[string]string{"k": "f"},
		Shown: map[string]string{"k": "g"}, Echoed: []string{"k"}, HiddenHeaders: []string{"A"}, ForeignHeaders: []string{"B"}, Originals: map[string]*string{"name": &original, "town": nil},
	}
	var diags diag.Diagnostics
	state := private{}
	kept.Keep(t.Context(), state, &diags)
	if got := kit.Recall(t.Context(), state, &diags); !reflect.DeepEqual(got, kept) || len(diags) > 0 {
		t.Errorf("got %+v, %v", got, diags)
	}
}

func TestMemory_ofAnObjectWithoutAnyIsEmpty(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	if got := kit.Recall(t.Context(), private{}, &diags); !reflect.DeepEqual(got, kit.Memory{}) || len(diags) > 0 {
		t.Errorf("got %+v, %v", got, diags)
	}
}

func TestMemory_thatCannotBeReadIsAnErrorThatSaysWhatToDo(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	kit.Recall(t.Context(), private{"hero": []byte(`{"origin":5}`)}, &diags)
	if diags.ErrorsCount() != 1 || !strings.Contains(diags[0].Detail(), "import it again") {
		t.Error(diags)
	}
}

func TestOrigin_refusesAnotherServerAndNamesBoth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		remembered, baseURL string
		same                bool
	}{
		{"", client.StagingURL, true},
		{client.StagingURL, client.StagingURL, true},
		{client.ProductionURL, client.ProductionURL + "/", true},
		{client.ProductionURL, client.StagingURL, false},
		{client.ProductionURL, client.ProductionURL + "/mock", false},
		{"loopback", "http://127.0.0.1:1", true},
		{"loopback", "https://[::1]:8443/mock", true},
		{"loopback", client.ProductionURL, false},
	} {
		configured, err := client.New(client.Config{BaseURL: c.baseURL, APIKey: "key"})
		if err != nil {
			t.Fatal(err)
		}
		var diags diag.Diagnostics
		if got := (kit.Memory{Origin: c.remembered}).SameOrigin(configured, &diags); got != c.same || diags.HasError() == c.same {
			t.Errorf("%s on %s: %v, %v", c.remembered, c.baseURL, got, diags)
		}
		if !c.same && (!strings.Contains(diags[0].Detail(), c.remembered) || !strings.Contains(diags[0].Detail(), configured.Origin())) {
			t.Errorf("both are to be named: %v", diags)
		}
	}
}
