# What one must see to judge it is read by the ephemeral twin, and leaves nothing behind.

terraform {
  required_version = ">= 1.10" # ephemeral resources
  required_providers {
    hero = {
      source = "herohealth/hero"
    }
  }
}

provider "hero" {
  patient_data_in_state = "deny" # ephemeral resources are allowed all the same
}

# A postcondition stops the plan, and the apply: both read anew.
ephemeral "hero_form_response" "smoke_test" {
  id = "345" # what the made-up test patient sent after the last release

  lifecycle {
    postcondition {
      condition     = self.write_to_record_error == null
      error_message = "The test patient's response could not be written to the record."
    }
  }
}

ephemeral "hero_form_submission_response" "smoke_test" {
  id = "345"
}

# A check only warns. The ephemeral resource stands outside of it, since a check takes none, and the message cannot show what it read.
check "smoke_test" {
  assert {
    condition     = ephemeral.hero_form_submission_response.smoke_test.write_to_record_status == "success"
    error_message = "The test patient's response has not reached the record yet."
  }
}
