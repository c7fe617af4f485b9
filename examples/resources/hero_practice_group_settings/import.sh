# The practice group's id.
terraform import hero_practice_group_settings.riverside 12
