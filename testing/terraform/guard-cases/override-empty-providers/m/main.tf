terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

resource "aws_ssm_parameter" "this" {
  name  = "/case"
  type  = "String"
  value = "x"
}
