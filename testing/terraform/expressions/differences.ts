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
  String.raw`formatlist("%s${'\u0301'}", ["e", "x"])`,
  String.raw`toset(formatlist("%s${'\u0301'}", ["e", "x"]))`,
  String.raw`zipmap([for one in ["e"] : join("", [one, "\u0301"])], [1])`,
  String.raw`strrev("\u0301e")`,
  String.raw`join("\u0338", ["<", "="])`,
  'base64decode("ZcyB") == "é"',
  'textdecodebase64("ZcyB", "UTF-8") == "é"',
  'title(base64decode("ZcyB"))',
  String.raw`indent(1, "a\n\u0301b")`,
  // Variables that an override file changes keep what attributes are that were left out.
  ...[
    'type_changed',
    'all_changed',
    'default_changed',
    'type_added',
    'inner_changed',
    'of_map',
    'needed',
    'of_set',
    'default_later',
    'default_last',
    'dropped',
    'of_text',
    'of_any',
  ].map((name) => `var.changed_${name}`),
  // What counts as one sign.
  ...['n\\u0303o', '🇯🇵🇩🇪👍🏽x', 'か\\u3099각\\u11A8', '\\r\\n\\uFEFF\\u200B1', '\\u0600a\\u0E33', '日本-prod'].flatMap((text) => [
    `length("${text}")`,
    `substr("${text}", 1, 2)`,
    `strrev("${text}")`,
    `format("%5s|%-5.1s|", "${text}", "${text}")`,
  ]),
  // A carriage return in CSV.
  ...[
    'a,b\\r\\n1,x\\r',
    'a,b\\r1,x\\r',
    'a,b\\n1,x\\r\\r\\n2,y',
    'a\\n1\\n\\r\\r\\n',
    'a,b\\n1,\\"x\\"\\r',
    'a\\n\\"x\\r\\ny\\r\\"\\n',
    'a\\n\\r',
    '\\r',
    'a\\n\\n1\\n',
  ].map((text) => `csvdecode("${text}")`),
  // Quotes, years, hours and offsets.
  ...["''", "''''", "'a'''", "'''a'", "'' 'x'", "''hh''", "YYYY''MM", "'x", "'''"].map((pattern) => `formatdate("${pattern}", "2020-01-01T00:00:00Z")`),
  ...[
    '0000-03-31T00:00:00Z',
    '0099-03-31T00:00:00Z',
    '2024-03-31T0:00:00Z',
    '2024-03-31T00:00:00+24:00',
    '2024-03-31T00:00:00+05:60',
    '2024-03-31T00:00:00,5Z',
  ].flatMap((time) => [`formatdate("YYYY h ZZZ", "${time}")`, `timeadd("${time}", "1h")`]),
  ...['.5h', '1.h', '.h', '1.5h.5m', '9999999h', '2562047h', '-2562048h', '00', '1h 1m'].map((duration) => `timeadd("2024-03-31T12:34:56Z", "${duration}")`),
  // Networks.
  'cidrsubnets("fd00::/8", 33)',
  'cidrsubnets("fd00::/8", 32)',
  'cidrsubnet("fd00::/8", 33, 1)',
  // Every combination of the items of one list alone.
  'setproduct(["a"])',
  'setproduct([])',
  'setproduct(toset([1]))',
  // Names that hold what stands between names elsewhere, or nothing at all.
  String.raw`{ "a\nb" = null } == { a = null, b = null }`,
  String.raw`tolist([{ "a\nb" = "x" }, { a = "y", b = "z" }])`,
  String.raw`true ? { "a\nb" = "x" } : { a = "y", b = "z" }`,
  String.raw`tolist([{ "a\nb" = 1 }, { "a\nb" = "x" }])`,
  '{ "" = null } == {}',
  'tolist([{ "" = 1 }, {}])',
  // Keys that become one type with what they are looked for among.
  ...[
    '["1"], [1]',
    '[1], [true]',
    '["1"], [[1]]',
    '[[1]], [["1"]]',
    '[{ a = 1 }], [{ a = "1" }]',
    '["1"], []',
    '[null], ["a"]',
    '["1"], regexall("(a)|(b)", "x")',
  ].map((args) => `matchkeys(["a"], ${args})`),
  ...['T0:00:00Z', 'T00:00:00+24:60', 'T00:00:00+25:00', 'T00:00:00-05:61', 'T24:00:00Z', 'T7:60:00Z'].map(
    (time) => `timecmp("2024-03-31${time}", "2024-03-31T00:00:00Z")`,
  ),
  // Blanks in YAML.
  ...['\\u00A0\\n--- 1', '---\\u00A0x', 'x\\n...\\u00A0\\n', 'a: x\\u00A0#c', '\\u3000- x', '\\uFEFFa: x'].map((text) => `yamldecode("${text}")`),
];
