variable "lead_email" {
  type      = string
  sensitive = true
}

data "hero_admins" "lead" {
  email = var.lead_email
}

output "lead_id" {
  value = one(data.hero_admins.lead.ids)
}

# Who prescribes: registration codes and names stay sensitive.
data "hero_admins" "all" {
  order_by = "first_name"
}

output "prescriber_ids" {
  value = nonsensitive([for a in data.hero_admins.all.admins : a.id if a.prescriber_details != null])
}
