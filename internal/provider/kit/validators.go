package kit

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// NotEmpty refuses "": an argument is either given or left out.
func NotEmpty() validator.String { return notEmpty{} }

type notEmpty struct{}

func (notEmpty) Description(context.Context) string { return "must not be empty" }

func (v notEmpty) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (notEmpty) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !req.ConfigValue.IsNull() && !req.ConfigValue.IsUnknown() && req.ConfigValue.ValueString() == "" {
		resp.Diagnostics.AddAttributeError(req.Path, "The value is empty", "An empty string is not a value here. Give one, or leave the argument out (set it to null).")
	}
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
