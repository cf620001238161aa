provider "aws" {
  region = "eu-west-1"
}

data "aws_caller_identity" "current" {}

resource "aws_s3_bucket" "logs" {
  bucket = "logs"

  lifecycle {
    precondition {
      condition     = data.aws_caller_identity.current.account_id == "222222222222"
      error_message = "Not the account for logs."
    }
  }
}
