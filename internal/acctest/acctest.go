// Package acctest is what the provider's tests share: a mock of Hero for each test, the provider configured for it, the built binary under
// a real terraform, and the search for secrets in what that leaves behind. Package driver below it drives the provider in-process.
package acctest

import (
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	fwprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

// Version is the provider's version in tests.
const Version = "0.0.0-test"

// Mock is a mock of Hero that belongs to one test. A request outside the contract fails that test.
type Mock struct {
	*mockapi.Server
	// URL is the API's root, on loopback.
	URL string
}

// NewMock starts a mock for a test and stops it at the test's end.
func NewMock(t testing.TB, options mockapi.Options) *Mock {
	t.Helper()
	server := mockapi.New(options)
	url, stop := server.Start()
	t.Cleanup(func() {
		stop()
		for _, violation := range server.ContractViolations() {
			t.Errorf("outside the contract: %s", violation)
		}
	})
	return &Mock{Server: server, URL: url}
}

// NewSample starts a server that answers every operation with the documentation's sample and keeps nothing, under a path prefix, as the
// mock on Hero's developer portal does. Of the returned Mock, only what needs no state of a server works.
func NewSample(t testing.TB) *Mock {
	t.Helper()
	server := httptest.NewServer(mockapi.SampleServer())
	t.Cleanup(server.Close)
	return &Mock{URL: server.URL + "/_mock/apis/public-api/openapi"}
}

// Config is the provider's configuration for the mock, with changes laid over it (nil removes an argument).
func (m *Mock) Config(changes map[string]any) map[string]any {
	config := map[string]any{"base_url": m.URL, "api_key": mockapi.DefaultAPIKey, "practice_group_id": mockapi.DefaultOwnPracticeID, "max_retries": 1}
	for argument, value := range changes {
		if config[argument] = value; value == nil {
			delete(config, argument)
		}
	}
	return config
}

// Driver is the provider in-process, configured for the mock. It waits for nothing, unless an option gives it another clock.
func (m *Mock) Driver(t testing.TB, changes map[string]any, options ...provider.Option) *driver.Driver {
	t.Helper()
	return driver.New(t, Provider(options...), m.Config(changes))
}

// HCL is a provider block for the mock, for tests with the real terraform. extra goes into the block.
func (m *Mock) HCL(extra string) string {
	return fmt.Sprintf("provider \"hero\" {\n  base_url          = %q\n  api_key           = %q\n  practice_group_id = %q\n  %s\n}\n", m.URL, mockapi.DefaultAPIKey, mockapi.DefaultOwnPracticeID, extra)
}

// Factories serves the provider in-process to the real terraform.
func Factories(options ...provider.Option) map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){"hero": providerserver.NewProtocol6WithError(Provider(options...)())}
}

// Provider makes the provider for tests: it waits for nothing, unless an option gives it another clock.
func Provider(options ...provider.Option) func() fwprovider.Provider {
	return provider.New(Version, append([]provider.Option{provider.WithClock(NewClock(time.Now()))}, options...)...)
}
