variable "expected" {
  type = string
}

provider "aws" {
  region = "eu-west-1"
}

data "aws_caller_identity" "current" {}

check "account" {
  assert {
    condition     = data.aws_caller_identity.current.account_id == var.expected
    error_message = "Wrong account."
  }
}

check "prefix" {
  assert {
    condition     = startswith(data.aws_caller_identity.current.account_id, "2222")
    error_message = "Not one of ours."
  }
}
