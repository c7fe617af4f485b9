package formlink

import (
	"cmp"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// model is a hero_form_link as Terraform sees it.
type model struct {
	PracticeGroupID      types.String `tfsdk:"practice_group_id"`
	ID                   types.String `tfsdk:"id"`
	FormID               types.String `tfsdk:"form_id"`
	PatientID            types.String `tfsdk:"patient_id"`
	ExpiryDate           types.String `tfsdk:"expiry_date"`
	MaximumUseCount      types.Int64  `tfsdk:"maximum_use_count"`
	RecreateWhenUnusable types.Bool   `tfsdk:"recreate_when_unusable"`
	URL                  types.String `tfsdk:"url"`
	Status               types.String `tfsdk:"status"`
}

// link is the object as messages name it; before it exists, by its form.
func (m model) link() kit.Link {
	object := "form link " + m.ID.ValueString()
	if m.ID.ValueString() == "" {
		object = "form link for form " + m.FormID.ValueString()
	}
	return kit.Link{Object: object, Practice: m.PracticeGroupID.ValueString(), URL: m.URL}
}

// arguments are what Hero is told at creation and never tells again. Hero offers no change of a form link.
var arguments = []string{"form_id", "patient_id", "expiry_date", "maximum_use_count"}

// differing are the arguments in which two models differ.
func differing(planned, state model) []string {
	var changed []string
	for i, same := range []bool{
		planned.FormID.Equal(state.FormID), planned.PatientID.Equal(state.PatientID), planned.ExpiryDate.Equal(state.ExpiryDate), planned.MaximumUseCount.Equal(state.MaximumUseCount),
	} {
		if !same {
			changed = append(changed, arguments[i])
		}
	}
	return changed
}

// request is what Hero is asked to create.
func (m model) request() client.NewFormLink {
	return client.NewFormLink{
		FormID: m.FormID.ValueString(), PatientID: m.PatientID.ValueStringPointer(),
		ExpiryDate: m.ExpiryDate.ValueStringPointer(), MaximumUseCount: m.MaximumUseCount.ValueInt64Pointer(),
	}
}

// take fills in what Hero answered to a create. A link without an id of Hero's is known by its URL.
func (m *model) take(made *client.FormLink) {
	m.ID = types.StringValue(cmp.Or(made.ID.Or(""), made.URL.Or("")))
	m.URL = kit.StringFrom(made.URL)
}

// reference is how Hero is asked about the link.
func (m model) reference() client.LinkRef {
	if url := m.URL.ValueString(); url != "" {
		return client.LinkRef{URL: url}
	}
	return client.LinkRef{ID: m.ID.ValueString()}
}

// unusable says why a link cannot be used any more; empty when it can, for all that is known: of the statuses only "unused" and "expired"
// were seen, the others are inferred.
func (m model) unusable() string {
	switch status := m.Status.ValueString(); status {
	case "expired", "inactive":
		return "Hero says that it is " + status
	case "used":
		if m.MaximumUseCount.ValueInt64() == 1 {
			return "it is used up: it could be used once, and Hero says that it is used"
		}
	}
	return ""
}
