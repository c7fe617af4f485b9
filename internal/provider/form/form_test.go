package form_test

import (
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestForm_readsTheDocumentationsSample(t *testing.T) {
	t.Parallel()
	form := acctest.Read(t, acctest.NewSample(t).Driver(t, nil), "hero_form", map[string]any{"id": "5"})
	acctest.Equal(t, "form", form, driver.Object{
		"practice_group_id": nil, "id": "5", "form_type": "questionnaire", "title": "string", "description": "string", "patient_title": "string", "patient_description": "string",
		"snomed_code": "string",
		"fields":      []any{map[string]any{"form_question_id": "string", "name": "string", "type": nil, "json": `{"form_question_id":"string","name":"string"}`}},
		"json": `{"description":"string","fields":[{"form_question_id":"string","name":"string"}],"form_type":"questionnaire","id":"string","patient_description":"string",` +
			`"patient_title":"string","snomed_code":"string","title":"string"}`,
	})
}

func TestForms_readTheDocumentationsSample(t *testing.T) {
	t.Parallel()
	forms := acctest.Read(t, acctest.NewSample(t).Driver(t, nil), "hero_forms", nil)
	acctest.Equal(t, "forms", forms.Get("forms"), []any{map[string]any{
		"id": "string", "title": "string", "description": "string", "patient_title": "string", "patient_description": "string", "reply_form": true, "form_type": "questionnaire", "snomed_code": "string",
	}})
	acctest.Equal(t, "ids", forms.Get("ids"), []any{"string"})
}

func TestForm_isFoundByIDAndByTitle(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]mockapi.Options{"all keys": {}, "documented keys only": {DocumentedOnly: true}, "bare list": {ListEnvelope: mockapi.EnvelopeBareArray}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := acctest.NewMock(t, options).Driver(t, nil)
			byID := acctest.Read(t, d, "hero_form", map[string]any{"id": "101"})
			byTitle := acctest.Read(t, d, "hero_form", map[string]any{"title": "Asthma review"})
			acctest.Equal(t, "by title", byTitle, byID)
			acctest.Equal(t, "title", byID.Get("title"), "Asthma review")
			acctest.Equal(t, "patient_title", byID.Get("patient_title"), "Your asthma")
			acctest.Equal(t, "patient_description", byID.Get("patient_description"), nil)
			acctest.Equal(t, "question", byID.Get("fields.1.name"), "Height in centimetres")
			acctest.Equal(t, "questions", len(byID.List("fields")), 5)
		})
	}
}

func TestForm_withATitleThatNoneOrSeveralHaveIsAnError(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	mock.AddForm(mockapi.Form{ID: "201", Title: "New patient"})
	d := mock.Driver(t, nil)
	_, diags := d.ReadDataSource("hero_form", map[string]any{"title": "asthma review"})
	diags.RequireError(t, "None of the 4 forms of practice group 12 has exactly the title \"asthma review\"")
	_, diags = d.ReadDataSource("hero_form", map[string]any{"title": "New patient"})
	diags.RequireError(t, "the ids 102, 201")
}

func TestForm_isNamedOnce(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil)
	d.ValidateDataSource("hero_form", nil).RequireError(t, "Neither id nor title is given")
	d.ValidateDataSource("hero_form", map[string]any{"id": "1", "title": "x"}).RequireError(t, "Both id and title are given")
	d.ValidateDataSource("hero_form", map[string]any{"id": driver.Unknown, "title": "x"}).RequireNone(t) // it may turn out to be null
	d.ValidateDataSource("hero_form", map[string]any{"id": ""}).RequireError(t, "This is not an id")
	d.ValidateDataSource("hero_form", map[string]any{"id": driver.Unknown}).RequireNone(t)
	d.ValidateDataSource("hero_form", map[string]any{"id": driver.Unknown, "title": nil}).RequireNone(t)
}

func TestForm_thatDoesNotExistIsAnError(t *testing.T) {
	t.Parallel()
	_, diags := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil).ReadDataSource("hero_form", map[string]any{"id": "999"})
	diags.RequireError(t, "Reading form 999 of practice group 12 failed")
	diags.RequireError(t, "Check the ids")
}

func TestForms_areFiltered(t *testing.T) {
	t.Parallel()
	d := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil)
	for _, c := range []struct {
		config map[string]any
		ids    []any
	}{
		{nil, []any{"101", "102", "103"}},
		{map[string]any{"search": "asthma"}, []any{"101"}},
		{map[string]any{"reply_form": true}, []any{"103"}},
		{map[string]any{"reply_form": false}, []any{"101", "102"}},
		{map[string]any{"form_type": "intake_form"}, []any{"102"}},
		{map[string]any{"title": "Reply"}, []any{"103"}},
		{map[string]any{"title": "reply"}, []any{}},
		{map[string]any{"practice_group_id": "15", "title": "Reply"}, []any{"150103"}},
	} {
		acctest.Equal(t, "ids", acctest.Read(t, d, "hero_forms", c.config).Get("ids"), c.ids)
	}
}

func TestForms_keepTheWholeAnswer(t *testing.T) {
	t.Parallel()
	d := acctest.NewBodies(t, map[string]string{
		"/v1/forms":   `{"data":[{"id":1,"title":"A","weight":1.50,"x":{"b":1,"a":[]}}],"count":1}`,
		"/v1/forms/1": `{"id":1,"title":"A","fields":[{"form_question_id":7,"name":"Q","options":["no","yes"]},null,"odd"],"pages":12345678901234567890}`,
	}).Driver(t, nil)
	acctest.Equal(t, "list", acctest.Read(t, d, "hero_forms", nil).Get("json"), `[{"id":1,"title":"A","weight":1.50,"x":{"a":[],"b":1}}]`)
	form := acctest.Read(t, d, "hero_form", map[string]any{"title": "A"})
	acctest.Equal(t, "id", form.Get("id"), "1")
	acctest.Equal(t, "json", form.Get("json"), `{"fields":[{"form_question_id":7,"name":"Q","options":["no","yes"]},null,"odd"],"id":1,"pages":12345678901234567890,"title":"A"}`)
	acctest.Equal(t, "question", form.Get("fields.0"), map[string]any{"form_question_id": "7", "name": "Q", "type": nil, "json": `{"form_question_id":7,"name":"Q","options":["no","yes"]}`})
	acctest.Equal(t, "odd field", form.Get("fields.2.json"), `"odd"`)
}

func TestForms_thatCannotBeListedAreAnError(t *testing.T) {
	t.Parallel()
	d := acctest.NewBodies(t, map[string]string{"/v1/forms/1": `{"id":"1","title":"Without questions","fields":"none"}`}).Driver(t, nil)
	for typeName, config := range map[string]map[string]any{"hero_forms": nil, "hero_form": {"title": "Reply"}} {
		_, diags := d.ReadDataSource(typeName, config)
		diags.RequireError(t, "Listing the forms of practice group 12 failed")
	}
	acctest.Equal(t, "fields", acctest.Read(t, d, "hero_form", map[string]any{"id": "1"}).Get("fields"), nil)
}
