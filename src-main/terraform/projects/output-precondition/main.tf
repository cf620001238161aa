data "aws_caller_identity" "me" {}

locals {
  account_id = data.aws_caller_identity.me.account_id
}

output "bucket" {
  value = "x"

  precondition {
    condition     = local.account_id == "222222222222" || local.account_id == "333333333333"
    error_message = "Wrong account."
  }
}
