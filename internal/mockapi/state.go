package mockapi

// state is what Hero would keep in its database.
type state struct {
	practices map[string]*Practice
	order     []string // of the practices' ids
	settings  map[string]*PracticeSettings
	webhooks  table[Webhook]
	tokens    []AccessToken

	bookingLinks table[BookingLink]
	formLinks    table[FormLink]
	otherLinks   table[OtherLink]

	forms            table[Form]
	formResponses    table[FormResponse]
	appointmentTypes table[AppointmentType]
	locations        table[Location]
	practitioners    table[Practitioner]
	admins           table[Admin]
	templates        table[Template]
	raw              map[string]map[string]any // by practice group and path
}

func newState() state {
	return state{
		practices: map[string]*Practice{}, settings: map[string]*PracticeSettings{}, raw: map[string]map[string]any{},
		webhooks: newTable[Webhook](), bookingLinks: newTable[BookingLink](), formLinks: newTable[FormLink](),
		otherLinks: newTable[OtherLink](), forms: newTable[Form](), formResponses: newTable[FormResponse](),
		appointmentTypes: newTable[AppointmentType](), locations: newTable[Location](),
		practitioners: newTable[Practitioner](), admins: newTable[Admin](), templates: newTable[Template](),
	}
}
