package examples

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
)

var importCommand = regexp.MustCompile(`(?m)^(?:terraform|tofu) import\s+('[^']+'|\S+)\s+(\S+)$`)

func tryImportCommand(t *testing.T, path string) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	commands := importCommand.FindAllStringSubmatch(string(text), -1)
	if len(commands) == 0 {
		t.Fatalf("there is no `terraform import ADDRESS ID` in\n%s", text)
	}
	cli, _ := start(t, snippet(t, filepath.Join(filepath.Dir(path), "resource.tf")))
	applies(t, cli)
	for _, command := range commands {
		resource := strings.Trim(command[1], "'")
		id := realID(t, cli, resource, strings.Trim(command[2], `'"`))
		cli.Run("state", "rm", resource).RequireExit(t, 0)
		cli.Run("import", "-no-color", resource, id).RequireExit(t, 0)
	}
	settles(t, cli)
}

// tryImportBlock imports what the example of the resource made, with the real id in place of the example's.
func tryImportBlock(t *testing.T, path string) {
	example := snippet(t, path)
	blocks := example.of("import")
	if len(blocks) == 0 {
		t.Fatal("there is no import block")
	}
	text := example.files["main.tf"]
	c := snippet(t, filepath.Join(filepath.Dir(path), "resource.tf"))
	cli, _ := start(t, c)
	example.requireVersion(cli)
	applies(t, cli)
	for _, block := range blocks {
		to := block.Body.Attributes["to"].Expr.Range()
		resource := text[to.Start.Byte:to.End.Byte]
		if id := literal(block, "id"); id != "" {
			text = strings.Replace(text, `"`+id+`"`, `"`+realID(t, cli, resource, id)+`"`, 1)
		} else {
			text = strings.Replace(text, identityOf(t, block, example.files["main.tf"]), realIdentity(t, cli, resource), 1)
		}
		cli.Run("state", "rm", resource).RequireExit(t, 0)
	}
	if err := os.WriteFile(filepath.Join(cli.Dir, "import.tf"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	settles(t, cli)
}

// settles requires that what was imported is neither made anew nor replaced, and that one apply leaves nothing to do.
func settles(t *testing.T, cli *acctest.CLI) {
	t.Helper()
	cli.Run("plan", "-no-color", "-out=imported.tfplan").RequireExit(t, 0)
	var plan struct {
		Changes []struct {
			Address string
			Change  struct{ Actions []string }
		} `json:"resource_changes"`
	}
	if err := json.Unmarshal([]byte(cli.Show("imported.tfplan").RequireExit(t, 0).Stdout), &plan); err != nil {
		t.Fatal(err)
	}
	for _, change := range plan.Changes {
		if slices.Contains(change.Change.Actions, "create") || slices.Contains(change.Change.Actions, "delete") {
			t.Errorf("after the import, %s is planned to %v", change.Address, change.Change.Actions)
		}
	}
	cli.Apply("imported.tfplan").RequireExit(t, 0)
	cli.Plan().RequireExit(t, 0)
}

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
