package kit_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

func TestGone_removesOnlyWhatIsProvenGoneInAPracticeThatAnswers(t *testing.T) {
	t.Parallel()
	gone := fmt.Errorf("GET says: %w", client.ErrGone)
	status := func(code int) error {
		return &client.Error{Method: "GET", Path: "/v1/x", Practice: "102", Status: code}
	}
	for name, c := range map[string]struct {
		err    error
		me     int // what GET /v1/me answers; 0 for the practice group
		keep   bool
		own    types.String
		want   kit.Fate
		said   string
		meUsed bool
	}{
		"gone, and the practice answers":            {err: gone, want: kit.Remove, said: "The link 5 of practice group 102 is gone", meUsed: true},
		"gone, but the practice refuses us":         {err: gone, me: http.StatusForbidden, want: kit.Fail, said: "proves nothing", meUsed: true},
		"gone, but nobody knows us":                 {err: gone, me: http.StatusUnauthorized, want: kit.Fail, said: "proves nothing", meUsed: true},
		"gone, but there is no practice at all":     {err: gone, me: http.StatusNotFound, want: kit.Fail, said: "proves nothing", meUsed: true},
		"gone, of a practice to be kept":            {err: gone, me: http.StatusForbidden, keep: true, want: kit.Fail, said: "proves nothing", meUsed: true},
		"404 that proves nothing":                   {err: status(http.StatusNotFound), want: kit.Fail, said: "Reading link 5 of practice group 102 failed"},
		"403":                                       {err: status(http.StatusForbidden), want: kit.Fail, said: "Reading link 5"},
		"403 of a practice to be kept":              {err: status(http.StatusForbidden), keep: true, want: kit.Stay, said: "Practice group 102 cannot be reached: link 5 is kept as it was"},
		"401 of a practice to be kept":              {err: status(http.StatusUnauthorized), keep: true, want: kit.Stay, said: "cannot be reached"},
		"500 of a practice to be kept":              {err: status(http.StatusInternalServerError), keep: true, want: kit.Fail, said: "Reading link 5"},
		"403 of the provider's own":                 {err: status(http.StatusForbidden), keep: true, own: types.StringValue("102"), want: kit.Fail, said: "Reading link 5"},
		"403 where the provider's own is not known": {err: status(http.StatusForbidden), keep: true, own: types.StringUnknown(), want: kit.Stay, said: "cannot be reached"},
		"anything else":                             {err: errors.New("the moon fell"), keep: true, want: kit.Fail, said: "the moon fell"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, data, _ := network(t, 2)
			if c.me != 0 {
				server.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: c.me, Pattern: "/v1/me"})
			}
			data.KeepUnreachable = c.keep
			if !c.own.IsNull() {
				data.PracticeGroupID = c.own
			}
			var diags diag.Diagnostics
			if got := data.ReadFailed(t.Context(), data.Client, "102", "link 5", c.err, &diags); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
			if len(diags) != 1 || diags.HasError() != (c.want == kit.Fail) || !strings.Contains(diags[0].Summary()+diags[0].Detail(), c.said) {
				t.Errorf("said %v", diags)
			}
			if got := server.Count("GET", "/v1/me") > 0; got != c.meUsed {
				t.Errorf("GET /v1/me was used: %v", got)
			}
		})
	}
}

func TestGone_asksForThePracticeOnlyWhenNoCallForItHasSucceeded(t *testing.T) {
	t.Parallel()
	server, data, _ := network(t, 2)
	if _, err := data.Client.ListWebhooks(t.Context(), "102", ""); err != nil {
		t.Fatal(err)
	}
	server.ResetRequests()
	var diags diag.Diagnostics
	if got := data.ReadFailed(t.Context(), data.Client, "102", "link 5", client.ErrGone, &diags); got != kit.Remove || server.Count("", "") != 0 {
		t.Errorf("got %d with %d calls: %v", got, server.Count("", ""), diags)
	}
}
