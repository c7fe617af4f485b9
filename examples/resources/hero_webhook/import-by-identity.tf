import {
  to = hero_webhook.confirmed
  identity = {
    practice_group_id = "12"
    id                = "345"
  }
}
