ephemeral "hero_api_request" "patients" {
  path = "/v1/patients"
  query = {
    page_size = ["1"]
  }

  lifecycle {
    postcondition {
      condition     = jsondecode(self.json).count > 0
      error_message = "The practice has no patients: is the synchronisation with its record system set up?"
    }
  }
}
