package mockapi

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The statuses of the write to a patient's record. Only success was seen (S).
const (
	statusSuccess = "success"
	statusFailed  = "failed"
)

// FormResponse is what a patient sent with a form. Its patient never exists. Optional texts are "" for null, optional
// numbers 0.
type FormResponse struct {
	ID         string // a number: one operation shows it as such
	PracticeID string

	FormID              int
	FormType            string
	Title               string
	Description         string
	PatientTitle        string
	PatientDescription  string
	ConfirmationMessage string
	SnomedCode          string
	Service             string
	Answers             []Answer

	PatientID        string
	PatientFirstName string
	PatientLastName  string

	CreatedAt           time.Time
	UpdatedAt           time.Time
	Hidden              bool
	EmisFileRecordAt    time.Time // zero: null
	WriteToRecordStatus string
	WriteToRecordError  string

	ClientID, AppointmentID, InvoiceID, ShortLinkID, AdminID int
}

// Answer is a patient's answer to one question.
type Answer struct {
	QuestionID string
	Name       string
	Type       string
	Value      any            // a string, number, bool, []string or nil
	More       map[string]any // further members, plain JSON values: Hero has some that are not published
}

// FormResponses returns the form responses of a practice group, oldest first.
func (s *Server) FormResponses(practiceID string) []FormResponse {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.formResponses.all(practiceID)
}

// AddFormResponse adds a form response. Id and times are made up where they are missing; an empty PracticeID is the key's
// own. It returns the response's id.
func (s *Server) AddFormResponse(response FormResponse) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addFormResponse(response).ID
}

func (s *Server) addFormResponse(response FormResponse) *FormResponse {
	response.ID, response.PracticeID = s.placed(response.ID, response.PracticeID)
	if response.CreatedAt.IsZero() {
		response.CreatedAt = s.options.Clock()
	}
	if response.UpdatedAt.IsZero() {
		response.UpdatedAt = response.CreatedAt
	}
	return s.formResponses.add(response.PracticeID, response.ID, response)
}

// ChangeFormResponse changes a form response and says whether there is one of that id. Answers must be replaced, not
// changed in place.
func (s *Server) ChangeFormResponse(id string, f func(*FormResponse)) bool {
	return change(s, &s.formResponses, id, f)
}

// RemoveFormResponse removes a form response and says whether there was one.
func (s *Server) RemoveFormResponse(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.formResponses.remove(id)
}

// AddFormResponses adds n responses of made-up patients to a practice group, one a minute from 2027-01-01 09:00 UTC, of
// which each fifth could not be written to the patient's record. It returns their ids.
func (s *Server) AddFormResponses(practiceID string, n int) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addFormResponses(practiceID, n)
}

func (s *Server) addFormResponses(practiceID string, n int) []string {
	form, _ := strconv.Atoi(s.directoryID(practiceID, "101")) // 0 shows as null where practice groups have no numbers
	ids := make([]string, 0, n)
	for i := range n {
		ids = append(ids, s.addFormResponse(fictitiousResponse(practiceID, form, i)).ID)
	}
	return ids
}

func fictitiousResponse(practiceID string, form, i int) FormResponse {
	created := time.Date(2027, 1, 1, 9, i, 0, 0, time.UTC)
	r := FormResponse{
		PracticeID: practiceID, FormID: form, FormType: "questionnaire", Title: "Asthma review",
		Description: "Yearly review of asthma care", PatientTitle: "Your asthma", ConfirmationMessage: "Thank you",
		SnomedCode: "394700004", Service: "forms",
		PatientID: strconv.Itoa(900000 + i), PatientFirstName: "Fictitious", PatientLastName: fmt.Sprintf("Patient-%05d", i+1),
		CreatedAt: created, EmisFileRecordAt: created.Add(time.Minute), WriteToRecordStatus: statusSuccess,
		ClientID: 900000 + i, ShortLinkID: 7000 + i,
		Answers: []Answer{
			{QuestionID: "1", Name: "How have you been?", Type: "text", Value: fmt.Sprintf("Made-up answer %d", i+1)},
			{QuestionID: "2", Name: "Height in centimetres", Type: "integer", Value: 150 + i%50},
			{QuestionID: "3", Name: "Do you smoke?", Type: "boolean", Value: i%2 == 0},
			{QuestionID: "4", Name: "Symptoms", Type: "checkboxes", Value: []string{"Cough", "Wheeze"}},
			{QuestionID: "5", Name: "Anything else?", Type: "paragraph"},
		},
	}
	if i%5 == 4 {
		r.EmisFileRecordAt, r.WriteToRecordStatus, r.WriteToRecordError = time.Time{}, statusFailed, "The record system did not answer"
	}
	return r
}

func (s *Server) formResponseOperations() map[string]handler {
	return map[string]handler{
		"getFormResponse":           s.formResponse(FormResponse.numbersJSON),
		"getFormSubmissionResponse": s.formResponse(FormResponse.submissionJSON),
		"listFormResponses":         s.listFormResponses,
	}
}

// formResponse reads one response and shows it in one of the two ways that the API has.
func (s *Server) formResponse(show func(FormResponse) object) handler {
	return func(c *call) answer {
		response, found := s.formResponses.get(c.practice, c.id())
		if !found {
			return notFound("Form response")
		}
		return ok(show(*response))
	}
}

func (s *Server) listFormResponses(c *call) answer {
	created := c.query["created_at[]"]
	if len(created) > 2 {
		return badRequest(issue{Code: "too_big", Expected: "one or two values", Path: []string{"created_at"}})
	}
	responses := slices.DeleteFunc(s.formResponses.all(c.practice), func(r FormResponse) bool { return !r.matches(c, created) })
	slices.SortStableFunc(responses, func(a, b FormResponse) int {
		key := c.query.Get("order_by")
		return cmp.Or(cmp.Compare(a.orderKey(key), b.orderKey(key)), compareIDs(a.ID, b.ID))
	})
	if descending, _ := strconv.ParseBool(c.query.Get("order_descending")); descending {
		slices.Reverse(responses)
	}
	return pageOf(c, s.options, responses, FormResponse.submissionJSON)
}

func (r FormResponse) matches(c *call, created []string) bool {
	for name, value := range map[string]string{
		"status": r.WriteToRecordStatus, "form_type": r.FormType, "form_title": r.Title, "service": r.Service,
		"patient_id": r.PatientID, "patient_first_name": r.PatientFirstName, "patient_last_name": r.PatientLastName,
		"patient_full_name": r.PatientFirstName + " " + r.PatientLastName,
	} {
		if filter := c.query.Get(name); filter != "" && !strings.EqualFold(filter, value) {
			return false
		}
	}
	if len(created) == 0 {
		return true
	}
	day := r.CreatedAt.UTC().Format(time.DateOnly)
	first, last := day10(created[0]), day10(created[len(created)-1])
	return first <= day && day <= last
}

// day10 is the day of a date or of a timestamp.
func day10(text string) string { return text[:min(len(text), len(time.DateOnly))] }

// orderKey is what the list is sorted by; for an order that the mock does not know, nothing.
func (r FormResponse) orderKey(orderBy string) string {
	switch orderBy {
	case "patient_first_name":
		return r.PatientFirstName
	case "patient_last_name":
		return r.PatientLastName
	case "form_title":
		return r.Title
	case "created_at":
		return timestamp(r.CreatedAt)
	default:
		return ""
	}
}

// numbersJSON is a response as GET /v1/form_response/{id} shows it.
func (r FormResponse) numbersJSON() object {
	id, _ := strconv.Atoi(r.ID)
	practice, _ := strconv.Atoi(r.PracticeID)
	return object{
		"id": id, "form_id": optionalNumber(r.FormID), "client_id": optionalNumber(r.ClientID),
		"appointment_id": optionalNumber(r.AppointmentID), "invoice_id": optionalNumber(r.InvoiceID),
		"practice_group_id": practice, "created_at": timestamp(r.CreatedAt), "updated_at": timestamp(r.UpdatedAt),
		"hidden": r.Hidden, "emis_file_record_at": optionalTime(r.EmisFileRecordAt),
		"short_link_id": optionalNumber(r.ShortLinkID), "admin_id": optionalNumber(r.AdminID),
		"write_to_record_error": nullable(r.WriteToRecordError),
	}
}

// submissionJSON is a response as GET /v1/form_submission_response/{id} shows it, and inferred of the list's items.
func (r FormResponse) submissionJSON() object {
	fields := make([]object, 0, len(r.Answers))
	for _, a := range r.Answers {
		field := object{"form_question_id": a.QuestionID, "name": a.Name, "type": a.Type, "value": a.Value}
		maps.Copy(field, a.More)
		fields = append(fields, field)
	}
	return object{
		"id": r.ID, "form_type": nullable(r.FormType), "title": nullable(r.Title), "description": nullable(r.Description),
		"patient_title": nullable(r.PatientTitle), "patient_description": nullable(r.PatientDescription),
		"confirmation_message": nullable(r.ConfirmationMessage), "snomed_code": nullable(r.SnomedCode), "fields": fields,
		"patient_id": nullable(r.PatientID), "emis_file_record_at": optionalTime(r.EmisFileRecordAt),
		"created_at": timestamp(r.CreatedAt), "appointment_id": optionalNumber(r.AppointmentID),
		"write_to_record_status": nullable(r.WriteToRecordStatus),
	}
}

// optionalNumber is the number, or JSON's null for none.
func optionalNumber(number int) any {
	if number == 0 {
		return nil
	}
	return number
}
