package kit_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

// network is a mock of so many practice groups, with the data of a provider that is configured for it.
func network(t *testing.T, practices int) (*mockapi.Server, *kit.Data, []string) {
	t.Helper()
	options := mockapi.Options{OwnPracticeID: "101"}
	var ids []string
	for i := range practices {
		id := strconv.Itoa(101 + i)
		ids = append(ids, id)
		options.Practices = append(options.Practices, mockapi.Practice{ID: id, Name: "Practice of " + id, InNetwork: true})
	}
	server := mockapi.New(options)
	url, stop := server.Start()
	t.Cleanup(stop)
	c, err := client.New(client.Config{BaseURL: url, APIKey: mockapi.DefaultAPIKey})
	if err != nil {
		t.Fatal(err)
	}
	return server, &kit.Data{Client: c, PracticeGroupID: types.StringValue("101")}, ids
}

func several(t *testing.T, ids []string) kit.ListedPractices {
	t.Helper()
	many, diags := types.ListValueFrom(t.Context(), types.StringType, ids)
	if diags.HasError() {
		t.Fatal(diags)
	}
	return kit.ListedPractices{PracticeGroupIDs: many}
}

// stream lists strings; each result's display name is the object with the practice.
func stream(ctx context.Context, d *kit.Data, chosen kit.ListedPractices, limit int64, read func(context.Context, string) iter.Seq2[string, error]) iter.Seq[list.ListResult] {
	req := list.ListRequest{Limit: limit, ResourceSchema: schema.Schema{}, ResourceIdentitySchema: kit.IdentitySchema()}
	return kit.Stream(ctx, d, req, chosen, kit.Listing[string]{
		Read: read,
		Result: func(ctx context.Context, practice kit.NamedPractice, object string, result *list.ListResult) {
			result.DisplayName = object + " of " + practice.String()
			kit.SetIdentity(ctx, result.Identity, types.StringValue(practice.ID), types.StringValue(object), &result.Diagnostics)
		},
	})
}

// told is what a stream said, one line for each result.
func told(results iter.Seq[list.ListResult]) []string {
	var lines []string
	for result := range results {
		if result.DisplayName != "" {
			lines = append(lines, result.DisplayName)
		}
		for _, d := range result.Diagnostics {
			lines = append(lines, d.Severity().String()+": "+d.Summary())
		}
	}
	return lines
}

func numbered(n int) func(context.Context, string) iter.Seq2[string, error] {
	return kit.Whole(func(context.Context, string) ([]string, error) {
		var objects []string
		for i := range n {
			objects = append(objects, strconv.Itoa(i))
		}
		return objects, nil
	})
}

func refused(status int) error {
	return &client.Error{Method: "GET", Path: "/v1/things", Status: status}
}

func TestStream_keepsThePracticesOrderHoweverTheirAnswersCome(t *testing.T) {
	t.Parallel()
	_, data, ids := network(t, 8)
	turn := make([]chan struct{}, len(ids)+1)
	for i := range turn {
		turn[i] = make(chan struct{})
	}
	close(turn[len(ids)])
	read := kit.Whole(func(_ context.Context, practice string) ([]string, error) {
		i := slices.Index(ids, practice)
		<-turn[i+1] // the last answers first
		close(turn[i])
		return []string{"a", "b"}, nil
	})
	var want []string
	for _, id := range ids {
		want = append(want, "a of Practice of "+id+" ("+id+")", "b of Practice of "+id+" ("+id+")")
	}
	if got := told(stream(t.Context(), data, several(t, ids), 0, read)); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestStream_readsTenPracticesAtOnceAndNoMore(t *testing.T) {
	t.Parallel()
	_, data, ids := network(t, 25)
	var inside atomic.Int64
	var counting sync.Mutex
	most := int64(0)
	full := make(chan struct{})
	var filled sync.Once
	read := kit.Whole(func(ctx context.Context, _ string) ([]string, error) {
		now := inside.Add(1)
		defer inside.Add(-1)
		counting.Lock()
		most = max(most, now)
		counting.Unlock()
		if now >= 10 {
			filled.Do(func() { close(full) })
		}
		select { // the first ten wait for each other
		case <-full:
		case <-ctx.Done():
		}
		return nil, nil
	})
	if got := told(stream(t.Context(), data, several(t, ids), 0, read)); got != nil {
		t.Errorf("got %q", got)
	}
	if most != 10 {
		t.Errorf("%d were read at once", most)
	}
}

func TestStream_givesTheFirstResultBeforeTheLastPracticeIsRead(t *testing.T) {
	t.Parallel()
	_, data, ids := network(t, 3)
	seen := make(chan struct{})
	read := func(ctx context.Context, _ string) iter.Seq2[string, error] {
		return func(yield func(string, error) bool) {
			if !yield("first", nil) {
				return
			}
			select { // each practice has more, once the consumer has seen the very first result
			case <-seen:
				yield("more", nil)
			case <-ctx.Done():
			}
		}
	}
	count := 0
	for range stream(t.Context(), data, several(t, ids), 0, read) {
		if count++; count == 1 {
			close(seen)
		}
	}
	if count != 6 {
		t.Errorf("%d results", count)
	}
}

func TestStream_endsItsReadersWhenTheConsumerStops(t *testing.T) {
	t.Parallel()
	for name, limit := range map[string]int64{"the consumer leaves": 0, "the limit is reached": 5} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, data, ids := network(t, 20)
			var running atomic.Int64
			var endless atomic.Int64
			read := func(ctx context.Context, practice string) iter.Seq2[string, error] {
				return func(yield func(string, error) bool) {
					running.Add(1)
					defer running.Add(-1)
					if practice == ids[1] { // hangs until it is told to stop
						<-ctx.Done()
						return
					}
					for i := 0; yield(strconv.Itoa(i), nil); i++ {
						endless.Add(1)
					}
				}
			}
			count := 0
			for result := range stream(t.Context(), data, several(t, ids), limit, read) {
				if result.Diagnostics.HasError() {
					t.Fatal(result.Diagnostics)
				}
				if count++; limit == 0 && count == 5 {
					break
				}
			}
			if count != 5 {
				t.Errorf("%d results", count)
			}
			if left := running.Load(); left != 0 {
				t.Errorf("%d readers still run after the listing ended", left)
			}
			if read := endless.Load(); read > 2000 {
				t.Errorf("%d objects were read ahead of a consumer that took 5", read)
			}
		})
	}
}

func TestStream_namesAPracticeThatRefusesAndGoesOn(t *testing.T) {
	t.Parallel()
	for _, status := range []int{401, 403, 404} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			t.Parallel()
			_, data, ids := network(t, 3)
			read := kit.Whole(func(_ context.Context, practice string) ([]string, error) {
				if practice == ids[1] {
					return nil, refused(status)
				}
				return []string{"a"}, nil
			})
			want := []string{"a of Practice of 101 (101)", "Warning: Not listed: practice group 102", "a of Practice of 103 (103)"}
			if got := told(stream(t.Context(), data, several(t, ids), 0, read)); !slices.Equal(got, want) {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestStream_failsForAnythingElseThanARefusal(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{
		"a gateway's error": refused(502), "a bad request": refused(400), "a lost answer": &client.TransportError{Err: errors.New("reset")},
		"an unknown shape": &client.ShapeError{Err: errors.New("odd")}, "a practice that is not allowed": &client.GuardError{Rule: client.PracticeNotAllowed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, data, ids := network(t, 3)
			read := kit.Whole(func(_ context.Context, practice string) ([]string, error) {
				if practice == ids[1] {
					return nil, err
				}
				return []string{"a"}, nil
			})
			want := []string{"a of Practice of 101 (101)", "Error: Listing practice group 102 failed"}
			if got := told(stream(t.Context(), data, several(t, ids), 0, read)); !slices.Equal(got, want) {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestStream_failsWhenTheOnlyPracticeRefuses(t *testing.T) {
	t.Parallel()
	_, data, ids := network(t, 1)
	read := kit.Whole(func(context.Context, string) ([]string, error) { return nil, refused(403) })
	if got := told(stream(t.Context(), data, several(t, ids), 0, read)); !slices.Equal(got, []string{"Error: Listing practice group 101 failed"}) {
		t.Errorf("got %q", got)
	}
}

func TestStream_failsWhenEveryPracticeRefuses(t *testing.T) {
	t.Parallel()
	_, data, ids := network(t, 2)
	read := kit.Whole(func(context.Context, string) ([]string, error) { return nil, refused(401) })
	want := []string{"Warning: Not listed: practice group 101", "Warning: Not listed: practice group 102", "Error: No practice group could be listed"}
	if got := told(stream(t.Context(), data, several(t, ids), 0, read)); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestStream_anInterruptedListingDoesNotLookWhole(t *testing.T) {
	t.Parallel()
	_, data, ids := network(t, 3)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var lines []string
	for result := range stream(ctx, data, several(t, ids), 0, numbered(1)) {
		cancel()
		for _, d := range result.Diagnostics.Errors() {
			lines = append(lines, d.Summary())
		}
	}
	if len(lines) != 1 || !strings.Contains(lines[0], "interrupted") {
		t.Errorf("got %q", lines)
	}
}

func TestStream_takesNamesFromTheNetworkAndAsksOnlyForTheOthers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		practices     int
		entire, empty bool
		asked         int
	}{
		"several":                          {practices: 4, asked: 4},
		"several without any object":       {practices: 4, empty: true},
		"the network, which leaves us out": {practices: 4, entire: true, asked: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, data, ids := network(t, c.practices)
			chosen, each := several(t, ids), 3
			if c.entire {
				chosen = kit.ListedPractices{EntireNetwork: types.BoolValue(true)}
			}
			if c.empty {
				each = 0
			}
			var want []string
			for _, id := range ids {
				for i := range each {
					want = append(want, fmt.Sprintf("%d of Practice of %s (%s)", i, id, id))
				}
			}
			if got := told(stream(t.Context(), data, chosen, 0, numbered(each))); !slices.Equal(got, want) {
				t.Errorf("got %q", got)
			}
			if asked := server.Count("GET", "/v1/me"); asked != c.asked {
				t.Errorf("%d practices were asked for their names", asked)
			}
		})
	}
}

func TestStream_asksOnceForANameThatHeroDoesNotTell(t *testing.T) {
	t.Parallel()
	server, data, ids := network(t, 1)
	server.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: 403, Pattern: "/v1/me"})
	want := []string{"0 of practice group 101", "1 of practice group 101", "2 of practice group 101"}
	if got := told(stream(t.Context(), data, several(t, ids), 0, numbered(3))); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if asked := server.Count("GET", "/v1/me"); asked != 1 {
		t.Errorf("it was asked %d times", asked)
	}
}

func TestStream_waitsForAProviderThatIsKnown(t *testing.T) {
	t.Parallel()
	got := told(stream(t.Context(), &kit.Data{Unknown: []string{"api_key"}}, kit.ListedPractices{}, 0, numbered(1)))
	if !slices.Equal(got, []string{"Error: The provider's configuration is not known yet"}) {
		t.Errorf("got %q", got)
	}
}
