data "hero_network" "pcn" {}

# A reviewed list decides what is managed; the network only says whether the list is still right.
locals {
  reviewed = { A81001 = "12", A81002 = "15", A81003 = "18" }
}

check "reviewed_list_is_the_network" {
  assert {
    condition     = toset(values(local.reviewed)) == toset(data.hero_network.pcn.ids)
    error_message = "The reviewed list and Hero's network differ. Hero has ${join(", ", [for p in data.hero_network.pcn.practice_groups : "${p.id} ${coalesce(p.name, "(no name)")}"])}."
  }
}
