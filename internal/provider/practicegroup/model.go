package practicegroup

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// model is a hero_practice_group_settings as Terraform sees it.
type model struct {
	PracticeGroupID            types.String `tfsdk:"practice_group_id"`
	ID                         types.String `tfsdk:"id"`
	Name                       types.String `tfsdk:"name"`
	Address                    types.Object `tfsdk:"address"`
	PrescriptionPartnerEnabled types.Bool   `tfsdk:"prescription_partner_enabled"`
	PrescriptionPartner        types.String `tfsdk:"prescription_partner"`
	Credentials                types.Object `tfsdk:"prescription_partner_credentials"`
	OnDestroy                  types.String `tfsdk:"on_destroy"`
	Sector                     types.String `tfsdk:"sector"`
	OverwrittenValues          types.Map    `tfsdk:"overwritten_values"`
}

// called is how messages name the settings: with the practice's name where it is known.
func called(practice, name string) string {
	if name == "" {
		return "practice group " + practice
	}
	return fmt.Sprintf("practice group %s (%s)", practice, name)
}

// get is one argument as text: null when it is not managed, unknown while it is not known.
func (m model) get(path string) types.String {
	switch path {
	case "name":
		return m.Name
	case "prescription_partner":
		return m.PrescriptionPartner
	case "prescription_partner_enabled":
		switch {
		case m.PrescriptionPartnerEnabled.IsNull():
			return types.StringNull()
		case m.PrescriptionPartnerEnabled.IsUnknown():
			return types.StringUnknown()
		}
		return types.StringValue(m.PrescriptionPartnerEnabled.String())
	}
	return member(m.Address, strings.TrimPrefix(path, "address."))
}

// member is a text of a nested object. Nothing in an object that is null or unknown is anything else.
func member(object types.Object, name string) types.String {
	switch {
	case object.IsUnknown():
		return types.StringUnknown()
	case object.IsNull():
		return types.StringNull()
	}
	text, _ := object.Attributes()[name].(types.String)
	return text
}

// set puts a value into an argument. An address that is null comes to be.
func (m *model) set(path, value string) {
	switch path {
	case "name":
		m.Name = types.StringValue(value)
	case "prescription_partner":
		m.PrescriptionPartner = types.StringValue(value)
	case "prescription_partner_enabled":
		m.PrescriptionPartnerEnabled = types.BoolValue(value == "true")
	default:
		lines := map[string]attr.Value{}
		for _, line := range addressLines() {
			lines[line] = member(m.Address, line)
		}
		lines[strings.TrimPrefix(path, "address.")] = types.StringValue(value)
		m.Address = types.ObjectValueMust(texts(addressLines()), lines)
	}
}

func addressLines() []string {
	return []string{"line_1", "line_2", "line_3", "town", "county", "postcode", "country"}
}

func credentialsMembers() []string { return []string{"email", "password_wo", "password_wo_version"} }

// texts is the type of an object whose members are all texts.
func texts(members []string) map[string]attr.Type {
	kinds := map[string]attr.Type{}
	for _, name := range members {
		kinds[name] = types.StringType
	}
	return kinds
}

// managed are the arguments that are configured and known. known is false when there is one that is configured and not known yet.
func (m model) managed() (managed values, known bool) {
	managed, known = values{}, true
	for _, a := range arguments() {
		switch value := m.get(a.path); {
		case value.IsUnknown():
			known = false
		case !value.IsNull():
			managed[a.path] = value.ValueString()
		}
	}
	return managed, known
}

// refresh brings what is managed up to what Hero tells now. What somebody else has cleared is "" and not null, which would mean that it is
// not managed.
func (m *model) refresh(group *client.PracticeGroup, memory kit.Memory) {
	m.refreshSector(group)
	live := liveValues(group)
	managed, _ := m.managed()
	for path := range managed {
		if now, told := live[path]; told {
			m.set(path, asSet(memory, path, now))
		}
	}
}

// asSet is a live value as it was set: where Hero answers otherwise than asked, that answer stands for what was asked and is no drift.
func asSet(memory kit.Memory, path, live string) string {
	if asked, ok := memory.AskedFor(path, live); ok {
		return asked
	}
	return live
}

func (m *model) refreshSector(group *client.PracticeGroup) {
	if group.Sector.Told || m.Sector.IsUnknown() {
		m.Sector = kit.StringFrom(group.Sector)
	}
}

// importedModel is everything that Hero tells of a practice group, as an import begins with, and what Hero does not tell.
func importedModel(practice string, group *client.PracticeGroup) (imported model, untold []string) {
	imported = model{
		PracticeGroupID: types.StringValue(practice), ID: types.StringValue(practice), Sector: kit.StringFrom(group.Sector),
		Address: types.ObjectNull(texts(addressLines())), Credentials: types.ObjectNull(texts(credentialsMembers())),
		OnDestroy: types.StringValue(keep), OverwrittenValues: overwrittenValues(values{}),
	}
	live := liveValues(group)
	for _, a := range arguments() {
		value, told := live[a.path]
		switch {
		case !told:
			untold = append(untold, a.path)
		case value != "":
			imported.set(a.path, value)
		}
	}
	return imported, append(untold, credentialsArgument)
}

// credentials is the part of a configuration that holds the secret: only a configuration does.
func (m model) credentials() *client.PrescriptionPartnerCredentials {
	return &client.PrescriptionPartnerCredentials{
		Email: member(m.Credentials, "email").ValueStringPointer(), Password: member(m.Credentials, "password_wo").ValueStringPointer(),
	}
}

// sameCredentials says that nothing about them is to be sent. The password itself does not count: it is sent by version.
func (m model) sameCredentials(before model) bool {
	return m.Credentials.IsNull() ||
		member(m.Credentials, "email").Equal(member(before.Credentials, "email")) &&
			member(m.Credentials, "password_wo_version").Equal(member(before.Credentials, "password_wo_version"))
}

func overwrittenValues(overwritten values) types.Map {
	return types.MapValueMust(types.StringType, kit.StringElements(overwritten))
}
