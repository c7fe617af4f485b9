package kit

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// ListedPractices is the part of a list resource's configuration that says which practice groups to look at.
type ListedPractices struct {
	PracticeGroupID  types.String `tfsdk:"practice_group_id"`
	PracticeGroupIDs types.List   `tfsdk:"practice_group_ids"`
	EntireNetwork    types.Bool   `tfsdk:"entire_network"`
}

// Practices is the choice that the configuration makes.
func (p ListedPractices) Practices() Practices {
	return Practices{One: p.PracticeGroupID, Many: p.PracticeGroupIDs, Entire: p.EntireNetwork}
}

// ListedPracticesAttributes are the attributes of ListedPractices, together with a list resource's own.
func ListedPracticesAttributes(own map[string]schema.Attribute) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"practice_group_id":  schema.StringAttribute{Optional: true, Validators: []validator.String{PracticeGroupID()}, MarkdownDescription: PracticeDescription},
		"practice_group_ids": schema.ListAttribute{Optional: true, ElementType: types.StringType, MarkdownDescription: PracticesDescription},
		"entire_network":     schema.BoolAttribute{Optional: true, MarkdownDescription: EntireNetworkDescription},
	}
	for name, attribute := range own {
		attributes[name] = attribute
	}
	return attributes
}

// Listing is how a list resource turns Hero's objects of type T into results.
type Listing[T any] struct {
	// Read yields a practice group's objects, as they arrive; an error is the last that comes.
	Read func(ctx context.Context, practice string) iter.Seq2[T, error]
	// Result fills in display name, identity and, when asked for, the resource; or makes of the result a message with [Instead].
	Result func(ctx context.Context, practice NamedPractice, object T, result *list.ListResult)
}

// Stream yields the objects of the chosen practice groups, group by group, while a bounded number of groups is read at once. One error
// result would make Terraform show nothing at all: so, of several groups, one that refuses us (401, 403, 404) is a warning that names it,
// and the others go on. Anything else, and a refusal of all, is an error. It stops reading when its consumer stops.
func Stream[T any](ctx context.Context, d *Data, req list.ListRequest, chosen ListedPractices, l Listing[T]) iter.Seq[list.ListResult] {
	var diags diag.Diagnostics
	c, ready := d.Ready(&diags)
	if !ready {
		return list.ListResultsStreamDiagnostics(diags)
	}
	practices, ok := chosen.Practices().ResolveNamed(ctx, d, c, &diags)
	if !ok {
		return list.ListResultsStreamDiagnostics(diags)
	}
	return func(push func(list.ListResult) bool) {
		reading, stop := context.WithCancel(ctx)
		var readers sync.WaitGroup
		defer readers.Wait()
		defer stop()
		found, refused := int64(0), 0
		for arriving := range readAhead(reading, &readers, c, practices, l.Read) {
			for next := range arriving {
				if refusal(next.err) && len(practices) > 1 {
					refused++
					if !push(refusalWarning(next.practice, next.err)) {
						return
					}
					continue
				}
				if next.err != nil {
					push(listError(fmt.Sprintf("Listing %s failed", next.practice), next.err))
					return
				}
				result := req.NewListResult(ctx)
				l.Result(ctx, next.practice, next.object, &result)
				if result.Identity != nil {
					found++
				}
				if !push(result) || req.Limit > 0 && found >= req.Limit {
					return
				}
			}
		}
		switch err := ctx.Err(); {
		case err != nil: // what came is not all that there is
			push(listError("The listing was interrupted", err))
		case refused > 0 && refused == len(practices):
			push(listError("No practice group could be listed", errors.New("Hero refused every one of them: see the warnings"))) //nolint:staticcheck // Hero is a name
		}
	}
}

// Instead puts a warning in the place of an object.
func Instead(result *list.ListResult, summary, detail string) {
	*result = list.ListResult{}
	result.Diagnostics.AddWarning(summary, detail)
}

func refusal(err error) bool {
	return client.HasStatus(err, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound)
}

func refusalWarning(practice NamedPractice, err error) (message list.ListResult) {
	message.Diagnostics.AddWarning(fmt.Sprintf("Not listed: %s", practice), "The other practice groups are listed without it.\n\n"+err.Error()+"\n\n"+Advice(err))
	return message
}

func listError(summary string, err error) (message list.ListResult) {
	AddError(&message.Diagnostics, summary, err)
	return message
}

// arrival is an object of a practice group, or the error that ended its reading.
type arrival[T any] struct {
	practice NamedPractice
	object   T
	err      error
}

// readAhead yields what arrives from each practice group, in their order. The groups are read a bounded number ahead of the consumer, so
// that a listing that stops early has not asked for a whole network, and of each a bounded number of objects.
func readAhead[T any](ctx context.Context, readers *sync.WaitGroup, c *client.Client, practices []NamedPractice, read func(context.Context, string) iter.Seq2[T, error]) iter.Seq[<-chan arrival[T]] {
	const objectsAhead = 100
	arriving := make([]chan arrival[T], len(practices))
	start := func(i int, practice NamedPractice) {
		arriving[i] = make(chan arrival[T], objectsAhead)
		readers.Go(func() {
			defer close(arriving[i])
			named := practice.Name != ""
			for object, err := range read(ctx, practice.ID) {
				if !named && err == nil { // once, and only for whoever has objects
					practice.Name, named = nameOf(ctx, c, practice.ID), true
				}
				select {
				case arriving[i] <- arrival[T]{practice, object, err}:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	return func(yield func(<-chan arrival[T]) bool) {
		started := 0
		for i := range practices {
			for ; started < min(i+practicesAtOnce, len(practices)); started++ {
				start(started, practices[started])
			}
			if !yield(arriving[i]) {
				return
			}
		}
	}
}

// nameOf asks Hero for a practice group's name; a listing does not fail for want of it.
func nameOf(ctx context.Context, c *client.Client, practice string) string {
	group, err := c.SharedPracticeGroup(ctx, practice)
	if err != nil {
		return ""
	}
	return group.Name.Or("")
}

// Whole yields a list that comes in one piece, for [Listing.Read].
func Whole[T any](read func(context.Context, string) ([]T, error)) func(context.Context, string) iter.Seq2[T, error] {
	return func(ctx context.Context, practice string) iter.Seq2[T, error] {
		return func(yield func(T, error) bool) {
			objects, err := read(ctx, practice)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, object := range objects {
				if !yield(object, nil) {
					return
				}
			}
		}
	}
}
