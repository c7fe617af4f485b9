# Stores a patient's answers in state: for a test patient who does not exist. For others, there is the ephemeral resource of the same name.
data "hero_form_submission_response" "test_patient" {
  id = "345"
}

output "answers" {
  value     = { for field in data.hero_form_submission_response.test_patient.fields : field.name => field.value }
  sensitive = true
}

# What one of the undocumented members of a question says.
output "options" {
  value     = [for field in data.hero_form_submission_response.test_patient.fields : try(jsondecode(field.json).options, null)]
  sensitive = true
}
