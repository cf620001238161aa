resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

check "account" {
  data "aws_caller_identity" "this" {}
  assert {
    condition     = data.aws_caller_identity.this.account_id == "222222222222"
    error_message = "x"
  }
}
