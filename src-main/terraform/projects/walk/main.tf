terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
  assume_role {
    role_arn = "arn:aws:iam::222222222222:role/deploy"
  }
}

data "aws_caller_identity" "current" {}

check "account" {
  assert {
    condition     = data.aws_caller_identity.current.account_id == "222222222222"
    error_message = "Wrong account: ${data.aws_caller_identity.current.account_id}"
  }
}

resource "aws_s3_bucket" "example" {
  bucket = "example-bucket"
}
