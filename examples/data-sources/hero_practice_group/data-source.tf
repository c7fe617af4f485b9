data "hero_practice_group" "riverside" {
  practice_group_id = "12"
}

output "practice" {
  value = "${data.hero_practice_group.riverside.name} (${data.hero_practice_group.riverside.sector})"
}
