package driver

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// CallFunction calls a function of the provider; the result is a Go value as in Object. The error is what the function
// itself reports. A function is called by Terraform also when the provider is not configured, and so it is here.
func (d *Driver) CallFunction(name string, args ...any) (any, error) {
	d.t.Helper()
	function := lookUp(d, "function", name, d.schemas.Functions)
	encoded := make([]*tfprotov6.DynamicValue, len(args))
	for i, arg := range args {
		parameter := function.VariadicParameter
		if i < len(function.Parameters) {
			parameter = function.Parameters[i]
		}
		if parameter == nil {
			d.t.Fatalf("driver: function %q takes %d arguments, not %d", name, len(function.Parameters), len(args))
		}
		value := d.value(parameter.Type, arg)
		switch {
		case !value.IsFullyKnown() && !parameter.AllowUnknownValues:
			return Unknown, nil // Terraform does not call the function before it knows the argument
		case value.IsNull() && !parameter.AllowNullValue:
			return nil, fmt.Errorf("argument %q must not be null", parameter.Name)
		}
		encoded[i] = wire(value)
	}
	if len(args) < len(function.Parameters) {
		d.t.Fatalf("driver: function %q takes %d arguments, not %d", name, len(function.Parameters), len(args))
	}
	resp, err := d.rpc.CallFunction(d.ctx, &tfprotov6.CallFunctionRequest{Name: name, Arguments: encoded})
	d.check(err)
	if resp.Error != nil {
		return nil, errors.New(resp.Error.Text)
	}
	return toGo(d.read(resp.Result, function.Return.Type)), nil
}
