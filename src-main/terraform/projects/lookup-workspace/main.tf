variable "account_ids" {
  type = map(string)
  default = {
    staging    = "222222222222"
    production = "333333333333"
  }
}

provider "aws" {
  region              = "ap-northeast-1"
  allowed_account_ids = [lookup(var.account_ids, terraform.workspace, "111111111111")]
}
