package bookinglink

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// Update implements [resource.Resource]. What changed is sent and read back. After an import, what Hero did not tell is taken over without
// a call.
func (r *bookingLinkResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var planned, state model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &planned)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	c, memory, ok := r.Begin(ctx, req.Private, &resp.Diagnostics)
	if !ok {
		return
	}
	sent := slices.DeleteFunc(differing(planned, state, memory), func(a argument) bool { return slices.Contains(memory.Unverified, a.name) })
	if len(sent) > 0 {
		if err := c.PatchBookingLink(ctx, planned.PracticeGroupID.ValueString(), planned.ID.ValueString(), patch(planned, sent)); err != nil {
			addChangeError(&resp.Diagnostics, planned, err, sent)
			return
		}
	}
	memory.Unverified, memory.Imported = nil, false
	for _, a := range arguments() {
		if !a.get(planned).Equal(a.get(state)) {
			delete(memory.Baseline, a.name) // it was about what was asked then
		}
	}
	save := func() {
		resp.Diagnostics.Append(resp.State.Set(ctx, planned)...)
		kit.SetIdentity(ctx, resp.Identity, planned.PracticeGroupID, planned.ID, &resp.Diagnostics)
		memory.Keep(ctx, resp.Private, &resp.Diagnostics)
	}
	if len(sent) == 0 {
		save()
		return
	}
	found, err := c.BookingLink(ctx, planned.PracticeGroupID.ValueString(), planned.ID.ValueString())
	if err != nil {
		planned.keepUnread(state)
		save()
		resp.Diagnostics.AddWarning(fmt.Sprintf("The changed %s could not be read back", planned.link()),
			"Hero accepted the change, but whether it made it is not known: it may ignore what it cannot change. The next plan reads the link again and shows what is different.\n\n"+err.Error())
		return
	}
	planned.takeChanged(found)
	memory.Judge(unusable(found, r.Data.Time()))
	if ignored := planned.addIgnored(found, sent, &resp.Diagnostics); ignored {
		planned.refresh(found, memory)
	}
	save()
}

// patch is the body that sends these arguments, with explicit nulls for what was removed.
func patch(planned model, changed []argument) map[string]any {
	fields := map[string]any{}
	for _, a := range changed {
		fields[a.name] = nil
		if a.name == "maximum_use_count" && !planned.MaximumUseCount.IsNull() {
			fields[a.name] = planned.MaximumUseCount.ValueInt64()
		} else if value := a.get(planned); !value.IsNull() {
			fields[a.name] = value.ValueString()
		}
	}
	return fields
}

const orReplace = "Hero may be unable to change this on an existing link. To get what is configured, make a new link with another URL: terraform apply -replace=ADDRESS."

func addChangeError(diags *diag.Diagnostics, planned model, err error, sent []argument) {
	summary := fmt.Sprintf("Changing the %s failed", planned.link())
	if client.HasStatus(err, http.StatusBadRequest, http.StatusUnprocessableEntity) {
		err = fmt.Errorf("%w\n\n%s", err, orReplace)
	}
	names := make([]string, 0, len(sent))
	for _, a := range sent {
		names = append(names, a.name)
	}
	kit.AddError(diags, summary, err, names...)
}

// keepUnread leaves what could not be read back as it was.
func (m *model) keepUnread(state model) {
	if m.Active.IsUnknown() {
		m.Active = state.Active
	}
	if m.ExpiresAt.IsUnknown() {
		m.ExpiresAt = state.ExpiresAt
	}
}

// takeChanged fills in what the plan left open. What it promised stays: the next refresh shows what else has changed.
func (m *model) takeChanged(found *client.BookingLink) {
	if m.Active.IsUnknown() {
		m.Active = types.BoolPointerValue(found.Active.Value)
	}
	if m.ExpiresAt.IsUnknown() {
		m.ExpiresAt = kit.StringFrom(found.ExpiryDate)
	}
}

// addIgnored adds an error for each argument that was sent and that Hero, by its own word, has otherwise.
func (m model) addIgnored(found *client.BookingLink, sent []argument, diags *diag.Diagnostics) (ignored bool) {
	for _, a := range sent {
		told := a.told(found, m)
		if !told.Told || told.Or("") == a.get(m).ValueString() {
			continue
		}
		ignored = true
		diags.AddAttributeError(path.Root(a.name), fmt.Sprintf("Hero did not change %s of the %s", a.name, m.link()),
			fmt.Sprintf("Hero accepted the change to %s and still has %s. State holds what Hero has, so the next plan shows the change again.\n\n%s Or write into the configuration what Hero has.",
				kit.QuoteOrNothing(a.get(m)), kit.QuoteOrNothing(kit.StringFrom(told)), orReplace))
	}
	return ignored
}

const keptWhy = `on_destroy is "keep", and Hero cannot delete a link: it only leaves Terraform's state.`

// pastDays is how long ago a link that is to expire at once is said to have expired: more than a day, since neither the time of day nor
// the zone in which Hero takes an expiry date is published.
const pastDays = 2

// expire takes a link that leaves Terraform out of use: the nearest thing to a deletion. It reads back, since Hero may ignore the date.
func expire(ctx context.Context, c *client.Client, state model, now time.Time, diags *diag.Diagnostics) {
	practice, id := state.PracticeGroupID.ValueString(), state.ID.ValueString()
	err := c.PatchBookingLink(ctx, practice, id, map[string]any{"expiry_date": kit.Today(now.AddDate(0, 0, -pastDays))})
	refused := client.HasStatus(err, http.StatusBadRequest, http.StatusUnprocessableEntity)
	if err != nil && !refused && !client.MaybeDone(err) && !client.HasStatus(err, http.StatusNotFound, http.StatusGone) {
		kit.AddError(diags, fmt.Sprintf("Expiring the %s failed", state.link()), err)
		return
	}
	found, errRead := c.BookingLink(ctx, practice, id)
	switch {
	case errors.Is(errRead, client.ErrGone): // gone is more than expired
	case errRead != nil && err != nil:
		kit.AddError(diags, fmt.Sprintf("Expiring the %s failed", state.link()), fmt.Errorf("%w; and reading it failed as well: %w", err, errRead))
	case errRead != nil:
		state.link().WarnGoesOnWorking("Hero accepted an expiry date in the past, but the link could not be read back, so it may work all the same: "+errRead.Error()+".", diags)
	case unusable(found, now) != "":
	case err != nil && !refused: // a lost answer, or a 404 of the change, and yet the link is there
		kit.AddError(diags, fmt.Sprintf("Expiring the %s failed", state.link()), err)
	case refused:
		state.link().WarnGoesOnWorking("Hero refused an expiry date in the past, and it cannot delete a link: "+err.Error()+".", diags)
	default:
		state.link().WarnGoesOnWorking("Hero accepted an expiry date in the past, and the link can be used all the same.", diags)
	}
}

// lookFor is the data source that finds a link whose create had no answer.
func lookFor(planned model) string {
	if planned.PatientID.IsNull() {
		return "data source hero_booking_links"
	}
	return "data source hero_booking_links with include_patient_links = true"
}

func argumentNames() []string {
	var names []string
	for _, a := range arguments() {
		names = append(names, a.name)
	}
	return names
}
