provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "dns"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::333333333333:role/dns"
  }
}

module "site" {
  source   = "./site"
  expected = "333333333333"

  providers = {
    aws     = aws.dns
    aws.log = aws
  }
}
