# A generic link for a campaign: whoever has it books a flu vaccination.
resource "hero_booking_link" "flu" {
  appointment_type_id = "1"
  location_id         = "5"

  from_date   = "2027-09-01" # slots before it are not shown
  to_date     = "2027-12-24"
  expiry_date = "2027-12-31"

  # A link that was used up or switched off is replaced; the plan says why. The new one has another URL.
  recreate_when_unusable = true
}

# A link that is printed on paper: it stays when it is taken out of Terraform.
resource "hero_booking_link" "poster" {
  appointment_type_id = "2"
  maximum_use_count   = 1000
  on_destroy          = "keep"

  lifecycle {
    prevent_destroy = true
  }
}

output "flu_url" {
  value = hero_booking_link.flu.url
}
