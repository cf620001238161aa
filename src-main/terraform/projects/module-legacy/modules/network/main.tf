variable "account_id" {}

provider "aws" {
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::${var.account_id}:role/network"
  }
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

module "deeper" {
  source = "../deeper"
}
