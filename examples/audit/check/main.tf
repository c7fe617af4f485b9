# Do all webhooks of the network go to hosts of ours? What does not is a warning in every plan and apply, and nothing is changed.
# In CI, use the variant with a postcondition, which fails.

terraform {
  required_providers {
    hero = {
      source = "herohealth/hero"
    }
  }
}

provider "hero" {}

locals {
  our_hosts = ["hooks.example.com"]
}

# Outside the check: a data source inside one is read again by each apply, so that no plan is ever without changes.
data "hero_webhooks" "network" {
  entire_network = true
}

check "webhooks_go_to_our_hosts" {
  assert {
    condition = alltrue([for webhook in data.hero_webhooks.network.webhooks : contains(local.our_hosts, coalesce(webhook.url_host, "unreadable"))])
    error_message = join("\n", [
      for webhook in data.hero_webhooks.network.webhooks :
      "Practice group ${webhook.practice_group_id} sends ${webhook.event_type} to ${webhook.url} (webhook ${webhook.id})."
      if !contains(local.our_hosts, coalesce(webhook.url_host, "unreadable"))
    ])
  }
}
