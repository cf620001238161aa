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

provider "aws" {
  alias  = "hub"
  region = "us-east-1"
}

data "aws_caller_identity" "current" {}

check "account" {
  assert {
    condition     = data.aws_caller_identity.current.account_id == "222222222222"
    error_message = "Not account 222222222222."
  }
}

module "m" {
  source = "./m"
  providers = {
    aws = aws.hub
  }
}
