package client

import (
	"context"
	"encoding/json"
	"net/http"
)

// FormLink is what a create of a form link is known to have made. Hero documents no read of it.
type FormLink struct {
	ID  Field[string]
	URL Field[string]
	Raw json.RawMessage
}

// NewFormLink is what Hero is expected to take to create a form link (inferred from the create of a booking link). Dates are YYYY-MM-DD.
type NewFormLink struct {
	FormID          string  `json:"form_id"`
	PatientID       *string `json:"patient_id,omitempty"`
	ExpiryDate      *string `json:"expiry_date,omitempty"`
	MaximumUseCount *int64  `json:"maximum_use_count,omitempty"`
}

const formLinksPath = "/v1/form_links" // inferred from its siblings booking_links, attachment_links and video_links

// CreateFormLink makes a form link. The operation is documented, but neither its path nor its bodies were seen. Like a booking link's create
// it is never sent again once Hero may have processed it: of such an error [MaybeDone] is true, and a link may exist. Of the link's id and
// URL one may be missing, not both.
func (c *Client) CreateFormLink(ctx context.Context, practice string, wanted NewFormLink) (*FormLink, error) {
	k := call{practice: practice, method: http.MethodPost, path: formLinksPath, body: wanted}
	answered, err := c.do(ctx, k)
	if err != nil {
		return nil, err
	}
	made := FormLink{Raw: answered.body}
	if err := answered.into(&made, k); err != nil {
		return nil, err
	}
	if made.ID.Value == nil && made.URL.Value == nil {
		return nil, withoutFacts(k, answered, "the created form link has neither an id nor a URL")
	}
	return &made, nil
}

// UnmarshalJSON looks for id and URL under the names to be expected: those of a booking link and of an attachment link
// ("attachment_link", "attachment_uuid"), and plain ones.
func (f *FormLink) UnmarshalJSON(data []byte) error {
	members, err := scalarMembers(data)
	if err != nil {
		return err
	}
	f.ID = firstTold(members["id"], members["form_link_id"], members["form_link_uuid"], members["uuid"], members["short_link_id"])
	f.URL = firstTold(members["short_link"], members["form_link"], members["link"], members["url"])
	return nil
}

// scalarMembers is a JSON object's members by key, but for objects and arrays: no id and no URL is in them.
func scalarMembers(data []byte) (map[string]Field[string], error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return nil, err
	}
	scalars := make(map[string]Field[string], len(members))
	for name, member := range members {
		var scalar Field[string]
		if member[0] != '{' && member[0] != '[' && json.Unmarshal(member, &scalar) == nil {
			scalars[name] = scalar
		}
	}
	return scalars, nil
}
