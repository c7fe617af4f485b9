variable "signing_key" {
  description = "Key with which Hero signs deliveries. Given as TF_VAR_signing_key, so that the action finds it too."
  type        = string
  ephemeral   = true
}

locals {
  event_type = "appointment.confirmed"
  url        = "https://hooks.example.com/hero"
}

# The receiver is tested whenever the webhook is new. When the test fails, the apply says so.
resource "hero_webhook" "confirmed" {
  event_type             = local.event_type
  url                    = local.url
  signing_key_wo         = var.signing_key
  signing_key_wo_version = "1"

  lifecycle {
    create_before_destroy = true

    action_trigger {
      events  = [after_create]
      actions = [action.hero_webhook_test.confirmed]
    }
  }
}

# At any other time: terraform apply -invoke=action.hero_webhook_test.confirmed
action "hero_webhook_test" "confirmed" {
  config {
    event_type      = local.event_type
    url             = local.url
    signing_key_env = "TF_VAR_signing_key" # the variable's name, not the key
  }
}

# A receiver must refuse what is not signed.
action "hero_webhook_test" "unsigned" {
  config {
    event_type      = local.event_type
    url             = local.url
    expected_status = 401
    timeout         = "5s"
  }
}
