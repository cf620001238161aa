data "aws_caller_identity" "main" {}

data "aws_caller_identity" "audit" {
  provider = aws.audit
}

check "accounts" {
  assert {
    condition     = data.aws_caller_identity.main.account_id == "222222222222"
    error_message = "main"
  }
  assert {
    condition     = "333333333333" == data.aws_caller_identity.audit.account_id
    error_message = "audit"
  }
}
