# Everything of the network that Terraform can manage, each object once. Terraform stops at 100 results unless limit says more.

list "hero_webhook" "all" {
  provider         = hero
  limit            = 10000
  include_resource = true

  config {
    entire_network = true
  }
}

list "hero_booking_link" "usable" {
  provider         = hero
  limit            = 10000
  include_resource = true

  config {
    entire_network = true
    active_only    = true
  }
}

list "hero_practice_group_settings" "all" {
  provider         = hero
  limit            = 1000
  include_resource = true

  config {
    entire_network = true
  }
}
