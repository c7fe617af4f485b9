# The reviewed list against the network as Hero knows it, both ways and by name. A difference is shown in every plan, and changes nothing by
# itself. (The data source stands outside of the check: inside, Terraform would plan to read it again, and no plan would be empty.)

data "hero_network" "all" {}

locals {
  reviewed = { for practice in local.practices : practice.id => practice.name }
  network  = { for practice in data.hero_network.all.practice_groups : practice.id => practice.name }

  left    = [for id, name in local.reviewed : "${id} (${name})" if !contains(keys(local.network), id)]
  joined  = [for id, name in local.network : "${id} (${coalesce(name, "no name")})" if !contains(keys(local.reviewed), id)]
  renamed = [for id, name in local.reviewed : "${id} (${name}, at Hero ${local.network[id]})" if try(local.network[id], null) != null && try(local.network[id], name) != name]
}

check "reviewed_practices_are_in_the_network" {
  assert {
    condition     = length(local.left) == 0
    error_message = "Not, or no longer, in Hero's network: ${join(", ", local.left)}. Correct the id, or take the practice off the list."
  }
}

check "practices_of_the_network_are_reviewed" {
  assert {
    condition     = length(local.joined) == 0
    error_message = "In Hero's network and not on the reviewed list: ${join(", ", local.joined)}. Decide on their webhooks, and add them."
  }
}

check "names_agree" {
  assert {
    condition     = length(local.renamed) == 0
    error_message = "Another name on the reviewed list than at Hero, so one of them may be another practice: ${join(", ", local.renamed)}."
  }
}
