terraform {
  backend "s3" {
    bucket  = "state"
    key     = "network.tfstate"
    region  = "eu-west-1"
    profile = "state"
    assume_role = {
      role_arn = "arn:aws:iam::444444444444:role/state"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}
