provider "aws" {
  region = "cn-north-1"
  assume_role {
    role_arn = "arn:aws-cn:iam::555555555555:role/deploy"
  }
  allowed_account_ids = ["555555555555"]
}
