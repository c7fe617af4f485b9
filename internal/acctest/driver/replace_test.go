package driver_test

import (
	"slices"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
)

func TestApply_replacesByDeletingFirst(t *testing.T) {
	t.Parallel()
	w, r := newThing(t)
	r.Apply(attrs{"name": "a", "kind": "x"}).RequireNoErrors(t)

	plan := r.Plan(attrs{"name": "a", "kind": "y"})
	if plan.Action != driver.Replace || !slices.Equal(plan.RequiresReplace, []string{"kind"}) {
		t.Fatalf("%s because of %v", plan.Action, plan.RequiresReplace)
	}
	if !plan.Planned.IsUnknown("id") || plan.Before.String("id") != "1" {
		t.Fatalf("the new object must be planned from nothing: %v", plan.Planned)
	}
	plan.Diags.RequireNone(t) // the warning of the second plan is lost, as in Terraform
	r.ApplyPlan(plan).RequireNoErrors(t)
	want := []string{"create 1 secret=", "delete 1", "create 2 secret="}
	if !slices.Equal(w.calls, want) || r.State().String("id") != "2" {
		t.Fatalf("calls %v, state %v", w.calls, r.State())
	}
	if w.private["1"] != `"by 1"` {
		t.Fatalf("the deletion saw private state %q", w.private["1"])
	}
}

func TestApply_replacesByCreatingFirst(t *testing.T) {
	t.Parallel()
	w, r := newThing(t)
	r.Apply(attrs{"name": "a", "kind": "x"}).RequireNoErrors(t)
	diags := r.Apply(attrs{"name": "a", "kind": "y"}, driver.CreateBeforeDestroy())
	diags.RequireNoErrors(t)
	diags.RequireWarning(t, "Going") // the old object gets a deletion plan of its own
	want := []string{"create 1 secret=", "create 2 secret=", "delete 1"}
	if !slices.Equal(w.calls, want) || r.State().String("id") != "2" || w.private["1"] != `"by 1"` {
		t.Fatalf("calls %v, state %v, private at deletion %v", w.calls, r.State(), w.private)
	}
}

func TestApply_keepsTheOldObjectWhenNoNewOneCameFirst(t *testing.T) {
	t.Parallel()
	w, r := newThing(t)
	r.Apply(attrs{"name": "a", "kind": "x"}).RequireNoErrors(t)
	w.failNothing = true
	r.Apply(attrs{"name": "a", "kind": "y"}, driver.CreateBeforeDestroy()).RequireError(t, "Refused")
	if r.State().String("id") != "1" || r.Tainted() || r.Deposed() != 0 {
		t.Fatalf("state %v, tainted %t, deposed %d", r.State(), r.Tainted(), r.Deposed())
	}
}

func TestApply_deletesDeposedObjectsNextTime(t *testing.T) {
	t.Parallel()
	w, r := newThing(t)
	r.Apply(attrs{"name": "a", "kind": "x"}).RequireNoErrors(t)
	w.failDelete = true
	r.Apply(attrs{"name": "a", "kind": "y"}, driver.CreateBeforeDestroy()).RequireError(t, "Cannot delete")
	if r.State().String("id") != "2" || r.Deposed() != 1 || len(w.things) != 2 {
		t.Fatalf("state %v, deposed %d", r.State(), r.Deposed())
	}
	w.failDelete = false
	r.Apply(attrs{"name": "a", "kind": "y"}).RequireNoErrors(t)
	if r.Deposed() != 0 || len(w.things) != 1 {
		t.Fatalf("deposed %d, things %v", r.Deposed(), w.things)
	}
}

func TestApply_taintsWhatWasCreatedWithErrors(t *testing.T) {
	t.Parallel()
	w, r := newThing(t)
	config := attrs{"name": "a"}
	w.failCreate = true
	r.Apply(config).RequireError(t, "Half made")
	if !r.Tainted() || r.State().String("id") != "1" || string(r.PrivateValue("made")) != `"by 1"` {
		t.Fatalf("tainted %t, state %v, private %s", r.Tainted(), r.State(), r.Private())
	}
	w.failCreate = false
	r.Refresh().RequireNone(t)
	if !r.Tainted() {
		t.Fatal("a refresh must keep the taint")
	}

	destroyed := r.Clone()
	plan := r.Plan(config)
	if plan.Action != driver.Replace || len(plan.RequiresReplace) != 0 {
		t.Fatalf("%s because of %v", plan.Action, plan.RequiresReplace)
	}
	r.ApplyPlan(plan).RequireNoErrors(t)
	if r.Tainted() || r.State().String("id") != "2" {
		t.Fatalf("tainted %t, state %v", r.Tainted(), r.State())
	}
	if w.private["1"] != "" {
		t.Fatalf("a tainted object is replaced without its private state, the provider saw %q", w.private["1"])
	}
	destroyed.Destroy().RequireNoErrors(t)
	if w.private["1"] != `"by 1"` {
		t.Fatalf("a plain destroy passes the private state, the provider saw %q", w.private["1"])
	}
}

func TestPlan_forcedReplacementKeepsPrivateState(t *testing.T) {
	t.Parallel()
	w, r := newThing(t)
	r.Apply(attrs{"name": "a"}).RequireNoErrors(t)
	r.Apply(attrs{"name": "a"}, driver.ForceReplace()).RequireNoErrors(t)
	if r.State().String("id") != "2" || w.private["1"] != `"by 1"` {
		t.Fatalf("state %v, private at deletion %v", r.State(), w.private)
	}
}
