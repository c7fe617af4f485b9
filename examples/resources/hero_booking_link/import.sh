# <practice_group_id>/<id>, or <id> for a link of the provider's practice group
terraform import hero_booking_link.flu 12/345
