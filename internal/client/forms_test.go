package client

import "testing"

func TestForms_filtersAndItems(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, answers(200, `{"data":[{"id":"1","title":"Flu","description":"","patient_title":null,"reply_form":false,"form_type":"of tomorrow","snomed_code":12},{}],"count":2}`))
	list, err := c.Forms(t.Context(), practiceA, FormFilter{Search: "a b", ReplyForm: new(false), FormType: "response"})
	if err != nil || len(list.Items) != 2 || list.Count != 2 {
		t.Fatalf("got %+v, %v", list, err)
	}
	form := list.Items[0]
	valueOf(t, "id", form.ID, "1")
	valueOf(t, "title", form.Title, "Flu")
	empty(t, "description", form.Description, true)
	empty(t, "patient title", form.PatientTitle, true)
	empty(t, "patient description", form.PatientDescription, false)
	valueOf(t, "reply form", form.ReplyForm, false)
	valueOf(t, "type", form.FormType, "of tomorrow")
	valueOf(t, "snomed", form.SnomedCode, "12")
	if string(list.Items[1].Raw) != "{}" {
		t.Errorf("raw is %s", list.Items[1].Raw)
	}
	if request := fake.only(t); request.path != "/v1/forms" || request.query.Encode() != "form_type=response&reply_form=false&search=a+b" {
		t.Errorf("asked %+v", request)
	}
}

func TestForm_withItsFields(t *testing.T) {
	t.Parallel()
	fake, c := newFakeHero(t, answers(200, `{"id":"1/2","fields":[{"form_question_id":7,"name":"Weight","type":"integer","more":[1]}]}`))
	form, err := c.Form(t.Context(), practiceA, "1/2")
	if err != nil {
		t.Fatal(err)
	}
	fields := form.Fields.Or(nil)
	if len(fields) != 1 || string(fields[0].Raw) != `{"form_question_id":7,"name":"Weight","type":"integer","more":[1]}` {
		t.Fatalf("got %+v", fields)
	}
	valueOf(t, "question", fields[0].FormQuestionID, "7")
	valueOf(t, "name", fields[0].Name, "Weight")
	valueOf(t, "type", fields[0].Type, "integer")
	empty(t, "value", fields[0].Value, false)
	if request := fake.only(t); request.path != "/v1/forms/1%2F2" {
		t.Errorf("asked %s", request)
	}
}

func TestForm_aMissingOneIsA404(t *testing.T) {
	t.Parallel()
	_, c := newFakeHero(t, answersByPath(nil))
	if _, err := c.Form(t.Context(), practiceA, "1"); !HasStatus(err, 404) {
		t.Errorf("got %v", err)
	}
}

func TestFormField_answers(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]struct {
		value       string
		values      []string
		told, lists bool
	}{
		`{"value":"yes"}`:                {value: "yes", told: true},
		`{"value":12345678901234567890}`: {value: "12345678901234567890", told: true},
		`{"value":1.50}`:                 {value: "1.50", told: true},
		`{"value":false}`:                {value: "false", told: true},
		`{"value":null}`:                 {told: true},
		`{"value":""}`:                   {told: true},
		`{"value":["a","b",3]}`:          {values: []string{"a", "b", "3"}, lists: true},
		`{"value":[]}`:                   {values: []string{}, lists: true},
		`{"value": {"a":1}}`:             {},
		`{"answer":"yes"}`:               {value: "yes", told: true},
		`{"response":["a"]}`:             {values: []string{"a"}, lists: true},
		`{}`:                             {},
		`[]`:                             {},
		`"text"`:                         {},
	} {
		var field FormField
		if err := field.UnmarshalJSON([]byte(body)); err != nil {
			t.Errorf("%s: %v", body, err)
		}
		if field.Value.Told != want.told || field.Values.Told != want.lists || string(field.Raw) != body {
			t.Errorf("%s: got %s and %s", body, show(field.Value), show(field.Values))
		}
		if field.Value.Or("") != want.value {
			t.Errorf("%s: value %s", body, show(field.Value))
		}
		if want.lists {
			valueOf(t, body, field.Values, want.values)
		}
	}
}
