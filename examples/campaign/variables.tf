variable "from_date" {
  description = "First day of the appointments that are shown (YYYY-MM-DD)."
  type        = string
  default     = "2027-09-01"
}

variable "to_date" {
  description = "Last day of the appointments that are shown (YYYY-MM-DD)."
  type        = string
  default     = "2027-12-24"
}

variable "expiry_date" {
  description = "Day on which the links end (YYYY-MM-DD). It can be moved later without a new URL, if Hero takes the change."
  type        = string
  default     = "2027-12-31"
}
