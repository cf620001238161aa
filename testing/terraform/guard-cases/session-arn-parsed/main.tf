terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = ["222222222222"]
  assume_role {
    role_arn = "arn:aws:iam::222222222222:role/deploy"
  }
}
data "aws_caller_identity" "me" {}
resource "aws_ssm_parameter" "i" {
  name  = "/i"
  type  = "String"
  value = "x"
  lifecycle {
    precondition {
      condition     = provider::aws::arn_parse(data.aws_caller_identity.me.arn).account_id == "222222222222"
      error_message = "x"
    }
  }
}
