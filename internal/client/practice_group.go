package client

import (
	"context"
	"encoding/json"
	"net/http"
)

// PracticeGroup is the answer of GET /v1/me. Its fields were not seen in the documentation: they are expected to be those of PATCH
// /v1/me without the credentials, with id and sector besides (inferred).
type PracticeGroup struct {
	ID                         Field[string]  `json:"id"`
	Name                       Field[string]  `json:"name"`
	Sector                     Field[string]  `json:"sector"` // nhs or paid
	PrescriptionPartnerEnabled Field[bool]    `json:"prescription_partner_enabled"`
	PrescriptionPartner        Field[string]  `json:"prescription_partner"`
	Address                    Field[Address] `json:"address"`
	// Raw is the whole answer.
	Raw json.RawMessage `json:"-"`
}

// Address is a practice's postal address. The name country is inferred: the documentation's page was cut after "co".
type Address struct {
	Line1    Field[string] `json:"line_1"`
	Line2    Field[string] `json:"line_2"`
	Line3    Field[string] `json:"line_3"`
	Town     Field[string] `json:"town"`
	County   Field[string] `json:"county"`
	Postcode Field[string] `json:"postcode"`
	Country  Field[string] `json:"country"`
}

// PracticeGroup reads a practice group as Hero has it now.
func (c *Client) PracticeGroup(ctx context.Context, practice string) (*PracticeGroup, error) {
	k := call{practice: practice, method: http.MethodGet, path: "/v1/me"}
	answered, err := c.do(ctx, k)
	if err != nil {
		return nil, err
	}
	group := PracticeGroup{Raw: answered.body}
	if err := answered.into(&group, k); err != nil {
		return nil, err
	}
	return &group, nil
}

// SharedPracticeGroup reads a practice group once for all who ask for it in this run, until it is written to.
func (c *Client) SharedPracticeGroup(ctx context.Context, practice string) (*PracticeGroup, error) {
	if c.config.SingleReads {
		return c.PracticeGroup(ctx, practice)
	}
	return c.me.get(ctx, practice, func(ctx context.Context) (*PracticeGroup, error) { return c.PracticeGroup(ctx, practice) })
}

// NetworkMember is one practice group of a network (documented).
type NetworkMember struct {
	ID   Field[string] `json:"id"`
	Name Field[string] `json:"name"`
}

// Network lists the practice groups of a practice's network, in Hero's order, and the whole answer. Whether Hero lists the asking practice
// itself is not documented: see NetworkIDs.
func (c *Client) Network(ctx context.Context, practice string) ([]NetworkMember, json.RawMessage, error) {
	k := call{practice: practice, method: http.MethodGet, path: "/v1/network"}
	answered, err := c.do(ctx, k)
	if err != nil {
		return nil, nil, err
	}
	var l listing
	if err := answered.into(&l, k); err != nil {
		return nil, nil, err
	}
	if !l.whole() {
		return nil, nil, &ShapeError{Method: k.method, Path: k.path, Status: answered.status, Err: ErrIncomplete}
	}
	members := make([]NetworkMember, 0, len(l.items))
	for _, item := range l.items {
		var member NetworkMember
		if err := (answer{status: answered.status, body: item}).into(&member, k); err != nil {
			return nil, nil, err
		}
		members = append(members, member)
	}
	return members, answered.body, nil
}

// NetworkIDs is every practice group of a practice's network, the practice itself included, without repetition.
func (c *Client) NetworkIDs(ctx context.Context, practice string) ([]string, error) {
	members, _, err := c.Network(ctx, practice)
	if err != nil {
		return nil, err
	}
	seen, ids := map[string]bool{practice: true}, []string{practice}
	for _, member := range members {
		if id := member.ID.Or(""); id != "" && !seen[id] {
			seen[id], ids = true, append(ids, id)
		}
	}
	return ids, nil
}
