data "hero_practice_group_capabilities" "riverside" {
  practice_group_id = "12"
}

# The plan fails where a practice cannot do what is to be built on.
resource "hero_webhook" "confirmed" {
  practice_group_id = "12"
  event_type        = "appointment.confirmed"
  url               = "https://hooks.example.com/hero/confirmed"

  lifecycle {
    precondition {
      condition     = contains(data.hero_practice_group_capabilities.riverside.capabilities, "sms_messaging")
      error_message = "Practice group 12 has no text messages, with which the receiver answers. Ask Hero to switch on sms_messaging."
    }
  }
}
