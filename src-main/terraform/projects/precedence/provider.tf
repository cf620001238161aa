provider "aws" {
  region = "${var.a}-${var.b}-${var.c}-${var.d}-${var.e}"
}
