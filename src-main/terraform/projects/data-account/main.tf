data "aws_ssm_parameter" "account" {
  name = "/accounts/target"
}

provider "aws" {
  alias = "target"
  assume_role {
    role_arn = "arn:aws:iam::${data.aws_ssm_parameter.account.value}:role/deploy"
  }
}

provider "aws" {
  region = [for region in ["eu-west-1"] : region][0]
}
