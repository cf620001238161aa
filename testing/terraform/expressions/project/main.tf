variable "text" {
  type    = string
  default = "prod-eu"
}

variable "missing" {
  type    = string
  default = null
}

variable "account" {
  type    = string
  default = 222222222222
}

variable "count_of" {
  type    = number
  default = "3"
}

variable "flag" {
  type    = bool
  default = "true"
}

variable "names" {
  type    = list(string)
  default = ["b", "a", 3, true]
}

variable "zones" {
  type    = set(string)
  default = ["z", "a", "z", 10, 9]
}

variable "numbers" {
  type    = set(number)
  default = [10, 9, "9", 1.5]
}

variable "accounts" {
  type    = map(string)
  default = { prod = 222222222222, dev = "111111111111", "10" = true }
}

variable "deploy" {
  type = object({
    role    = string
    region  = optional(string, "eu-west-1")
    tags    = optional(map(string), {})
    retries = optional(number)
    nested  = optional(object({ on = optional(bool, true) }), {})
  })
  default = { role = "admin", dropped = "yes", nested = {} }
}

variable "steps" {
  type    = list(object({ name = string, weight = optional(number, 1) }))
  default = [{ name = "one" }, { name = 2, weight = "5" }]
}

variable "pair" {
  type    = tuple([string, number])
  default = [1, "2"]
}

variable "loose" {
  type    = any
  default = { a = 1, b = ["x", 2] }
}

variable "rows" {
  type    = map(any)
  default = { a = 1, b = "x" }
}

variable "steady" {
  type     = number
  default  = 7
  nullable = false
}

locals {
  greeting = <<-EOT
    hello ${var.text}
      %{for name in var.names~}
      - ${name}
      %{endfor~}
    bye
  EOT
  lines    = <<-EOT
    one $${x} %%{y}

      two ${"three"}
   	
    ${"four"}
     %{~if true}
    five \n
    %{endif~}
  EOT
  flush    = <<-EOT
${1}
      text
    EOT
  nested   = <<EOT
${<<IN
EOT
IN
}
  end
EOT
  empty    = <<EOT
EOT
  escaped  = "a\"\u00e9 $${x} ${upper("\"y\"")} \\ %%{z}"
  table    = { for name, id in var.accounts : id => name... }
  by_name  = { for step in var.steps : step.name => step }
  template = "%%{ $${ ${upper("x")}"
  words    = "Hi $${who}, %%{if loud}LOUD%%{else}quiet%%{endif}!"
}

locals {
  main = "main"
  tier = "1"
  repeated = {
    main         = "first"
    (local.main) = "second"
    main         = "third"
  }
  tiers = {
    (local.tier) = "first"
    1            = "second"
    "0"          = "third"
  }
}
