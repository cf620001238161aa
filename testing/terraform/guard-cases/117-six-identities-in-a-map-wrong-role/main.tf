terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
locals {
  actual = {
    a = data.aws_caller_identity.a.account_id
    b = data.aws_caller_identity.b.account_id
    c = data.aws_caller_identity.c.account_id
    d = data.aws_caller_identity.d.account_id
    e = data.aws_caller_identity.e.account_id
    f = data.aws_caller_identity.f.account_id
  }
}
provider "aws" {
  alias  = "a"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::222222222222:role/deploy"
  }
}
data "aws_caller_identity" "a" {
  provider = aws.a
}
check "a" {
  assert {
    condition     = local.actual["a"] == "222222222222"
    error_message = "Wrong account."
  }
}
resource "aws_ssm_parameter" "a" {
  provider = aws.a
  name     = "/c117/a"
  type     = "String"
  value    = "x"
}
provider "aws" {
  alias  = "b"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::333333333333:role/deploy"
  }
}
data "aws_caller_identity" "b" {
  provider = aws.b
}
check "b" {
  assert {
    condition     = local.actual["b"] == "333333333333"
    error_message = "Wrong account."
  }
}
resource "aws_ssm_parameter" "b" {
  provider = aws.b
  name     = "/c117/b"
  type     = "String"
  value    = "x"
}
provider "aws" {
  alias  = "c"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::444444444444:role/deploy"
  }
}
data "aws_caller_identity" "c" {
  provider = aws.c
}
check "c" {
  assert {
    condition     = local.actual["c"] == "444444444444"
    error_message = "Wrong account."
  }
}
resource "aws_ssm_parameter" "c" {
  provider = aws.c
  name     = "/c117/c"
  type     = "String"
  value    = "x"
}
provider "aws" {
  alias  = "d"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::333333333333:role/admin"
  }
}
data "aws_caller_identity" "d" {
  provider = aws.d
}
check "d" {
  assert {
    condition     = local.actual["d"] == "222222222222"
    error_message = "Wrong account."
  }
}
resource "aws_ssm_parameter" "d" {
  provider = aws.d
  name     = "/c117/d"
  type     = "String"
  value    = "x"
}
provider "aws" {
  alias  = "e"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::333333333333:role/admin"
  }
}
data "aws_caller_identity" "e" {
  provider = aws.e
}
check "e" {
  assert {
    condition     = local.actual["e"] == "333333333333"
    error_message = "Wrong account."
  }
}
resource "aws_ssm_parameter" "e" {
  provider = aws.e
  name     = "/c117/e"
  type     = "String"
  value    = "x"
}
provider "aws" {
  alias  = "f"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::444444444444:role/admin"
  }
}
data "aws_caller_identity" "f" {
  provider = aws.f
}
check "f" {
  assert {
    condition     = local.actual["f"] == "444444444444"
    error_message = "Wrong account."
  }
}
resource "aws_ssm_parameter" "f" {
  provider = aws.f
  name     = "/c117/f"
  type     = "String"
  value    = "x"
}
