package client

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"net/url"
)

// BookingLink is a booking link as Hero answers it (sample, from the read of one link). The items of the list and the answer to a create
// were not seen: they are expected to be the same object or a part of it (inferred), so anything may be untold.
type BookingLink struct {
	ID              Field[string] `json:"id"`
	PracticeGroupID Field[string] `json:"practice_group_id"`
	ShortLink       Field[string] `json:"short_link"` // the URL that patients open
	Active          Field[bool]   `json:"active"`
	ExpiryDate      Field[string] `json:"expiry_date"` // a date-time
	MaximumUses     Field[int64]  `json:"maximum_uses"`
	UnlimitedUse    Field[bool]   `json:"unlimited_use"`
	NumberOfUses    Field[int64]  `json:"number_of_uses"`
	OpenCount       Field[int64]  `json:"open_count"`

	// What a link is for. Hero answers these in "meta", the ids as arrays; an empty array is a value without members. The practitioner's
	// name, the dates and the patient are inferred: the sample was cut off before them. A link of which Hero tells no patient may be a
	// generic one, or may be one whose patient Hero does not tell.
	AppointmentTypeID Field[[]string] `json:"appointment_type_id"`
	LocationID        Field[[]string] `json:"location_id"`
	PractitionerID    Field[[]string] `json:"practitioner_id"`
	FromDate          Field[string]   `json:"from_date"`
	ToDate            Field[string]   `json:"to_date"`
	PatientID         Field[string]   `json:"patient_id"`

	// MaximumUseCount is the use limit by whichever of its names came: null when unlimited.
	MaximumUseCount Field[int64] `json:"maximum_use_count"`

	// Raw is the link as Hero sent it.
	Raw json.RawMessage `json:"-"`
}

// UnmarshalJSON brings the several places and names of a fact into one.
func (b *BookingLink) UnmarshalJSON(data []byte) error {
	type told BookingLink
	var answer struct {
		told
		Meta Field[told] `json:"meta"`
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return err
	}
	*b = BookingLink(answer.told)
	meta := answer.Meta.Or(told{})
	b.AppointmentTypeID = firstTold(meta.AppointmentTypeID, b.AppointmentTypeID)
	b.LocationID = firstTold(meta.LocationID, b.LocationID)
	b.PractitionerID = firstTold(meta.PractitionerID, b.PractitionerID)
	b.FromDate = firstTold(meta.FromDate, b.FromDate)
	b.ToDate = firstTold(meta.ToDate, b.ToDate)
	b.PatientID = firstTold(meta.PatientID, b.PatientID)

	b.MaximumUseCount = firstTold(b.MaximumUseCount, b.MaximumUses)
	if b.UnlimitedUse.Or(false) {
		b.MaximumUseCount = Field[int64]{Told: true}
	}
	return nil
}

func bookingLinkRaw(b *BookingLink) *json.RawMessage { return &b.Raw }

// NewBookingLink is what Hero takes to create a booking link (guide). Dates are YYYY-MM-DD. Without a patient the link is generic.
type NewBookingLink struct {
	AppointmentTypeID string  `json:"appointment_type_id"`
	LocationID        *string `json:"location_id,omitempty"`
	PractitionerID    *string `json:"practitioner_id,omitempty"`
	PatientID         *string `json:"patient_id,omitempty"`
	FromDate          *string `json:"from_date,omitempty"` // only slots from this day on are shown
	ToDate            *string `json:"to_date,omitempty"`   // only slots until this day are shown
	ExpiryDate        *string `json:"expiry_date,omitempty"`
	MaximumUseCount   *int64  `json:"maximum_use_count,omitempty"`
}

const (
	bookingLinksPath     = "/v1/booking_links" // inferred for the create, a sample for the rest
	bookingLinksListPath = "/v2/bookinglinks"  // a sample
)

func bookingLinkPath(id string) string { return bookingLinksPath + "/" + url.PathEscape(id) }

// CreateBookingLink makes a booking link. A link cannot be deleted and two alike cannot be told apart, so nothing is sent again that Hero may
// have processed: of such an error [MaybeDone] is true, and a link may exist.
func (c *Client) CreateBookingLink(ctx context.Context, practice string, wanted NewBookingLink) (*BookingLink, error) {
	defer c.bookingLinks.discard(practice)
	k := call{practice: practice, method: http.MethodPost, path: bookingLinksPath, body: wanted}
	answered, err := c.do(ctx, k)
	if err != nil {
		return nil, err
	}
	var made BookingLink
	if err := answered.into(&made, k); err != nil {
		return nil, err
	}
	if made.ID.Or("") == "" {
		return nil, withoutFacts(k, answered, "the created booking link has no id")
	}
	made.Raw = answered.body
	return &made, nil
}

// BookingLink asks Hero for one booking link. ErrGone when Hero does not have it.
func (c *Client) BookingLink(ctx context.Context, practice, id string) (*BookingLink, error) {
	link, err := getOne(ctx, c, practice, bookingLinkPath(id), nil, bookingLinkRaw)
	if err != nil {
		return nil, c.gone(ctx, practice, err)
	}
	return link, nil
}

// PatchBookingLink changes fields of a booking link, by the names of [NewBookingLink]; a nil value is sent as null. Hero is known to take
// appointment_type_id, location_id, practitioner_id, from_date and to_date (sample); whether it takes, ignores or refuses expiry_date and
// maximum_use_count is not known, so what became of them must be read back. It is repeated after lost answers.
func (c *Client) PatchBookingLink(ctx context.Context, practice, id string, fields map[string]any) error {
	defer c.bookingLinks.discard(practice)
	return c.change(ctx, call{practice: practice, method: http.MethodPatch, path: bookingLinkPath(id), body: fields})
}

// ListBookingLinks reads all booking links of a practice group.
func (c *Client) ListBookingLinks(ctx context.Context, practice string) (*List[BookingLink], error) {
	return getPages(ctx, c, practice, bookingLinksListPath, nil, 0, bookingLinkRaw)
}

// BookingLinkPages reads a practice group's booking links page by page, for callers that stop early. An error is the last thing that comes,
// and says that what came before is not the whole list.
func (c *Client) BookingLinkPages(ctx context.Context, practice string) iter.Seq2[[]BookingLink, error] {
	return func(yield func([]BookingLink, error) bool) {
		k := call{practice: practice, method: http.MethodGet, path: bookingLinksListPath}
		whole := false
		for p, err := range c.pages(ctx, k, pageSize) {
			var links []BookingLink
			if err == nil {
				links, err = readItems(p.items, k, bookingLinkRaw)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if whole = p.whole; len(links) > 0 && !yield(links, nil) {
				return
			}
		}
		if !whole {
			yield(nil, fmt.Errorf("%s %s: %w", k.method, k.path, ErrIncomplete))
		}
	}
}
