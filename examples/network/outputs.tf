output "webhooks" {
  description = "Hero's ids of the webhooks, by ODS code and event."
  value       = { for key, webhook in hero_webhook.events : key => webhook.id }
}

output "overwritten" {
  description = "What was at Hero before, by ODS code and argument."
  value       = { for ods, settings in hero_practice_group_settings.practice : ods => settings.overwritten_values }
}
