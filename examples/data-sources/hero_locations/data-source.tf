data "hero_locations" "main" {
  name = "Main surgery"

  # A link without its place would offer every place: better no plan than that.
  lifecycle {
    postcondition {
      condition     = length(self.ids) == 1
      error_message = "The practice has no location, or several, with the name \"Main surgery\"."
    }
  }
}

# Where the flu vaccination is offered. Hero does not document what else it tells of a place: json has it all.
data "hero_locations" "flu" {
  appointment_type_ids = ["1"]
}

output "flu_locations" {
  value = jsondecode(data.hero_locations.flu.json)
}
