# A smoke test: did the test patient's response reach the record? It leaves nothing in state or plan, and stops the run if it did not.
ephemeral "hero_form_response" "test_patient" {
  id = "345"

  lifecycle {
    postcondition {
      condition     = self.write_to_record_error == null
      error_message = "The test patient's response could not be written to the record."
    }
  }
}
