locals {
  accounts = {
    dev  = { id = "111111111111", role = "dev-deploy" }
    prod = { id = "333333333333", role = "prod-deploy" }
  }
  env      = terraform.workspace == "default" ? "dev" : terraform.workspace
  account  = local.accounts[local.env]
  role_arn = format("arn:aws:iam::%s:role/%s", local.account.id, local.account.role)
}

provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = [local.account.id]
  assume_role {
    role_arn = local.role_arn
  }
}
