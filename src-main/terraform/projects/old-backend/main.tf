terraform {
  backend "s3" {
    bucket   = "state"
    key      = "x"
    region   = "eu-west-1"
    role_arn = "arn:aws:iam::444444444444:role/state"
  }
}
