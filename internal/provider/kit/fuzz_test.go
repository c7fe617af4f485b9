package kit

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Whatever is given as an import id, it names one object as it stands in the text, or there is an error.
func FuzzImportID(f *testing.F) {
	for _, seed := range []string{"", "5", "12/5", " 12/5\n", "12/", "/5", "1/2/3", "12/https://bookings.example/s/abc", "https://bookings.example/s/abc", "http", "12http", "//"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		data := &Data{PracticeGroupID: types.StringValue("12")}
		var diags diag.Diagnostics
		practice, id, ok := data.ImportTarget(t.Context(), resource.ImportStateRequest{ID: text}, &diags)
		switch whole := strings.TrimSpace(text); {
		case ok == diags.HasError():
			t.Fatalf("%q: ok is %t with %v", text, ok, diags)
		case !ok:
		case id == "" || practice == "" || strings.Contains(practice, "/"):
			t.Fatalf("%q names object %q of practice group %q", text, id, practice)
		case whole != id && whole != practice+"/"+id:
			t.Fatalf("%q became object %q of practice group %q", text, id, practice)
		}
	})
}

// Whatever Hero writes as a time, it is read or not; what is read falls on one or two dates next to each other, that of London among them.
func FuzzDates(f *testing.F) {
	for _, seed := range []string{"", "string", "2027-12-31", "2027-12-31T00:00:00Z", "2027-06-30T23:30:00Z", "2027-03-28T01:30:00+01:00", "2027-12-31T23:59:59.999999999", "0000-01-01", "9999-12-31T23:59:59Z"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		moment, ok := ParseMoment(text)
		if !ok {
			return
		}
		today := moment.In(London())
		if !FallsOn(moment, today.Format(time.DateOnly)) {
			t.Fatalf("%q does not fall on its own day in London", text)
		}
		for _, days := range []int{-3, 3} {
			if other := today.AddDate(0, 0, days).Format(time.DateOnly); FallsOn(moment, other) {
				t.Fatalf("%q falls on %s", text, other)
			}
		}
		if IsPast(types.StringValue(Today(moment)), moment) {
			t.Fatalf("at %q the day is past already", text)
		}
	})
}
