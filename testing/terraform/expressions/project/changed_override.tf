variable "changed_type_changed" {
  type = object({ account = optional(string, "C"), note = optional(string) })
}
variable "changed_all_changed" {
  type    = object({ account = optional(string, "C"), note = optional(string, "N") })
  default = {}
}
variable "changed_default_changed" {
  default = {}
}
variable "changed_type_added" {
  type = object({ account = optional(string, "C"), note = optional(string) })
}
variable "changed_inner_changed" {
  type = object({ account = optional(string, "C"), inner = optional(object({ x = optional(string, "CX"), y = optional(string, "CY") }), { y = "CCY" }) })
}
variable "changed_of_map" {
  type = map(object({ account = optional(string, "C"), note = optional(string, "N") }))
}
variable "changed_needed" {
  type = object({ account = string })
}
variable "changed_of_set" {
  type = set(object({ account = optional(string, "C") }))
}
variable "changed_default_later" {
  type = object({ account = optional(string, "C") })
}
variable "changed_default_last" {
  type = object({ account = string, note = optional(string, "N") })
}
variable "changed_dropped" {
  type = object({ account = string })
}
variable "changed_of_text" {
  type = object({ account = optional(string, "C") })
}
variable "changed_of_any" {
  type    = any
  default = [1]
}
