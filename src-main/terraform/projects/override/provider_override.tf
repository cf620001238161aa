provider "aws" {
  assume_role {
    role_arn = "arn:aws:iam::${local.account}:role/other"
  }
}

locals {
  account = "222222222222"
}
