data "hero_practice_group_elements" "riverside" {
  practice_group_id = "12"
}

output "element_versions" {
  value = [for element in data.hero_practice_group_elements.riverside.elements : element.version]
}
