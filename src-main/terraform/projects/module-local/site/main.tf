terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.log]
    }
  }
}

variable "expected" {
  type = string
}

data "aws_caller_identity" "here" {}

data "aws_caller_identity" "log" {
  provider = aws.log
}

resource "aws_route53_zone" "site" {
  name = "example.com"

  lifecycle {
    precondition {
      condition     = data.aws_caller_identity.here.account_id == var.expected
      error_message = "Not the account of the zone."
    }
  }
}

check "log" {
  assert {
    condition     = data.aws_caller_identity.log.account_id == "222222222222"
    error_message = "log"
  }
}
