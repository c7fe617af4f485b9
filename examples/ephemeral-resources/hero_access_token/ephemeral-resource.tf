ephemeral "hero_access_token" "elements" {
  practice_group_id = "12"
}

# The token goes where nothing is stored: into another provider's configuration, or into a write-only argument. This one is of a webhook,
# since that needs no other provider; the guide "Access tokens for Hero Elements" hands it to a secret store.
resource "hero_webhook" "confirmed" {
  practice_group_id = "12"
  event_type        = "appointment.confirmed"
  url               = "https://hooks.example.com/hero/elements"

  headers_wo         = { "X-Elements-Token" = ephemeral.hero_access_token.elements.access_token }
  headers_wo_version = "1" # each run mints another token: without a version, each would replace the webhook
}
