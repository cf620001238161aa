/*
provider "aws" {
  region = "commented-out"
}
*/

locals {
  text = <<-EOT
    say "${upper("hello")}"
    provider "aws" {
  EOT
  role = trimspace(<<EOF2
arn:aws:iam::222222222222:role/deploy
EOF2
  )
}

provider "aws" {
  region = lower("EU-WEST-1")
  assume_role {
    role_arn = local.role
  }
}
