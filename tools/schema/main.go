// Command schema writes the provider's schemas in the format of `terraform providers schema -json`, from the provider
// itself. The docs made from it are the same on every machine: a terraform binary prints only the kinds of type that its
// own version knows, so an older one would drop the docs of actions, list resources and identities.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

func main() {
	output := flag.String("o", "", "file to write; its folder is made when missing")
	flag.Parse()
	if err := write(context.Background(), *output); err != nil {
		fmt.Fprintf(os.Stderr, "the provider's schema cannot be written: %v\n", err)
		os.Exit(1)
	}
}

func write(ctx context.Context, path string) error {
	server, err := providerserver.NewProtocol6WithError(provider.New("dev")())()
	if err != nil {
		return err
	}
	// tfplugindocs looks for the bare name, or for a provider of HashiCorp's.
	schemas, err := convert(ctx, "hero", server)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(schemas, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // a build folder, no secret
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644) //nolint:gosec // schemas are public
}
