package client

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// Form responses hold patients' health data: nothing here is logged or put into an error.

// FormResponse is the record of a patient's response to a form (sample). Ids come as numbers; which of them may be null was not seen.
type FormResponse struct {
	ID                 Field[string]   `json:"id"`
	FormID             Field[string]   `json:"form_id"`
	ClientID           Field[string]   `json:"client_id"`
	AppointmentID      Field[string]   `json:"appointment_id"`
	InvoiceID          Field[string]   `json:"invoice_id"`
	PracticeGroupID    Field[string]   `json:"practice_group_id"`
	CreatedAt          Field[string]   `json:"created_at"`
	UpdatedAt          Field[string]   `json:"updated_at"`
	Hidden             Field[bool]     `json:"hidden"`
	EmisFileRecordAt   Field[string]   `json:"emis_file_record_at"`
	ShortLinkID        Field[string]   `json:"short_link_id"`
	AdminID            Field[string]   `json:"admin_id"`
	WriteToRecordError Field[string]   `json:"write_to_record_error"`
	Raw                json.RawMessage `json:"-"`
}

// FormResponse reads the record of a response. One that does not exist is an [Error] with the status 404.
func (c *Client) FormResponse(ctx context.Context, practice, id string) (*FormResponse, error) {
	return getOne(ctx, c, practice, "/v1/form_response/"+url.PathEscape(id), nil, func(o *FormResponse) *json.RawMessage { return &o.Raw })
}

// FormSubmissionResponse is a form as a patient filled it in (sample). FormType and WriteToRecordStatus are open sets.
type FormSubmissionResponse struct {
	ID                  Field[string]      `json:"id"`
	FormType            Field[string]      `json:"form_type"`
	Title               Field[string]      `json:"title"`
	Description         Field[string]      `json:"description"`
	PatientTitle        Field[string]      `json:"patient_title"`
	PatientDescription  Field[string]      `json:"patient_description"`
	ConfirmationMessage Field[string]      `json:"confirmation_message"`
	SnomedCode          Field[string]      `json:"snomed_code"`
	Fields              Field[[]FormField] `json:"fields"`
	PatientID           Field[string]      `json:"patient_id"`
	EmisFileRecordAt    Field[string]      `json:"emis_file_record_at"`
	CreatedAt           Field[string]      `json:"created_at"`
	AppointmentID       Field[string]      `json:"appointment_id"`
	WriteToRecordStatus Field[string]      `json:"write_to_record_status"`
	Raw                 json.RawMessage    `json:"-"`
}

// FormSubmissionResponse reads a filled-in form. One that does not exist is an [Error] with the status 404.
func (c *Client) FormSubmissionResponse(ctx context.Context, practice, id string) (*FormSubmissionResponse, error) {
	return getOne(ctx, c, practice, "/v1/form_submission_response/"+url.PathEscape(id), nil, func(o *FormSubmissionResponse) *json.RawMessage { return &o.Raw })
}

// FormResponseItem is one item of the list of responses. No item was seen in the documentation: expected are the members of a filled-in
// form and those that the list filters by (inferred).
type FormResponseItem struct {
	FormSubmissionResponse
	Status           Field[string] `json:"status"`
	FormTitle        Field[string] `json:"form_title"`
	PatientFirstName Field[string] `json:"patient_first_name"`
	PatientLastName  Field[string] `json:"patient_last_name"`
	PatientFullName  Field[string] `json:"patient_full_name"`
	Service          Field[string] `json:"service"`
}

// FormResponseFilter narrows the list of responses (sample). The zero value asks for all, in Hero's order.
type FormResponseFilter struct {
	Status           string // "success" was seen
	PatientFirstName string
	PatientLastName  string
	PatientFullName  string
	PatientID        string
	FormTitle        string
	FormType         string
	Service          string
	CreatedAt        []string // one value, or two, which look like a range (inferred)
	OrderBy          string   // "patient_first_name" was seen
	OrderDescending  *bool
}

func (f FormResponseFilter) query() url.Values {
	query := url.Values{}
	add := filter(query)
	add.text("status", f.Status)
	add.text("patient_first_name", f.PatientFirstName)
	add.text("patient_last_name", f.PatientLastName)
	add.text("patient_full_name", f.PatientFullName)
	add.text("patient_id", f.PatientID)
	add.text("form_title", f.FormTitle)
	add.text("form_type", f.FormType)
	add.text("service", f.Service)
	add.list("created_at[]", f.CreatedAt)
	add.text("order_by", f.OrderBy)
	add.flag("order_descending", f.OrderDescending)
	return query
}

const formResponsesPath = "/v2/form_responses"

// FormResponses lists the responses that pass the filter, in Hero's order: all of them, or the first ones only when most is positive. The
// list's Count is of all of them in either case.
func (c *Client) FormResponses(ctx context.Context, practice string, wanted FormResponseFilter, most int) (*List[FormResponseItem], error) {
	return getPages(ctx, c, practice, formResponsesPath, wanted.query(), most, func(o *FormResponseItem) *json.RawMessage { return &o.Raw })
}

// CountFormResponses is how many responses pass the filter. It asks for a page of one item and keeps nothing. That Hero counts the whole list and
// not the page is expected, but not documented: the count is believed where it exceeds the page. Otherwise the list must be seen to end,
// and if it goes on it is read whole.
func (c *Client) CountFormResponses(ctx context.Context, practice string, wanted FormResponseFilter) (int64, error) {
	k := call{practice: practice, method: http.MethodGet, path: formResponsesPath, query: wanted.query()}
	came := int64(0)
	for p, err := range c.pages(ctx, k, 1) {
		if err != nil {
			return 0, err
		}
		came += int64(len(p.items))
		switch {
		case p.whole:
			return came, nil
		case p.count.Or(0) > came:
			return p.count.Or(0), nil
		case came > 1:
			_, total, err := c.everyItem(ctx, k, 0)
			return total, err
		}
	}
	return 0, &ShapeError{Method: k.method, Path: k.path, Status: http.StatusOK, Err: ErrIncomplete}
}
