variable "secret" {
  default = ""
}

provider "aws" {
  region     = "eu-west-1"
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = var.secret
  token      = null
}

provider "aws" {
  alias                    = "file"
  shared_credentials_files = ["~/.aws/other"]
  profile                  = "other"
}
