package mockapi

import (
	"net/http"
	"strings"
	"testing"
)

func TestPracticeGroup_patchChangesWhatItNamesAndNothingElse(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	hero.do(http.MethodPatch, "/v1/me", `{"address":{"town":"Newtown","line_2":""},"prescription_partner_enabled":true,`+
		`"prescription_partner_credentials":{"email":"rx@example.nhs.uk","password":"hidden"}}`).must(t)
	settings := server.Settings("12")
	equal(t, "town", settings.Address.Town, "Newtown")
	equal(t, "line_1", settings.Address.Line1, "1 Example Street")
	equal(t, "name", settings.Name, "Riverside Medical Centre")
	equal(t, "partner enabled", settings.PrescriptionPartnerEnabled, true)
	equal(t, "e-mail", settings.PrescriptionPartnerEmail, "rx@example.nhs.uk")
	equal(t, "password", settings.PrescriptionPartnerSecret, "hidden")

	me := hero.do(http.MethodGet, "/v1/me", "").must(t)
	if missing, extra := keys(me.object, "id", "name", "sector", "prescription_partner_enabled", "prescription_partner", "address"); missing != nil || extra != nil {
		t.Errorf("GET /v1/me lacks %q and has %q beside", missing, extra)
	}
	equal(t, "sector", me.object["sector"], any("nhs"))
	equal(t, "an empty line", obj(me.object["address"])["line_2"], nil)
	equal(t, "another practice's town", server.Settings("15").Address.Town, "Exampleton")
	hero.do(http.MethodPatch, "/v1/me", `{"name":""}`).must(t)
	equal(t, "a cleared name", hero.do(http.MethodGet, "/v1/me", "").object["name"], nil)
}

func TestPracticeGroup_patchRefusesUnknownFields(t *testing.T) {
	t.Parallel()
	server := New(Options{})
	hero := client{t: t, server: server, key: DefaultAPIKey, practice: "12"}
	code, path := hero.do(http.MethodPatch, "/v1/me", `{"name":"changed","address":{"planet":"Earth"}}`).complaint(t)
	equal(t, "code", code, "unrecognized_keys")
	equal(t, "path", path, "address.planet")
	equal(t, "name", server.Settings("12").Name, "Riverside Medical Centre")
}

func TestPracticeGroup_patchIgnoresAndRefusesAsTheOptionsSay(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{IgnoreSettings: []string{"name"}, RefuseSettings: []string{"address.country"}})
	_, path := hero.do(http.MethodPatch, "/v1/me", `{"address":{"country":"France","town":"Paris"}}`).complaint(t)
	equal(t, "path", path, "address.country")
	equal(t, "town after the refusal", server.Settings("12").Address.Town, "Exampleton")
	hero.do(http.MethodPatch, "/v1/me", `{"name":"changed","address":{"town":"Paris"}}`).must(t)
	equal(t, "town", server.Settings("12").Address.Town, "Paris")
	equal(t, "name", server.Settings("12").Name, "Riverside Medical Centre")
}

func TestPracticeGroup_changesBehindTheClientsBack(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	equal(t, "changed", server.ChangeSettings("15", func(p *PracticeSettings) { p.Name = "Renamed" }), true)
	equal(t, "changed for nobody", server.ChangeSettings("nobody", func(*PracticeSettings) {}), false)
	equal(t, "name", hero.as("15").do(http.MethodGet, "/v1/me", "").object["name"], any("Renamed"))
	equal(t, "name of nobody", server.Settings("nobody").Name, "")
}

func TestPracticeGroup_tellsWhatItHas(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	capabilities := arr(hero.do(http.MethodGet, "/v1/me/capabilities", "").must(t).object["capabilities"])
	equal(t, "first capability", capabilities[0], any("sms_messaging"))
	equal(t, "time zone", hero.do(http.MethodGet, "/v1/me/configuration", "").must(t).object["time_zone"], any("Europe/London"))
	elements := hero.do(http.MethodGet, "/v1/me/elements", "").data(t)
	equal(t, "version", elements[0]["version"], any("1.4.0"))
	equal(t, "second version", elements[1]["version"], nil)
	equal(t, "second element", elements[1]["element"], nil)
	server.ChangeSettings("12", func(p *PracticeSettings) { p.Configuration, p.Elements, p.Capabilities = nil, nil, nil })
	equal(t, "capabilities", hero.do(http.MethodGet, "/v1/me/capabilities", "").text, `{"capabilities":[]}`)
	equal(t, "configuration", hero.do(http.MethodGet, "/v1/me/configuration", "").text, "{}")
	equal(t, "elements", hero.do(http.MethodGet, "/v1/me/elements", "").text, `{"count":0,"data":[]}`)
}

func TestPracticeGroup_documentedOnlyKeepsWhatIsKnown(t *testing.T) {
	t.Parallel()
	_, hero := mock(t, Options{DocumentedOnly: true})
	equal(t, "me, all inferred", hero.do(http.MethodGet, "/v1/me", "").text, "{}")
	equal(t, "capabilities, a sample", len(hero.do(http.MethodGet, "/v1/me/capabilities", "").object), 1)
	equal(t, "network, documented", len(hero.do(http.MethodGet, "/v1/network", "").data(t)), 2)
}

func TestNetwork_listsThePracticesThatTheKeyMayActFor(t *testing.T) {
	t.Parallel()
	server, hero := mock(t, Options{})
	ids := func(c client) string {
		var ids []string
		for _, item := range c.do(http.MethodGet, "/v1/network", "").data(t) {
			ids = append(ids, str(item["id"]))
		}
		return strings.Join(ids, " ")
	}
	equal(t, "network of 12", ids(hero), "15 18")
	equal(t, "network of 15", ids(hero.as("15")), "12 18")
	server.Configure(func(o *Options) { o.NetworkIncludesCaller = true })
	equal(t, "network with the caller", ids(hero), "12 15 18")
	server.AddPractice(Practice{ID: "20", Name: "New Practice", InNetwork: true})
	equal(t, "network with a new practice", ids(hero), "12 15 18 20")
}
