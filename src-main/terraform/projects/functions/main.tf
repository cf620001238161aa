variable "ids" {
  type    = list(string)
  default = ["222222222222", "222222222222", ""]
}

variable "account" {
  type    = number
  default = 333333333333
}

locals {
  parts = split("/", "deploy/eu-west-1")
  more  = merge({ a = "111111111111" }, { "b" = var.account, (local.parts[0]) = "444444444444" })
}

provider "aws" {
  region              = element(local.parts, 1)
  allowed_account_ids = concat(distinct(compact(var.ids)), [tostring(local.more["b"])], values({ x = local.more.deploy }))
  forbidden_account_ids = flatten([[coalesce("", local.more.a)], []])
}
