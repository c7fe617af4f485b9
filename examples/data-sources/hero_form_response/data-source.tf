# Stores what it reads in state. The ephemeral resource of the same name does not.
data "hero_form_response" "test_patient" {
  id = "345"

  lifecycle {
    postcondition {
      condition     = self.write_to_record_error == null
      error_message = "The test patient's response could not be written to the record."
    }
  }
}
