# <practice_group_id>/<id>, or <id> for a webhook of the provider's practice group
terraform import hero_webhook.confirmed 12/345
