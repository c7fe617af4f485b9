package driver_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
)

type attrs = map[string]any

// newThing is a world with a configured driver and a resource instance that does not exist yet.
func newThing(t *testing.T, opts ...driver.Option) (*world, *driver.Resource) {
	t.Helper()
	w := newWorld()
	d := driver.New(t, w.provider(), attrs{"token": "right"}, opts...)
	d.ConfigureDiags.RequireNone(t)
	return w, d.Resource("test_thing")
}

func TestApply_createsWithDefaultsAndComputedValues(t *testing.T) {
	t.Parallel()
	w, r := newThing(t)
	config := attrs{"name": "a", "address": attrs{"line": "High Street"}, "tags": []string{"y", "x", "y"}}

	plan := r.Plan(config)
	plan.Diags.RequireNoErrors(t)
	if plan.Action != driver.Create || plan.Before != nil {
		t.Fatalf("plan is %s from %v", plan.Action, plan.Before)
	}
	if plan.Planned.String("region") != "eu" || !plan.Planned.IsUnknown("id") || !plan.Planned.IsUnknown("size") || !plan.Planned.IsUnknown("address.code") {
		t.Fatalf("planned %v", plan.Planned)
	}
	if r.State() != nil {
		t.Fatal("a plan must change nothing")
	}

	r.ApplyPlan(plan).RequireNoErrors(t)
	state := r.State()
	if state.String("id") != "1" || state.String("size") != "medium" || state.String("address.code") != "code of High Street" || !state.IsNull("kind") {
		t.Fatalf("state %v", state)
	}
	if got := state.List("tags"); !slices.Equal(got, []any{"x", "y"}) {
		t.Fatalf("tags %v, want a set in a stable order", got)
	}
	if r.Identity().String("id") != "1" || string(r.PrivateValue("made")) != `"by 1"` || r.Tainted() {
		t.Fatalf("identity %v, private %s, tainted %t", r.Identity(), r.Private(), r.Tainted())
	}
	r.RequireEmptyPlan(config)
	if len(w.calls) != 1 {
		t.Fatalf("calls %v", w.calls)
	}
}

func TestPlan_keepsWhatUseStateForUnknownKeeps(t *testing.T) {
	t.Parallel()
	w, r := newThing(t)
	r.Apply(attrs{"name": "a", "size": "small"}).RequireNoErrors(t)

	// The size was configured and is now left out: optional and computed, it keeps its prior value.
	plan := r.Plan(attrs{"name": "b"})
	plan.Diags.RequireNone(t)
	if plan.Action != driver.Update || plan.Planned.String("id") != "1" || plan.Planned.String("size") != "small" || !plan.Planned.IsUnknown("stamp") {
		t.Fatalf("%s to %v", plan.Action, plan.Planned)
	}
	r.ApplyPlan(plan).RequireNone(t)
	if r.State().String("name") != "b" || w.things["1"].name != "b" || string(r.PrivateValue("made")) != `"by 1"` {
		t.Fatalf("state %v, private %s", r.State(), r.Private())
	}
}

func TestApply_sendsWriteOnlyValuesAndKeepsThemNowhere(t *testing.T) {
	t.Parallel()
	w, r := newThing(t)
	config := attrs{"name": "a", "secret_wo": "s3cret", "secret_wo_version": 1}
	plan := r.Plan(config)
	r.ApplyPlan(plan).RequireNoErrors(t)
	if w.things["1"].secret != "s3cret" {
		t.Fatalf("the provider got %q", w.things["1"].secret)
	}
	if !plan.Planned.IsNull("secret_wo") || !r.State().IsNull("secret_wo") || r.State().String("secret_wo_version") != "1" {
		t.Fatalf("plan %v, state %v", plan.Planned, r.State())
	}
	// A changed write-only value alone is not seen.
	r.RequireEmptyPlan(attrs{"name": "a", "secret_wo": "other", "secret_wo_version": 1})
}

func TestValidate_tellsOldTerraformFromNew(t *testing.T) {
	t.Parallel()
	_, r := newThing(t, driver.WithoutWriteOnly())
	r.Validate(attrs{"name": "a", "secret_wo": "s"}).RequireError(t, "Too old")
	_, r = newThing(t)
	r.Validate(attrs{"name": "a", "secret_wo": "s"}).RequireNone(t)
	r.Validate(attrs{"name": "odd"}).RequireWarning(t, "Odd name")
	if diags := r.Validate(attrs{"name": "odd"}); diags[0].Attribute != "name" {
		t.Fatalf("attribute %q", diags[0].Attribute)
	}
	r.Validate(attrs{}).RequireError(t, "name")
	r.Validate(attrs{"name": driver.Unknown}).RequireNone(t)
}

func TestApply_leavesNothingWhenCreateMadeNothing(t *testing.T) {
	t.Parallel()
	w, r := newThing(t)
	w.failNothing = true
	r.Apply(attrs{"name": "a"}).RequireError(t, "Refused")
	if r.State() != nil || r.Tainted() {
		t.Fatalf("state %v, tainted %t", r.State(), r.Tainted())
	}
}

func TestApply_detectsAnInconsistentResult(t *testing.T) {
	t.Parallel()
	w, r := newThing(t)
	w.lie = true
	diags := r.Apply(attrs{"name": "a"})
	diags.RequireError(t, "Provider produced inconsistent result after apply")
	if diags.Errors()[0].Attribute != "name" || !strings.Contains(diags.Errors()[0].Detail, `"a" and is now "a lie"`) || !r.Tainted() {
		t.Fatalf("%s, tainted %t", diags, r.Tainted())
	}
}

func TestPlan_detectsAPlanThatContradictsTheConfiguration(t *testing.T) {
	t.Parallel()
	w, r := newThing(t)
	w.planBadValue = true
	plan := r.Plan(attrs{"name": "a"})
	plan.Diags.RequireError(t, "Provider produced invalid plan")
	if plan.Action != driver.None {
		t.Fatalf("a failed plan has the action %s", plan.Action)
	}
}

func TestApplyPlanWith_resolvesUnknownsAndRefusesAnotherPlan(t *testing.T) {
	t.Parallel()
	_, r := newThing(t)
	plan := r.Plan(attrs{"name": driver.Unknown})
	plan.Diags.RequireNoErrors(t)
	if !plan.Planned.IsUnknown("name") {
		t.Fatalf("planned %v", plan.Planned)
	}
	r.ApplyPlanWith(plan, attrs{"name": "known by now"}).RequireNoErrors(t)
	if r.State().String("name") != "known by now" {
		t.Fatalf("state %v", r.State())
	}
	plan = r.Plan(attrs{"name": "b"})
	r.ApplyPlanWith(plan, attrs{"name": "c"}).RequireError(t, "Provider produced inconsistent final plan")
	plan = r.Plan(attrs{"name": "b"})
	r.ApplyPlanWith(plan, attrs{"name": "b", "kind": "new"}).RequireError(t, "the action was planned as update and is now replace")
}

func TestRefresh_seesDriftAndRemoval(t *testing.T) {
	t.Parallel()
	w, r := newThing(t)
	config := attrs{"name": "a"}
	r.Apply(config).RequireNoErrors(t)
	w.things["1"].name = "changed elsewhere"
	r.Refresh().RequireNone(t)
	if plan := r.Plan(config); plan.Action != driver.Update || plan.Before.String("name") != "changed elsewhere" {
		t.Fatalf("%s from %v", plan.Action, plan.Before)
	}
	delete(w.things, "1")
	r.Refresh().RequireNone(t)
	if r.State() != nil || r.Plan(config).Action != driver.Create {
		t.Fatalf("state %v", r.State())
	}
}

func TestDestroy_deletesOnceAndKeepsStateOnErrors(t *testing.T) {
	t.Parallel()
	w, r := newThing(t)
	r.Apply(attrs{"name": "a"}).RequireNoErrors(t)
	w.failDelete = true
	r.Destroy().RequireError(t, "Cannot delete")
	if r.State().String("id") != "1" || r.Tainted() {
		t.Fatalf("state %v, tainted %t", r.State(), r.Tainted())
	}
	w.failDelete = false
	diags := r.Destroy()
	diags.RequireNoErrors(t)
	diags.RequireWarning(t, "Going")
	r.Destroy().RequireNone(t)
	if r.State() != nil || len(w.things) != 0 {
		t.Fatalf("state %v, things %v", r.State(), w.things)
	}
}

func TestImport_byIDAndByIdentity(t *testing.T) {
	t.Parallel()
	w, r := newThing(t)
	w.things["7"] = &thing{name: "old", kind: "x", region: "eu", size: "large"}
	byIdentity := r.Clone()
	r.Import("7").RequireNone(t)
	byIdentity.ImportIdentity(attrs{"id": "7"}).RequireNone(t)
	for _, imported := range []*driver.Resource{r, byIdentity} {
		if imported.State().String("size") != "large" || imported.Identity().String("id") != "7" || string(imported.PrivateValue("made")) != `"by import"` {
			t.Fatalf("state %v, identity %v, private %s", imported.State(), imported.Identity(), imported.Private())
		}
		imported.RequireEmptyPlan(attrs{"name": "old", "kind": "x"})
	}
	r.Import("7").RequireError(t, "already managed")
	absent := r.Clone()
	absent.Destroy().RequireNoErrors(t)
	absent.Import("99").RequireError(t, "Cannot import non-existent remote object")
	absent.ImportIdentity(attrs{}).RequireError(t, "Missing required identity attribute")
	if absent.State() != nil {
		t.Fatalf("state %v", absent.State())
	}
}

func TestUpgrade_readsAnOlderState(t *testing.T) {
	t.Parallel()
	_, r := newThing(t)
	r.Upgrade(0, []byte(`{"id": "5", "title": "old"}`)).RequireNone(t)
	if r.State().String("name") != "old" || r.State().String("id") != "5" {
		t.Fatalf("state %v", r.State())
	}
}

func TestSetState_isPlannedFrom(t *testing.T) {
	t.Parallel()
	_, r := newThing(t)
	r.SetState(attrs{"id": "3", "name": "a", "region": "eu", "size": "s", "stamp": "t"})
	if plan := r.Plan(attrs{"name": "a"}); plan.Changes() {
		t.Fatalf("%s to %v", plan.Action, plan.Planned)
	}
}

func TestStop_cancelsCallsUnderWay(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.waitInCreate = make(chan struct{})
	d := driver.New(t, w.provider(), attrs{"token": "right"})
	r := d.Resource("test_thing")
	done := make(chan driver.Diagnostics)
	go func() { done <- r.Apply(attrs{"name": "a"}) }()
	<-w.waitInCreate
	d.Stop()
	(<-done).RequireError(t, "Cancelled")
	if r.State() != nil {
		t.Fatalf("state %v", r.State())
	}
}

func TestWithContext_cancelsOneCall(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.waitInCreate = make(chan struct{})
	d := driver.New(t, w.provider(), attrs{"token": "right"})
	ctx, cancel := context.WithCancel(t.Context())
	r := d.Resource("test_thing").On(d.WithContext(ctx))
	go func() { <-w.waitInCreate; cancel() }()
	r.Apply(attrs{"name": "a"}).RequireError(t, "Cancelled")
}

func TestDriver_worksFromManyGoroutines(t *testing.T) {
	t.Parallel()
	w := newWorld()
	d := driver.New(t, w.provider(), attrs{"token": "right"})
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if diags := d.Resource("test_thing").Apply(attrs{"name": strconv.Itoa(i)}); diags.HasErrors() {
				t.Errorf("thing %d: %s", i, diags)
			}
		})
	}
	all.Wait()
	if len(w.things) != 20 {
		t.Fatalf("%d things", len(w.things))
	}
}
