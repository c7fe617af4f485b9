import {
  to = hero_webhook.confirmed
  id = "12/345"
}
