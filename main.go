// Command terraform-provider-hero serves the Hero Health provider to Terraform and OpenTofu over plugin protocol 6.
package main

import (
	"flag"
	"log"
	"runtime/debug"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

// address is the provider's source address in the registry. A debugger's reattach configuration is keyed by it.
const address = "registry.terraform.io/herohealth/hero"

// version is set by the release build: -ldflags "-X main.version=1.2.3".
var version string

func main() {
	debugger := flag.Bool("debug", false, "serve for a debugger such as delve, and print how Terraform attaches to it")
	flag.Parse()

	var quiet bool
	var options []tf6server.ServeOpt
	if *debugger {
		options = append(options, tf6server.WithManagedDebug())
	} else {
		quiet = prepareProcess()
	}
	if err := tf6server.Serve(address, func() tfprotov6.ProviderServer { return newServer(quiet) }, options...); err != nil {
		log.Fatalf("the provider cannot be served: %v", err)
	}
}

// newServer is the provider as the protocol's server; quiet says that nobody wants logs.
func newServer(quiet bool) tfprotov6.ProviderServer {
	server := providerserver.NewProtocol6(provider.New(currentVersion(version, debug.ReadBuildInfo))())()
	if whole, ok := server.(protocolServer); ok && quiet {
		return bareRequests{whole}
	}
	return server
}

// currentVersion is the version without a leading v: the release's, else the one that `go install …@version` recorded,
// else "dev".
func currentVersion(released string, buildInfo func() (*debug.BuildInfo, bool)) string {
	if released != "" {
		return strings.TrimPrefix(released, "v")
	}
	if info, ok := buildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return strings.TrimPrefix(info.Main.Version, "v")
	}
	return "dev"
}
