package kit_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

func TestImportTarget_isGroupAndIDOrIDAloneAndKnowsURLs(t *testing.T) {
	t.Parallel()
	data := &kit.Data{PracticeGroupID: types.StringValue("12")}
	const withWhiteSpace = " 15/5\n"
	for text, want := range map[string][2]string{
		"5": {"12", "5"}, "15/5": {"15", "5"}, withWhiteSpace: {"15", "5"}, "15/a-b_c": {"15", "a-b_c"},
		"https://forms.example.net/f/abc":    {"12", "https://forms.example.net/f/abc"},
		"15/https://forms.example.net/f/abc": {"15", "https://forms.example.net/f/abc"},
		"":                                   {}, "15/": {}, "/5": {}, "/": {}, "12/15/5": {}, "12/15/https://forms.example.net/f": {},
	} {
		var diags diag.Diagnostics
		practice, id, ok := data.ImportTarget(t.Context(), resource.ImportStateRequest{ID: text}, &diags)
		if practice != want[0] || id != want[1] && ok || ok != (want[0] != "") {
			t.Errorf("%q: got %q, %q, %v", text, practice, id, ok)
		}
		if ok == diags.HasError() || !ok && !strings.Contains(diags[0].Detail(), "<practice_group_id>/<id>") {
			t.Errorf("%q: said %v", text, diags)
		}
	}
}

func TestWarnUnverified_isSilentWhenAllIsVerified(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	kit.WarnUnverified("webhook 5", "12", nil, &diags)
	if len(diags) != 0 {
		t.Error(diags)
	}
	kit.WarnUnverified("webhook 5", "12", []string{"description", "signing_key"}, &diags)
	if diags.WarningsCount() != 1 || diags[0].Summary() != "Not verified in the imported webhook 5 of practice group 12: description, signing_key" || !strings.Contains(diags[0].Detail(), "-replace") {
		t.Error(diags)
	}
}
