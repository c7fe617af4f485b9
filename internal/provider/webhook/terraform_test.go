package webhook_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// Secrets that look different in every encoding.
const (
	secretAPIKey = `api/key+with"quotes"&more?=`
	secretKey    = `signing<key>/with+"everything"&é`
	secretBearer = `Bearer s/e+c=r%e"t&<token>`
	changedKey   = `another<key>/with+"everything"&é`
	changedToken = `Bearer another/s+e=c%r"e&t<token>`
)

const secretHCL = `
terraform {
  required_providers {
    hero = { source = "herohealth/hero" }
  }
}

provider "hero" {}

variable "signing_key" {
  type      = string
  ephemeral = true
}

variable "authorization" {
  type      = string
  ephemeral = true
}

variable "event" {
  type    = string
  default = "appointment.confirmed"
}

resource "hero_webhook" "events" {
  event_type     = var.event
  url            = "https://hooks.example.com/hero"
  headers        = { "X-Team" = "integration" }
  headers_wo     = { "Authorization" = var.authorization }
  signing_key_wo = var.signing_key
}

data "hero_webhooks" "all" {
  entire_network = true
  depends_on     = [hero_webhook.events]
}

output "webhooks" {
  value = data.hero_webhooks.all
}
`

func environment(mock *acctest.Mock, more map[string]string) map[string]string {
	variables := map[string]string{"HERO_BASE_URL": mock.URL, "HERO_API_KEY": secretAPIKey, "HERO_PRACTICE_GROUP_ID": "12", "HERO_MAX_RETRIES": "0"}
	for name, value := range more {
		variables[name] = value
	}
	return variables
}

func TestSecrets_noneIsInStatePlanOrLogOfARealRun(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{APIKey: secretAPIKey})
	before, after := map[string]string{"TF_VAR_signing_key": secretKey, "TF_VAR_authorization": secretBearer}, map[string]string{"TF_VAR_signing_key": changedKey, "TF_VAR_authorization": changedToken}
	first := acctest.Terraform(t, acctest.TerraformOptions{Files: map[string]string{"main.tf": secretHCL}, LogLevel: "TRACE", Env: environment(mock, before)})
	// The same folder with other secrets, as a run after a rotation.
	rotated := acctest.Terraform(t, acctest.TerraformOptions{Files: map[string]string{"main.tf": secretHCL}, LogLevel: "TRACE", Env: environment(mock, after)})

	first.Plan("-out=create.tfplan").RequireExit(t, 2)
	first.Show("create.tfplan").RequireExit(t, 0)
	first.Apply("create.tfplan").RequireExit(t, 0)
	first.Plan().RequireExit(t, 0)
	first.Run("refresh").RequireExit(t, 0)
	held := stored(t, mock)
	if held.SigningKey != secretKey || held.Headers["Authorization"] != secretBearer {
		t.Fatalf("Hero holds %+v", held)
	}

	rotated.Dir = first.Dir
	if said := rotated.Plan("-out=rotate.tfplan").RequireExit(t, 2).Stdout; !strings.Contains(said, "forces replacement") {
		t.Errorf("the plan shows no replacement:\n%s", said)
	}
	rotated.Show("rotate.tfplan").RequireExit(t, 0)
	rotated.Apply("rotate.tfplan").RequireExit(t, 0)
	// What Hero refuses it may quote, and what goes wrong is logged.
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: 400, Method: "POST", Body: quoting(t, changedKey, changedToken, secretAPIKey)})
	refused := rotated.Apply("-var=event=appointment.cancelled").RequireExit(t, 1)
	if !strings.Contains(refused.Stderr, "(hidden)") {
		t.Errorf("Hero's words are not shown:\n%s", refused)
	}
	mock.ClearFaults()
	rotated.Run("import", "-no-color", "hero_webhook.events", mock.AddWebhook(mockapi.Webhook{EventType: "appointment.confirmed", URL: "https://hooks.example.com/hero", SigningKey: changedKey, Headers: map[string]string{"Authorization": changedToken}})).RequireExit(t, 0)
	rotated.Show().RequireExit(t, 0)
	rotated.Apply().RequireExit(t, 0)
	rotated.Destroy().RequireExit(t, 0)

	left := rotated.Artifacts()
	for name, content := range first.Artifacts() {
		left["first "+name] = content
	}
	acctest.AssertNoSecrets(t, left, secretAPIKey, secretKey, secretBearer, changedKey, changedToken)
	for _, part := range []string{"log", "output", "terraform.tfstate", "terraform.tfstate.backup", "create.tfplan/tfplan", "rotate.tfplan/tfplan", "first log"} {
		if len(left[part]) == 0 {
			t.Errorf("%s was not searched", part)
		}
	}
	if !bytes.Contains(left["log"], []byte("hero_client")) || !bytes.Contains(left["log"], []byte("/v1/webhooks")) {
		t.Error("the log holds nothing of the client's")
	}
}

// quoting is an error of Hero's that repeats what it was sent.
func quoting(t *testing.T, texts ...string) string {
	t.Helper()
	body, err := json.Marshal(map[string]any{"error": true, "statusCode": 400, "message": "no: " + strings.Join(texts, ", ")})
	must(t, err)
	return string(body)
}

func TestWebhook_plansOfARealRunReadWell(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{APIKey: secretAPIKey})
	secrets := map[string]string{"TF_VAR_signing_key": secretKey, "TF_VAR_authorization": secretBearer}
	cli := acctest.Terraform(t, acctest.TerraformOptions{Files: map[string]string{"main.tf": secretHCL}, Env: environment(mock, secrets)})
	cli.Apply().RequireExit(t, 0)
	if said := cli.Plan().RequireExit(t, 0).Stdout; strings.Contains(said, "known after apply") || !strings.Contains(said, "No changes") {
		t.Errorf("said %s", said)
	}
	mock.RemoveWebhook(stored(t, mock).ID)
	said := cli.Plan().RequireExit(t, 2).Stdout
	for _, text := range []string{"The webhook 1001 of practice group 12 is gone", "hero_webhook.events will be created", "1 to add, 0 to change, 0 to destroy"} {
		if !strings.Contains(said, text) {
			t.Errorf("no %q in:\n%s", text, said)
		}
	}
}
