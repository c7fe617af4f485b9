package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// protocolServer is what the framework's server implements of the protocol.
type protocolServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// bareRequests is a server that gets the calls that Terraform makes for each object without the loggers in their contexts.
//
// The framework (1.19) keeps the context of every request until Terraform stops the provider, and with it the loggers that plugin-go puts into
// each: 12 KiB a request, five requests an object. They are of no use when nobody wants logs, but for a thousand objects they are 60 MB,
// which the garbage collector goes through again and again. A context without values leaves next to nothing behind.
type bareRequests struct{ protocolServer }

// bare makes one call with a context that only ends when the request's does.
func bare[Request, Response any](ctx context.Context, call func(context.Context, Request) (Response, error), request Request) (Response, error) {
	valueless, cancel := context.WithCancel(context.Background())
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	return call(valueless, request) //nolint:contextcheck // a context of the request's would carry what is to be left behind
}

// UpgradeResourceState implements [tfprotov6.ResourceServer], as the methods below do.
func (s bareRequests) UpgradeResourceState(ctx context.Context, request *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return bare(ctx, s.protocolServer.UpgradeResourceState, request)
}

func (s bareRequests) ValidateResourceConfig(ctx context.Context, request *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return bare(ctx, s.protocolServer.ValidateResourceConfig, request)
}

func (s bareRequests) ReadResource(ctx context.Context, request *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return bare(ctx, s.protocolServer.ReadResource, request)
}

func (s bareRequests) PlanResourceChange(ctx context.Context, request *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return bare(ctx, s.protocolServer.PlanResourceChange, request)
}

func (s bareRequests) ApplyResourceChange(ctx context.Context, request *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return bare(ctx, s.protocolServer.ApplyResourceChange, request)
}
