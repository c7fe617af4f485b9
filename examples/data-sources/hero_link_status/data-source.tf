# What became of a link that somebody has sent in.
data "hero_link_status" "printed" {
  url = "https://bookings.herohealth.net/s/abc123"
}

output "printed_link" {
  value = "${data.hero_link_status.printed.type} link, ${data.hero_link_status.printed.status}"
}
