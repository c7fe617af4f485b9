# Subscribes every practice of a reviewed list to Hero's events, from one provider block.

terraform {
  required_version = ">= 1.11" # write-only arguments
  required_providers {
    hero = {
      source = "herohealth/hero"
    }
  }
}

# HERO_API_KEY and HERO_PRACTICE_GROUP_ID come from the environment.
provider "hero" {}

variable "signing_key" {
  description = "Key with which Hero signs deliveries: 32 random characters or more. Ephemeral: it reaches neither state nor plan."
  type        = string
  ephemeral   = true
}

variable "receiver_token" {
  description = "Bearer token that the receiver asks for."
  type        = string
  ephemeral   = true
}

variable "receiver_url" {
  description = "Where Hero delivers the events."
  type        = string
  default     = "https://hooks.example.com/hero"
}

locals {
  # Reviewed code, keyed by ODS code: who is subscribed to what is a decision, not a look-up.
  practices = {
    A81001 = { id = "12", name = "Riverside Medical Centre" }
    A81002 = { id = "15", name = "Hilltop Surgery" }
    A81003 = { id = "18", name = "Station Road Practice" }
  }

  # Written out, so that an upgrade of the provider can never subscribe to more.
  events = [
    "appointment.confirmed",
    "appointment.cancelled",
    "appointment.rescheduled",
    "prescription.issued",
    "patient.medical-record-updated",
    "patient.added-to-sequence",
    "write-to-record.succeeded",
    "write-to-record.failed",
  ]
}

resource "hero_webhook" "events" {
  for_each = { for p in setproduct(keys(local.practices), local.events) : "${p[0]}/${p[1]}" => { ods = p[0], event = p[1] } }

  practice_group_id = local.practices[each.value.ods].id
  event_type        = each.value.event
  url               = var.receiver_url
  description       = "Managed by Terraform for ${each.value.ods}"
  headers           = { "X-Team" = "integration" }

  headers_wo             = { "Authorization" = "Bearer ${var.receiver_token}" }
  headers_wo_version     = "1"
  signing_key_wo         = var.signing_key
  signing_key_wo_version = "1" # raise it to send a new key

  lifecycle {
    create_before_destroy = true # no event falls between the old webhook and the new one
  }
}

# The list above against the network as Hero knows it. A difference is shown in every plan, and changes nothing by itself. (The data
# source stands outside of the check: inside, Terraform would plan to read it again, and no plan would be empty.)
data "hero_network" "all" {}

check "practices_are_the_network" {
  assert {
    condition     = length(setsubtract([for p in local.practices : p.id], data.hero_network.all.ids)) == 0
    error_message = "A practice of the list is not, or no longer, in Hero's network."
  }

  assert {
    condition     = length(setsubtract(data.hero_network.all.ids, [for p in local.practices : p.id])) == 0
    error_message = "Hero's network has a practice that the list lacks: ${join(", ", setsubtract(data.hero_network.all.ids, [for p in local.practices : p.id]))}."
  }
}

output "webhooks" {
  description = "Hero's ids of the webhooks, by ODS code and event."
  value       = { for key, webhook in hero_webhook.events : key => webhook.id }
}
