import {
  to = hero_practice_group_settings.riverside
  identity = {
    practice_group_id = "12"
  }
}
