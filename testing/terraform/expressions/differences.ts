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
  // Signs that become one where they meet.
  String.raw`format("%s%s", "フ", "\u309A") == "プ"`,
  String.raw`join("", ["e", "\u0301"]) == "é"`,
  String.raw`replace("ex", "x", "\u0301")`,
  String.raw`replace("ex", "/x/", "\u0301")`,
  String.raw`formatlist("%s${"\u0301"}", ["e", "x"])`,
  String.raw`toset(formatlist("%s${"\u0301"}", ["e", "x"]))`,
  String.raw`zipmap([for one in ["e"] : join("", [one, "\u0301"])], [1])`,
  String.raw`strrev("\u0301e")`,
  String.raw`join("\u0338", ["<", "="])`,
  'base64decode("ZcyB") == "é"',
  'textdecodebase64("ZcyB", "UTF-8") == "é"',
  'title(base64decode("ZcyB"))',
  String.raw`indent(1, "a\n\u0301b")`,
  // Variables that an override file changes keep what attributes are that were left out.
  ...['type_changed', 'all_changed', 'default_changed', 'type_added', 'inner_changed', 'of_map', 'needed', 'of_set', 'default_later', 'default_last', 'dropped', 'of_text', 'of_any'].map((name) => `var.changed_${name}`),
  // What counts as one sign.
  ...['n\\u0303o', '🇯🇵🇩🇪👍🏽x', 'か\\u3099각\\u11A8', '\\r\\n\\uFEFF\\u200B1', '\\u0600a\\u0E33', '日本-prod'].flatMap((text) => [
    `length("${text}")`,
    `substr("${text}", 1, 2)`,
    `strrev("${text}")`,
    `format("%5s|%-5.1s|", "${text}", "${text}")`,
  ]),
];
