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

// WholeNetwork is every practice group of a practice's network, the practice itself first, without repetition. The practice has a name
// there only if Hero lists it.
func (c *Client) WholeNetwork(ctx context.Context, practice string) ([]NetworkMember, error) {
	members, _, err := c.Network(ctx, practice)
	if err != nil {
		return nil, err
	}
	whole, seen := []NetworkMember{{ID: Tell(practice)}}, map[string]bool{}
	for _, member := range members {
		switch id := member.ID.Or(""); {
		case id == practice:
			whole[0].Name = member.Name
		case id != "" && !seen[id]:
			seen[id], whole = true, append(whole, member)
		}
	}
	return whole, nil
}

// NetworkIDs is the ids of WholeNetwork.
func (c *Client) NetworkIDs(ctx context.Context, practice string) ([]string, error) {
	members, err := c.WholeNetwork(ctx, practice)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(members))
	for i, member := range members {
		ids[i] = member.ID.Or("")
	}
	return ids, nil
}

// PracticeGroupPatch is what Hero takes to change a practice group (sample; the name country is inferred, see [Address]). What is nil is
// not sent and stays as it is; "" clears (inferred).
type PracticeGroupPatch struct {
	Name                           *string                         `json:"name,omitempty"`
	PrescriptionPartnerEnabled     *bool                           `json:"prescription_partner_enabled,omitempty"`
	PrescriptionPartner            *string                         `json:"prescription_partner,omitempty"`
	PrescriptionPartnerCredentials *PrescriptionPartnerCredentials `json:"prescription_partner_credentials,omitempty"`
	Address                        *AddressPatch                   `json:"address,omitempty"`
}

// PrescriptionPartnerCredentials log Hero in at the prescription partner. Hero does not return them (inferred).
type PrescriptionPartnerCredentials struct {
	Email    *string `json:"email,omitempty"`
	Password *string `json:"password,omitempty"`
}

// AddressPatch changes lines of an address; lines that are nil are not sent. That Hero then keeps them is inferred.
type AddressPatch struct {
	Line1    *string `json:"line_1,omitempty"`
	Line2    *string `json:"line_2,omitempty"`
	Line3    *string `json:"line_3,omitempty"`
	Town     *string `json:"town,omitempty"`
	County   *string `json:"county,omitempty"`
	Postcode *string `json:"postcode,omitempty"`
	Country  *string `json:"country,omitempty"`
}

// UpdatePracticeGroup changes a practice group. Sending it twice is the same as sending it once, so it is repeated after lost answers; when
// the error says [MaybeDone], a read tells what became of it. The answer's body was not seen in the documentation and is not used.
func (c *Client) UpdatePracticeGroup(ctx context.Context, practice string, patch PracticeGroupPatch) error {
	defer c.me.discard(practice)
	k := call{practice: practice, method: http.MethodPatch, path: "/v1/me", body: patch}
	if login := patch.PrescriptionPartnerCredentials; login != nil && login.Password != nil {
		k.secrets = []string{*login.Password}
	}
	return c.change(ctx, k)
}

// Capabilities is what Hero has switched on for a practice group (sample).
type Capabilities struct {
	Names Field[[]string] `json:"capabilities"`
	Raw   json.RawMessage `json:"-"`
}

// Capabilities reads a practice group's capabilities.
func (c *Client) Capabilities(ctx context.Context, practice string) (*Capabilities, error) {
	return getOne(ctx, c, practice, "/v1/me/capabilities", nil, func(o *Capabilities) *json.RawMessage { return &o.Raw })
}

// Configuration reads a practice group's configuration, whose shape is not documented.
func (c *Client) Configuration(ctx context.Context, practice string) (json.RawMessage, error) {
	raw, err := getOne(ctx, c, practice, "/v1/me/configuration", nil, func(o *json.RawMessage) *json.RawMessage { return o })
	if err != nil {
		return nil, err
	}
	return *raw, nil
}

// Element is one Hero Element of a practice group (documented).
type Element struct {
	Version Field[string]          `json:"version"`
	Config  Field[json.RawMessage] `json:"config"`  // a JSON object
	Element Field[json.RawMessage] `json:"element"` // a JSON object
	Raw     json.RawMessage        `json:"-"`
}

// Elements lists a practice group's Hero Elements.
func (c *Client) Elements(ctx context.Context, practice string) (*List[Element], error) {
	return getList(ctx, c, practice, "/v1/me/elements", nil, func(o *Element) *json.RawMessage { return &o.Raw })
}
