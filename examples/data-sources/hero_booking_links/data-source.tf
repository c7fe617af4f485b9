# All generic booking links of the practice group.
data "hero_booking_links" "all" {}

# Links that patients may still hold, and that lead nowhere any more.
output "inactive_urls" {
  value = [for link in data.hero_booking_links.all.booking_links : link.url if link.active == false]
}
