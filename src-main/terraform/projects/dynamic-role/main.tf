variable "role_arn" {
  type    = string
  default = null
}

variable "roles" {
  default = ["arn:aws:iam::222222222222:role/one"]
}

provider "aws" {
  region = "eu-west-1"

  dynamic "assume_role" {
    for_each = var.role_arn != null ? [var.role_arn] : []
    content {
      role_arn = assume_role.value
    }
  }
}

provider "aws" {
  alias = "each"

  dynamic "assume_role" {
    for_each = var.roles
    iterator = role
    content {
      role_arn     = role.value
      session_name = "number-${role.key}"
    }
  }
}
