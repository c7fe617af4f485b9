package bookinglink

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// answered is a booking link as the client reads it.
func answered(t *testing.T, text string) *client.BookingLink {
	t.Helper()
	var link client.BookingLink
	if err := json.Unmarshal([]byte(text), &link); err != nil {
		t.Fatal(err)
	}
	return &link
}

// untold stands for what Hero said nothing of, none for what it said to be absent.
const untold, none = "(untold)", "(none)"

func TestArguments_tellWhatHeroMeansInTheWordsOfTheConfiguration(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ answer, argument, held, want string }{
		{`{}`, "location_id", "5", untold},
		{`{"meta":{"location_id":[]}}`, "location_id", "5", none},
		{`{"meta":{"location_id":null}}`, "location_id", "5", none},
		{`{"meta":{"location_id":[5]}}`, "location_id", "5", "5"},
		{`{"meta":{"location_id":["5","6"]}}`, "location_id", "5", "5,6"},
		{`{"from_date":""}`, "from_date", "2027-09-01", none},
		{`{"from_date":"2027-09-01"}`, "from_date", "2027-09-01", "2027-09-01"},
		{`{"from_date":"2027-08-31T23:00:00Z"}`, "from_date", "2027-09-01", "2027-09-01"}, // midnight in London
		{`{"from_date":"soon"}`, "from_date", "2027-09-01", untold},
		{`{"expiry_date":null}`, "expiry_date", "2027-12-31", none},
		{`{"expiry_date":"string"}`, "expiry_date", "2027-12-31", untold},
		{`{"expiry_date":"2027-12-31"}`, "expiry_date", "2027-12-31", "2027-12-31"},
		{`{"expiry_date":"2028-01-01T00:00:00Z"}`, "expiry_date", "2027-12-31", "2027-12-31"},
		{`{"expiry_date":"2028-01-01T00:00:00Z"}`, "expiry_date", "", "2028-01-01"},
		{`{"expiry_date":"2028-01-03T12:00:00Z"}`, "expiry_date", "2027-12-31", "2028-01-03"},
		{`{"maximum_uses":5}`, "maximum_use_count", "500", "5"},
		{`{"maximum_use_count":5}`, "maximum_use_count", "500", "5"},
		{`{"maximum_uses":0}`, "maximum_use_count", "500", none},
		{`{"maximum_uses":5,"unlimited_use":true}`, "maximum_use_count", "500", none},
		{`{"unlimited_use":false}`, "maximum_use_count", "500", untold},
		{`{"meta":{"patient_id":9000001}}`, "patient_id", "9000001", "9000001"},
	} {
		held := model{}
		for _, a := range arguments() {
			if a.name != c.argument {
				continue
			}
			if c.held != "" {
				a.set(&held, types.StringValue(c.held))
			}
			got := untold
			if told := a.told(answered(t, c.answer), held); told.Told {
				got = told.Or(none)
			}
			if got != c.want {
				t.Errorf("%s of %s: %s, not %s", c.argument, c.answer, got, c.want)
			}
		}
	}
}

func TestArguments_areTextAndBack(t *testing.T) {
	t.Parallel()
	for _, number := range []types.Int64{types.Int64Null(), types.Int64Unknown(), types.Int64Value(1), types.Int64Value(9007199254740993)} {
		if got := numberOf(textOf(number)); !got.Equal(number) {
			t.Errorf("%s became %s", number, got)
		}
	}
}

func TestUnusable_isWhatHasExpiredIsUsedUpOrIsNotActive(t *testing.T) {
	t.Parallel()
	now := time.Date(2027, 7, 1, 12, 0, 0, 0, time.UTC)
	for answer, want := range map[string]bool{
		`{}`:                                     false,
		`{"active":true}`:                        false,
		`{"active":null}`:                        false,
		`{"active":false}`:                       true,
		`{"expiry_date":"2027-07-01T12:00:00Z"}`: true,
		`{"expiry_date":"2027-07-01T12:00:01Z","active":true}`:         false,
		`{"expiry_date":"2027-07-01"}`:                                 false, // until its last second
		`{"expiry_date":"2027-06-30","active":true}`:                   true,
		`{"expiry_date":"string"}`:                                     false,
		`{"maximum_uses":5,"number_of_uses":4}`:                        false,
		`{"maximum_uses":5,"number_of_uses":5}`:                        true,
		`{"maximum_uses":5,"number_of_uses":6,"active":true}`:          true,
		`{"maximum_uses":0,"number_of_uses":6,"active":true}`:          false,
		`{"maximum_uses":5,"number_of_uses":6,"unlimited_use":true}`:   false,
		`{"number_of_uses":6,"unlimited_use":true,"expiry_date":null}`: false,
	} {
		if got := unusable(answered(t, answer), now); (got != "") != want {
			t.Errorf("%s: %q", answer, got)
		}
	}
}

func TestUnlimited_isHerosWordElseWhatTheLimitSays(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]types.Bool{
		`{}`:                      types.BoolNull(),
		`{"unlimited_use":true}`:  types.BoolValue(true),
		`{"unlimited_use":false}`: types.BoolValue(false),
		`{"maximum_uses":5}`:      types.BoolValue(false),
		`{"maximum_uses":null}`:   types.BoolValue(true),
		`{"maximum_uses":0}`:      types.BoolValue(true),
		`{"maximum_uses":0,"unlimited_use":false}`: types.BoolValue(false),
	} {
		if got := unlimited(*answered(t, answer)); !got.Equal(want) {
			t.Errorf("%s: %s", answer, got)
		}
	}
}
