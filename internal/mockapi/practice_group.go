package mockapi

import (
	"maps"
	"slices"
)

// PracticeSettings are what GET and PATCH /v1/me are about, and what else the practice group's own pages tell.
type PracticeSettings struct {
	Name                       string
	Sector                     string
	PrescriptionPartnerEnabled bool
	PrescriptionPartner        string
	PrescriptionPartnerEmail   string // kept and never returned
	PrescriptionPartnerSecret  string // the password; kept and never returned
	Address                    Address
	Capabilities               []string
	Configuration              map[string]any // plain JSON values
	Elements                   []Element
}

// Address is a practice group's postal address.
type Address struct {
	Line1, Line2, Line3, Town, County, Postcode, Country string
}

// Element is a Hero Element that a practice group has.
type Element struct {
	Version string         // "" is null
	Config  map[string]any // plain JSON values
	Element map[string]any // plain JSON values; nil is null
}

// Settings returns a practice group's settings, and the zero value for one that is unknown.
func (s *Server) Settings(practiceID string) PracticeSettings {
	s.mu.Lock()
	defer s.mu.Unlock()
	settings, known := s.settings[practiceID]
	if !known {
		return PracticeSettings{}
	}
	kept := *settings
	kept.Capabilities = slices.Clone(kept.Capabilities)
	kept.Configuration = maps.Clone(kept.Configuration)
	kept.Elements = slices.Clone(kept.Elements)
	return kept
}

// ChangeSettings changes a practice group's settings as somebody else would and says whether it is known.
func (s *Server) ChangeSettings(practiceID string, f func(*PracticeSettings)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	settings, known := s.settings[practiceID]
	if known {
		f(settings)
	}
	return known
}

func (s *Server) practiceGroupOperations() map[string]handler {
	return map[string]handler{
		"getPracticeGroup":    func(c *call) answer { return ok(s.settings[c.practice].json(c.practice)) },
		"updatePracticeGroup": s.updatePracticeGroup,
		"listCapabilities": func(c *call) answer {
			return ok(object{"capabilities": append([]string{}, s.settings[c.practice].Capabilities...)})
		},
		"getConfiguration": func(c *call) answer {
			if s.settings[c.practice].Configuration == nil {
				return ok(object{})
			}
			return ok(maps.Clone(s.settings[c.practice].Configuration))
		},
		"listElements": s.listElements,
		"listNetwork":  s.listNetwork,
	}
}

// updatePracticeGroup changes what the body names and nothing else, also inside the address. Fields that Hero does not
// know never get here: the contract refuses them.
func (s *Server) updatePracticeGroup(c *call) answer {
	var refused []issue
	given := flattenSettings(c.body)
	for _, field := range given {
		if slices.Contains(s.options.RefuseSettings, field.name()) {
			refused = append(refused, issue{Code: "unrecognized_keys", Expected: "no such key", Path: field.path})
		}
	}
	if len(refused) > 0 {
		return badRequest(refused...)
	}
	settings := s.settings[c.practice]
	for _, field := range given {
		if !slices.Contains(s.options.IgnoreSettings, field.name()) {
			settings.set(field.name(), field.value)
		}
	}
	return ok(settings.json(c.practice))
}

// settingsField is one value of a PATCH body, with where it stands.
type settingsField struct {
	path  []string
	value any
}

func (f settingsField) name() string {
	if len(f.path) == 2 {
		return f.path[0] + "." + f.path[1]
	}
	return f.path[0]
}

func flattenSettings(body object) []settingsField {
	var fields []settingsField
	for key, value := range body {
		nested, isObject := value.(object)
		if !isObject {
			fields = append(fields, settingsField{path: []string{key}, value: value})
		}
		for inner, value := range nested {
			fields = append(fields, settingsField{path: []string{key, inner}, value: value})
		}
	}
	slices.SortFunc(fields, func(a, b settingsField) int { return slices.Compare(a.path, b.path) })
	return fields
}

func (p *PracticeSettings) set(name string, value any) {
	if enabled, isBool := value.(bool); isBool && name == "prescription_partner_enabled" {
		p.PrescriptionPartnerEnabled = enabled
		return
	}
	if target, known := p.texts()[name]; known {
		*target, _ = value.(string)
	}
}

// texts maps the names of PATCH /v1/me to where their values are kept.
func (p *PracticeSettings) texts() map[string]*string {
	const credentials = "prescription_partner_credentials."
	return map[string]*string{
		"name":                   &p.Name,
		"prescription_partner":   &p.PrescriptionPartner,
		credentials + "email":    &p.PrescriptionPartnerEmail,
		credentials + "password": &p.PrescriptionPartnerSecret,
		"address.line_1":         &p.Address.Line1,
		"address.line_2":         &p.Address.Line2,
		"address.line_3":         &p.Address.Line3,
		"address.town":           &p.Address.Town,
		"address.county":         &p.Address.County,
		"address.postcode":       &p.Address.Postcode,
		"address.country":        &p.Address.Country,
	}
}

// json is a practice group as GET /v1/me shows it, without the credentials. What is empty is null.
func (p *PracticeSettings) json(id string) object {
	return object{
		"id": id, "name": nullable(p.Name), "sector": nullable(p.Sector),
		"prescription_partner_enabled": p.PrescriptionPartnerEnabled,
		"prescription_partner":         nullable(p.PrescriptionPartner),
		"address": object{
			"line_1": nullable(p.Address.Line1), "line_2": nullable(p.Address.Line2), "line_3": nullable(p.Address.Line3),
			"town": nullable(p.Address.Town), "county": nullable(p.Address.County),
			"postcode": nullable(p.Address.Postcode), "country": nullable(p.Address.Country),
		},
	}
}

func (s *Server) listElements(c *call) answer {
	var items []object
	for _, element := range s.settings[c.practice].Elements {
		item := object{"version": nullable(element.Version), "config": object{}, "element": nil}
		if element.Config != nil {
			item["config"] = maps.Clone(element.Config)
		}
		if element.Element != nil {
			item["element"] = maps.Clone(element.Element)
		}
		items = append(items, item)
	}
	return list(items, len(items))
}

// nullable is the text, or JSON's null for none.
func nullable(text string) any {
	if text == "" {
		return nil
	}
	return text
}
