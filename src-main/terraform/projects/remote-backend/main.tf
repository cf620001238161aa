terraform {
  cloud {
    organization = "example"
  }
  backend "remote" {
    organization = "example"
  }
}

provider "aws" {}
