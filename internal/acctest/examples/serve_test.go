package examples

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

// today is when the examples are tried: their dates are written out, and must not pass while they stand there.
var today = time.Date(2027, time.January, 15, 12, 0, 0, 0, time.UTC)

// TestMain clears the environment, since the provider runs in this process and reads it, and switches its logs off.
func TestMain(m *testing.M) {
	for _, variable := range []string{"TF_LOG_SDK", "TF_LOG_PROVIDER", "TF_LOG_PROVIDER_HERO_CLIENT"} {
		if err := os.Setenv(variable, "OFF"); err != nil { //nolint:forbidigo // parallel tests cannot use t.Setenv
			panic(err)
		}
	}
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "HERO_") {
			if err := os.Unsetenv(name); err != nil { //nolint:forbidigo // the same
				panic(err)
			}
		}
	}
	os.Exit(m.Run())
}

// reattach serves the provider in this process, by the examples' calendar, and returns what tells terraform where it is.
func reattach(t *testing.T) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	configs, closed := make(chan *plugin.ReattachConfig), make(chan struct{})
	serve := providerserver.NewProtocol6(provider.New(acctest.Version, provider.WithClock(acctest.NewClock(today)))())
	served := make(chan error, 1)
	go func() {
		served <- tf6server.Serve(address, func() tfprotov6.ProviderServer { return serve() },
			tf6server.WithDebug(ctx, configs, closed), tf6server.WithoutLogStderrOverride(), tf6server.WithGoPluginLogger(hclog.NewNullLogger()))
	}()
	t.Cleanup(func() {
		stop()
		<-closed
	})
	select {
	case config := <-configs:
		type addr struct{ Network, String string }
		text, err := json.Marshal(map[string]any{address: map[string]any{
			"Protocol": string(config.Protocol), "ProtocolVersion": config.ProtocolVersion, "Pid": config.Pid, "Test": config.Test,
			"Addr": addr{config.Addr.Network(), config.Addr.String()},
		}})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	case err := <-served:
		t.Fatalf("the provider does not serve: %v", err)
	}
	return ""
}
