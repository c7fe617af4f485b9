# The audit for CI: terraform plan fails when a webhook of the network goes to a host that is not ours, and when the network cannot be
# read. Run it with HERO_READ_ONLY=1.

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

data "hero_webhooks" "network" {
  entire_network = true

  lifecycle {
    postcondition {
      condition = alltrue([for webhook in self.webhooks : contains(local.our_hosts, coalesce(webhook.url_host, "unreadable"))])
      error_message = join("\n", [
        for webhook in self.webhooks :
        "Practice group ${webhook.practice_group_id} sends ${webhook.event_type} to ${webhook.url} (webhook ${webhook.id})."
        if !contains(local.our_hosts, coalesce(webhook.url_host, "unreadable"))
      ])
    }
  }
}

output "subscriptions" {
  description = "Who sends what where: one line for each webhook of the network."
  value       = sort([for webhook in data.hero_webhooks.network.webhooks : "${webhook.practice_group_id} ${webhook.event_type} ${webhook.url_host}"])
}
