variable "target" {
  type = object({
    account = string
    role    = optional(string, "deploy")
  })
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = [var.target.account]
  assume_role {
    role_arn = "arn:aws:iam::${var.target.account}:role/${var.target.role}"
  }
}
