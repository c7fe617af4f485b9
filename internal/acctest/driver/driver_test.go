package driver_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
)

func TestNew_reportsWhatConfiguringSays(t *testing.T) {
	t.Parallel()
	w := newWorld()
	driver.New(t, w.provider(), attrs{"token": "wrong"}).ConfigureDiags.RequireError(t, "Bad token")
	driver.New(t, w.provider(), attrs{}).ConfigureDiags.RequireError(t, "token")
	driver.New(t, w.provider(), attrs{"token": driver.Unknown}, driver.TerraformVersion("1.8.5")).ConfigureDiags.RequireWarning(t, "seen by Terraform 1.8.5")
	driver.ValidateProvider(t, w.provider(), attrs{"token": "wrong", "limit": 3}).RequireNone(t)
	driver.ValidateProvider(t, w.provider(), attrs{}).RequireError(t, "token")
}

func TestReadDataSource(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.things["1"], w.things["2"] = &thing{name: "ab"}, &thing{name: "b"}
	d := driver.New(t, w.provider(), attrs{"token": "right"})
	got, diags := d.ReadDataSource("test_things", attrs{"prefix": "a"})
	diags.RequireNone(t)
	if got.String("ids.0") != "1" || len(got.List("ids")) != 1 || got.String("prefix") != "a" {
		t.Fatalf("got %v", got)
	}
	got, diags = d.ReadDataSource("test_things", attrs{"prefix": "!"})
	diags.RequireError(t, "Bad prefix")
	if got != nil || diags[0].Attribute != "prefix" {
		t.Fatalf("got %v, %s", got, diags)
	}
	got, diags = d.ReadDataSource("test_things", attrs{"prefix": driver.Unknown})
	diags.RequireNone(t)
	if got != nil {
		t.Fatalf("an unknown argument puts the read off, got %v", got)
	}
}

func TestOpenEphemeral_renewsAndCloses(t *testing.T) {
	t.Parallel()
	w := newWorld()
	d := driver.New(t, w.provider(), attrs{"token": "right"})
	e, diags := d.OpenEphemeral("test_token", attrs{"audience": "me"})
	diags.RequireNone(t)
	if e.Result.String("token") != "for me" || e.RenewAt.Day() != 1 {
		t.Fatalf("got %v, renew at %s", e.Result, e.RenewAt)
	}
	e.Renew().RequireNone(t)
	if e.RenewAt.Day() != 2 {
		t.Fatalf("renew at %s", e.RenewAt)
	}
	e.Close().RequireNone(t)
	if !slices.Equal(w.calls, []string{"close renewed=1"}) {
		t.Fatalf("calls %v: private state was not carried", w.calls)
	}
}

func TestList_stopsWhenTheConsumerStops(t *testing.T) {
	t.Parallel()
	w := worldOf("a", "b", "c", "d")
	d := driver.New(t, w.provider(), attrs{"token": "right"})
	for result := range d.List("test_thing", nil, driver.ListOptions{IncludeResource: true}) {
		if w.listed != 1 {
			t.Fatalf("the provider pushed %d results before the first was seen: the stream was collected", w.listed)
		}
		if result.DisplayName != "Thing 1" || result.Identity.String("id") != "1" || result.Resource.String("name") != "a" {
			t.Fatalf("result %+v", result)
		}
		break
	}
	if w.listed != 1 || w.listAsked != 100 {
		t.Fatalf("the provider pushed %d results, limit %d", w.listed, w.listAsked)
	}
}

func TestList_keepsToTheLimitAndCountsObjectsOnly(t *testing.T) {
	t.Parallel()
	w := worldOf("a", "b", "c", "d")
	d := driver.New(t, w.provider(), attrs{"token": "right"})
	found, diags := d.ListAll("test_thing", attrs{"failing": "2"}, driver.ListOptions{Limit: 2})
	if len(found) != 2 || found[1].Identity.String("id") != "3" || found[0].Resource != nil || w.listed != 3 || w.listAsked != 2 {
		t.Fatalf("found %+v, pushed %d, limit %d", found, w.listed, w.listAsked)
	}
	if len(diags) != 1 || !diags.Has(driver.Warning, "Skipped 2") {
		t.Fatalf("%s", diags)
	}
}

func TestList_stopsAtAnErrorInValidation(t *testing.T) {
	t.Parallel()
	w := worldOf("a")
	d := driver.New(t, w.provider(), attrs{"token": "right"})
	found, diags := d.ListAll("test_thing", attrs{"failing": "validation"}, driver.ListOptions{})
	diags.RequireError(t, "Bad list")
	d.ValidateList("test_thing", attrs{"failing": "validation"}).RequireError(t, "Bad list")
	if len(found) != 0 || w.listed != 0 {
		t.Fatalf("found %v, pushed %d", found, w.listed)
	}
}

func TestInvokeAction_reportsProgress(t *testing.T) {
	t.Parallel()
	d := driver.New(t, newWorld().provider(), attrs{"token": "right"})
	progress, diags := d.InvokeAction("test_ping", attrs{"times": 3})
	diags.RequireNone(t)
	if !slices.Equal(progress, []string{"ping 1", "ping 2", "ping 3"}) {
		t.Fatalf("progress %v", progress)
	}
	_, diags = d.InvokeAction("test_ping", attrs{"times": 0})
	diags.RequireError(t, "Not sent")
	progress, diags = d.InvokeAction("test_ping", attrs{"times": 10})
	diags.RequireError(t, "Too often")
	if len(progress) != 0 || diags[0].Attribute != "times" {
		t.Fatalf("invoked in spite of the plan: %v, %s", progress, diags)
	}
	d.PlanAction("test_ping", attrs{"times": driver.Unknown}).RequireNone(t)
}

func TestCallFunction(t *testing.T) {
	t.Parallel()
	d := driver.New(t, newWorld().provider(), attrs{"token": "right"})
	got, err := d.CallFunction("repeat", "ho", 2)
	if list, ok := got.([]any); err != nil || !ok || !slices.Equal(list, []any{"ho", "ho"}) {
		t.Fatalf("got %v, %v", got, err)
	}
	if _, err := d.CallFunction("repeat", "ho", -1); err == nil || !strings.Contains(err.Error(), "must not be negative") {
		t.Fatalf("error %v", err)
	}
	if _, err := d.CallFunction("repeat", nil, 1); err == nil || !strings.Contains(err.Error(), `"text" must not be null`) {
		t.Fatalf("error %v", err)
	}
	if got, err := d.CallFunction("repeat", driver.Unknown, 1); err != nil || got != driver.Unknown {
		t.Fatalf("got %v, %v", got, err)
	}
}

func worldOf(names ...string) *world {
	w := newWorld()
	for i, name := range names {
		w.things[string(rune('1'+i))] = &thing{name: name}
	}
	return w
}
