# By exact title: none or several are an error.
data "hero_form" "asthma" {
  title = "Asthma review"
}

output "asthma_questions" {
  value = data.hero_form.asthma.fields[*].name
}

# By id.
data "hero_form" "reply" {
  id = "103"
}
