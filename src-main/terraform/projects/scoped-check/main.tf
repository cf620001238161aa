provider "aws" {
  alias  = "logs"
  region = "eu-west-1"
}

check "logs_account" {
  data "aws_caller_identity" "here" {
    provider = aws.logs
  }

  assert {
    condition     = contains(["222222222222", "333333333333"], data.aws_caller_identity.here.account_id)
    error_message = "Neither of ours."
  }
}
