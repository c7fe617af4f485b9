package examples

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// root is where the examples are.
const root = "../../../examples"

// kinds are the files of which tfplugindocs makes pages, and how each is tried. Everything else belongs to a whole configuration.
var kinds = []kind{
	{"provider/provider*.tf", tryProvider},
	{"resources/*/resource*.tf", trySnippet},
	{"resources/*/import.sh", tryImportCommand},
	{"resources/*/import-by-string-id.tf", tryImportBlock},
	{"resources/*/import-by-identity.tf", tryImportBlock},
	{"data-sources/*/data-source*.tf", trySnippet},
	{"ephemeral-resources/*/ephemeral-resource*.tf", trySnippet},
	{"functions/*/function*.tf", trySnippet},
	{"actions/*/action*.tf", tryAction},
	{"list-resources/*/list-resource*.tfquery.hcl", tryQuery},
}

type kind struct {
	pattern string
	try     func(t *testing.T, path string)
}

// stories are the whole configurations that need more than a fresh mock, or of which more is known than that they apply.
var stories = map[string]func(t *testing.T, path string){
	"adopting-existing":   tryAdoption,
	"audit/check":         tryAudit(0, "Check block assertion failed"),
	"audit/postcondition": tryAudit(1, "Resource postcondition failed"),
	"campaign":            tryCampaign,
}

func TestExamples_doWhatTheyShow(t *testing.T) {
	t.Parallel()
	var configurations []string
	tried := 0
	for path := range files(t) {
		folder := filepath.Dir(path)
		known := slices.IndexFunc(kinds, func(k kind) bool {
			matches, err := filepath.Match(k.pattern, path)
			return err == nil && matches
		})
		switch {
		case known >= 0:
			tried++
			t.Run(path, func(t *testing.T) {
				t.Parallel()
				kinds[known].try(t, filepath.Join(root, path))
			})
		case slices.ContainsFunc([]string{"resources/", "data-sources/", "ephemeral-resources/", "functions/", "actions/", "list-resources/", "provider/"}, func(prefix string) bool { return strings.HasPrefix(path, prefix) }):
			t.Errorf("%s: no page shows a file of this name, and no test tries it", path)
		case strings.HasSuffix(path, ".tf"):
			configurations = append(configurations, folder)
		case strings.HasSuffix(path, ".tfquery.hcl"):
			t.Run(path, func(t *testing.T) {
				t.Parallel()
				tryQuery(t, filepath.Join(root, path))
			})
		case slices.Contains([]string{".go", ".md"}, filepath.Ext(path)): // Go is compiled and tested with all other
		default:
			t.Errorf("%s: the test does not know how to try this", path)
		}
	}
	slices.Sort(configurations)
	for _, folder := range slices.Compact(configurations) {
		tried++
		try := tryConfiguration
		if story, ok := stories[folder]; ok {
			try = story
		}
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			try(t, filepath.Join(root, folder))
		})
	}
	if tried < 3 {
		t.Errorf("only %d examples were found in %s", tried, root)
	}
}

func TestExamples_areFormatted(t *testing.T) {
	t.Parallel()
	copies := map[string]string{} // terraform fmt knows some files by newer names only
	for path := range files(t) {
		if strings.HasSuffix(path, ".tf") || strings.HasSuffix(path, ".hcl") {
			text, err := os.ReadFile(filepath.Join(root, path))
			if err != nil {
				t.Fatal(err)
			}
			copies[strings.ReplaceAll(strings.TrimSuffix(path, ".tf"), "/", "_")+".tf"] = string(text)
		}
	}
	if result := acctest.Terraform(t, acctest.TerraformOptions{Files: copies}).Run("fmt", "-check", "-diff"); result.ExitCode != 0 {
		t.Errorf("run make fmt:\n%s", result.Stdout)
	}
}

// files are all files below examples/, by their path from there.
func files(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			if err == nil && entry.Name() == ".terraform" {
				return filepath.SkipDir
			}
			return err
		}
		if name := entry.Name(); name == ".terraform.lock.hcl" || strings.HasPrefix(name, "terraform.tfstate") {
			return nil // somebody tried it by hand
		}
		relative, err := filepath.Rel(root, path)
		found[filepath.ToSlash(relative)] = true
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// start makes a mock that has what the example names, and terraform on the example.
func start(t *testing.T, c configuration) (*acctest.CLI, *acctest.Mock) {
	t.Helper()
	mock := acctest.NewMock(t, mockapi.Options{Clock: func() time.Time { return today }, Seed: mockapi.Seed{Webhooks: 2, BookingLinks: 2, FormResponses: 5}})
	c.furnish(mock)
	c.connect(mock)
	environment := c.environment(t)
	environment["TF_REATTACH_PROVIDERS"] = reattach(t)
	cli := acctest.Terraform(t, acctest.TerraformOptions{Files: c.files, Env: environment})
	c.requireVersion(cli)
	return cli, mock
}

// applies requires that the example applies, and that then nothing is left to do.
func applies(t *testing.T, cli *acctest.CLI) {
	t.Helper()
	for _, result := range []acctest.Result{cli.Apply().RequireExit(t, 0), cli.Plan().RequireExit(t, 0)} {
		if strings.Contains(result.Stdout+result.Stderr, "Check block assertion failed") {
			t.Errorf("a check fails on a mock of which nothing is wrong:\n%s", result)
		}
	}
}

func trySnippet(t *testing.T, path string) {
	cli, _ := start(t, snippet(t, path))
	applies(t, cli)
}

func tryConfiguration(t *testing.T, path string) {
	cli, _ := start(t, directory(t, path))
	applies(t, cli)
	cli.Destroy().RequireExit(t, 0)
}

// tryProvider validates alone: such an example names the real Hero.
func tryProvider(t *testing.T, path string) {
	c := snippet(t, path)
	cli := acctest.Terraform(t, acctest.TerraformOptions{Files: c.files, Env: c.environment(t)})
	c.requireVersion(cli)
	cli.Run("validate", "-no-color").RequireExit(t, 0)
}

// tryAction validates alone: an action reaches for the receiver that it names.
func tryAction(t *testing.T, path string) {
	cli, _ := start(t, snippet(t, path))
	cli.Run("validate", "-no-color").RequireExit(t, 0)
}

func tryQuery(t *testing.T, path string) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	blocks := parse(t, path, string(text))
	c := complete(t, map[string]string{})
	c.files["example.tfquery.hcl"] = string(text)
	if len(blocksOf(blocks, "provider")) > 0 {
		delete(c.files, "completed_provider.tf")
	}
	cli, _ := start(t, c)
	if result := cli.Run("query", "-no-color").RequireExit(t, 0); !strings.Contains(result.Stdout, "practice_group_id=") {
		t.Errorf("nothing was found:\n%s", result)
	}
}

// tryAudit expects a fine network to pass, and a webhook to an unknown host to be found: with this exit code of a plan that asks for no
// detail, and this text.
func tryAudit(exit int, finding string) func(t *testing.T, path string) {
	return func(t *testing.T, path string) {
		cli, mock := start(t, directory(t, path))
		applies(t, cli)
		mock.AddWebhook(mockapi.Webhook{PracticeID: "15", EventType: "appointment.confirmed", URL: "https://collector.example.net/hero"})
		found := cli.Run("plan", "-no-color").RequireExit(t, exit)
		if said := strings.Join(strings.Fields(found.Stdout+found.Stderr), " "); !strings.Contains(said, finding) || !strings.Contains(said, "collector.example.net") {
			t.Errorf("the webhook to collector.example.net was not found:\n%s", found)
		}
	}
}

// tryAdoption expects what exists to be imported, and nothing to be made or changed at Hero.
func tryAdoption(t *testing.T, path string) {
	cli, mock := start(t, directory(t, path))
	const wanted = "3 to import, 0 to add, 0 to change, 0 to destroy"
	if planned := cli.Plan().RequireExit(t, 2); !strings.Contains(planned.Stdout, wanted) {
		t.Errorf("want %s:\n%s", wanted, planned)
	}
	applies(t, cli)
	if writes := mock.Count("POST", "") + mock.Count("DELETE", ""); writes != 0 {
		t.Errorf("%d writes to Hero", writes)
	}
	if said := cli.Run("output", "-no-color", "not_in_terraform").RequireExit(t, 0).Stdout; strings.Count(said, "hooks.example.com") != 3 {
		t.Errorf("three webhooks are not in the list, and the output is\n%s", said)
	}
}

func TestExamples_showEveryType(t *testing.T) {
	t.Parallel()
	server, err := acctest.Factories()["hero"]()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	wanted := []string{"provider/provider.tf"}
	for name := range schemas.ResourceSchemas {
		for _, file := range []string{"resource.tf", "import.sh", "import-by-string-id.tf", "import-by-identity.tf"} {
			wanted = append(wanted, "resources/"+name+"/"+file)
		}
	}
	for name := range schemas.DataSourceSchemas {
		wanted = append(wanted, "data-sources/"+name+"/data-source.tf")
	}
	for name := range schemas.EphemeralResourceSchemas {
		wanted = append(wanted, "ephemeral-resources/"+name+"/ephemeral-resource.tf")
	}
	for name := range schemas.ListResourceSchemas {
		wanted = append(wanted, "list-resources/"+name+"/list-resource.tfquery.hcl")
	}
	for name := range schemas.ActionSchemas {
		wanted = append(wanted, "actions/"+name+"/action.tf")
	}
	for name := range schemas.Functions {
		wanted = append(wanted, "functions/"+name+"/function.tf")
	}
	there := files(t)
	for _, file := range wanted {
		if !there[file] {
			t.Errorf("there is no examples/%s", file)
		}
	}
	if len(wanted) < 30 {
		t.Errorf("the provider offers only %d types: does it start?", len(wanted))
	}
}
