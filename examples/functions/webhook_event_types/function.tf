# The events are written out: an upgrade of the provider must not subscribe to more. The function finds misspelt ones.
variable "events" {
  type    = set(string)
  default = ["appointment.confirmed", "appointment.cancelled"]

  validation {
    condition     = length(setsubtract(var.events, provider::hero::webhook_event_types())) == 0
    error_message = "Not known to this version of the provider: ${join(", ", setsubtract(var.events, provider::hero::webhook_event_types()))}."
  }
}

# What Hero offers and nobody has subscribed to.
output "unused_events" {
  value = setsubtract(provider::hero::webhook_event_types(), var.events)
}
