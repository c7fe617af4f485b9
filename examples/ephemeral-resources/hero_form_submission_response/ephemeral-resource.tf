ephemeral "hero_form_submission_response" "test_patient" {
  id = "345"
}

# A warning in plan and apply. Its text cannot show ephemeral values.
check "form_is_coded" {
  assert {
    condition     = ephemeral.hero_form_submission_response.test_patient.form_type == "questionnaire"
    error_message = "The test patient's response is not to a questionnaire."
  }
}
