import {
  to = hero_practice_group_settings.riverside
  id = "12"
}
