# Names are sensitive, ids are not.
data "hero_practitioners" "nurse" {
  name = "Nurse Example"
}

output "nurse_id" {
  value = one(data.hero_practitioners.nurse.ids)
}

# Who gives flu vaccinations at another practice of the network.
data "hero_practitioners" "flu" {
  practice_group_id    = "15"
  appointment_type_ids = ["1501"]
}

output "vaccinators" {
  value = length(data.hero_practitioners.flu.ids)
}
