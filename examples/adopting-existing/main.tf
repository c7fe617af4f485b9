# Brings webhooks that exist into Terraform, without touching them. With OpenTofu, or Terraform 1.8 and later; no terraform query needed.
# The first plan must say "to import" and not "to add" or "to destroy". The import blocks may stay: what is in state is not imported again.

terraform {
  required_version = ">= 1.8" # for_each in import blocks
  required_providers {
    hero = {
      source = "herohealth/hero"
    }
  }
}

provider "hero" {}

locals {
  # Reviewed code: who is subscribed to what is a decision. What the network has besides is in the output below.
  webhooks = {
    "A81001/confirmed" = { practice = "12", event = "appointment.confirmed", url = "https://hooks.example.com/hero/1" }
    "A81001/cancelled" = { practice = "12", event = "appointment.cancelled", url = "https://hooks.example.com/hero/2" }
    "A81002/confirmed" = { practice = "15", event = "appointment.confirmed", url = "https://hooks.example.com/hero/1" }
  }
}

data "hero_webhooks" "existing" {
  entire_network = true
}

locals {
  # The import id of each webhook of ours that exists. one() fails when a practice sends the same event to the same URL twice.
  existing = {
    for key, ours in local.webhooks : key => one([
      for found in data.hero_webhooks.existing.webhooks : "${found.practice_group_id}/${found.id}"
      if found.practice_group_id == ours.practice && found.event_type == ours.event && found.url == ours.url
    ])
  }
}

import {
  for_each = { for key, id in local.existing : key => id if id != null }
  to       = hero_webhook.events[each.key]
  id       = each.value
}

resource "hero_webhook" "events" {
  for_each = local.webhooks

  practice_group_id = each.value.practice
  event_type        = each.value.event
  url               = each.value.url

  lifecycle {
    create_before_destroy = true
  }
}

output "not_in_terraform" {
  description = "Webhooks of the network that are not in the list above: add them, or find out who made them."
  value = [
    for found in data.hero_webhooks.existing.webhooks : "${found.practice_group_id}/${found.id}: ${found.event_type} → ${found.url}"
    if !contains([for id in values(local.existing) : id if id != null], "${found.practice_group_id}/${found.id}")
  ]
}
