# How a link is doing: the counters are here and not in the resource, so that refreshes stay quiet.
data "hero_booking_link" "flu" {
  id = "345"
}

output "flu_uses" {
  value = "${data.hero_booking_link.flu.number_of_uses} bookings of ${data.hero_booking_link.flu.open_count} visits"
}
