package accesstoken_test

import (
	"testing"
	"time"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

func TestAccessToken_isWhatHeroMintedForThePractice(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]mockapi.Options{
		"all keys":             {},
		"documented keys only": {DocumentedOnly: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, options)
			d := mock.Driver(t, nil)
			own, diags := d.OpenEphemeral("hero_access_token", nil)
			diags.RequireNone(t)
			other, diags := d.OpenEphemeral("hero_access_token", map[string]any{"practice_group_id": "15"})
			diags.RequireNone(t)

			minted := mock.AccessTokens()
			if len(minted) != 2 || minted[0].PracticeID != "12" || minted[1].PracticeID != "15" {
				t.Fatalf("minted for other practices than 12 and 15: %d tokens", len(minted))
			}
			if own.Result.String("access_token") != minted[0].Token || other.Result.String("access_token") != minted[1].Token {
				t.Error("the tokens are not those that were minted")
			}
			if own.Result.String("practice_group_id") != "12" || other.Result.String("practice_group_id") != "15" {
				t.Error("the practices are not those that were asked for")
			}
			if !own.RenewAt.IsZero() {
				t.Error("a token cannot be renewed")
			}
			other.Close().RequireNone(t)
			if mock.Count("", "") != 2 {
				t.Errorf("want no request but the two, got %v", mock.Requests())
			}
		})
	}
}

func TestAccessToken_expiresWhenItsClaimSays(t *testing.T) {
	t.Parallel()
	at := time.Date(2031, 2, 3, 4, 5, 6, 0, time.UTC)
	mock := acctest.NewMock(t, mockapi.Options{Clock: func() time.Time { return at }})
	token, diags := mock.Driver(t, nil).OpenEphemeral("hero_access_token", nil)
	diags.RequireNone(t)
	if got := token.Result.String("expires_at"); got != "2031-02-03T04:35:06Z" {
		t.Errorf("expires at %s", got)
	}
}

func TestAccessToken_withoutAClaimExpiresHalfAnHourAfterTheAnswer(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{TokenWithoutExpiry: true})
	before := time.Now().Truncate(time.Second)
	token, diags := mock.Driver(t, nil).OpenEphemeral("hero_access_token", nil)
	diags.RequireNone(t)
	expires, err := time.Parse(time.RFC3339, token.Result.String("expires_at"))
	if err != nil {
		t.Fatal(err)
	}
	if left := expires.Sub(before); left < 30*time.Minute || left > 31*time.Minute {
		t.Errorf("it lives for %s", left)
	}
}

func TestAccessToken_isMintedByAReadOnlyProvider(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	_, diags := mock.Driver(t, map[string]any{"read_only": true}).OpenEphemeral("hero_access_token", nil)
	diags.RequireNone(t)
}

func TestAccessToken_ofAPracticeOutsideTheNetworkSaysWhatToCheck(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	_, diags := mock.Driver(t, nil).OpenEphemeral("hero_access_token", map[string]any{"practice_group_id": "99"})
	diags.RequireError(t, "Minting an access token for practice group 99 failed")
	diags.RequireError(t, "Check practice_group_id: the practice must be in the same Hero network")
}

func TestAccessToken_failsWithoutRepeatingWhatHeroAnswered(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	mock.Fault(mockapi.Fault{Kind: mockapi.FaultStatus, Status: 200, Body: `{"token":"a-secret-of-another-shape"}`})
	_, diags := mock.Driver(t, nil).OpenEphemeral("hero_access_token", nil)
	diags.RequireError(t, "the answer has no access_token")
	if diags.Has("error", "a-secret-of-another-shape") {
		t.Error("the answer is repeated in the error")
	}
}

func TestAccessToken_needsAPractice(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{})
	_, diags := mock.Driver(t, map[string]any{"practice_group_id": nil}).OpenEphemeral("hero_access_token", nil)
	diags.RequireError(t, "No practice group is named")
	_, diags = mock.Driver(t, nil).OpenEphemeral("hero_access_token", map[string]any{"practice_group_id": ""})
	diags.RequireError(t, "The id of a practice group is not one")
	if mock.Count("", "") != 0 {
		t.Error("Hero was called")
	}
}
