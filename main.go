// Command terraform-provider-hero serves the Hero Health provider to Terraform and OpenTofu over plugin protocol 6.
package main

import (
	"context"
	"flag"
	"log"
	"runtime/debug"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

// address is the provider's source address in the registry. A debugger's reattach configuration is keyed by it.
const address = "registry.terraform.io/herohealth/hero"

// version is set by the release build: -ldflags "-X main.version=1.2.3".
var version string

func main() {
	debugger := flag.Bool("debug", false, "serve for a debugger such as delve, and print how Terraform attaches to it")
	flag.Parse()

	if !*debugger {
		prepareProcess()
	}
	err := providerserver.Serve(context.Background(), provider.New(currentVersion(version, debug.ReadBuildInfo)),
		providerserver.ServeOpts{Address: address, Debug: *debugger, ProtocolVersion: 6})
	if err != nil {
		log.Fatalf("the provider cannot be served: %v", err)
	}
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
