data "hero_forms" "questionnaires" {
  form_type = "questionnaire"
}

output "questionnaires" {
  value = { for f in data.hero_forms.questionnaires.forms : f.id => f.title }
}

# Forms without a SNOMED CT code cannot be coded in the record.
check "questionnaires_are_coded" {
  assert {
    condition     = alltrue([for f in data.hero_forms.questionnaires.forms : f.snomed_code != null])
    error_message = "Some questionnaires have no SNOMED CT code."
  }
}
