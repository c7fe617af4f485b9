import {
  to = hero_form_link.asthma
  identity = {
    practice_group_id = "12"
    id                = "345"
  }
}
