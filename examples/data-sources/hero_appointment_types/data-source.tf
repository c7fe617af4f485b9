# By name, so that the configuration reads like the practice speaks.
data "hero_appointment_types" "flu" {
  name = "Flu vaccination"
}

data "hero_locations" "main" {
  name = "Main surgery"
}

# one() gives the only id, null when nothing has the name, and an error when several have it.
resource "hero_booking_link" "flu" {
  appointment_type_id = one(data.hero_appointment_types.flu.ids)
  location_id         = one(data.hero_locations.main.ids)
  from_date           = "2027-09-01"
  to_date             = "2027-12-24"
}

# What is offered by video and has free slots.
data "hero_appointment_types" "open" {
  has_availability = true
}

output "video_appointments" {
  value = [for t in data.hero_appointment_types.open.appointment_types : t.name if t.video == true]
}
