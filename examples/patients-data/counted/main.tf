# Counting needs nobody's data: state gets the number and the filters, nothing else.

terraform {
  required_providers {
    hero = {
      source = "herohealth/hero"
    }
  }
}

provider "hero" {
  patient_data_in_state = "deny" # counts are allowed all the same
}

locals {
  practices = { A81001 = "12", A81002 = "15" }
}

# Outside the check: a data source inside one is read again by each apply, so that no plan is ever without changes.
data "hero_form_responses" "failed" {
  for_each = local.practices

  practice_group_id = each.value
  count_only        = true
  status            = "failed"
  created_at = [
    formatdate("YYYY-MM-DD", timeadd(plantimestamp(), "-168h")),
    formatdate("YYYY-MM-DD", plantimestamp()),
  ]
}

# A check warns; the same condition as a postcondition of the data source stops the run.
check "responses_reach_the_record" {
  assert {
    condition = alltrue([for counted in data.hero_form_responses.failed : counted.total_count == 0])
    error_message = join("\n", [
      for ods, counted in data.hero_form_responses.failed :
      "${ods}: ${counted.total_count} responses of the last seven days could not be written to a patient's record."
      if counted.total_count > 0
    ])
  }
}
