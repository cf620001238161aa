terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::222222222222:role/deploy"
  }
}
data "aws_caller_identity" "current" {}
data "aws_vpc" "main" {
  default = true
}
data "aws_availability_zones" "here" {}
resource "aws_ssm_parameter" "this" {
  name  = "/c121/this"
  type  = "String"
  value = "x"
  lifecycle {
    precondition {
      condition     = provider::aws::arn_parse(data.aws_caller_identity.current.arn).account_id == "222222222222"
      error_message = "Not so."
    }
    precondition {
      condition     = !endswith(data.aws_caller_identity.current.arn, ":root")
      error_message = "Not so."
    }
    precondition {
      condition     = startswith(data.aws_caller_identity.current.arn, "arn:aws:sts::") && !strcontains(data.aws_caller_identity.current.arn, "AWSReservedSSO_")
      error_message = "Not so."
    }
    precondition {
      condition     = data.aws_vpc.main.owner_id == data.aws_caller_identity.current.account_id
      error_message = "Not so."
    }
    precondition {
      condition     = length("cache-${data.aws_availability_zones.here.names[0]}-${data.aws_caller_identity.current.account_id}") <= 63
      error_message = "Not so."
    }
  }
}
