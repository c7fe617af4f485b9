package kit

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"pgregory.net/rapid"
)

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestFallsOn_theDayOrTheMidnightThatEndsItInUTCOrLondon(t *testing.T) {
	t.Parallel()
	for at, days := range map[string][]string{
		"2027-12-31T23:59:59Z":      {"2027-12-31"},
		"2028-01-01T00:00:00Z":      {"2027-12-31", "2028-01-01"},
		"2028-01-01T00:00:01Z":      {"2028-01-01"},
		"2027-07-01T22:59:59Z":      {"2027-07-01"},               // a second to midnight in London
		"2027-07-01T23:00:00Z":      {"2027-07-01", "2027-07-02"}, // midnight in London
		"2027-07-01T23:30:00Z":      {"2027-07-01", "2027-07-02"}, // the first in UTC, the second in London
		"2027-07-02T00:00:00Z":      {"2027-07-01", "2027-07-02"}, // midnight in UTC
		"2027-07-02T00:00:01Z":      {"2027-07-02"},
		"2027-07-02T01:00:00+01:00": {"2027-07-01", "2027-07-02"},
		"2027-03-28T00:30:00Z":      {"2027-03-28"}, // half an hour before the clocks go forward
		"2027-10-31T00:00:00+01:00": {"2027-10-30", "2027-10-31"},
	} {
		for day := moment(t, at).AddDate(0, 0, -3); day.Before(moment(t, at).AddDate(0, 0, 4)); day = day.AddDate(0, 0, 1) {
			date, want := day.UTC().Format(time.DateOnly), false
			for _, each := range days {
				want = want || each == date
			}
			if got := FallsOn(moment(t, at), date); got != want {
				t.Errorf("%s on %s: %v", at, date, got)
			}
		}
	}
}

// Whatever the time of day and the zone by which Hero lets a date end, the date holds; and a day further on it does not.
func TestFallsOn_holdsForEveryWayToEndADay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		zone := rapid.SampledFrom([]*time.Location{time.UTC, London()}).Draw(r, "zone")
		day := time.Date(2027, 1, 1+rapid.IntRange(0, 3000).Draw(r, "day"), 0, 0, 0, 0, zone)
		next := day.AddDate(0, 0, 1)
		end := day.Add(time.Duration(rapid.Int64Range(0, int64(next.Sub(day))).Draw(r, "into the day")))
		date := day.Format(time.DateOnly)
		if !FallsOn(end, date) {
			r.Errorf("%s does not fall on %s", end, date)
		}
		if FallsOn(end.AddDate(0, 0, 2), date) || FallsOn(end.AddDate(0, 0, -2), date) {
			r.Errorf("%s, give or take two days, falls on %s", end, date)
		}
	})
}

func TestParseMoment_readsWhatHeroMayWriteAndNothingElse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2027-07-01T22:59:59Z":      "2027-07-01T22:59:59Z",
		"2027-07-01T22:59:59.123Z":  "2027-07-01T22:59:59.123Z",
		"2027-07-01T23:59:59+01:00": "2027-07-01T22:59:59Z",
		"2027-07-01T22:59:59":       "2027-07-01T22:59:59Z",
		"2027-07-01":                "2027-07-01T22:59:59Z", // the last second in London
		"2027-12-31":                "2027-12-31T23:59:59Z",
	} {
		if got, ok := ParseMoment(text); !ok || !got.Equal(moment(t, want)) {
			t.Errorf("%s: %s, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "string", "2027-02-30", "31/12/2027", "1830294000"} {
		if got, ok := ParseMoment(text); ok {
			t.Errorf("%q is %s", text, got)
		}
	}
}

func TestIsPast_isJudgedInLondon(t *testing.T) {
	t.Parallel()
	quarterPast := moment(t, "2027-07-01T23:15:00Z") // the second of July in London
	for date, want := range map[types.String]bool{
		types.StringValue("2027-07-01"): true, types.StringValue("2027-07-02"): false, types.StringNull(): false, types.StringUnknown(): false,
	} {
		if IsPast(date, quarterPast) != want {
			t.Errorf("%s: want %v", date, want)
		}
	}
}
