terraform {
  backend "s3" {
    bucket = "state"
    key    = "c115"
    region = "us-east-1"
    assume_role = {
      role_arn = "arn:aws:iam::444444444444:role/state"
    }
  }
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region = "us-east-1"
}
provider "aws" {
  alias               = "workload"
  region              = "us-east-1"
  allowed_account_ids = ["222222222222"]
  assume_role {
    role_arn = "arn:aws:iam::333333333333:role/deploy"
  }
}
resource "aws_ssm_parameter" "this" {
  provider = aws.workload
  name     = "/c115/this"
  type     = "String"
  value    = "x"
}
