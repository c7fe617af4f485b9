package examples

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// The commands and exit codes of the guide on drift jobs.
func TestGuides_driftJob(t *testing.T) {
	t.Parallel()
	cli, mock := start(t, directory(t, filepath.Join(root, "quickstart")))
	drift := func(want int) acctest.Result {
		t.Helper()
		return cli.Run("plan", "-no-color", "-input=false", "-lock=false", "-refresh-only", "-detailed-exitcode").RequireExit(t, want)
	}
	cli.Apply().RequireExit(t, 0)
	cli.Apply("-refresh-only").RequireExit(t, 0)
	for range 3 { // terraform compares in an order that is random where several attributes are sensitive
		drift(0)
	}
	mock.RemoveWebhook(latest(mock, "15").ID)
	drift(2)
	cli.Apply("-refresh-only").RequireExit(t, 0)
	drift(0)
	mock.LeaveNetwork("18")
	if refused := drift(1); !strings.Contains(refused.Stderr, "18") {
		t.Errorf("the practice that refuses is not named:\n%s", refused)
	}
}

// The way of the guide on a practice that leaves, after it cannot be reached: nothing is lost, the others go on, and what is left of it
// is taken out of state without a call.
func TestGuides_practiceThatLeaves(t *testing.T) {
	t.Parallel()
	cli, mock := start(t, directory(t, filepath.Join(root, "quickstart")))
	cli.Apply().RequireExit(t, 0)
	before := len(mock.Webhooks("18"))
	mock.LeaveNetwork("18")
	cli.Plan().RequireExit(t, 1)

	rewrite(t, filepath.Join(cli.Dir, "connect_override.tf"), mock.HCL(""), mock.HCL(`on_unreachable_practice = "keep_state"`))
	kept := cli.Plan().RequireExit(t, 0)
	if !strings.Contains(kept.Stdout+kept.Stderr, "cannot be reached") {
		t.Errorf("no warning says that practice 18 was not looked at:\n%s", kept)
	}
	rewrite(t, filepath.Join(cli.Dir, "main.tf"), `    A81003 = { id = "18", name = "Station Road Practice" }`+"\n", "")
	cli.Plan().RequireExit(t, 2)
	left := strings.Split(strings.TrimSpace(cli.Run("state", "list").RequireExit(t, 0).Stdout), "\n")
	removed := 0
	for _, resource := range left {
		if strings.HasPrefix(resource, `hero_webhook.events["A81003/`) {
			cli.Run("state", "rm", resource).RequireExit(t, 0)
			removed++
		}
	}
	if removed != 8 {
		t.Errorf("%d webhooks of the practice were in state; 8 were expected", removed)
	}
	rewrite(t, filepath.Join(cli.Dir, "connect_override.tf"), `on_unreachable_practice = "keep_state"`, "")
	cli.Apply().RequireExit(t, 0) // outputs alone
	cli.Plan().RequireExit(t, 0)
	if after := len(mock.Webhooks("18")); after != before {
		t.Errorf("Hero has %d webhooks of the practice, and had %d; they were to be left alone", after, before)
	}
}

// The guide on moving to other states, and on moving from another provider: what removed blocks forget and import blocks bring is neither
// deleted nor made anew.
func TestGuides_removedAndImported(t *testing.T) {
	t.Parallel()
	const webhook = "resource \"hero_webhook\" \"confirmed\" {\n  event_type = \"appointment.confirmed\"\n  url        = \"https://hooks.example.com/own\"\n}\n"
	cli, mock := start(t, complete(t, map[string]string{"main.tf": webhook}))
	applies(t, cli)
	before := mock.Webhooks("12")
	id := latest(mock, "12").ID

	main := filepath.Join(cli.Dir, "main.tf")
	rewrite(t, main, webhook, "removed {\n  from = hero_webhook.confirmed\n\n  lifecycle {\n    destroy = false\n  }\n}\n")
	cli.Apply().RequireExit(t, 0)
	if after := mock.Webhooks("12"); len(after) != len(before) {
		t.Fatalf("Hero has %d webhooks after the removed block, and had %d", len(after), len(before))
	}
	if err := os.WriteFile(main, []byte("import {\n  to = hero_webhook.confirmed\n  id = \"12/"+id+"\"\n}\n\n"+webhook), 0o600); err != nil {
		t.Fatal(err)
	}
	mock.ResetRequests()
	settles(t, cli)
	if writes := mock.Count("POST", "") + mock.Count("DELETE", ""); writes != 0 {
		t.Errorf("the import made %d writes", writes)
	}
}

// The steps of the guide on rotating signing keys: practice by practice, and again after a failure in between.
func TestGuides_rotateSigningKeys(t *testing.T) {
	t.Parallel()
	c := complete(t, map[string]string{"main.tf": `
variable "rotated" {
  type    = list(string)
  default = []
}

resource "hero_webhook" "confirmed" {
  for_each = { A81001 = "12", A81002 = "15" }

  practice_group_id      = each.value
  event_type             = "appointment.confirmed"
  url                    = "https://hooks.example.com/own"
  signing_key_wo         = contains(var.rotated, each.key) ? "a-new-key-of-32-letters-and-more" : "an-old-key-of-32-letters-or-more"
  signing_key_wo_version = contains(var.rotated, each.key) ? "2027-07" : "2027-01"

  lifecycle {
    create_before_destroy = true
  }
}
`})
	cli, mock := start(t, c)
	applies(t, cli)

	one, both := `-var=rotated=["A81001"]`, `-var=rotated=["A81001","A81002"]`
	forget := mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Method: "DELETE", Pattern: "/v1/webhooks/{id}"})
	cli.Apply(one).RequireExit(t, 1) // the new one is made, the old one is still there
	forget()
	cli.Apply(one).RequireExit(t, 0)
	cli.Plan(one).RequireExit(t, 0)
	cli.Apply(both).RequireExit(t, 0)
	cli.Plan(both).RequireExit(t, 0)
	for _, practice := range []string{"12", "15"} {
		if own := latest(mock, practice); len(mock.Webhooks(practice)) != 3 || own.SigningKey != "a-new-key-of-32-letters-and-more" {
			t.Errorf("practice %s has %d webhooks, the newest with the key %q", practice, len(mock.Webhooks(practice)), own.SigningKey)
		}
	}
}

// latest is the webhook that was made last: the mock has others that nobody manages.
func latest(mock *acctest.Mock, practice string) mockapi.Webhook {
	all := mock.Webhooks(practice)
	return all[len(all)-1]
}

func rewrite(t *testing.T, path, from, to string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), from) {
		t.Fatalf("%s does not hold\n%s", path, from)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), from, to, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}
