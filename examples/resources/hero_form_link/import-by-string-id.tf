import {
  to = hero_form_link.asthma
  id = "12/345" # or "12/https://bookings.herohealth.net/s/abc123"
}
