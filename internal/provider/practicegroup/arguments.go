package practicegroup

import (
	"strconv"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// argument is one value that hero_practice_group_settings can manage, by its path, such as "address.line_1". All are treated as text, also
// the one that is true or false: "" is no value. The prescription partner's credentials are no argument of this kind: Hero does not
// tell them.
type argument struct {
	path string
	// told is what Hero says now.
	told func(*client.PracticeGroup) client.Field[string]
	// send puts a value into what Hero is asked to change.
	send func(*client.PracticeGroupPatch, string)
	// restorable arguments can be put back to what they were. Who fills prescriptions is never decided by a destroy.
	restorable bool
}

const credentialsArgument = "prescription_partner_credentials"

// arguments are all of them, in the order in which messages list them.
func arguments() []argument {
	return []argument{
		{
			path: "name", restorable: true,
			told: func(g *client.PracticeGroup) client.Field[string] { return g.Name },
			send: func(p *client.PracticeGroupPatch, value string) { p.Name = &value },
		},
		addressLine("line_1", func(a client.Address) client.Field[string] { return a.Line1 }, func(p *client.AddressPatch) **string { return &p.Line1 }),
		addressLine("line_2", func(a client.Address) client.Field[string] { return a.Line2 }, func(p *client.AddressPatch) **string { return &p.Line2 }),
		addressLine("line_3", func(a client.Address) client.Field[string] { return a.Line3 }, func(p *client.AddressPatch) **string { return &p.Line3 }),
		addressLine("town", func(a client.Address) client.Field[string] { return a.Town }, func(p *client.AddressPatch) **string { return &p.Town }),
		addressLine("county", func(a client.Address) client.Field[string] { return a.County }, func(p *client.AddressPatch) **string { return &p.County }),
		addressLine("postcode", func(a client.Address) client.Field[string] { return a.Postcode }, func(p *client.AddressPatch) **string { return &p.Postcode }),
		addressLine("country", func(a client.Address) client.Field[string] { return a.Country }, func(p *client.AddressPatch) **string { return &p.Country }),
		{
			path: "prescription_partner_enabled",
			told: func(g *client.PracticeGroup) client.Field[string] {
				// No value counts as false: a partner is not enabled unless Hero says so.
				return client.Field[string]{Told: g.PrescriptionPartnerEnabled.Told, Value: pointerTo(strconv.FormatBool(g.PrescriptionPartnerEnabled.Or(false)))}
			},
			send: func(p *client.PracticeGroupPatch, value string) {
				p.PrescriptionPartnerEnabled = pointerTo(value == "true")
			},
		},
		{
			path: "prescription_partner",
			told: func(g *client.PracticeGroup) client.Field[string] { return g.PrescriptionPartner },
			send: func(p *client.PracticeGroupPatch, value string) { p.PrescriptionPartner = &value },
		},
	}
}

func addressLine(line string, told func(client.Address) client.Field[string], sent func(*client.AddressPatch) **string) argument {
	return argument{
		path: "address." + line, restorable: true,
		told: func(g *client.PracticeGroup) client.Field[string] {
			if g.Address.Value == nil {
				return client.Field[string]{Told: g.Address.Told} // no address has no line either
			}
			return told(*g.Address.Value)
		},
		send: func(p *client.PracticeGroupPatch, value string) {
			if p.Address == nil {
				p.Address = &client.AddressPatch{}
			}
			*sent(p.Address) = &value
		},
	}
}

// values are texts by argument. What is not configured, or what Hero does not tell, is not among them.
type values map[string]string

// liveValues is what Hero tells of a practice group.
func liveValues(group *client.PracticeGroup) values {
	live := values{}
	for _, a := range arguments() {
		if told := a.told(group); told.Told {
			live[a.path] = told.Or("")
		}
	}
	return live
}

// differing are those of v that are not what Hero tells: also those that it does not tell.
func (v values) differing(live values) values {
	other := values{}
	for path, value := range v {
		if now, told := live[path]; !told || now != value {
			other[path] = value
		}
	}
	return other
}

// patch is what Hero is asked to change.
func (v values) patch(credentials *client.PrescriptionPartnerCredentials) client.PracticeGroupPatch {
	patch := client.PracticeGroupPatch{PrescriptionPartnerCredentials: credentials}
	for _, a := range arguments() {
		if value, ok := v[a.path]; ok {
			a.send(&patch, value)
		}
	}
	return patch
}

// inOrder lists the paths of v as messages do.
func (v values) inOrder() []string {
	var paths []string
	for _, a := range arguments() {
		if _, ok := v[a.path]; ok {
			paths = append(paths, a.path)
		}
	}
	return paths
}

func pointerTo[T any](value T) *T { return &value }
