package client

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
)

// LinkRef names a link of any kind: by its URL, or by its id.
type LinkRef struct{ URL, ID string }

// LinkStatus is what Hero says of a link of any kind (sample). Status and type are open sets: "unused" and "booking" were seen.
type LinkStatus struct {
	Status    Field[string]          `json:"status"`
	Type      Field[string]          `json:"type"`
	Reference Field[json.RawMessage] `json:"reference"` // an array of objects that were not seen
	Raw       json.RawMessage        `json:"-"`
}

// LinkStatus asks what became of a link. ErrGone when Hero does not know it.
func (c *Client) LinkStatus(ctx context.Context, practice string, link LinkRef) (*LinkStatus, error) {
	if (link.URL == "") == (link.ID == "") {
		return nil, errors.New("a link's status is asked for by its URL or by its id, exactly one of them")
	}
	query := url.Values{}
	filter(query).text("url", link.URL)
	filter(query).text("id", link.ID)
	status, err := getOne(ctx, c, practice, "/v1/links/status", query, func(o *LinkStatus) *json.RawMessage { return &o.Raw })
	if err != nil {
		return nil, c.gone(ctx, practice, err)
	}
	return status, nil
}

// ShortLink is one item of Hero's list of links of all kinds. No item was seen in the documentation, so all names are inferred, from the
// list's filters and from the read of a booking link.
type ShortLink struct {
	ID         Field[string]
	URL        Field[string]
	Type       Field[string]
	Status     Field[string]
	ExpiryDate Field[string]
	// PatientID tells a single patient's link from a generic one only if it is told: when it is not, only Hero knows, and leaves such links
	// out when asked to (see [ShortLinkFilter]).
	PatientID Field[string]
	Raw       json.RawMessage
}

// UnmarshalJSON looks for the URL under the names to be expected.
func (s *ShortLink) UnmarshalJSON(data []byte) error {
	answer, err := scalarMembers(data)
	if err != nil {
		return err
	}
	s.ID = firstTold(answer["id"], answer["uuid"])
	s.URL = firstTold(answer["short_link"], answer["url"], answer["link"])
	s.Type, s.Status = answer["type"], answer["status"]
	s.ExpiryDate, s.PatientID = answer["expiry_date"], answer["patient_id"]
	return nil
}

// ShortLinkFilter narrows the list of links (sample). The zero value asks for all, in Hero's order.
type ShortLinkFilter struct {
	Type                        string // "booking" was seen
	Status                      string // "expired" was seen
	ExcludePatientSpecificLinks *bool
	OrderBy                     string // "expiry_date" was seen
	OrderDescending             *bool
}

// ShortLinks reads all links of a practice group that pass the filter.
func (c *Client) ShortLinks(ctx context.Context, practice string, wanted ShortLinkFilter) (*List[ShortLink], error) {
	query := url.Values{}
	filter(query).text("type", wanted.Type)
	filter(query).text("status", wanted.Status)
	filter(query).flag("exclude_patient_specific_links", wanted.ExcludePatientSpecificLinks)
	filter(query).text("order_by", wanted.OrderBy)
	filter(query).flag("order_descending", wanted.OrderDescending)
	return getPages(ctx, c, practice, "/v1/short_links", query, 0, func(o *ShortLink) *json.RawMessage { return &o.Raw })
}
