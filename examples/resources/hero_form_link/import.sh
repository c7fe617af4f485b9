# <practice_group_id>/<id>, or <id> for a link of the provider's practice group. The URL serves as an id as well, and is then known to Terraform:
# terraform import hero_form_link.asthma 12/https://bookings.herohealth.net/s/abc123
terraform import hero_form_link.asthma 12/345
