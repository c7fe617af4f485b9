# Links of all kinds that have expired, the latest first. Links of single patients are left out.
data "hero_short_links" "expired" {
  status           = "expired"
  order_by         = "expiry_date"
  order_descending = true
}

output "expired_urls" {
  value = data.hero_short_links.expired.short_links[*].url
}
