package client

import (
	"context"
	"encoding/json"
	"net/url"
)

// Form is a form that patients fill in (documented). A list leaves out its fields, a read of one form leaves out ReplyForm. FormType is an open
// set.
type Form struct {
	ID                 Field[string]      `json:"id"`
	FormType           Field[string]      `json:"form_type"`
	Title              Field[string]      `json:"title"`
	Description        Field[string]      `json:"description"`
	PatientTitle       Field[string]      `json:"patient_title"`
	PatientDescription Field[string]      `json:"patient_description"`
	ReplyForm          Field[bool]        `json:"reply_form"`
	SnomedCode         Field[string]      `json:"snomed_code"`
	Fields             Field[[]FormField] `json:"fields"`
	Raw                json.RawMessage    `json:"-"`
}

// FormFilter narrows the list of forms (documented). The zero value asks for all.
type FormFilter struct {
	Search    string
	ReplyForm *bool
	FormType  string
}

// Forms lists a practice group's forms.
func (c *Client) Forms(ctx context.Context, practice string, wanted FormFilter) (*List[Form], error) {
	query := url.Values{}
	filter(query).text("search", wanted.Search)
	filter(query).flag("reply_form", wanted.ReplyForm)
	filter(query).text("form_type", wanted.FormType)
	return getList(ctx, c, practice, "/v1/forms", query, func(o *Form) *json.RawMessage { return &o.Raw })
}

// Form reads one form with its fields. A form that does not exist is an [Error] with the status 404.
func (c *Client) Form(ctx context.Context, practice, id string) (*Form, error) {
	return getOne(ctx, c, practice, "/v1/forms/"+url.PathEscape(id), nil, func(o *Form) *json.RawMessage { return &o.Raw })
}

// FormField is a field of a form, or of a response to one. The question's id and the name are documented; the documentation was cut
// after them, so the names of the type and of the answer are inferred.
type FormField struct {
	FormQuestionID Field[string]
	Name           Field[string]
	Type           Field[string]
	// Answer is one of: text, number, boolean, several texts, nothing (documented). Of Value (numbers and booleans as Hero wrote them) and
	// Values (several choices) at most one holds something. What is none of these is in Raw only.
	Value  Field[string]
	Values Field[[]string]
	Raw    json.RawMessage
}

// UnmarshalJSON reads what it knows and keeps everything in Raw. It never fails.
func (f *FormField) UnmarshalJSON(data []byte) error {
	*f = FormField{Raw: append(json.RawMessage(nil), data...)}
	var members map[string]json.RawMessage
	if json.Unmarshal(data, &members) != nil {
		return nil //nolint:nilerr // a field in another shape is kept as it came
	}
	f.FormQuestionID, f.Name = fieldOf(members, "form_question_id"), fieldOf(members, "name")
	f.Type = firstTold(fieldOf(members, "type"), fieldOf(members, "field_type"))
	for _, name := range []string{"value", "answer", "response"} {
		answer, told := members[name]
		if !told {
			continue
		}
		switch answer[0] {
		case '[':
			_ = json.Unmarshal(answer, &f.Values) // a Field's decoding never fails
		case '{':
		default:
			_ = json.Unmarshal(answer, &f.Value)
		}
		break
	}
	return nil
}

// fieldOf is one member of an object as text; not told when it is absent.
func fieldOf(members map[string]json.RawMessage, name string) Field[string] {
	var f Field[string]
	if member, ok := members[name]; ok {
		_ = json.Unmarshal(member, &f) // a Field's decoding never fails
	}
	return f
}
