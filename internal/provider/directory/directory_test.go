package directory_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// lists is every data source of the room, with the attribute that holds its objects.
var lists = map[string]string{
	"hero_admins": "admins", "hero_appointment_types": "appointment_types", "hero_locations": "locations", "hero_practitioners": "practitioners",
}

func decode(t *testing.T, text string) []map[string]any {
	t.Helper()
	var objects []map[string]any
	if err := json.Unmarshal([]byte(text), &objects); err != nil {
		t.Fatalf("%s: %s", text, err)
	}
	return objects
}

func TestDirectory_readsTheDocumentationsSamples(t *testing.T) {
	t.Parallel()
	d := acctest.NewSample(t).Driver(t, nil)

	acctest.Equal(t, "appointment types", acctest.Read(t, d, "hero_appointment_types", nil).Get("appointment_types.0"), map[string]any{
		"id": "string", "name": "string", "partner_slot_name": "string", "next_available_at": "2019-08-24T14:15:22Z", "slot_count": int64(0), "price": int64(0), "duration": int64(0),
		"assignee_id": "string", "assignee_type": "Admin", "sector": "nhs", "video": false, "in_person": false, "telephone": false, "use_partner_bookable_slots": true,
		"admin_booking_invoice_required": true, "form_id": "string", "practitioner_type": "GP",
	})
	acctest.Equal(t, "admins", acctest.Read(t, d, "hero_admins", nil).Get("admins.0"), map[string]any{
		"id": "string", "first_name": "string", "last_name": "string", "email": "string", "external_prescriber_id": "string",
		"prescriber_details": map[string]any{"name": nil, "email": nil, "registration_code": nil},
	})
	// Of these two the documentation shows no item.
	acctest.Equal(t, "locations", acctest.Read(t, d, "hero_locations", nil).Get("locations.0"), map[string]any{"id": nil, "name": nil})
	acctest.Equal(t, "practitioners", acctest.Read(t, d, "hero_practitioners", nil).Get("practitioners.0"), map[string]any{"id": nil, "name": nil, "first_name": nil, "last_name": nil})
}

func TestDirectory_listsWhatHeroHas(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil)
	for typeName, ids := range map[string][]any{
		"hero_admins": {"3", "4"}, "hero_appointment_types": {"1", "2", "3"}, "hero_locations": {"5", "6"}, "hero_practitioners": {"7", "8"},
	} {
		object := acctest.Read(t, d, typeName, nil)
		acctest.Equal(t, typeName+" ids", object.List("ids"), ids)
		raw := decode(t, object.String("json"))
		for i, item := range object.List(lists[typeName]) {
			typed, ok := item.(map[string]any)
			if !ok || typed["id"] != ids[i] || raw[i]["id"] != ids[i] {
				t.Errorf("%s: item %d is %v, in json %v, beside the id %v", typeName, i, item, raw[i], ids[i])
			}
		}
	}
	types := acctest.Read(t, d, "hero_appointment_types", nil)
	acctest.Equal(t, "price", types.Get("appointment_types.2.price"), 45.5)
	acctest.Equal(t, "next_available_at", types.Get("appointment_types.0.next_available_at"), "2027-09-01T08:00:00Z")
	acctest.Equal(t, "absent", types.Get("appointment_types.1.next_available_at"), nil)
	admins := acctest.Read(t, d, "hero_admins", nil)
	acctest.Equal(t, "prescriber", admins.Get("admins.0.prescriber_details"), map[string]any{"name": "Zoe Example", "email": "zoe.example@practice.example", "registration_code": "0000001"})
	acctest.Equal(t, "no prescriber", admins.Get("admins.1.prescriber_details"), nil)
}

func TestDirectory_readsAnswersWithoutWhatIsNotDocumented(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{DocumentedOnly: true}).Driver(t, nil)
	for typeName, attribute := range lists {
		if objects := acctest.Read(t, d, typeName, nil).List(attribute); len(objects) < 2 {
			t.Errorf("%s: got %v", typeName, objects)
		}
	}
}

func TestDirectory_asksThePracticeThatIsNamed(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil)
	for typeName := range lists {
		own, other := acctest.Read(t, d, typeName, nil), acctest.Read(t, d, typeName, map[string]any{"practice_group_id": "15"})
		if reflect.DeepEqual(own.List("ids"), other.List("ids")) || len(other.List("ids")) == 0 {
			t.Errorf("%s: practice 12 has %v, practice 15 %v", typeName, own.List("ids"), other.List("ids"))
		}
	}
}

func TestDirectory_sendsFiltersToHero(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	d := mock.Driver(t, nil)
	for _, c := range []struct {
		typeName string
		config   map[string]any
		ids      []any
	}{
		{"hero_appointment_types", map[string]any{"location_ids": []string{"6"}}, []any{"1", "3"}},
		{"hero_appointment_types", map[string]any{"location_ids": []string{"5", "6"}}, []any{"1", "2", "3"}},
		{"hero_appointment_types", map[string]any{"has_availability": false}, []any{"3"}},
		{"hero_locations", map[string]any{"appointment_type_ids": []string{"2"}, "has_availability": true}, []any{"5"}},
		{"hero_practitioners", map[string]any{"location_ids": []string{"6"}, "appointment_type_ids": []string{"1"}}, []any{"8"}},
		{"hero_admins", map[string]any{"order_by": "first_name"}, []any{"4", "3"}},
		{"hero_admins", map[string]any{"order_by": "first_name", "order_descending": true}, []any{"3", "4"}},
	} {
		mock.ResetRequests()
		acctest.Equal(t, fmt.Sprint(c.typeName, c.config), acctest.Read(t, d, c.typeName, c.config).List("ids"), c.ids)
		query := mock.Requests()[0].Query
		for _, argument := range slices.Collect(maps.Keys(c.config)) {
			if !query.Has(argument) {
				t.Errorf("%s: %s was not sent", c.typeName, argument)
			}
		}
	}
}

func TestDirectory_looksUpByExactName(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	mock.AddLocation(mockapi.Location{ID: "9", Name: "Main surgery (annexe)"})
	d := mock.Driver(t, nil)
	for _, c := range []struct {
		typeName, argument, wanted string
		ids                        []any
	}{
		{"hero_locations", "name", "Main surgery", []any{"5"}},
		{"hero_locations", "name", "main surgery", []any{}},
		{"hero_appointment_types", "name", "Asthma review", []any{"2"}},
		{"hero_practitioners", "name", "Nurse Example", []any{"8"}},
		{"hero_admins", "email", "Alex.Example@practice.example", []any{"4"}},
	} {
		object := acctest.Read(t, d, c.typeName, map[string]any{c.argument: c.wanted})
		acctest.Equal(t, c.wanted, object.List("ids"), c.ids)
		if all := decode(t, object.String("json")); len(all) != len(c.ids) || len(object.List(lists[c.typeName])) != len(c.ids) {
			t.Errorf("%s: json holds %d objects and %s %v, beside the ids %v", c.wanted, len(all), lists[c.typeName], object.List(lists[c.typeName]), c.ids)
		}
	}
}

func TestDirectory_namesPractitionersOfWhomOnlyPartsOfTheNameAreTold(t *testing.T) {
	t.Parallel()
	d := acctest.NewBodies(t, map[string]string{
		"/v1/practitioners": `{"data":[{"id":7,"first_name":"Made","last_name":"Up"},{"id":8,"last_name":"Example"}],"count":2}`,
	}).Driver(t, nil)
	object := acctest.Read(t, d, "hero_practitioners", map[string]any{"name": "Made Up"})
	acctest.Equal(t, "practitioners", object.List("practitioners"), []any{map[string]any{"id": "7", "name": "Made Up", "first_name": "Made", "last_name": "Up"}})
	acctest.Equal(t, "one part", acctest.Read(t, d, "hero_practitioners", map[string]any{"name": "Example"}).List("ids"), []any{"8"})
}

func TestDirectory_readsTheStaffOfAllPages(t *testing.T) {
	t.Parallel()
	for _, options := range []mockapi.Options{{MaxPageSize: 25}, {MaxPageSize: 25, FirstPageIndex: 1}, {MaxPageSize: 100, FirstPageIndex: 1, RefusePageZero: true}} {
		mock := acctest.NewMock(t, options)
		want := []any{"3", "4"}
		for i := range 128 {
			want = append(want, mock.AddAdmin(mockapi.Admin{ID: fmt.Sprint(1000 + i), FirstName: "Made", LastName: "Up", Email: fmt.Sprintf("made.up.%d@practice.example", i)}))
		}
		acctest.Equal(t, "ids", acctest.Read(t, mock.Driver(t, nil), "hero_admins", nil).List("ids"), want)
	}
}

func TestDirectory_keepsTheWholeAnswer(t *testing.T) {
	t.Parallel()
	item := `{"id":"1","latitude":51.50000000000000001,"more":{"b":[1,null],"a":true}}`
	for typeName := range lists {
		d := acctest.NewBodies(t, map[string]string{"/v1/" + typeName[len("hero_"):]: `{"data":[` + item + `],"count":1}`}).Driver(t, nil)
		acctest.Equal(t, typeName, acctest.Read(t, d, typeName, nil).String("json"), `[{"id":"1","latitude":51.50000000000000001,"more":{"a":true,"b":[1,null]}}]`)
	}
}

func TestDirectory_refusesFiltersThatWouldNotFilter(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil)
	d.ValidateDataSource("hero_locations", map[string]any{"appointment_type_ids": []string{}}).RequireError(t, "at least 1")
	d.ValidateDataSource("hero_locations", map[string]any{"appointment_type_ids": []string{""}}).RequireError(t, "empty")
	d.ValidateDataSource("hero_admins", map[string]any{"email": ""}).RequireError(t, "empty")
}

func TestDirectory_saysWhatFailed(t *testing.T) {
	t.Parallel()
	d := acctest.NewBodies(t, nil).Driver(t, nil)
	for typeName, what := range map[string]string{
		"hero_admins": "Listing the staff of practice group 12 failed", "hero_appointment_types": "Listing the appointment types of practice group 12 failed",
		"hero_locations": "Listing the locations of practice group 12 failed", "hero_practitioners": "Listing the practitioners of practice group 12 failed",
	} {
		_, diags := d.ReadDataSource(typeName, nil)
		diags.RequireError(t, what)
		diags.RequireError(t, "Hero answered 404")
	}
}
