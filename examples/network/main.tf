# Gives every practice of a network the same webhooks and settings, from one provider block and one reviewed list.

terraform {
  required_version = ">= 1.11" # write-only arguments
  required_providers {
    hero = {
      source = "herohealth/hero"
    }
  }
}

# HERO_API_KEY and HERO_PRACTICE_GROUP_ID come from the environment. The one key acts for every practice of its network.
provider "hero" {
  # A wrong id in the list below cannot reach another practice. Written out a second time: a practice that is taken off the list is still to be
  # reached by the apply that removes its webhooks.
  allowed_practice_group_ids = ["12", "15", "18"]
}

locals {
  # Reviewed code, keyed by ODS code. Who is subscribed to what is a decision: never take it from a look-up.
  practices = {
    A81001 = { id = "12", name = "Riverside Medical Centre" }
    A81002 = { id = "15", name = "Hilltop Surgery" }
    A81003 = { id = "18", name = "Station Road Practice" }
  }

  # Written out, so that an upgrade of the provider can never subscribe to more.
  events = ["appointment.confirmed", "appointment.cancelled", "appointment.rescheduled"]

  subscriptions = { for pair in setproduct(keys(local.practices), local.events) : "${pair[0]}/${pair[1]}" => { ods = pair[0], event = pair[1] } }
}

resource "hero_webhook" "events" {
  for_each = local.subscriptions

  practice_group_id = local.practices[each.value.ods].id
  event_type        = each.value.event
  url               = var.receiver_url
  headers           = { "X-Practice" = each.value.ods }

  headers_wo             = var.receiver_token == null ? null : { "Authorization" = "Bearer ${var.receiver_token}" }
  headers_wo_version     = "1"
  signing_key_wo         = var.signing_key
  signing_key_wo_version = "1"

  lifecycle {
    create_before_destroy = true # no event falls between the old webhook and the new one
  }
}

# Adopts the settings that are there. The plan warns of every value that it will overwrite; what is left out here is not managed.
resource "hero_practice_group_settings" "practice" {
  for_each = local.practices

  practice_group_id = each.value.id
  name              = each.value.name
  address           = { country = "England" }

  prescription_partner = "signature_rx"
  prescription_partner_credentials = {
    email               = "rx@example.nhs.uk"
    password_wo         = var.rx_password
    password_wo_version = "1" # change it to send a new password
  }

  on_destroy = "restore"
}
