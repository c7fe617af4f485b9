package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

const quickstart = "examples/quickstart"

// applyQuickstart installs the provider from the mirror and takes the quickstart through its life on a mock Hero.
func applyQuickstart(ctx context.Context, work, mirror string) error {
	program, err := terraformProgram()
	if err != nil {
		return err
	}
	folder := filepath.Join(work, "quickstart")
	if err := os.CopyFS(folder, os.DirFS(quickstart)); err != nil {
		return err
	}
	settings := filepath.Join(work, "terraform.rc")
	text := fmt.Sprintf("disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", filepath.ToSlash(mirror))
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		return err
	}

	hero := mockapi.New(mockapi.Options{})
	url, stop := hero.Start() //nolint:contextcheck // it serves until stop
	defer stop()
	environment := append(cleanEnvironment(), "TF_CLI_CONFIG_FILE="+settings, "TF_IN_AUTOMATION=1", "TF_INPUT=0",
		"HERO_BASE_URL="+url, "HERO_API_KEY="+mockapi.DefaultAPIKey, "HERO_PRACTICE_GROUP_ID="+mockapi.DefaultOwnPracticeID,
		"TF_VAR_signing_key=a-signing-key-for-the-mock-alone", "TF_VAR_receiver_token=a-token-for-the-mock-alone")
	terraform := func(arguments ...string) error {
		command := exec.CommandContext(ctx, program, arguments...)
		command.Dir, command.Env = folder, environment
		fmt.Printf("$ terraform %s\n", strings.Join(arguments, " "))
		if output, err := command.CombinedOutput(); err != nil {
			return fmt.Errorf("terraform %s: %w\n%s", strings.Join(arguments, " "), err, output)
		}
		return nil
	}

	if err := terraform("init", "-no-color"); err != nil {
		return err
	}
	if err := terraform("apply", "-no-color", "-auto-approve"); err != nil {
		return err
	}
	made := webhooks(hero)
	if made == 0 {
		return errors.New("the quickstart was applied, and the mock holds no webhook")
	}
	fmt.Printf("the mock holds %d webhooks\n", made)
	if err := terraform("plan", "-no-color", "-detailed-exitcode"); err != nil { // 2 when anything would change
		return err
	}
	if err := terraform("destroy", "-no-color", "-auto-approve"); err != nil {
		return err
	}
	if left := webhooks(hero); left != 0 {
		return fmt.Errorf("the quickstart was destroyed, and the mock still holds %d webhooks", left)
	}
	return nil
}

// webhooks counts those of the mock's network.
func webhooks(hero *mockapi.Server) int {
	return len(hero.Webhooks("12")) + len(hero.Webhooks("15")) + len(hero.Webhooks("18"))
}

func terraformProgram() (string, error) {
	for _, name := range []string{"terraform", "tofu"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("neither terraform nor tofu is on PATH; install one to try the release out")
}

// cleanEnvironment is ours without what would lead terraform or the provider elsewhere.
func cleanEnvironment() []string {
	var clean []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_") && !strings.HasPrefix(variable, "HERO_") {
			clean = append(clean, variable)
		}
	}
	return clean
}
