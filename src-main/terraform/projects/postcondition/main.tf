locals {
  allowed = ["222222222222", "333333333333"]
}

provider "aws" {
  region = "eu-west-1"
}

data "aws_caller_identity" "current" {
  lifecycle {
    postcondition {
      condition     = contains(local.allowed, self.account_id)
      error_message = "Not allowed."
    }
  }
}
