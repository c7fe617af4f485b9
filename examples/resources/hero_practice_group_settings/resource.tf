variable "rx_password" {
  description = "Password at the prescription partner. Ephemeral: it reaches neither state nor plan."
  type        = string
  ephemeral   = true
}

# Adopts settings that are there already. What is left out here stays as it is, whoever changes it.
resource "hero_practice_group_settings" "riverside" {
  practice_group_id = "12"
  name              = "Riverside Medical Centre"

  address = {
    line_1   = "123 High Street"
    line_2   = "" # clears the line at Hero
    postcode = "SW1A 1AA"
  }

  prescription_partner = "signature_rx"
  prescription_partner_credentials = {
    email               = "rx@example.nhs.uk"
    password_wo         = var.rx_password
    password_wo_version = "2027-01" # change it to send a new password
  }

  # A destroy puts name and address back to what they were, unless somebody else has changed them since.
  on_destroy = "restore"
}
