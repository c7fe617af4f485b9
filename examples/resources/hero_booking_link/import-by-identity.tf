import {
  to = hero_booking_link.flu
  identity = {
    practice_group_id = "12"
    id                = "345"
  }
}
