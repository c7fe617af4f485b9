package main

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"weak"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type valueKey struct{}

// objectCalls are the calls that Terraform makes for each object.
var objectCalls = map[string]func(context.Context, tfprotov6.ProviderServer) error{
	"upgrade": func(ctx context.Context, s tfprotov6.ProviderServer) error {
		_, err := s.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{TypeName: "hero_webhook", RawState: &tfprotov6.RawState{JSON: []byte(`{}`)}})
		return err
	},
	"validate": func(ctx context.Context, s tfprotov6.ProviderServer) error {
		_, err := s.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: "hero_webhook", Config: null()})
		return err
	},
	"read": func(ctx context.Context, s tfprotov6.ProviderServer) error {
		_, err := s.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: "hero_webhook", CurrentState: null()})
		return err
	},
	"plan": func(ctx context.Context, s tfprotov6.ProviderServer) error {
		_, err := s.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: "hero_webhook", PriorState: null(), ProposedNewState: null(), Config: null()})
		return err
	},
	"apply": func(ctx context.Context, s tfprotov6.ProviderServer) error {
		_, err := s.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{TypeName: "hero_webhook", PriorState: null(), PlannedState: null(), Config: null()})
		return err
	},
}

func null() *tfprotov6.DynamicValue {
	value, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, tftypes.NewValue(tftypes.DynamicPseudoType, nil))
	if err != nil {
		panic(err)
	}
	return &value
}

// A context is kept alive by whoever keeps it; of a request that is over nobody may.
func TestNewServer_keepsNothingOfARequestThatIsOver(t *testing.T) {
	t.Parallel()
	server := newServer(true)
	for name, call := range objectCalls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			value := new([1 << 10]byte)
			kept := weak.Make(value)
			// Refusing the request is as good an answer as any.
			_ = call(context.WithValue(t.Context(), valueKey{}, value), server)
			if runtime.GC(); kept.Value() != nil {
				t.Error("the request's context is still alive")
			}
		})
	}
}

func TestNewServer_offersWhatTheFrameworkDoes(t *testing.T) {
	t.Parallel()
	for _, quiet := range []bool{true, false} {
		server := newServer(quiet)
		if _, bare := server.(bareRequests); bare != quiet {
			t.Errorf("quiet %t: requests are bare: %t", quiet, bare)
		}
		if _, lists := server.(tfprotov6.ListResourceServer); !lists {
			t.Errorf("quiet %t: no list resources", quiet)
		}
		if _, acts := server.(tfprotov6.ActionServer); !acts {
			t.Errorf("quiet %t: no actions", quiet)
		}
	}
}

// waiting is a server whose calls last until their context ends.
type waiting struct{ protocolServer }

func await(ctx context.Context) error {
	if ctx.Value(valueKey{}) != nil {
		return errors.New("the context has the request's values")
	}
	<-ctx.Done()
	return ctx.Err()
}

func (waiting) UpgradeResourceState(ctx context.Context, _ *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return nil, await(ctx)
}

func (waiting) ValidateResourceConfig(ctx context.Context, _ *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return nil, await(ctx)
}

func (waiting) ReadResource(ctx context.Context, _ *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return nil, await(ctx)
}

func (waiting) PlanResourceChange(ctx context.Context, _ *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return nil, await(ctx)
}

func (waiting) ApplyResourceChange(ctx context.Context, _ *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return nil, await(ctx)
}

func TestBareRequests_endWithTheRequest(t *testing.T) {
	t.Parallel()
	for name, call := range objectCalls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, interrupt := context.WithCancel(context.WithValue(t.Context(), valueKey{}, name))
			result := make(chan error)
			go func() { result <- call(ctx, bareRequests{waiting{}}) }()
			interrupt()
			if err := <-result; !errors.Is(err, context.Canceled) {
				t.Errorf("ended with %v", err)
			}
		})
	}
}
