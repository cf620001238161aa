terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
    amazon = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region            = "us-east-1"
  s3_use_path_style = true
  assume_role {
    role_arn = "arn:aws:iam::222222222222:role/deploy"
  }
  allowed_account_ids = ["222222222222"]
}

provider "amazon" {
  region            = "us-east-1"
  s3_use_path_style = true
}

resource "aws_s3_bucket" "this" {
  provider = amazon
  bucket   = "one-provider-two-names"
}
