variable "receiver_url" {
  description = "Where Hero delivers the events."
  type        = string
  default     = "https://hooks.example.com/hero"
}

variable "receiver_token" {
  description = "Bearer token that the receiver asks for. Ephemeral, as all secrets here: it reaches neither state nor plan. Runs that create nothing, such as drift jobs, need none of them."
  type        = string
  ephemeral   = true
  default     = null
}

variable "signing_key" {
  description = "Key with which Hero signs deliveries: 32 random characters or more."
  type        = string
  ephemeral   = true
  default     = null
}

variable "rx_password" {
  description = "Password at the prescription partner."
  type        = string
  ephemeral   = true
  default     = null
}
