provider "aws" {
  region = "eu-central-1"
  assume_role {
    role_arn = "arn:aws:iam::222222222222:role/deploy"
  }
}

# The one that was forgotten.
provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

provider "aws" {
  alias  = "audit"
  region = "eu-central-1"
  assume_role {
    role_arn = "arn:aws:iam::333333333333:role/audit"
  }
}
