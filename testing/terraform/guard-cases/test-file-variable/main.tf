resource "aws_ssm_parameter" "j" {
  name  = "/j"
  type  = "String"
  value = "x"
}
