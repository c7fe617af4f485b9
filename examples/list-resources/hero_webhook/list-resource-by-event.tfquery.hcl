# Who sends confirmed appointments, in two practices.
list "hero_webhook" "confirmed" {
  provider = hero

  config {
    practice_group_ids = ["12", "15"]
    event_type         = "appointment.confirmed"
  }
}
