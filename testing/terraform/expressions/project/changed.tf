variable "changed_type_changed" {
  type    = object({ account = optional(string, "B") })
  default = {}
}
variable "changed_all_changed" {
  type    = object({ account = optional(string, "B") })
  default = {}
}
variable "changed_default_changed" {
  type    = object({ account = optional(string, "B") })
  default = {}
}
variable "changed_type_added" {
  default = {}
}
variable "changed_inner_changed" {
  type    = object({ account = optional(string, "B"), inner = optional(object({ x = optional(string, "BX") }), {}) })
  default = {}
}
variable "changed_of_map" {
  type    = map(object({ account = optional(string, "B") }))
  default = { k = {} }
}
variable "changed_needed" {
  type    = object({ account = optional(string, "B") })
  default = {}
}
variable "changed_of_set" {
  type    = list(object({ account = optional(string, "B") }))
  default = [{}]
}
variable "changed_default_later" {
  type    = object({ account = optional(string) })
  default = {}
}
variable "changed_default_last" {
  type    = object({ account = string })
  default = { account = "x" }
}
variable "changed_dropped" {
  type    = object({ account = optional(string, "B"), gone = optional(string, "G") })
  default = {}
}
variable "changed_of_text" {
  type    = object({ account = optional(number, 5) })
  default = {}
}
variable "changed_of_any" {
  type    = string
  default = "x"
}
