provider "aws" {
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::333333333333:role/deploy"
  }
}

run "one" {
  providers = {}
}
