package kit_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/provider/kit"
)

func TestAddError_putsHerosProblemsOnTheirAttributes(t *testing.T) {
	t.Parallel()
	refused := &client.Error{Method: "PATCH", Path: "/v1/me", Practice: "12", Status: http.StatusBadRequest, Problems: []client.Problem{
		{Code: "invalid_string", Expected: "postcode", Path: []string{"address", "postcode"}},
		{Code: "too_long", Path: []string{"name"}},
		{Code: "unknown", Path: []string{"other"}},
	}}
	var diags diag.Diagnostics
	kit.AddError(&diags, "Changing failed", fmt.Errorf("wrapped: %w", refused), "name", "address")
	if diags.ErrorsCount() != 2 {
		t.Fatal(diags)
	}
	for i, at := range []path.Path{path.Root("address").AtName("postcode"), path.Root("name")} {
		placed, ok := diags[i].(diag.DiagnosticWithPath)
		if !ok || !placed.Path().Equal(at) || !strings.Contains(diags[i].Detail(), "Correct the named values") {
			t.Errorf("want it on %s: %v", at, diags[i])
		}
	}
	diags = nil
	kit.AddError(&diags, "Changing failed", refused)
	if _, placed := diags[0].(diag.DiagnosticWithPath); placed || len(diags) != 1 {
		t.Errorf("no attribute was given: %v", diags)
	}
}

func TestAdvice_saysWhatToDoForEachKindOfError(t *testing.T) {
	t.Parallel()
	lost := func(err error, timeout bool) error {
		return &client.TransportError{Method: "GET", Path: "/v1/me", Err: err, Timeout: timeout}
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{&client.Error{Status: 401}, "HERO_API_KEY"},
		{&client.Error{Status: 403}, "practice_group_id"},
		{&client.Error{Status: 404}, "base_url"},
		{&client.Error{Status: 422}, "Correct"},
		{&client.Error{Status: 503}, "apply again later"},
		{&client.Error{Status: 409}, "Look at the object in Hero's portal"},
		{&client.Error{Status: 307}, "Check environment or base_url"},
		{&client.Error{Status: 429}, ""}, // its own text says what to do
		{&client.ShapeError{Err: errors.New("HTML")}, "Check base_url"},
		{lost(errors.New("x509: certificate signed by unknown authority"), false), "HERO_CA_CERT_FILE"},
		{lost(errors.New("late"), true), "HERO_REQUEST_TIMEOUT"},
		{lost(errors.New("connection refused"), false), "HTTPS_PROXY"},
		{context.Canceled, "changed nothing at Hero"},
		{&client.TransportError{Method: "POST", MaybeDone: true, Err: context.Canceled}, "reads what Hero has then"},
	} {
		if got := kit.Advice(c.err); !strings.Contains(got, c.want) || (c.want == "") != (got == "") {
			t.Errorf("%v: %q", c.err, got)
		}
	}
}

func TestAddLookError_failsAPlanOnlyWhereTheApplyIsBoundToFail(t *testing.T) {
	t.Parallel()
	for status, bound := range map[int]bool{401: true, 403: true, 404: true, 429: false, 500: false} {
		var diags diag.Diagnostics
		kit.AddLookError(&diags, "Looking failed", &client.Error{Status: status})
		if diags.HasError() != bound || len(diags) != 1 {
			t.Errorf("%d: %v", status, diags)
		}
	}
}
