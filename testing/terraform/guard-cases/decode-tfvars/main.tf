terraform {
  required_providers {
    terraform = { source = "terraform.io/builtin/terraform" }
    aws = { source = "hashicorp/aws" }
  }
}
locals {
  c = provider::terraform::decode_tfvars(file("${path.module}/common.tfvars"))
}
provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = [local.c.account_id]
  assume_role {
    role_arn = "arn:aws:iam::${local.c.account_id}:role/deploy"
  }
}
resource "aws_ssm_parameter" "h" {
  name  = "/h"
  type  = "String"
  value = "x"
}
