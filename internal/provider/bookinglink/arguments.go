package bookinglink

import (
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// argument is one argument that Hero keeps of a booking link, as text, so that all are compared in one way.
type argument struct {
	name string
	get  func(model) types.String
	set  func(*model, types.String)
	// told is what Hero says of it, in the words of the configuration: where Hero's answer means the value that m holds, that value.
	told func(link *client.BookingLink, m model) client.Field[string]
	// patched says that Hero is asked to change it on an existing link; else a change replaces the link.
	patched bool
	// sensitive says that messages must not show it.
	sensitive bool
}

func arguments() []argument {
	return []argument{
		text("appointment_type_id", func(m *model) *types.String { return &m.AppointmentTypeID }, func(l *client.BookingLink) client.Field[string] { return single(l.AppointmentTypeID) }),
		text("location_id", func(m *model) *types.String { return &m.LocationID }, func(l *client.BookingLink) client.Field[string] { return single(l.LocationID) }),
		text("practitioner_id", func(m *model) *types.String { return &m.PractitionerID }, func(l *client.BookingLink) client.Field[string] { return single(l.PractitionerID) }),
		slotDate("from_date", func(m *model) *types.String { return &m.FromDate }, func(l *client.BookingLink) client.Field[string] { return l.FromDate }),
		slotDate("to_date", func(m *model) *types.String { return &m.ToDate }, func(l *client.BookingLink) client.Field[string] { return l.ToDate }),
		{
			name: "expiry_date", patched: true,
			get: func(m model) types.String { return m.ExpiryDate },
			set: func(m *model, value types.String) { m.ExpiryDate = value },
			told: func(l *client.BookingLink, m model) client.Field[string] {
				return expiryDate(l.ExpiryDate, m.ExpiryDate)
			},
		},
		{
			name: "maximum_use_count", patched: true,
			get:  func(m model) types.String { return textOf(m.MaximumUseCount) },
			set:  func(m *model, value types.String) { m.MaximumUseCount = numberOf(value) },
			told: func(l *client.BookingLink, _ model) client.Field[string] { return useLimit(l.MaximumUseCount) },
		},
		patient(),
	}
}

func text(name string, at func(*model) *types.String, told func(*client.BookingLink) client.Field[string]) argument {
	return argument{
		name: name, patched: true,
		get:  func(m model) types.String { return *at(&m) },
		set:  func(m *model, value types.String) { *at(m) = value },
		told: func(l *client.BookingLink, _ model) client.Field[string] { return told(l) },
	}
}

// slotDate is a date, which Hero may tell as a time.
func slotDate(name string, at func(*model) *types.String, told func(*client.BookingLink) client.Field[string]) argument {
	a := text(name, at, told)
	a.told = func(l *client.BookingLink, m model) client.Field[string] { return day(told(l), *at(&m)) }
	return a
}

// patient is the argument that Hero offers no change of.
func patient() argument {
	a := text("patient_id", func(m *model) *types.String { return &m.PatientID }, func(l *client.BookingLink) client.Field[string] { return l.PatientID })
	a.patched, a.sensitive = false, true
	return a
}

// single is the one value of an array of Hero's. Several, which no argument can hold, are shown as they are, with commas.
func single(told client.Field[[]string]) client.Field[string] {
	if !told.Told {
		return client.Field[string]{}
	}
	return orNone(strings.Join(told.Or(nil), ","))
}

// orNone is a value that was told, where "" stands for none.
func orNone(value string) client.Field[string] {
	if value == "" {
		return client.Field[string]{Told: true}
	}
	return client.Tell(value)
}

// day is a slot date of Hero's: a date, or a time of which the date counts (inferred: the names and forms of these were not seen).
func day(told client.Field[string], held types.String) client.Field[string] {
	if _, err := time.Parse(time.DateOnly, told.Or("")); err == nil || told.Or("") == "" {
		return told
	}
	return expiryDate(told, held)
}

// expiryDate is Hero's time of expiry as a date: the held one while the time falls on it. What is not a time says nothing.
func expiryDate(told client.Field[string], held types.String) client.Field[string] {
	if told.Value == nil {
		return told
	}
	moment, ok := kit.ParseMoment(*told.Value)
	switch {
	case !ok:
		return client.Field[string]{}
	case held.ValueString() != "" && kit.FallsOn(moment, held.ValueString()):
		return client.Tell(held.ValueString())
	}
	return client.Tell(moment.In(kit.London()).Format(time.DateOnly))
}

// useLimit is Hero's use limit; one below 1 is none.
func useLimit(told client.Field[int64]) client.Field[string] {
	if !told.Told {
		return client.Field[string]{}
	}
	if told.Or(0) < 1 {
		return client.Field[string]{Told: true}
	}
	return client.Tell(strconv.FormatInt(*told.Value, 10))
}

func textOf(number types.Int64) types.String {
	switch {
	case number.IsUnknown():
		return types.StringUnknown()
	case number.IsNull():
		return types.StringNull()
	}
	return types.StringValue(strconv.FormatInt(number.ValueInt64(), 10))
}

func numberOf(text types.String) types.Int64 {
	if text.IsUnknown() {
		return types.Int64Unknown()
	}
	number, err := strconv.ParseInt(text.ValueString(), 10, 64)
	if err != nil {
		return types.Int64Null()
	}
	return types.Int64Value(number)
}

// differing are the arguments in which two models differ for Hero. A date on which the link expires already is no difference where that in state
// is not what Hero has in other words: after an import, and when Hero answered otherwise than asked.
func differing(planned, state model, memory kit.Memory) []argument {
	var changed []argument
	_, deviates := memory.Baseline["expiry_date"]
	for _, a := range arguments() {
		expiry, ok := kit.ParseMoment(state.ExpiresAt.ValueString())
		same := (memory.Imported || deviates) && a.name == "expiry_date" && ok && planned.ExpiryDate.ValueString() != "" && kit.FallsOn(expiry, planned.ExpiryDate.ValueString())
		if !same && !a.get(planned).Equal(a.get(state)) {
			changed = append(changed, a)
		}
	}
	return changed
}

// unusable says why a link cannot be used any more; empty when it can, for all that Hero tells.
func unusable(link *client.BookingLink, now time.Time) string {
	expiry, ok := kit.ParseMoment(link.ExpiryDate.Or(""))
	limit := link.MaximumUseCount.Or(0)
	switch {
	case ok && !now.Before(expiry):
		return "it has expired, at " + link.ExpiryDate.Or("")
	case limit >= 1 && link.NumberOfUses.Or(0) >= limit:
		return "it is used up: " + strconv.FormatInt(link.NumberOfUses.Or(0), 10) + " of " + strconv.FormatInt(limit, 10) + " uses"
	case link.Active.Told && !link.Active.Or(true):
		return "Hero says that it is not active"
	}
	return ""
}
