terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = ["222222222222"]
  assume_role {
    role_arn = "arn:aws:iam::333333333333:role/deploy"
  }
}
data "aws_ami" "ubuntu" {
  most_recent = true
  owners      = ["099720109477"]
  lifecycle {
    postcondition {
      condition     = self.owner_id == "099720109477"
      error_message = "Not an image of Canonical's."
    }
  }
}
resource "aws_ssm_parameter" "this" {
  name  = "/c113/this"
  type  = "String"
  value = data.aws_ami.ubuntu.id
}
