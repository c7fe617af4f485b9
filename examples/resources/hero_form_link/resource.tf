# Preview: try it against staging first.
resource "hero_form_link" "asthma" {
  form_id     = "101"
  expiry_date = "2027-12-31" # Hero cannot delete a form link: let each one end by itself
}

output "asthma_url" {
  value = hero_form_link.asthma.url
}
