package practicegroup_test

import (
	"encoding/json"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func readFrom(t *testing.T, mock *acctest.Mock, typeName string, config map[string]any) driver.Object {
	t.Helper()
	result, diags := mock.Driver(t, nil).ReadDataSource(typeName, config)
	diags.RequireNone(t)
	return result
}

func TestPracticeGroup_isReadForTheProvidersPracticeOrTheNamedOne(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	mock.ChangeSettings("15", func(p *mockapi.PracticeSettings) {
		p.PrescriptionPartner, p.PrescriptionPartnerEnabled = "signature_rx", true
	})
	if got := readFrom(t, mock, "hero_practice_group", nil); got.String("id") != "12" || got.String("name") != "Riverside Medical Centre" {
		t.Errorf("read %v", got)
	}
	got := readFrom(t, mock, "hero_practice_group", map[string]any{"practice_group_id": "15"})
	text := got.String("json")
	delete(got, "json")
	want := driver.Object{
		"practice_group_id": "15", "id": "15", "name": "Hilltop Surgery", "sector": "nhs",
		"prescription_partner": "signature_rx", "prescription_partner_enabled": true,
		"address": map[string]any{
			"line_1": "1 Example Street", "line_2": nil, "line_3": nil, "town": "Exampleton", "county": nil, "postcode": "EX1 1EX", "country": "United Kingdom",
		},
	}
	if show(got) != show(want) {
		t.Errorf("read\n%v, want\n%v", got, want)
	}
	var whole map[string]any
	if err := json.Unmarshal([]byte(text), &whole); err != nil || whole["name"] != "Hilltop Surgery" {
		t.Errorf("json is %s: %v", text, err)
	}
}

func TestPracticeGroup_keepsCredentialsOutOfJSON(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: 200, Body: `{"new_field":1.10,"prescription_partner_credentials":{"email":"rx@example.nhs.uk","password":"` + password + `"}}`})
	for _, typeName := range []string{"hero_practice_group", "hero_practice_group_configuration"} {
		if got := readFrom(t, mock, typeName, nil).String("json"); got != `{"new_field":1.10}` {
			t.Errorf("%s: json is %s", typeName, got)
		}
	}
}

func TestPracticeGroup_isNullWhereHeroTellsNothing(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{DocumentedOnly: true})
	got := readFrom(t, mock, "hero_practice_group", nil)
	for _, attribute := range []string{"name", "sector", "address", "prescription_partner", "prescription_partner_enabled"} {
		if !got.IsNull(attribute) {
			t.Errorf("%s is %v", attribute, got.Get(attribute))
		}
	}
	if got.String("id") != "12" || got.String("json") != "{}" {
		t.Errorf("read %v", got)
	}
}

func TestCapabilities_areASet(t *testing.T) {
	t.Parallel()
	for _, documentedOnly := range []bool{false, true} {
		mock := acctest.NewMock(t, mockapi.Options{DocumentedOnly: documentedOnly})
		got := readFrom(t, mock, "hero_practice_group_capabilities", nil)
		if show(got.List("capabilities")) != "[online_booking sms_messaging]" || got.String("json") != `{"capabilities":["sms_messaging","online_booking"]}` {
			t.Errorf("read %v", got)
		}
		mock.ChangeSettings("12", func(p *mockapi.PracticeSettings) { p.Capabilities = nil })
		if got := readFrom(t, mock, "hero_practice_group_capabilities", nil); got.IsNull("capabilities") || len(got.List("capabilities")) != 0 {
			t.Errorf("none are %v", got.Get("capabilities"))
		}
	}
}

func TestCapabilities_areNullWhenHeroDoesNotTell(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: 200, Body: `{}`})
	if got := readFrom(t, mock, "hero_practice_group_capabilities", nil); !got.IsNull("capabilities") {
		t.Errorf("read %v", got.Get("capabilities"))
	}
}

func TestConfiguration_isJSON(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	if got := readFrom(t, mock, "hero_practice_group_configuration", map[string]any{"practice_group_id": "18"}); got.String("json") != `{"time_zone":"Europe/London"}` || got.String("practice_group_id") != "18" {
		t.Errorf("read %v", got)
	}
}

func TestElements_comeInHerosOrder(t *testing.T) {
	t.Parallel()
	for _, documentedOnly := range []bool{false, true} {
		mock := acctest.NewMock(t, mockapi.Options{DocumentedOnly: documentedOnly})
		got := readFrom(t, mock, "hero_practice_group_elements", nil)
		if show(got.List("elements")) != `[map[config:{"theme":"light"} element:{"name":"booking"} version:1.4.0] map[config:{} element:<nil> version:<nil>]]` {
			t.Errorf("elements are %v", got.List("elements"))
		}
		mock.ChangeSettings("12", func(p *mockapi.PracticeSettings) { p.Elements = nil })
		if got := readFrom(t, mock, "hero_practice_group_elements", nil); got.IsNull("elements") || len(got.List("elements")) != 0 {
			t.Errorf("none are %v", got.Get("elements"))
		}
	}
}

func TestNetwork_holdsThePracticeThatAsksWhetherHeroListsItOrNot(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		options mockapi.Options
		ids     string
		first   any
	}{
		"Hero leaves it out":   {mockapi.Options{}, "[15 12 18]", map[string]any{"id": "15", "name": "Hilltop Surgery"}},
		"Hero lists it":        {mockapi.Options{NetworkIncludesCaller: true}, "[12 15 18]", map[string]any{"id": "12", "name": "Riverside Medical Centre"}},
		"Hero tells no more":   {mockapi.Options{DocumentedOnly: true}, "[15 12 18]", map[string]any{"id": "15", "name": nil}},
		"the list is an array": {mockapi.Options{ListEnvelope: mockapi.EnvelopeBareArray}, "[15 12 18]", map[string]any{"id": "15", "name": "Hilltop Surgery"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := readFrom(t, acctest.NewMock(t, c.options), "hero_network", map[string]any{"practice_group_id": "15"})
			groups := got.List("practice_groups")
			if show(got.List("ids")) != c.ids || len(groups) != 3 || show(groups[0]) != show(c.first) {
				t.Errorf("ids %v, practice groups %v", got.List("ids"), groups)
			}
		})
	}
}

func TestNetwork_isNotBelievedWhenItIsNotWhole(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{ListEnvelope: mockapi.EnvelopeCountTooLarge})
	_, diags := mock.Driver(t, nil).ReadDataSource("hero_network", nil)
	diags.RequireError(t, "larger count than the items")
}

func TestDataSources_ofAPracticeOutsideTheNetworkSayWhatToCheck(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil)
	for _, typeName := range []string{
		"hero_practice_group", "hero_practice_group_capabilities", "hero_practice_group_configuration", "hero_practice_group_elements", "hero_network",
	} {
		_, diags := d.ReadDataSource(typeName, map[string]any{"practice_group_id": "99"})
		diags.RequireError(t, "practice group 99 failed")
		diags.RequireError(t, "Check practice_group_id: the practice must be in the same Hero network")
		_, diags = d.ReadDataSource(typeName, map[string]any{"practice_group_id": ""})
		diags.RequireError(t, "The id of a practice group is not one")
	}
}
