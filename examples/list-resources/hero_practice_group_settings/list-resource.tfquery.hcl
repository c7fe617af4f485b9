# The practices of the network, with their settings. Terraform stops at 100 results unless limit says more.
list "hero_practice_group_settings" "network" {
  provider         = hero
  limit            = 500
  include_resource = true

  config {
    entire_network = true
  }
}
