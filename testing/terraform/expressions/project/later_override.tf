variable "changed_default_later" {
  default = {}
}
variable "changed_default_last" {
  default = { account = "y" }
}
