# Every webhook of the network. Terraform stops at 100 results unless limit says more.
list "hero_webhook" "network" {
  provider         = hero
  limit            = 10000
  include_resource = true

  config {
    entire_network = true
  }
}

# Who sends confirmed appointments, in two practices.
list "hero_webhook" "confirmed" {
  provider = hero

  config {
    practice_group_ids = ["12", "15"]
    event_type         = "appointment.confirmed"
  }
}
