terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
variable "account" {
  default = "333333333333"
}
variable "label" {
  default = ""
}
provider "aws" {
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::${var.account}:role/deploy"
  }
}
data "aws_caller_identity" "this" {}
check "account" {
  assert {
    condition     = data.aws_caller_identity.this.account_id == "222222222222"
    error_message = "Not the account."
  }
}
resource "aws_ssm_parameter" "this" {
  name  = "/cut/this"
  type  = "String"
  value = "x"
}
