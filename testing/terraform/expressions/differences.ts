/** What Go, and the libraries that Terraform is made of, do in another way than JavaScript. */
export const differences: readonly string[] = [
  // What is a space.
  String.raw`trimspace("\uFEFFprod\n")`,
  String.raw`trimspace("\u180Eprod\u200B")`,
  String.raw`trimspace("\u2028 x\u3000\u00A0\u0085")`,
  'templatefile("marked.tftpl", { name = "x" })',
  'file("marked.tftpl")',
  'trimspace(file("marked.tftpl"))',
  'var.marked',
  'var.dollars',
  'local.unmarked',
];
