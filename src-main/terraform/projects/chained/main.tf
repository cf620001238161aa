provider "aws" {
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::222222222222:role/hub"
  }
  assume_role {
    role_arn    = "arn:aws:iam::333333333333:role/spoke"
    external_id = var.external_id
  }
}

variable "external_id" {
  type      = string
  sensitive = true
}
