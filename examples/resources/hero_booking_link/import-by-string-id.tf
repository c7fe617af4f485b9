import {
  to = hero_booking_link.flu
  id = "12/345"
}
