# A vaccination campaign: one generic booking link for each location and appointment type, ready for posters.

terraform {
  required_version = ">= 1.8"
  required_providers {
    hero = {
      source = "herohealth/hero"
    }
  }
}

# HERO_API_KEY and HERO_PRACTICE_GROUP_ID come from the environment.
provider "hero" {}

locals {
  # Reviewed code: which links the public gets is a decision. Were the look-ups below to decide, an appointment type that somebody adds at
  # Hero would open a link by itself. The keys name the links for good; the names are looked up.
  offers = {
    flu    = { appointment_type = "Flu vaccination", locations = ["main", "branch"] }
    travel = { appointment_type = "Travel advice", locations = ["branch"] }
  }
  locations = {
    main   = "Main surgery"
    branch = "Branch surgery"
  }

  # "flu-main", "flu-branch", "travel-branch"
  links = merge([
    for offer, o in local.offers : {
      for location in o.locations : "${offer}-${location}" => { appointment_type = o.appointment_type, location = local.locations[location] }
    }
  ]...)
}

data "hero_appointment_types" "all" {}

data "hero_locations" "all" {}

locals {
  # All ids that have a name: Hero does not promise that names are unique.
  appointment_type_ids = { for type in data.hero_appointment_types.all.appointment_types : type.name => type.id... if type.name != null }
  location_ids         = { for location in data.hero_locations.all.locations : location.name => location.id... if location.name != null }
}

resource "hero_booking_link" "campaign" {
  for_each = local.links

  # one() fails when several have the name, and the precondition when none has.
  appointment_type_id = one(lookup(local.appointment_type_ids, each.value.appointment_type, []))
  location_id         = one(lookup(local.location_ids, each.value.location, []))

  from_date   = var.from_date
  to_date     = var.to_date
  expiry_date = var.expiry_date

  lifecycle {
    # Without a location the link would offer all of them.
    precondition {
      condition     = contains(keys(local.appointment_type_ids), each.value.appointment_type)
      error_message = "The practice has no appointment type named \"${each.value.appointment_type}\"."
    }
    precondition {
      condition     = contains(keys(local.location_ids), each.value.location)
      error_message = "The practice has no location named \"${each.value.location}\"."
    }
  }
}

# A code on a poster that leads nowhere should not be found by a patient first.
check "links_work" {
  assert {
    condition     = alltrue([for link in hero_booking_link.campaign : link.active != false])
    error_message = "Not active any more: ${join(", ", [for key, link in hero_booking_link.campaign : key if link.active == false])}."
  }
}
