provider "aws" {
  alias  = "x"
  region = "eu-north-1"
}
