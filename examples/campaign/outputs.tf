output "urls" {
  description = "The URL of each link."
  value       = { for key, link in hero_booking_link.campaign : key => link.url }
}

# One line per code, file name first. To draw them:
#   terraform output -raw qr_codes | while IFS="$(printf '\t')" read -r file url; do qrencode --output="$file" --size=12 --level=H "$url"; done
output "qr_codes" {
  description = "File name and URL of each QR code, with a tab between them."
  value       = join("", [for key, link in hero_booking_link.campaign : "${key}.png\t${link.url}\n"])
}
