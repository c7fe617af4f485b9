package examples

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
)

// realID is the import id of what the resource's example made, in the form that the import's example shows.
func realID(t *testing.T, cli *acctest.CLI, resource, shown string) string {
	t.Helper()
	practice, id := made(t, cli, resource)
	if before, _, found := strings.Cut(shown, "/"); found && !strings.HasPrefix(before, "http") {
		return practice + "/" + id
	}
	return id
}

// realIdentity is the same as an identity.
func realIdentity(t *testing.T, cli *acctest.CLI, resource string) string {
	t.Helper()
	practice, id := made(t, cli, resource)
	if practice == id { // a singleton
		return fmt.Sprintf("{ practice_group_id = %q }", practice)
	}
	return fmt.Sprintf("{ practice_group_id = %q, id = %q }", practice, id)
}

func identityOf(t *testing.T, block *hclsyntax.Block, text string) string {
	t.Helper()
	attribute, ok := block.Body.Attributes["identity"]
	if !ok {
		t.Fatal("the import block has neither id nor identity")
	}
	at := attribute.Expr.Range()
	return text[at.Start.Byte:at.End.Byte]
}

// made are practice group and id of a resource in state.
func made(t *testing.T, cli *acctest.CLI, resource string) (practice, id string) {
	t.Helper()
	var state struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Address string
					Values  struct {
						PracticeGroupID string `json:"practice_group_id"`
						ID              string
					}
				}
			} `json:"root_module"`
		}
	}
	if err := json.Unmarshal([]byte(cli.Show().RequireExit(t, 0).Stdout), &state); err != nil {
		t.Fatal(err)
	}
	for _, found := range state.Values.RootModule.Resources {
		if found.Address == resource {
			return found.Values.PracticeGroupID, found.Values.ID
		}
	}
	t.Fatalf("the resource's example makes no %s", resource)
	return "", ""
}
