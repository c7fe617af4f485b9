package client

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestUpdatePracticeGroup_sendsOnlyWhatIsGiven(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		patch PracticeGroupPatch
		want  string
	}{
		"nothing":              {PracticeGroupPatch{}, `{}`},
		"one line, one clears": {PracticeGroupPatch{Address: &AddressPatch{Line1: new("1 High Street"), County: new("")}}, `{"address":{"line_1":"1 High Street","county":""}}`},
		"false is a value":     {PracticeGroupPatch{PrescriptionPartnerEnabled: new(false)}, `{"prescription_partner_enabled":false}`},
		"everything": {
			PracticeGroupPatch{
				Name: new(""), PrescriptionPartnerEnabled: new(true), PrescriptionPartner: new("signature_rx"),
				PrescriptionPartnerCredentials: &PrescriptionPartnerCredentials{Email: new("rx@example.com"), Password: new("p")},
				Address:                        &AddressPatch{Line2: new("2"), Line3: new("3"), Town: new("4"), Postcode: new("5"), Country: new("6")},
			},
			`{"name":"","prescription_partner_enabled":true,"prescription_partner":"signature_rx","prescription_partner_credentials":{"email":"rx@example.com","password":"p"},` +
				`"address":{"line_2":"2","line_3":"3","town":"4","postcode":"5","country":"6"}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake, client := newFakeHero(t, answers(200, ""))
			if err := client.UpdatePracticeGroup(t.Context(), practiceA, c.patch); err != nil {
				t.Fatal(err)
			}
			if request := fake.only(t); request.String() != "PATCH /v1/me" || request.body != c.want {
				t.Errorf("sent %s %s", request, request.body)
			}
		})
	}
}

func TestUpdatePracticeGroup_discardsTheSharedReadOfItsPracticeAlsoWhenItFails(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, answersByPath(map[string]string{"GET /v1/me": `{"name":"Riverside"}`}))
	read := func(practice string) {
		t.Helper()
		if _, err := c.SharedPracticeGroup(t.Context(), practice); err != nil {
			t.Fatal(err)
		}
	}
	read(practiceA)
	read(practiceA)
	read("13")
	var refused *Error
	if err := c.UpdatePracticeGroup(t.Context(), practiceA, PracticeGroupPatch{}); !errors.As(err, &refused) || refused.Status != 404 {
		t.Fatalf("got %v", err)
	}
	read(practiceA)
	read("13")
	if n := len(fake.requests()); n != 4 { // one each, the PATCH, and one more
		t.Errorf("want 4 requests, got %v", fake.requests())
	}
}

func TestPracticeGroup_partsOfMe(t *testing.T) {
	t.Parallel()
	_, c := newFakeHero(t, answersByPath(map[string]string{
		"GET /v1/me/capabilities":  `{"capabilities":["sms_messaging",7]}`,
		"GET /v1/me/configuration": `{"anything":[1.0]}`,
		"GET /v1/me/elements":      `{"data":[{"version":"2","config":{"a":1.0},"element":null},{"version":null,"element":{"b":2}},{}],"count":3}`,
	}))
	capabilities, err := c.Capabilities(t.Context(), practiceA)
	if err != nil {
		t.Fatal(err)
	}
	valueOf(t, "capabilities", capabilities.Names, []string{"sms_messaging", "7"})

	configuration, err := c.Configuration(t.Context(), practiceA)
	if err != nil || string(configuration) != `{"anything":[1.0]}` {
		t.Fatalf("got %s, %v", configuration, err)
	}

	elements, err := c.Elements(t.Context(), practiceA)
	if err != nil || len(elements.Items) != 3 || elements.Count != 3 {
		t.Fatalf("got %+v, %v", elements, err)
	}
	first, second, third := elements.Items[0], elements.Items[1], elements.Items[2]
	valueOf(t, "version", first.Version, "2")
	if string(first.Config.Or(nil)) != `{"a":1.0}` || string(second.Element.Or(nil)) != `{"b":2}` || string(third.Raw) != `{}` {
		t.Errorf("got %s", elements.Raw)
	}
	empty(t, "element", first.Element, true)
	empty(t, "version", second.Version, true)
	empty(t, "config", second.Config, false)
}

func TestConfiguration_isAnErrorWhenTheAnswerIsNoJSON(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", "<html>", "{} x"} {
		_, c := newFakeHero(t, answers(200, body))
		var shape *ShapeError
		if got, err := c.Configuration(t.Context(), practiceA); !errors.As(err, &shape) {
			t.Errorf("%q: got %s, %v", body, got, err)
		}
	}
}

func TestElements_anIncompleteListIsAnError(t *testing.T) {
	t.Parallel()
	_, c := newFakeHero(t, answers(200, `{"data":[{}],"count":2}`))
	if _, err := c.Elements(t.Context(), practiceA); !errors.Is(err, ErrIncomplete) {
		t.Errorf("got %v", err)
	}
}

func TestNetworkIDs_areThePracticeAndItsNetworkWithoutRepetition(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][]string{
		`{"data":[{"id":15,"name":"B"},{"id":"12","name":"A"},{"id":"15"},{"id":null},{}],"count":5}`: {"12", "15"},
		`[{"id":"18"}]`:         {"12", "18"},
		`{"data":[],"count":0}`: {"12"},
	} {
		fake, c := newFakeHero(t, answers(200, body))
		ids, err := c.NetworkIDs(t.Context(), practiceA)
		if err != nil || !slices.Equal(ids, want) || fake.only(t).String() != "GET /v1/network" {
			t.Errorf("%s: got %v, %v", body, ids, err)
		}
	}
}

func TestNetwork_isAnErrorWhenItCannotBeTrusted(t *testing.T) {
	t.Parallel()
	var shape *ShapeError
	for _, body := range []string{`{"data":[{"id":"15"}],"count":2}`, `{"practices":[]}`, `{"data":["15"]}`, ``} {
		_, c := newFakeHero(t, answers(200, body))
		if ids, err := c.NetworkIDs(t.Context(), practiceA); !errors.As(err, &shape) {
			t.Errorf("%s: got %v, %v", body, ids, err)
		}
	}
}

func TestLists_areErrorsInAnUnknownShape(t *testing.T) {
	t.Parallel()
	var shape *ShapeError
	for _, body := range []string{`{"practices":[]}`, `{"data":null}`, `{"data":["15"]}`, `"text"`, ``, `<html>`} {
		_, c := newFakeHero(t, answers(200, body))
		if _, err := c.Elements(t.Context(), practiceA); !errors.As(err, &shape) {
			t.Errorf("a list in one answer, %s: got %v", body, err)
		}
		if _, err := c.ListBookingLinks(t.Context(), practiceA); !errors.As(err, &shape) {
			t.Errorf("a list in pages, %s: got %v", body, err)
		}
	}
}

func TestWholeNetwork_namesThePracticesThatHeroNames(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"data":[{"id":"15","name":"B"},{"id":"12","name":"A"},{"id":"18"}],"count":3}`: "12=A 15=B 18=",
		`{"data":[{"id":"15","name":"B"}],"count":1}`:                                    "12= 15=B",
	} {
		_, c := newFakeHero(t, answers(200, body))
		members, err := c.WholeNetwork(t.Context(), practiceA)
		var got []string
		for _, member := range members {
			got = append(got, member.ID.Or("")+"="+member.Name.Or(""))
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s: got %v, %v", body, got, err)
		}
	}
}
