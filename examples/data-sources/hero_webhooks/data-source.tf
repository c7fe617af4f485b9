# Where does the practice send its events?
data "hero_webhooks" "own" {}

# Every webhook for one event, in the entire network of the provider's practice group
data "hero_webhooks" "confirmed" {
  event_type     = "appointment.confirmed"
  entire_network = true
}

output "receivers" {
  description = "The hosts that receive events, with the practice groups that send to them."
  value       = { for webhook in data.hero_webhooks.confirmed.webhooks : coalesce(webhook.url_host, "unreadable") => webhook.practice_group_id... }
}
