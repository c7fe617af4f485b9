# How many responses of the last seven days could not be written to a patient's record? count_only keeps nothing of any patient.
data "hero_form_responses" "failed" {
  count_only = true
  status     = "failed"
  created_at = [
    formatdate("YYYY-MM-DD", timeadd(plantimestamp(), "-168h")),
    formatdate("YYYY-MM-DD", plantimestamp()),
  ]
}

# Hero's documentation names no status but "success". Find a response that you know has failed once, or the check proves nothing.
check "responses_reach_the_record" {
  assert {
    condition     = data.hero_form_responses.failed.total_count == 0
    error_message = "${data.hero_form_responses.failed.total_count} responses of the last seven days could not be written to a patient's record."
  }
}
