package kit_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

func TestPractice_onlyOneThatIsWrittenOnTheResourceMovesAnObject(t *testing.T) {
	t.Parallel()
	null, unknown, p12, p15 := types.StringNull(), types.StringUnknown(), types.StringValue("12"), types.StringValue("15")
	for _, c := range []struct {
		name                           string
		configured, inState, inherited types.String
		allowed                        []string
		want                           types.String
		moves                          bool
		wrong                          string // empty for no error
	}{
		{name: "new, inherited", configured: null, inState: null, inherited: p12, want: p12},
		{name: "new, named", configured: p15, inState: null, inherited: p12, want: p15},
		{name: "new, named, not known yet", configured: unknown, inState: null, inherited: p12, want: unknown},
		{name: "new, inherited, not known yet", configured: null, inState: null, inherited: unknown, want: unknown},
		{name: "new, none", configured: null, inState: null, inherited: null, want: unknown, wrong: "No practice group is named"},
		{name: "new, not allowed", configured: p15, inState: null, inherited: p12, allowed: []string{"12"}, want: p15, wrong: "not among the allowed ones"},
		{name: "new, inherited, not allowed", configured: null, inState: null, inherited: p15, allowed: []string{"12"}, want: p15, wrong: "not among the allowed ones"},
		{name: "as it was, inherited", configured: null, inState: p12, inherited: p12, want: p12},
		{name: "as it was, named", configured: p12, inState: p12, inherited: p15, want: p12},
		{name: "moved", configured: p15, inState: p12, inherited: p12, want: p15, moves: true},
		{name: "moved to where it is not allowed", configured: p15, inState: p12, inherited: p12, allowed: []string{"12"}, want: p15, moves: true, wrong: "not among the allowed ones"},
		{name: "moved to what is not known yet", configured: unknown, inState: p12, inherited: p12, want: unknown, moves: true},
		{name: "inherited, and the default changed", configured: null, inState: p12, inherited: p15, want: p12, wrong: "is not where this object lives"},
		{name: "inherited, and the default is not known yet", configured: null, inState: p12, inherited: unknown, want: p12},
		{name: "inherited, and there is no default any more", configured: null, inState: p12, inherited: null, want: p12},
		{name: "lives where it is not allowed", configured: null, inState: p15, inherited: null, allowed: []string{"12"}, want: p15, wrong: "not among the allowed ones"},
	} {
		var diags diag.Diagnostics
		data := &kit.Data{PracticeGroupID: c.inherited, PracticeSource: "the test", AllowedPracticeGroupIDs: c.allowed}
		got, moves := data.PlanPractice(c.configured, c.inState, &diags)
		if !got.Equal(c.want) || moves != c.moves {
			t.Errorf("%s: got %s, moves %v", c.name, got, moves)
		}
		if (c.wrong == "") != (len(diags) == 0) || c.wrong != "" && !strings.Contains(diags[0].Summary(), c.wrong) {
			t.Errorf("%s: said %v", c.name, diags)
		}
	}
}

func TestPractice_ofADataSourceMustBeKnown(t *testing.T) {
	t.Parallel()
	data := &kit.Data{PracticeGroupID: types.StringUnknown()}
	for _, configured := range []types.String{types.StringNull(), types.StringUnknown()} {
		var diags diag.Diagnostics
		if _, ok := data.Practice(configured, &diags); ok || len(diags) != 1 || !strings.Contains(diags[0].Summary(), "not known yet") {
			t.Errorf("%s: %v", configured, diags)
		}
	}
	var diags diag.Diagnostics
	if got, ok := data.Practice(types.StringValue("15"), &diags); !ok || got != "15" {
		t.Errorf("got %q, %v", got, diags)
	}
}
