provider "aws" {
  region = "eu-west-1"
}

data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

check "place" {
  assert {
    condition     = data.aws_caller_identity.current.account_id == "222222222222" && data.aws_region.current.name == "eu-west-1"
    error_message = "Wrong place."
  }
}
