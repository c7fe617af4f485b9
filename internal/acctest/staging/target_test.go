package staging

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/client"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// target is a Hero to run against, and the practice group to act for.
type target struct {
	client      *client.Client
	practice    string
	environment map[string]string // of the provider
}

// stagingTarget is Hero's staging; it skips the test where that was not asked for, and refuses anything else.
func stagingTarget(t *testing.T) target {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("not run against Hero's staging: run make testacc with HERO_API_KEY and HERO_PRACTICE_GROUP_ID")
	}
	key, practice, err := stagingKey(os.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	c, err := client.New(client.Config{BaseURL: client.StagingURL, APIKey: key, UserAgent: "terraform-provider-hero/staging-tests"})
	if err != nil {
		t.Fatal(err)
	}
	return target{client: c, practice: practice, environment: map[string]string{
		"HERO_ENVIRONMENT": "staging", "HERO_API_KEY": key, "HERO_PRACTICE_GROUP_ID": practice, "HERO_ALLOWED_PRACTICE_GROUP_IDS": practice,
	}}
}

// stagingKey reads the key and the practice group from the environment, and refuses one that is about another server.
func stagingKey(getenv func(string) string) (key, practice string, err error) {
	key, practice = getenv("HERO_API_KEY"), getenv("HERO_PRACTICE_GROUP_ID")
	switch {
	case key == "" || practice == "":
		return "", "", errors.New("set HERO_API_KEY and HERO_PRACTICE_GROUP_ID to those of Hero's staging")
	case getenv("HERO_BASE_URL") != "":
		return "", "", errors.New("unset HERO_BASE_URL: these tests run against Hero's staging, and nothing else")
	case getenv("HERO_ENVIRONMENT") != "staging":
		return "", "", fmt.Errorf("HERO_ENVIRONMENT is %q: these tests run against staging, never against production", getenv("HERO_ENVIRONMENT"))
	}
	return key, practice, nil
}

func mockTarget(t *testing.T) (target, *acctest.Mock) {
	t.Helper()
	mock := acctest.NewMock(t, mockapi.Options{})
	c, err := client.New(client.Config{BaseURL: mock.URL, APIKey: mockapi.DefaultAPIKey, UserAgent: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return target{client: c, practice: mockapi.DefaultOwnPracticeID, environment: map[string]string{
		"HERO_BASE_URL": mock.URL, "HERO_API_KEY": mockapi.DefaultAPIKey, "HERO_PRACTICE_GROUP_ID": mockapi.DefaultOwnPracticeID,
	}}, mock
}

// sweep deletes the marked webhooks that are left, those of earlier runs among them, and says how many. Links need none: Hero cannot delete
// them, and those of the tests expire on the next day.
func (h target) sweep(ctx context.Context) (swept int, err error) {
	webhooks, err := h.marked(ctx)
	if err != nil {
		return 0, err
	}
	for _, webhook := range webhooks {
		if err := h.client.DeleteWebhook(ctx, h.practice, webhook.ID.Or("")); err != nil {
			return swept, err
		}
		swept++
	}
	return swept, nil
}

// marked lists the webhooks that tests made.
func (h target) marked(ctx context.Context) ([]client.Webhook, error) {
	all, err := h.client.ListWebhooks(ctx, h.practice, "")
	if err != nil {
		return nil, err
	}
	var ours []client.Webhook
	for _, webhook := range all {
		if strings.HasPrefix(webhook.URL.Or(""), acctest.StagingURL) {
			ours = append(ours, webhook)
		}
	}
	return ours, nil
}
