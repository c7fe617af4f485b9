package formresponse

import "github.com/hashicorp/terraform-plugin-framework/ephemeral"

// The twins read what their data sources read, and leave it in neither state nor plan.

// NewEphemeral is the ephemeral resource hero_form_response.
func NewEphemeral() ephemeral.EphemeralResource { return record().Ephemeral() }

// NewSubmissionEphemeral is the ephemeral resource hero_form_submission_response.
func NewSubmissionEphemeral() ephemeral.EphemeralResource { return single().Ephemeral() }

// NewEphemeralList is the ephemeral resource hero_form_responses.
func NewEphemeralList() ephemeral.EphemeralResource { return list().Ephemeral() }
