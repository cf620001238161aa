terraform {
  required_providers {
    amazon = {
      source = "registry.terraform.io/hashicorp/aws"
    }
    aws = {
      source = "example/aws"
    }
  }
}

provider "amazon" {
  region = "eu-west-1"
}

provider "aws" {
  region = "nowhere"
}
