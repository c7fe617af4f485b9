# Ephemeral variables: the secrets reach neither state nor plan.
variable "signing_key" {
  description = "Key with which Hero signs deliveries: 32 random characters or more."
  type        = string
  ephemeral   = true
}

variable "receiver_token" {
  description = "Bearer token that the receiver asks for."
  type        = string
  ephemeral   = true
}

resource "hero_webhook" "confirmed" {
  event_type  = "appointment.confirmed"
  url         = "https://hooks.example.com/hero"
  description = "Confirmed appointments, for the integration team"

  headers    = { "X-Team" = "integration" }                         # in state, shown in plans
  headers_wo = { "Authorization" = "Bearer ${var.receiver_token}" } # in neither

  # With a version only a changed version sends a new key, and runs that create nothing need no key at all.
  signing_key_wo         = var.signing_key
  signing_key_wo_version = "2027-01"

  lifecycle {
    create_before_destroy = true # Hero cannot change a webhook: no event falls between the old one and the new one
  }
}

# Another practice of the same network, with the same provider block.
resource "hero_webhook" "confirmed_hilltop" {
  practice_group_id = "15"
  event_type        = "appointment.confirmed"
  url               = "https://hooks.example.com/hero"
  signing_key_wo    = var.signing_key

  lifecycle {
    create_before_destroy = true
  }
}
