import { differences } from './differences.ts';
import { literals } from './literals.ts';
import { Random } from './random.ts';
import { signatures, type Kind } from './signatures.ts';

/** Expressions that try the language and its functions, the same for the same seed. Every function comes as often as any other. */
export function sampleExpressions(count: number, seed: number): readonly string[] {
  const random = new Random(seed);
  const samples = Array.from({ length: count }, (_, index) =>
    index % 3 === 2 ? construct(random) : functionCall(random, signatureAt(2 * Math.floor(index / 3) + (index % 3)), 2),
  );
  return [...fixed, ...differences, ...samples];
}

type Signature = (typeof signatures)[number];

function signatureAt(at: number): Signature {
  return signatures[at % signatures.length] ?? ['lower', 'text', 'text'];
}

/** What no grammar would come upon. */
const fixed: readonly string[] = [
  'pow(16, 16) && (true && false)',
  '37037036703 % (0.1 + 0.2)',
  '-7 % 3',
  'local.lines',
  'local.flush',
  'local.nested',
  'local.empty',
  'local.escaped',
  'templatefile("hello.tftpl", { name = var.text, items = var.names })',
  'templatefile("hello.tftpl", { name = "x" })',
  'templatestring(local.words, { who = "you", loud = true })',
  'fileset(".", "*.json")',
  'fileset(path.module, "*.{csv,json}")',
  'local.repeated',
  'local.tiers',
  '{ main = 1, (local.main) = 2, main = 3 }',
  '{ (local.tier) = 1, 1 = 2 }',
  'merge({ "1" = "a" }, { (local.tier) = "b" }, { 1 = "c" })',
  'format("%v", 222222222222)',
  'formatlist("%v", [222222222222, 0.00001, 1234567.5])',
  'fileset(path.module, "accounts/*.yaml")',
  'fileset("accounts", "**/*.{json,yml}")',
  '{ for f in fileset(".", "acc*/[a-d]*.yml") : basename(f) => yamldecode(file(f)).live }',
  'yamldecode(file("accounts/prod.yaml")).id',
  'replace("abc", "//", "x")',
  'lower("ΑΣ Β")',
  'title("a–b c’d")',
  String.raw`jsondecode("\"\\ud83d\"")`,
  'yamldecode(file("data.yaml")).accounts.dev',
  'jsondecode(file("data.json")).accounts["dev"] == 111111111111',
  '{ for row in csvdecode(file("data.csv")) : row.name => row.id }',
  'var.deploy.dropped',
  'try(var.deploy.dropped, "gone")',
  'tolist(var.zones)[0]',
  'one([])',
  'one(toset(["a"]))',
  'try(one(["a", "b"]), "two")',
  'max(var.numbers...)',
  'setproduct(["b", "a"], toset([2, 10, 1]), [true])',
  '[for one in toset([{ a = "b", c = [1] }, { a = "a", c = [] }]) : one.a]',
  'parseint("Zz", 62)',
  'cidrsubnet("10.0.0.0/8", 3, -1)',
  'yamldecode("a: 2024-01-01")',
  'textdecodebase64("aGVsbG8=", "UTF-16LE")',
  'merge([{ a = 1 }, { b = 2 }]...)',
  'format("%012d", 1234567)',
  'split(":", "arn:aws:iam::222222222222:role/x")[4]',
  'zipmap(["prod", "dev"], ["2", "1"])["prod"]',
  'setproduct(toset(["a"]), toset(["b"]))',
  'sort(toset(["b", "a", "10", "9"]))',
  'keys({ "10" = 1, "9" = 2, b = 3 })',
  'core::upper("x")',
  '{ a = 1 } == tomap({ a = 1 })',
  '[1] == tolist([1])',
  'tolist(["a"]) == tolist(["a"])',
  'uuidv5("dns", "example.com")',
  'nonsensitive(sensitive("x") == "x")',
  'nonsensitive(sensitive("x"))',
  'distinct([[1], [1], [2]])',
  'contains(var.steps, { name = "one", weight = 1 })',
  'textencodebase64("hé", "UTF-16LE")',
  'abspath("x") == "${path.cwd}/x"',
  'var.missing == null ? "none" : var.missing',
  'var.flag ? [1, "a"] : []',
  'false ? 1 : "2"',
  'true ? { a = 1 } : { a = "x" }',
  'flatten([for s in var.steps : [for n in var.names : "${s.name}${n}"]])',
];

function functionCall(random: Random, [name, , ...args]: Signature, depth: number): string {
  return `${name}(${args.map((kind) => expression(random, kind, depth - 1)).join(', ')})`;
}

/** An expression of a kind; now and then of another one, since what is wrong has to fail as Terraform lets it fail. */
function expression(random: Random, wanted: Kind, depth: number): string {
  const kind = random.below(40) === 0 ? random.one<Kind>(['text', 'number', 'texts', 'map', 'anything']) : wanted;
  if (depth > 0 && random.below(3) === 0) {
    const [first, ...others] = signatures.filter(([, result]) => result === kind);
    if (first !== undefined) return functionCall(random, random.one([first, ...others]), depth);
  }
  return random.one(literals[kind]);
}

function construct(random: Random): string {
  const any = (kind: Kind, depth = 1): string => expression(random, kind, depth);
  const operator = random.one(['==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%', '&&', '||']);
  switch (random.below(12)) {
    case 0:
      return `[for x in ${any('texts')} : ${random.one(['x', '"<${x}>"', 'length(x)', 'x == "a"'])}${random.one(['', ' if x != "b"', ' if length(x) > 0'])}]`;
    case 1:
      return `{ for k, v in ${any('map')} : ${random.one(['k', 'v', '"${k}${v}"'])} => ${random.one(['v', 'k', 'v...'])} }`;
    case 2:
      return `${any('boolean')} ? ${any('text')} : ${any(random.one(['text', 'number', 'texts']))}`;
    case 3:
      return `${any('boolean')} ? ${any('texts')} : ${any('texts')}`;
    case 4:
      return `"${random.one(['a ', ''])}\${${random.one(['~ ', ''])}${any('text')}${random.one([' ~', ''])}} b%{${random.one(['', '~'])} if ${any('boolean')} ~} yes %{ else }no%{ endif }"`;
    case 5:
      return `${any('nested')}[*].a`;
    case 6:
      return `(${any('map')})["${random.one(['a', 'prod', '10'])}"]`;
    case 7:
      return `(${any('texts')})[${any('small', 0)}]`;
    case 8:
      return `try(${any('object')}.${random.one(['a', 'role', 'none'])}, ${any('text')})`;
    case 9:
      return `${any(random.one(['set', 'texts', 'map', 'object', 'nested']))} == ${any(random.one(['set', 'texts', 'map', 'object', 'nested']))}`;
    default:
      return `(${any(random.one(['number', 'boolean', 'text']))}) ${operator} (${any(random.one(['number', 'boolean', 'text']))})`;
  }
}
