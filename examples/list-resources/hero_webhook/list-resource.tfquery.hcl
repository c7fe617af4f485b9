# Every webhook of the network. Terraform stops at 100 results unless limit says more.
list "hero_webhook" "network" {
  provider         = hero
  limit            = 10000
  include_resource = true

  config {
    entire_network = true
  }
}
