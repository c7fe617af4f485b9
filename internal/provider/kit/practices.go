package kit

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/sync/errgroup"

	"github.com/herohealth/terraform-provider-hero/internal/client"
)

// Practices is the choice of practice groups of a data source or list resource that can look at several.
type Practices struct {
	One    types.String // practice_group_id
	Many   Collection   // practice_group_ids: a set, or a list where the framework knows no sets
	Entire types.Bool   // entire_network
}

// Collection is what a set and a list of Terraform's have in common.
type Collection interface {
	IsNull() bool
	IsUnknown() bool
	Elements() []attr.Value
}

// How schemas describe the choice.
const (
	PracticesDescription      = "Ids of several practice groups to look at, instead of `practice_group_id`."
	EntireNetworkDescription  = "Look at every practice group of the network that `GET /v1/network` lists for the provider's practice group (or `practice_group_id`), and at that practice group itself."
	practicesAtOnce           = 10
	practicesConflictsSummary = "Two arguments say which practice groups to look at"
)

// Check refuses a choice that contradicts itself, and one of no practice group at all: an audit of nothing would find nothing wrong.
func (p Practices) Check(diags *diag.Diagnostics) {
	at := path.Root("practice_group_ids")
	switch one := !p.One.IsNull() && !p.One.IsUnknown(); {
	case p.Many.IsNull() || p.Many.IsUnknown():
	case one || p.Entire.ValueBool():
		diags.AddAttributeError(at, practicesConflictsSummary, "Give practice_group_ids alone, or practice_group_id, or entire_network = true (of the network of practice_group_id).")
	case len(p.Many.Elements()) == 0:
		diags.AddAttributeError(at, "No practice group is named", "practice_group_ids is empty. Name at least one, or leave the argument out to look at the provider's practice group.")
	default:
		for _, element := range p.Many.Elements() {
			if id, _ := element.(types.String); !id.IsUnknown() {
				checkPracticeID(at, id.ValueString(), diags)
			}
		}
	}
}

// NamedPractice is a practice group with the name that a person knows it by; empty where it is not known.
type NamedPractice struct{ ID, Name string }

// String is the name with the id, such as "Riverside Medical Centre (12)".
func (p NamedPractice) String() string {
	if p.Name == "" {
		return "practice group " + p.ID
	}
	return fmt.Sprintf("%s (%s)", p.Name, p.ID)
}

// Resolve is the chosen practice groups, in the order in which their results are to come: as Hero lists the network, or sorted as a set is.
func (p Practices) Resolve(ctx context.Context, d *Data, c *client.Client, diags *diag.Diagnostics) ([]string, bool) {
	practices, ok := p.ResolveNamed(ctx, d, c, diags)
	var ids []string
	for _, practice := range practices {
		ids = append(ids, practice.ID)
	}
	return ids, ok
}

// ResolveNamed is Resolve with the names that Hero told on the way.
func (p Practices) ResolveNamed(ctx context.Context, d *Data, c *client.Client, diags *diag.Diagnostics) ([]NamedPractice, bool) {
	if !p.Many.IsNull() {
		var chosen []NamedPractice
		for _, element := range p.Many.Elements() {
			id, _ := element.(types.String)
			practice, ok := d.Practice(id, diags)
			if !ok {
				return nil, false
			}
			if named := (NamedPractice{ID: practice}); !slices.Contains(chosen, named) {
				chosen = append(chosen, named)
			}
		}
		return chosen, true
	}
	own, ok := d.Practice(p.One, diags)
	if !ok || !p.Entire.ValueBool() {
		return []NamedPractice{{ID: own}}, ok
	}
	members, err := c.WholeNetwork(ctx, own)
	if err != nil {
		AddError(diags, "Reading the network of practice group "+own+" failed", err)
		return nil, false
	}
	chosen := make([]NamedPractice, len(members))
	for i, member := range members {
		chosen[i] = NamedPractice{ID: member.ID.Or(""), Name: member.Name.Or("")}
	}
	return chosen, true
}

// EachPractice calls read for several practice groups at once, a bounded number at a time, and returns the results in the practices'
// order. The first error ends it.
func EachPractice[T any](ctx context.Context, practices []string, read func(context.Context, string) (T, error)) ([]T, error) {
	results := make([]T, len(practices))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(practicesAtOnce)
	for i, practice := range practices {
		group.Go(func() (err error) {
			results[i], err = read(ctx, practice)
			return err
		})
	}
	return results, group.Wait()
}
