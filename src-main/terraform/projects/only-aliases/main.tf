provider "aws" {
  alias  = "a"
  region = "eu-west-1"
}

resource "aws_sns_topic" "events" {
  provider = aws.a
  name     = "events"
}
