package webhook

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var _ function.Function = (*eventTypesFunction)(nil)

// NewFunction is the function webhook_event_types.
func NewFunction() function.Function { return &eventTypesFunction{} }

type eventTypesFunction struct{}

// Metadata implements [function.Function].
func (f *eventTypesFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "webhook_event_types"
}

// Definition implements [function.Function].
func (f *eventTypesFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "The webhook events known to this version of the provider",
		MarkdownDescription: "Returns the events that Hero's documentation lists, as a list of strings. Use it to validate with, never to subscribe by: an upgrade of the provider may add events, " +
			"and a `for_each` over this list would then send new kinds of patients' data to your URL without anyone having decided so. Write out the events that you subscribe to.",
		Return: function.ListReturn{ElementType: types.StringType},
	}
}

// Run implements [function.Function].
func (f *eventTypesFunction) Run(ctx context.Context, _ function.RunRequest, resp *function.RunResponse) {
	resp.Error = resp.Result.Set(ctx, EventTypes())
}
