data "hero_practice_group_configuration" "riverside" {
  practice_group_id = "12"
}

# Hero does not document what it holds: expect members to be missing.
output "time_zone" {
  value = try(jsondecode(data.hero_practice_group_configuration.riverside.json).time_zone, null)
}
