package kit

import (
	"fmt"
	"sync"
	"time"
	_ "time/tzdata" // London's summer time, also where the system has no zone files

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// London is the time zone of Hero's practices: whether a day is over is judged there.
var London = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic("the embedded time zones lack London: " + err.Error())
	}
	return zone
})

// Today is the date in London, as YYYY-MM-DD.
func Today(now time.Time) string { return now.In(London()).Format(time.DateOnly) }

// IsPast reports whether a date is known and before today in London.
func IsPast(date types.String, now time.Time) bool {
	return date.ValueString() != "" && date.ValueString() < Today(now)
}

// ParseMoment reads a time of Hero's: ISO 8601 in UTC by its guide, but its samples hold other text as well. A date alone stands for its
// last second in London. ok is false for what is not a time.
func ParseMoment(text string) (moment time.Time, ok bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
		if moment, err := time.Parse(layout, text); err == nil {
			return moment, true
		}
	}
	day, err := time.ParseInLocation(time.DateOnly, text, London())
	return day.AddDate(0, 0, 1).Add(-time.Second), err == nil
}

// FallsOn reports whether a moment is on that date, or is the midnight that ends it, in UTC or in London: at which time of its expiry date
// a link expires is not published.
func FallsOn(moment time.Time, date string) bool {
	for _, zone := range []*time.Location{time.UTC, London()} {
		local := moment.In(zone)
		if local.Format(time.DateOnly) == date {
			return true
		}
		midnight := local.Equal(time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zone))
		if midnight && local.AddDate(0, 0, -1).Format(time.DateOnly) == date {
			return true
		}
	}
	return false
}

// RefusePastDate adds an error when a date of an object that is to be created has passed.
func RefusePastDate(argument string, date types.String, now time.Time, diags *diag.Diagnostics) {
	if IsPast(date, now) {
		diags.AddAttributeError(path.Root(argument), argument+" is in the past",
			fmt.Sprintf("A new link is planned, and %s is %s; in London it is %s already. Nobody could use the link. Give today's date or a later one.", argument, date.ValueString(), Today(now)))
	}
}

// Date accepts days of the calendar as YYYY-MM-DD.
func Date() validator.String {
	return StringCheck("a date as YYYY-MM-DD", func(req validator.StringRequest, value string, resp *validator.StringResponse) {
		if _, err := time.Parse(time.DateOnly, value); err != nil {
			resp.Diagnostics.AddAttributeError(req.Path, "The value is not a date", fmt.Sprintf("%q is not a day of the calendar as YYYY-MM-DD, such as 2027-12-31.", value))
		}
	})
}

// CheckDateOrder refuses two dates that are both known and the wrong way round.
func CheckDateOrder(from, to string, first, last types.String, diags *diag.Diagnostics) {
	if first.ValueString() != "" && last.ValueString() != "" && first.ValueString() > last.ValueString() {
		diags.AddAttributeError(path.Root(to), fmt.Sprintf("%s is before %s", to, from),
			fmt.Sprintf("%s is %s and %s is %s. Swap them, or correct one.", from, first.ValueString(), to, last.ValueString()))
	}
}
