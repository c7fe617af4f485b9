# Message templates have no data source of their own. What no data source knows may tell of patients, so patient_data_in_state rules this
# one whatever the path is.
data "hero_api_request" "templates" {
  path = "/v1/templates"
  query = {
    has_follow_up = ["true"]
  }
}

output "template_names" {
  value = nonsensitive([for template in jsondecode(data.hero_api_request.templates.json).data : template.name])
}

# Does it exist?
data "hero_api_request" "task" {
  path            = "/v2/tasks/17"
  allow_not_found = true
}

output "task_exists" {
  value = data.hero_api_request.task.status_code != 404
}
