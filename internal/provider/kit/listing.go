package kit

import (
	"context"
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
	// Read yields a practice group's objects, as they arrive; an error ends it.
	Read func(ctx context.Context, practice string) iter.Seq2[T, error]
	// Result fills in display name, identity and, when asked for, the resource.
	Result func(ctx context.Context, practice NamedPractice, object T, result *list.ListResult)
}

// NamedPractice is a practice group with the name that a person knows it by.
type NamedPractice struct{ ID, Name string }

// String is the name with the id, such as "Riverside Medical Centre (12)".
func (p NamedPractice) String() string {
	if p.Name == "" {
		return "practice group " + p.ID
	}
	return fmt.Sprintf("%s (%s)", p.Name, p.ID)
}

// Stream yields the objects of the chosen practice groups, group by group, while a bounded number of them is read at once. One error result
// would make Terraform show nothing at all: so, of several groups, one that refuses us is a warning that names it, and
// the others go on. It stops reading when its consumer stops.
func Stream[T any](ctx context.Context, d *Data, req list.ListRequest, chosen ListedPractices, l Listing[T]) iter.Seq[list.ListResult] {
	var diags diag.Diagnostics
	c, ready := d.Ready(&diags)
	if !ready {
		return list.ListResultsStreamDiagnostics(diags)
	}
	practices, ok := chosen.Practices().Resolve(ctx, d, c, &diags)
	if !ok {
		return list.ListResultsStreamDiagnostics(diags)
	}
	return func(push func(list.ListResult) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var readers sync.WaitGroup
		defer readers.Wait()
		defer cancel()
		pushed := int64(0)
		for _, batch := range readAhead(ctx, &readers, practices, l.Read) {
			var practice NamedPractice
			for next := range batch.items {
				if next.err != nil {
					message, goOn := listFailure(batch.practice, len(practices) > 1, next.err)
					if !push(message) || !goOn {
						return
					}
					break
				}
				if practice.ID == "" {
					practice = nameOf(ctx, c, batch.practice)
				}
				result := req.NewListResult(ctx)
				l.Result(ctx, practice, next.object, &result)
				if !push(result) {
					return
				}
				if pushed++; req.Limit > 0 && pushed >= req.Limit {
					return
				}
			}
		}
	}
}

// nameOf asks Hero for a practice group's name; a listing does not fail for want of it.
func nameOf(ctx context.Context, c *client.Client, practice string) NamedPractice {
	named := NamedPractice{ID: practice}
	if group, err := c.SharedPracticeGroup(ctx, practice); err == nil {
		named.Name = group.Name.Or("")
	}
	return named
}

func listFailure(practice string, amongSeveral bool, err error) (message list.ListResult, goOn bool) {
	if amongSeveral && client.HasStatus(err, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound) {
		message.Diagnostics.AddWarning(fmt.Sprintf("Practice group %s could not be listed", practice), "The other practice groups are listed without it.\n\n"+err.Error()+"\n\n"+Advice(err))
		return message, true
	}
	AddError(&message.Diagnostics, fmt.Sprintf("Listing practice group %s failed", practice), err)
	return message, false
}

type arrived[T any] struct {
	object T
	err    error
}

type batch[T any] struct {
	practice string
	items    chan arrived[T]
}

// readAhead reads the practices in their order, a bounded number of them at once and a bounded number of objects ahead of the consumer.
func readAhead[T any](ctx context.Context, readers *sync.WaitGroup, practices []string, read func(context.Context, string) iter.Seq2[T, error]) []batch[T] {
	const objectsAhead = 100
	batches := make([]batch[T], len(practices))
	for i, practice := range practices {
		batches[i] = batch[T]{practice: practice, items: make(chan arrived[T], objectsAhead)}
	}
	slots := make(chan struct{}, practicesAtOnce)
	readers.Go(func() {
		for _, b := range batches {
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				close(b.items)
				continue
			}
			readers.Go(func() {
				defer func() { close(b.items); <-slots }()
				for object, err := range read(ctx, b.practice) {
					select {
					case b.items <- arrived[T]{object, err}:
					case <-ctx.Done():
						return
					}
				}
			})
		}
	})
	return batches
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
