package kit

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"golang.org/x/net/http/httpguts"
)

// Given reports whether an argument surely has a value. While a value is not known, it may still turn out to be null.
func Given(value attr.Value) bool { return !value.IsNull() && !value.IsUnknown() }

// NotEmpty refuses "": an argument is either given or left out.
func NotEmpty() validator.String { return notEmpty{} }

type notEmpty struct{}

func (notEmpty) Description(context.Context) string { return "must not be empty" }

func (v notEmpty) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (notEmpty) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !req.ConfigValue.IsNull() && !req.ConfigValue.IsUnknown() && req.ConfigValue.ValueString() == "" {
		resp.Diagnostics.AddAttributeError(req.Path, fmt.Sprintf("%s is empty", req.Path), "An empty string is not a value here. Give one; where none is needed, leave the argument out (set it to null).")
	}
}

// PracticeGroupID refuses what cannot be the id of a practice group: it travels in a header of each request. So the plan says it, and not
// Hero.
func PracticeGroupID() validator.String {
	return StringCheck("an id without white space", func(req validator.StringRequest, value string, resp *validator.StringResponse) {
		checkPracticeID(req.Path, value, &resp.Diagnostics)
	})
}

func checkPracticeID(at path.Path, value string, diags *diag.Diagnostics) {
	if value == "" || strings.TrimSpace(value) != value || !httpguts.ValidHeaderFieldValue(value) {
		diags.AddAttributeError(at, "The id of a practice group is not one",
			fmt.Sprintf("%q is empty, or has white space around it or control characters, as happens when it is read from a file. Trim it, or leave the argument out (set it to null).", value))
	}
}

// ObjectID refuses what cannot be Hero's id of one object. It becomes a part of a path, and must not lead to another one.
func ObjectID() validator.String {
	return StringCheck("an id of Hero's", func(req validator.StringRequest, value string, resp *validator.StringResponse) {
		if value == "" || strings.Trim(value, ".") == "" || strings.ContainsAny(value, "/\\?#% \t\r\n") {
			resp.Diagnostics.AddAttributeError(req.Path, "This is not an id", // not quoted: it may be a patient's
				fmt.Sprintf("%s is empty, or holds white space or a character that means something in a URL. Give Hero's id alone, such as 345.", req.Path))
		}
	})
}

// StringCheck makes a validator out of a function that is called with known values only and adds its own diagnostics.
func StringCheck(description string, check func(req validator.StringRequest, value string, resp *validator.StringResponse)) validator.String {
	return stringCheck{description, check}
}

type stringCheck struct {
	description string
	check       func(validator.StringRequest, string, *validator.StringResponse)
}

func (c stringCheck) Description(context.Context) string { return c.description }

func (c stringCheck) MarkdownDescription(context.Context) string { return c.description }

func (c stringCheck) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !req.ConfigValue.IsNull() && !req.ConfigValue.IsUnknown() {
		c.check(req, req.ConfigValue.ValueString(), resp)
	}
}
