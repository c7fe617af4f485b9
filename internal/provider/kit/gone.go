package kit

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// Fate is what becomes of a resource in state when a read of its object failed.
type Fate int

// The fates: fail the refresh, keep the object as it is, remove it from state.
const (
	Fail Fate = iota
	Stay
	Remove
)

// ReadFailed decides what becomes of object (such as "webhook 5") after a failed read. Only what is proven gone is removed, and only
// when Hero accepts calls for its practice at all; a practice that refuses us keeps its objects where the provider's configuration
// says so. It adds the warning or the error that says what was decided.
func (d *Data) ReadFailed(ctx context.Context, c *client.Client, practice, object string, err error, diags *diag.Diagnostics) Fate {
	summary := fmt.Sprintf("Reading %s of practice group %s failed", object, practice)
	if errors.Is(err, client.ErrGone) {
		if errPractice := c.PracticeAnswers(ctx, practice); errPractice != nil {
			AddError(diags, summary, fmt.Errorf("Hero did not find the %s, but it does not answer for its practice group either, so that proves nothing: %w", object, errPractice)) //nolint:staticcheck // Hero is a name
			return Fail
		}
		diags.AddWarning(fmt.Sprintf("The %s of practice group %s is gone", object, practice),
			"Hero no longer has it, so it leaves Terraform's state. If it is still in the configuration, the next apply makes a new one. Find out who removed it if nobody should have.")
		return Remove
	}
	own := d.PracticeGroupID.ValueString()
	if d.KeepUnreachable && practice != own && client.HasStatus(err, http.StatusUnauthorized, http.StatusForbidden) {
		diags.AddWarning(fmt.Sprintf("Practice group %s cannot be reached: %s is kept as it was", practice, object),
			fmt.Sprintf("on_unreachable_practice is \"keep_state\", so the refresh goes on without it. Writes to it would still fail. If the practice has left the network, take its objects out of Terraform with removed blocks.\n\n%v", err))
		return Stay
	}
	AddError(diags, summary, err)
	return Fail
}
