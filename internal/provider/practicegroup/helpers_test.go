package practicegroup_test

import (
	"fmt"

	fwprovider "github.com/hashicorp/terraform-plugin-framework/provider"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/provider"
)

// show prints a value; maps print sorted.
func show(value any) string { return fmt.Sprint(value) }

func newProvider() fwprovider.Provider { return provider.New(acctest.Version)() }
