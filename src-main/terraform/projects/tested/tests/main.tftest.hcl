provider "aws" {
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::333333333333:role/test"
  }
}

run "plan" {
  command = plan
}
