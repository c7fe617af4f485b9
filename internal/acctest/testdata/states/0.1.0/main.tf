# What the states of a release are made of: every resource, with as many of its arguments as can stand together.

terraform {
  required_providers {
    hero = { source = "herohealth/hero" }
  }
}

variable "signing_key" {
  type      = string
  ephemeral = true
}

variable "token" {
  type      = string
  ephemeral = true
}

variable "password" {
  type      = string
  ephemeral = true
}

provider "hero" {}

resource "hero_webhook" "least" {
  event_type = "appointment.cancelled"
  url        = "https://hooks.example.com/least"
}

resource "hero_webhook" "most" {
  practice_group_id      = "15"
  event_type             = "appointment.confirmed"
  url                    = "https://hooks.example.com/most"
  description            = "to the integration team"
  headers                = { "X-Team" = "integration" }
  headers_wo             = { "Authorization" = "Bearer ${var.token}" }
  headers_wo_version     = "2027-01"
  signing_key_wo         = var.signing_key
  signing_key_wo_version = "1"

  lifecycle {
    create_before_destroy = true
  }
}

resource "hero_webhook" "unversioned" {
  event_type     = "prescription.issued"
  url            = "https://hooks.example.com/unversioned"
  headers_wo     = { "Authorization" = "Bearer ${var.token}" }
  signing_key_wo = var.signing_key
}

resource "hero_booking_link" "least" {
  appointment_type_id = "1"
}

resource "hero_booking_link" "most" {
  appointment_type_id    = "2"
  location_id            = "5"
  practitioner_id        = "7"
  from_date              = "2098-09-01"
  to_date                = "2098-12-24"
  expiry_date            = "2098-12-31"
  maximum_use_count      = 500
  recreate_when_unusable = true
  on_destroy             = "keep"
}

resource "hero_form_link" "least" {
  form_id = "102"
}

resource "hero_form_link" "most" {
  form_id                = "101"
  expiry_date            = "2098-12-31"
  maximum_use_count      = 10
  recreate_when_unusable = true
}

resource "hero_practice_group_settings" "least" {
  practice_group_id = "18"
  name              = "Station Road Surgery"
}

resource "hero_practice_group_settings" "most" {
  name                         = "Riverside Practice"
  address                      = { line_1 = "2 Example Street", town = "Exampleton", county = "" }
  prescription_partner_enabled = true
  prescription_partner         = "signature_rx"
  prescription_partner_credentials = {
    email               = "rx@example.nhs.uk"
    password_wo         = var.password
    password_wo_version = "2027-01"
  }
  on_destroy = "restore"
}
