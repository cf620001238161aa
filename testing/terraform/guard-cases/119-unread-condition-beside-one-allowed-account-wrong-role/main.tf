terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region = "us-east-1"
  allowed_account_ids = ["222222222222"]
  assume_role {
    role_arn = "arn:aws:iam::333333333333:role/deploy"
  }
}
data "aws_caller_identity" "current" {}
resource "aws_ssm_parameter" "this" {
  name  = "/c119/this"
  type  = "String"
  value = "x"
  lifecycle {
    precondition {
      condition     = element(split("/", data.aws_caller_identity.current.arn), 1) == "deploy"
      error_message = "Not so."
    }
  }
}
