# The links that patients can still use, without those of single patients. Terraform stops at 100 results unless limit says more.
list "hero_booking_link" "usable" {
  provider         = hero
  limit            = 1000
  include_resource = true

  config {
    entire_network = true
    active_only    = true
  }
}
