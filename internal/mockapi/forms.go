package mockapi

import (
	"strconv"
	"strings"
)

// Form is a form that patients fill in. Optional texts are "" for null.
type Form struct {
	ID                 string
	PracticeID         string
	Title              string
	Description        string
	PatientTitle       string
	PatientDescription string
	FormType           string
	SnomedCode         string
	ReplyForm          bool
	Questions          []Question
}

// Question is one field of a form.
type Question struct {
	ID   string
	Name string
	Type string
}

// AddForm adds a form. An id is made up where it is missing; an empty PracticeID is the key's own. It returns the id.
func (s *Server) AddForm(form Form) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	form.ID, form.PracticeID = s.placed(form.ID, form.PracticeID)
	return s.forms.add(form.PracticeID, form.ID, form).ID
}

func (s *Server) formOperations() map[string]handler {
	return map[string]handler{"listForms": s.listForms, "getForm": s.getForm}
}

func (s *Server) listForms(c *call) answer {
	var items []object
	for _, form := range s.forms.all(c.practice) {
		if form.matches(c) {
			item := form.json()
			item["reply_form"] = form.ReplyForm
			items = append(items, item)
		}
	}
	return list(items, len(items))
}

func (f Form) matches(c *call) bool {
	search := strings.ToLower(c.query.Get("search"))
	return strings.Contains(strings.ToLower(f.Title+"\n"+f.Description), search) &&
		!differs(c.query.Get("form_type"), f.FormType) &&
		!differs(c.query.Get("reply_form"), strconv.FormatBool(f.ReplyForm))
}

func (s *Server) getForm(c *call) answer {
	form, found := s.forms.get(c.practice, c.id())
	if !found {
		return notFound("Form")
	}
	fields := make([]object, 0, len(form.Questions))
	for _, question := range form.Questions {
		fields = append(fields, object{"form_question_id": question.ID, "name": question.Name, "type": question.Type})
	}
	body := form.json()
	body["fields"] = fields
	return ok(body)
}

// json is what the list and the single read have in common.
func (f Form) json() object {
	return object{
		"id": f.ID, "title": f.Title, "description": f.Description, "form_type": f.FormType,
		"patient_title": nullable(f.PatientTitle), "patient_description": nullable(f.PatientDescription),
		"snomed_code": nullable(f.SnomedCode),
	}
}
