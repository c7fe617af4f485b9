terraform {
  required_providers {
    hero = {
      source = "herohealth/hero"
    }
  }
}

provider "hero" {
  # HERO_API_KEY is in the environment.
  practice_group_id = "12"

  # The last guard against a wrong id: nothing is sent for any other practice.
  allowed_practice_group_ids = ["12", "15", "18"]

  # Patients' data is read by ephemeral resources only, and never stored.
  patient_data_in_state = "deny"
}
