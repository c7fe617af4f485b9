# The responses of the last seven days, with the answers, which go nowhere.
ephemeral "hero_form_responses" "week" {
  form_title = "Asthma review"
  created_at = [
    formatdate("YYYY-MM-DD", timeadd(plantimestamp(), "-168h")),
    formatdate("YYYY-MM-DD", plantimestamp()),
  ]
}

check "every_response_has_answers" {
  assert {
    condition     = alltrue([for r in ephemeral.hero_form_responses.week.form_responses : length(coalesce(r.fields, [])) > 0])
    error_message = "Some response of the last seven days to the asthma review came without answers."
  }
}
