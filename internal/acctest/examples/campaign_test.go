package examples

import (
	"strings"
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
)

// tryCampaign expects a URL for each offer at each of its locations, no link that nobody has reviewed, and a word on what is missing.
func tryCampaign(t *testing.T, path string) {
	cli, mock := start(t, directory(t, path))
	applies(t, cli)
	urls := map[string]string{}
	for line := range strings.Lines(cli.Run("output", "-raw", "qr_codes").RequireExit(t, 0).Stdout) {
		file, url, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		urls[file] = url
	}
	made := map[string]string{}
	offers := map[string]string{"1/5": "flu-main.png", "1/6": "flu-branch.png", "3/6": "travel-branch.png"}
	for _, link := range mock.BookingLinks(mockapi.DefaultOwnPracticeID) {
		if len(link.LocationIDs) == 1 { // the others were there before
			made[offers[link.AppointmentTypeIDs[0]+"/"+link.LocationIDs[0]]] = link.URL
		}
	}
	if len(made) != len(offers) || len(urls) != len(offers) {
		t.Fatalf("links: %v, codes: %v", made, urls)
	}
	for file, url := range made {
		if urls[file] != url {
			t.Errorf("%s leads to %q, and the link is %q", file, urls[file], url)
		}
	}

	mock.AddAppointmentType(mockapi.AppointmentType{PracticeID: mockapi.DefaultOwnPracticeID, Name: "Wart clinic", LocationIDs: []string{"5", "6"}})
	cli.Plan().RequireExit(t, 0)

	mock.ClearDirectory(mockapi.DefaultOwnPracticeID)
	missing := cli.Plan().RequireExit(t, 1)
	if said := strings.Join(strings.Fields(missing.Stderr), " "); !strings.Contains(said, `no appointment type named "Flu vaccination"`) {
		t.Errorf("it does not say what is missing:\n%s", missing)
	}
}
