package practicegroup

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// returning sorts what is managed by what a restore does with it, given what is live: back goes what has an original and is still what
// Terraform last set. The rest stays, with the reason.
func returning(managed, live values, memory kit.Memory) (back values, stay []string) {
	back = values{}
	for _, a := range arguments() {
		if _, ok := managed[a.path]; !ok {
			continue
		}
		original, last := memory.Originals[a.path], memory.LastSet[a.path]
		now, told := live[a.path]
		switch {
		case !a.restorable:
			stay = append(stay, a.path+" (never changed by a destroy)")
		case original == nil || last == nil:
			stay = append(stay, a.path+" (what it was before is not known)")
		case !told:
			stay = append(stay, a.path+" (Hero does not tell what it is now)")
		case asSet(memory, a.path, now) != *last:
			stay = append(stay, a.path+" (somebody else has changed it)")
		case now == *original: // it is what it was
		default:
			back[a.path] = *original
		}
	}
	return back, stay
}

// warnOfDestroy says in the plan of a destroy what returns and what stays. State was just refreshed: no call is needed to know.
func warnOfDestroy(state model, memory kit.Memory, diags *diag.Diagnostics) {
	about := called(state.PracticeGroupID.ValueString(), state.Name.ValueString())
	managed, _ := state.managed()
	if state.OnDestroy.ValueString() != restore {
		diags.AddWarning("Settings stay as they are at Hero: "+about, "on_destroy is \"keep\", so the destroy only ends their management: "+strings.Join(append(managed.inOrder(), managedCredentials(state)...), ", ")+".")
		return
	}
	back, stay := returning(managed, managed, memory)
	for _, path := range managedCredentials(state) {
		stay = append(stay, path+" (never changed by a destroy)")
	}
	var lines []string
	for _, path := range back.inOrder() {
		lines = append(lines, fmt.Sprintf("- %s returns to %s", path, quoted(back[path])))
	}
	for _, left := range stay {
		lines = append(lines, "- "+left+" stays")
	}
	diags.AddWarning(fmt.Sprintf("Destroying the settings of %s puts %s back, and leaves %d", about, count(len(back), "value"), len(stay)),
		"on_destroy is \"restore\". What somebody else changes until then stays as well.\n"+strings.Join(lines, "\n"))
}

// putBack restores the originals. It warns of what stays although the plan of the destroy said otherwise.
func putBack(ctx context.Context, c *client.Client, state model, memory kit.Memory, diags *diag.Diagnostics) {
	practice := state.PracticeGroupID.ValueString()
	managed, _ := state.managed()
	ch, group, err := read(ctx, c, practice)
	if err == nil {
		promised, _ := returning(managed, managed, memory)
		back, stay := returning(managed, ch.before, memory)
		ch.wanted = back
		if _, err = ch.send(ctx, c); err == nil {
			warnOfLeft(called(practice, group.Name.Or("")), promised, back, stay, diags)
			return
		}
	}
	addWriteError(diags, fmt.Sprintf("Restoring the settings of practice group %s failed", practice), err)
	diags.AddWarning(fmt.Sprintf("The settings of practice group %s stay in state", practice),
		"So that the originals are not lost, they can be restored by a later destroy. To end their management without restoring them, use a removed block with destroy = false, or terraform state rm.")
}

func warnOfLeft(about string, promised, back values, stay []string, diags *diag.Diagnostics) {
	left := slices.DeleteFunc(stay, func(reason string) bool {
		path, _, _ := strings.Cut(reason, " ")
		_, wasPromised := promised[path]
		_, isBack := back[path]
		return isBack || !wasPromised
	})
	if len(left) > 0 {
		diags.AddWarning(fmt.Sprintf("Not restored in %s: %s", about, strings.Join(left, ", ")), "The plan of the destroy said that these would return, but they are no longer what Terraform last set. They stay as they are.")
	}
}

func managedCredentials(state model) []string {
	if state.Credentials.IsNull() {
		return nil
	}
	return []string{credentialsArgument}
}

func quoted(value string) string {
	if value == "" {
		return "no value"
	}
	return fmt.Sprintf("%q", value)
}
