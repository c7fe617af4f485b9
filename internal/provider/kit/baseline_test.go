package kit_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

func TestBaseline_settlesWhatHeroTells(t *testing.T) {
	t.Parallel()
	var absent, null client.Field[string]
	null.Told = true
	asked, drifted := types.StringValue("asked"), types.StringValue("drifted")
	var memory kit.Memory
	deviations := memory.Compare()
	deviations.Argument("name", asked, client.Tell("answered"))
	deviations.Argument("note", types.StringNull(), client.Tell("made up"))
	deviations.Argument("town", asked, null)
	deviations.Argument("same", asked, client.Tell("asked"))
	deviations.Argument("silent", asked, absent)
	for _, c := range []struct {
		argument string
		inState  types.String
		told     client.Field[string]
		want     types.String
	}{
		{"name", asked, absent, asked},
		{"name", asked, client.Tell("answered"), asked},
		{"name", drifted, client.Tell("answered"), asked},
		{"name", drifted, absent, drifted},
		{"name", asked, client.Tell("drifted"), drifted},
		{"name", asked, client.Tell("asked"), asked},
		{"name", asked, null, types.StringNull()},
		{"note", types.StringNull(), client.Tell("made up"), types.StringNull()},
		{"note", types.StringNull(), null, types.StringNull()},
		{"town", asked, null, asked},
		{"town", asked, client.Tell(""), asked},
		{"same", asked, client.Tell("drifted"), drifted},
		{"silent", asked, client.Tell("drifted"), drifted},
	} {
		if got := memory.Settle(c.argument, c.inState, c.told); !got.Equal(c.want) {
			t.Errorf("%s, in state %s, told %+v: got %s, want %s", c.argument, c.inState, c.told, got, c.want)
		}
	}

	var diags diag.Diagnostics
	deviations.Warn("webhook 5", "12", &diags)
	if diags.WarningsCount() != 1 || diags.HasError() {
		t.Fatal(diags)
	}
	text := diags[0].Summary() + diags[0].Detail()
	for _, want := range []string{"the webhook 5 of practice group 12", `- name: sent "asked", answered "answered"`, `- note: sent nothing, answered "made up"`, `- town: sent "asked", answered nothing`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if strings.Contains(text, "same") || strings.Contains(text, "silent") {
		t.Errorf("too much is said: %s", text)
	}
	diags = nil
	if memory.Compare().Warn("webhook 5", "12", &diags); len(diags) > 0 {
		t.Errorf("nothing deviated: %v", diags)
	}
}

func TestBaseline_hiddenDeviationsAreRememberedWithoutBeingShown(t *testing.T) {
	t.Parallel()
	var memory kit.Memory
	deviations := memory.Compare()
	deviations.Hidden("email", types.StringValue("a@example.nhs.uk"), client.Tell("b@example.nhs.uk"))
	var diags diag.Diagnostics
	deviations.Warn("settings", "12", &diags)
	if text := diags[0].Detail(); strings.Contains(text, "example.nhs.uk") || !strings.Contains(text, "- email:") {
		t.Error(text)
	}
	if got := memory.Settle("email", types.StringValue("a@example.nhs.uk"), client.Tell("b@example.nhs.uk")); got.ValueString() != "a@example.nhs.uk" {
		t.Errorf("got %s", got)
	}
}
