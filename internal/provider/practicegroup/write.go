package practicegroup

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// change is what one apply sets at a practice group, and what Hero had before.
type change struct {
	practice    string
	before      values // what Hero told just before
	wanted      values // what is to be set, also where Hero has it already
	credentials *client.PrescriptionPartnerCredentials
}

// read starts a change with what Hero has now.
func read(ctx context.Context, c *client.Client, practice string) (change, *client.PracticeGroup, error) {
	group, err := c.PracticeGroup(ctx, practice)
	if err != nil {
		return change{}, nil, err
	}
	return change{practice: practice, before: liveValues(group)}, group, nil
}

// send changes at Hero what differs, and nothing when nothing does. A failure after which the change may have been made all the same is
// settled by a read.
func (ch change) send(ctx context.Context, c *client.Client) (sent bool, err error) {
	differing := ch.wanted.differing(ch.before)
	if len(differing) == 0 && ch.credentials == nil {
		return false, nil
	}
	err = c.UpdatePracticeGroup(ctx, ch.practice, differing.patch(ch.credentials))
	if err != nil && client.MaybeDone(err) {
		err = ch.settle(ctx, c, differing, err)
	}
	return true, err
}

// settle finds out whether a change was made whose answer was lost: one request changes all, so one value that is now as wanted, and was not
// before, proves it. Ctrl-C does not end it, since the request has been sent.
func (ch change) settle(ctx context.Context, c *client.Client, differing values, lost error) error {
	group, err := c.PracticeGroup(context.WithoutCancel(ctx), ch.practice)
	if err != nil {
		return fmt.Errorf("%w. Whether the change was made could not be read either: %w", lost, err)
	}
	now := liveValues(group)
	seen := false
	for path, value := range differing {
		_, wasTold := ch.before[path]
		live, told := now[path]
		seen = seen || told
		if wasTold && told && live == value {
			return nil
		}
	}
	if !seen {
		return fmt.Errorf("%w. Hero does not tell these values, so it is not known whether the change was made. Sending it again does no harm: apply again", lost)
	}
	return fmt.Errorf("%w. A read right after it shows that the change was not made", lost)
}

// verify reads back what was sent. Where Hero answers otherwise than asked, that answer becomes the baseline, with one warning.
func (ch change) verify(ctx context.Context, c *client.Client, memory *kit.Memory, diags *diag.Diagnostics) {
	group, err := c.PracticeGroup(ctx, ch.practice)
	if err != nil {
		diags.AddWarning(fmt.Sprintf("The changed settings of practice group %s could not be read back", ch.practice),
			"The change was made. Should Hero have taken a value otherwise than configured, the next plan shows it.\n\n"+err.Error())
		return
	}
	live := liveValues(group)
	deviations := memory.Compare()
	for _, path := range ch.wanted.inOrder() {
		if now, told := live[path]; told {
			deviations.Argument(path, types.StringValue(ch.wanted[path]), client.Tell(now))
		}
	}
	deviations.Warn("settings", ch.practice, diags)
}

// remember notes in memory what was set, and the originals of what Terraform begins to manage.
func (ch change) remember(memory *kit.Memory, added values) {
	if memory.LastSet == nil {
		memory.LastSet = map[string]*string{}
	}
	if memory.Originals == nil {
		memory.Originals = map[string]*string{}
	}
	for path := range added {
		if original, told := ch.before[path]; told {
			memory.Originals[path] = &original
		}
	}
	for path, value := range ch.wanted {
		memory.LastSet[path] = &value
		delete(memory.Baseline, path)
	}
}

// forget drops what memory holds of arguments that are no longer managed.
func forget(memory *kit.Memory, paths []string) {
	for _, path := range paths {
		delete(memory.LastSet, path)
		delete(memory.Originals, path)
		delete(memory.Baseline, path)
	}
}

// addWriteError puts Hero's complaints onto the arguments, under the names that they have here.
func addWriteError(diags *diag.Diagnostics, summary string, err error) {
	var refused *client.Error
	if errors.As(err, &refused) {
		for i, problem := range refused.Problems {
			if slices.Equal(problem.Path, []string{credentialsArgument, "password"}) {
				refused.Problems[i].Path = []string{credentialsArgument, "password_wo"}
			}
		}
	}
	kit.AddError(diags, summary, err, "name", "address", "prescription_partner_enabled", "prescription_partner", credentialsArgument)
}
