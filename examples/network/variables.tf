variable "receiver_url" {
  description = "Where Hero delivers the events."
  type        = string
  default     = "https://hooks.example.com/hero"
}

variable "receiver_token" {
  description = "Bearer token that the receiver asks for. Ephemeral, as all secrets here: it reaches neither state nor plan. Give it default = null where runs that create nothing, such as drift jobs, should need none."
  type        = string
  ephemeral   = true
}

variable "signing_key" {
  description = "Key with which Hero signs deliveries: 32 random characters or more."
  type        = string
  ephemeral   = true
}

variable "rx_password" {
  description = "Password at the prescription partner."
  type        = string
  ephemeral   = true
}
