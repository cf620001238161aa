import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { judged } from '../../testing/terraform/judged.ts';
import { planRun } from '../core/terraform/runs/run.ts';
import { readProject } from './read-project.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conditions-'));
});
afterEach(() => rm(folder, { recursive: true }));

type Given = { readonly files?: Record<string, string>; readonly args?: readonly string[]; readonly env?: Record<string, string> };

/** The verdict on each provider of a project, where a session in 111111111111 may assume every role. */
async function verdicts(main: string, { files = {}, args = [], env = {} }: Given = {}): Promise<readonly string[]> {
  for (const [name, text] of Object.entries({ 'main.tf': main, ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const result = await readProject({ run: planRun({ args, env, cwd: folder }), env });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  const { rows } = judged(result.value, { relayed: false });
  return rows.map(({ address, verdict }) => `${address} ${verdict}`);
}

const provider = (account: string, alias = '') =>
  `provider "aws" {\n${alias === '' ? '' : `  alias = "${alias}"\n`}  assume_role {\n    role_arn = "arn:aws:iam::${account}:role/deploy"\n  }\n}\n`;
const identity = 'data "aws_caller_identity" "here" {}\n';
const check = (condition: string) => `check "account" {\n  assert {\n    condition     = ${condition}\n    error_message = "Wrong account."\n  }\n}\n`;
const account = 'data.aws_caller_identity.here.account_id';

/** What the guard says where the role leads to 222222222222, and where it leads to 333333333333. */
async function both(said: string, given: Given = {}): Promise<readonly string[]> {
  const meant = await verdicts(`${provider('222222222222')}${identity}${said}`, given);
  const other = await verdicts(`${provider('333333333333')}${identity}${said}`, given);
  return [...meant, ...other].map((row) => row.replace('aws ', ''));
}

describe('a condition on the account', () => {
  it('that only rules accounts out stops those, and says of no other one that it is meant', async () => {
    const forbids = `!contains(["333333333333", "444444444444"], ${account})`;
    expect(await both(check(forbids))).toEqual(['unstated', 'mismatch']);
  });

  it('that only says that two providers differ says of neither which account is meant', async () => {
    const other = `provider "aws" {\n  alias = "b"\n  assume_role {\n    role_arn = "arn:aws:iam::333333333333:role/deploy"\n  }\n}\n`;
    const there = 'data "aws_caller_identity" "there" {\n  provider = aws.b\n}\n';
    const differ = `${other}${there}${check(`${account} != data.aws_caller_identity.there.account_id`)}`;
    expect(await verdicts(`${provider('222222222222')}${identity}${differ}`)).toEqual(['aws unstated', 'aws.b unstated']);
  });

  it.each([
    ['contains the ID', `strcontains(${account}, "222222222222")`],
    ['begins like it', `startswith(${account}, "2222")`],
    ['is one of a list', `contains(["222222222222"], ${account})`],
    ['is negated', `!(${account} != "222222222222")`],
    ['fits a pattern', `can(regex("^2{12}$", ${account}))`],
    ['counts what fits a pattern', `length(regexall("^(2222|4444)", ${account})) > 0`],
    ['looks a name up', `{ "222222222222" = "prod", "333333333333" = "dev" }[${account}] == "prod"`],
    ['is chosen by another one', `terraform.workspace == "default" ? ${account} == "222222222222" : true`],
    ['has a way out that is not taken', `false || ${account} == "222222222222"`],
    ['is one of several that all have to hold', `alltrue([${account} == "222222222222", 1 < 2])`],
    ['is a set', `length(setintersection([${account}], ["222222222222"])) == 1`],
    ['is a number', `tonumber(${account}) == 222222222222`],
    ['is taken from the ID', 'data.aws_caller_identity.here.id == "222222222222"'],
    ['is taken from the ARN', 'split(":", data.aws_caller_identity.here.arn)[4] == "222222222222"'],
  ])('is evaluated whole: one that %s', async (_name, condition) => {
    expect(await both(check(condition))).toEqual(['match', 'mismatch']);
  });

  it.each([
    ['a local', `locals {\n  id = tostring(${account})\n}\n${check('local.id == "222222222222"')}`],
    ['an object', `locals {\n  here = { identity = data.aws_caller_identity.here }\n}\n${check('local.here.identity.account_id == "222222222222"')}`],
    ['an index', `data "aws_caller_identity" "some" {\n  count = 1\n}\n${check('data.aws_caller_identity.some[0].account_id == "222222222222"')}`],
    ['a splat', `data "aws_caller_identity" "some" {\n  count = 1\n}\n${check('one(data.aws_caller_identity.some[*].account_id) == "222222222222"')}`],
    [
      'a key',
      `data "aws_caller_identity" "some" {\n  for_each = toset(["dev"])\n}\n${check('data.aws_caller_identity.some["dev"].account_id == "222222222222"')}`,
    ],
    ['a value that cannot be worked out', `locals {\n  ok = ${account} == "222222222222" ? true : tobool("Wrong account.")\n}\n`],
  ])('is found through %s', async (_name, said) => {
    expect(await both(said)).toEqual(['match', 'mismatch']);
  });

  it('is found through the inputs and outputs of modules', async () => {
    const files = {
      'guard/main.tf': `variable "actual" {}\nvariable "expected" {}\n${check('var.actual == var.expected')}`,
      'context/main.tf': `${identity}output "account" {\n  value = ${account}\n}\n`,
    };
    const guard = `module "guard" {\n  source   = "./guard"\n  actual   = ${account}\n  expected = "222222222222"\n}\n`;
    expect(await both(guard, { files })).toEqual(['match', 'mismatch']);
    const context = `module "context" {\n  source = "./context"\n}\n${check('module.context.account == "222222222222"')}`;
    expect(await both(context, { files })).toEqual(['match', 'mismatch']);
  });

  it('is asked for by each instance of a module with the outputs that its own modules have there', async () => {
    const files = {
      'm/main.tf': `variable "id" {}\n${identity}module "same" {\n  source = "../same"\n  id     = var.id\n}\n${check(`${account} == module.same.id`)}`,
      'same/main.tf': 'variable "id" {}\noutput "id" {\n  value = var.id\n}\n',
    };
    const each = (ids: string) => `module "m" {\n  source   = "./m"\n  for_each = toset([${ids}])\n  id       = each.key\n}\n`;
    expect(await both(each('"222222222222"'), { files })).toEqual(['match', 'mismatch']);
    expect(await both(each('"222222222222", "333333333333"'), { files })).toEqual(['mismatch', 'mismatch']);
  });

  it('is unknown where modules stand for each other in a circle, which Terraform refuses', async () => {
    const files = { 'm/main.tf': 'variable "x" {}\noutput "y" {\n  value = var.x\n}\n' };
    const module = (name: string, said: string) => `module "${name}" {\n  source = "./m"\n  ${said}\n}\n`;
    const circles = [
      module('m', 'x = module.m.y'),
      module('m', 'x = module.n.y') + module('n', 'x = module.m.y'),
      module('m', 'x = 1\n  count = module.m[0].y'),
      module('m', 'x = 1\n  for_each = module.n') + module('n', 'x = 1\n  for_each = module.m'),
    ];
    for (const circle of circles)
      expect(await both(circle + check(`${account} == try(module.m.y, module.m[0].y, module.m["a"].y)`), { files })).toEqual(['unknown', 'unknown']);
  });

  it('is known for an account that only a value names, whatever the condition looks at', async () => {
    const names = 'variable "names" {\n  default = { "111111111111" = "base" }\n}\n';
    expect(await verdicts(`provider "aws" {}\n${identity}${check(`startswith(${account}, "2222")`)}`)).toEqual(['aws unknown']);
    expect(await verdicts(`provider "aws" {}\n${names}${identity}${check(`startswith(${account}, "2222")`)}`)).toEqual(['aws mismatch']);
  });

  it('on two accounts is held against the provider that breaks it', async () => {
    const logs = 'data "aws_caller_identity" "logs" {\n  provider = aws.logs\n}\n';
    const two = check(`alltrue([for pair in [[${account}, "222222222222"], [data.aws_caller_identity.logs.account_id, "333333333333"]] : pair[0] == pair[1]])`);
    expect(await verdicts(`${provider('222222222222')}${provider('333333333333', 'logs')}${identity}${logs}${two}`)).toEqual(['aws match', 'aws.logs match']);
    expect(await verdicts(`${provider('222222222222')}${provider('444444444444', 'logs')}${identity}${logs}${two}`)).toEqual([
      'aws match',
      'aws.logs mismatch',
    ]);
  });

  it('is found in a member of a local that has a value for some accounts alone', async () => {
    expect(await both(`locals {\n  roles = { "222222222222" = "admin" }\n  here = { role = local.roles[${account}] }\n}\n`)).toEqual(['match', 'mismatch']);
  });

  describe('on one of many identities in a map', () => {
    const accounts = { a: '222222222222', b: '333333333333', c: '444444444444', d: '555555555555', e: '666666666666', f: '777777777777' };
    const names = Object.keys(accounts);
    const identityOf = (name: string) => `data "aws_caller_identity" "${name}" {\n  provider = aws.${name}\n}\n`;
    const actual = (more = '') =>
      `locals {\n  actual = {\n${names.map((name) => `    ${name} = data.aws_caller_identity.${name}.account_id\n`).join('')}${more}  }\n}\n`;
    const project = (led: Record<string, string>, said: string, more?: string) =>
      verdicts(
        `${Object.entries(led)
          .map(([name, id]) => provider(id, name) + identityOf(name))
          .join('')}${actual(more)}${said}`,
      );
    const expected = `variable "expected" {\n  default = {\n${Object.entries(accounts)
      .map(([name, id]) => `    ${name} = "${id}"\n`)
      .join('')}  }\n}\n`;
    const all = (verdict: string) => names.map((name) => `aws.${name} ${verdict}`);
    const broken = all('match').map((row) => (row.startsWith('aws.c') ? 'aws.c mismatch' : row));

    it.each([
      [
        'a key',
        Object.entries(accounts)
          .map(([name, id]) => check(`local.actual["${name}"] == "${id}"`))
          .join(''),
      ],
      [
        'an attribute',
        Object.entries(accounts)
          .map(([name, id]) => check(`local.actual.${name} == "${id}"`))
          .join(''),
      ],
      [
        'another local',
        `locals {\n  here = { id = local.actual.a }\n}\n${Object.entries(accounts)
          .map(([name, id]) => check(`${name === 'a' ? 'local.here.id' : `local.actual.${name}`} == "${id}"`))
          .join('')}`,
      ],
      [
        'the key of an instance',
        `${expected}resource "terraform_data" "guard" {\n  for_each = var.expected\n  lifecycle {\n    precondition {\n      condition     = local.actual[each.key] == each.value\n      error_message = "x"\n    }\n  }\n}\n`,
      ],
    ])('depends on that one alone, which %s names', async (_name, said) => {
      expect(await project(accounts, said)).toEqual(all('match'));
      expect(await project({ ...accounts, c: '333333333333' }, said)).toEqual(broken);
    });

    it('says as well what another member, which Terraform refuses to work out for an account, says', async () => {
      const guard = '    ok = data.aws_caller_identity.b.account_id == "333333333333" ? true : tobool("Wrong account.")\n';
      const said = check('local.actual["a"] == "222222222222"');
      expect(await project({ a: '222222222222', b: '333333333333' }, said, guard)).toEqual(['aws.a match', 'aws.b match']);
      expect(await project({ a: '222222222222', b: '444444444444' }, said, guard)).toEqual(['aws.a match', 'aws.b mismatch']);
    });

    it('is unknown where the key is, or depends on an account', async () => {
      for (const key of ['data.aws_region.here.name', 'lookup({}, data.aws_caller_identity.a.account_id, "a")']) {
        expect(await project(accounts, check(`local.actual[${key}] == "222222222222"`))).toEqual(all('unknown'));
      }
    });
  });

  it('that is not known is not covered by what another provider names', async () => {
    const unread = check('startswith(data.aws_caller_identity.prod.account_id, var.prefix)');
    const prod = 'variable "prefix" {}\nprovider "aws" {\n  alias = "prod"\n}\ndata "aws_caller_identity" "prod" {\n  provider = aws.prod\n}\n';
    const base = 'data "aws_region" "here" {}\nprovider "aws" {\n  allowed_account_ids = ["111111111111"]\n}\n';
    expect(await verdicts(`${base}${prod}${unread}`)).toEqual(['aws match', 'aws.prod unknown']);
  });

  it('on the owner of what a data source finds says nothing of the account, and on that of what the provider creates it does', async () => {
    const owned = (block: string, owner: string) =>
      `${block} "it" {\n  lifecycle {\n    postcondition {\n      condition     = self.owner_id == "${owner}"\n      error_message = "x"\n    }\n  }\n}\n`;
    for (const type of ['aws_ami', 'aws_ebs_snapshot', 'aws_vpc']) {
      for (const owner of ['099720109477', '222222222222']) expect(await both(owned(`data "${type}"`, owner))).toEqual(['unstated', 'unstated']);
    }
    expect(await both(owned('resource "aws_vpc"', '222222222222'))).toEqual(['match', 'mismatch']);
    // Who has the discovery that is associated may be somebody else.
    expect(await both(owned('resource "aws_vpc_ipam_resource_discovery_association"', '222222222222'))).toEqual(['unstated', 'unstated']);
  });

  describe('that is not known, but whatever the account is,', () => {
    const region = 'data "aws_region" "here" {}\nvariable "none" {\n  type    = list(string)\n  default = null\n}\n';
    const arn = 'data.aws_caller_identity.here.arn';
    const locals = `locals {\n  bucket = lower("logs-\${data.aws_region.here.name}-\${${account}}")\n  long = length(local.bucket) > 63\n}\n`;
    const vpc = (more: string) => `data "aws_vpc" "v" {\n${more}}\n`;
    const owner = `data.aws_vpc.v.owner_id == ${account}`;

    it.each([
      ['takes the length of a name', `length("logs-\${data.aws_region.here.name}-\${${account}}") <= 63`],
      ['takes the length of a name of an instance', `alltrue([for n in data.aws_region.here.names : length("\${n}-\${${account}}") < 64])`],
      ['takes the length of names that are joined', `length(join("-", ["logs", data.aws_region.here.name, ${account}])) <= 63`],
      ['takes the length through locals', '!local.long && length(local.bucket) < 64'],
      ['looks for the name of a role', `strcontains(${arn}, "AWSReservedSSO_") || data.aws_region.here.name == "us-east-1"`],
      ['looks for the user root', `!endswith(${arn}, ":root")`],
      ['passes over a list that is not there', `var.none == null || contains(var.none, ${account})`],
    ])('says nothing: one that %s', async (_name, condition) => {
      expect(await both(region + locals + check(condition))).toEqual(['unstated', 'unstated']);
      // It hides nothing that is said beside it.
      expect(await both(region + locals + check(condition) + check(`${account} == "222222222222"`))).toEqual(['match', 'mismatch']);
    });

    it.each([
      ['compares a name with one that has an ID', `"logs-\${data.aws_region.here.name}-\${${account}}" == "logs-eu-222222222222"`],
      ['looks for a name with digits', `strcontains(data.aws_region.here.name, ${account})`],
      ['looks for a text that may have digits', `strcontains(${arn}, data.aws_region.here.name)`],
      ['takes the length of what depends on a comparison', `length(${account} == data.aws_region.here.name ? "x" : "logs-x") == 1`],
      ['takes the length of a choice', `length("\${data.aws_region.here.name}\${${account} == "222222222222" ? "" : "x"}") == 9`],
      ['takes the length of a list', `length(toset([${account}, data.aws_region.here.name])) == 1`],
      ['takes the length of what is replaced', `length(replace(${account}, data.aws_region.here.name, "")) == 0`],
      ['compares in an item of a list', `anytrue([for id in data.aws_region.here.ids : id == ${account}])`],
      ['gives the account a name', `anytrue([for id in [${account}] : id == data.aws_region.here.name])`],
      ['compares with what something else gives', `data.aws_region.here.owner_id == ${account}`],
      ['looks the account up', `lookup(data.aws_region.here.names, ${account}, "?") == "prod"`],
    ])('stays unknown: one that %s', async (_name, condition) => {
      const outcomes = await both(region + locals + check(condition));
      expect(outcomes.filter((outcome) => outcome !== 'unknown')).toEqual([]);
    });

    it('says nothing as one that its own network belongs to it, unless an ID is named on the way', async () => {
      for (const found of ['  default = true\n', '  id = data.aws_region.here.vpc\n', '  tags = {\n    Name = "main"\n  }\n']) {
        expect(await both(region + vpc(found) + check(owner))).toEqual(['unstated', 'unstated']);
      }
      const filter = (value: string) => `  filter {\n    name   = "owner-id"\n    values = [${value}]\n  }\n`;
      const elsewhere = `provider "aws" {\n  alias = "b"\n}\n${vpc('  provider = aws.b\n  default = true\n')}`;
      const postcondition =
        '  lifecycle {\n    postcondition {\n      condition     = self.owner_id == "222222222222"\n      error_message = "x"\n    }\n  }\n';
      for (const said of [
        vpc(filter('"222222222222"')) + check(owner),
        vpc(filter('data.aws_region.here.name')) + check(owner),
        vpc(`  default = true\n${postcondition}`) + check(owner),
        vpc('  default = true\n') + check(owner) + check('data.aws_vpc.v.owner_id == "222222222222"'),
        vpc('  default = true\n') + check(owner.replace('==', '<')),
        elsewhere + check(owner),
      ])
        expect((await both(region + said)).filter((outcome) => !/unknown|aws\.b/.test(outcome))).toEqual([]);
    });
  });

  it('is seen behind a list that could be left out, and is not', async () => {
    const list = 'variable "list" {\n  default = ["222222222222"]\n}\n';
    expect(await both(list + check(`var.list == null || contains(var.list, ${account})`))).toEqual(['match', 'mismatch']);
  });

  it('takes a provider function for the ARN of the account, and sees a role in it', async () => {
    const parsed = 'provider::aws::arn_parse(data.aws_caller_identity.here.arn)';
    expect(await both(check(`${parsed}.account_id == "222222222222"`))).toEqual(['match', 'mismatch']);
    expect(await both(check(`contains(["222222222222"], ${parsed}.account_id) && ${parsed}.region == ""`))).toEqual(['match', 'mismatch']);
  });

  it('that holds for every account says nothing', async () => {
    expect(await both(check(`length("logs-\${${account}}") <= 63`))).toEqual(['unstated', 'unstated']);
    expect(await both(`variable "expected" {\n  default = ""\n}\n${check(`var.expected == "" || ${account} == var.expected`)}`)).toEqual([
      'unstated',
      'unstated',
    ]);
  });
});

describe('the value of a variable', () => {
  const choosing = (variable: string, condition: string) =>
    `variable "v" {\n${variable}\n}\nprovider "aws" {\n  allowed_account_ids = ["222222222222"]\n  assume_role {\n    role_arn = "arn:aws:iam::\${${condition} ? "333333333333" : "222222222222"}:role/deploy"\n  }\n}\n`;

  it.each([
    ['a bool from the command line', 'type = bool', 'var.v == true', { args: ['-var', 'v=true'] }],
    ['a number from the environment', 'type = number', 'var.v == 2', { env: { TF_VAR_v: '2' } }],
    ['a bool from a text in a file', 'type = bool', 'var.v == true', { files: { 'terraform.tfvars': 'v = "true"\n' } }],
    ['a text from a number in a file', 'type = string', 'var.v == "5"', { files: { 'terraform.tfvars.json': '{"v": 5}' } }],
    ['a set, in order and without duplicates', 'type = set(string)', 'tolist(var.v) == tolist(["a", "b"])', { args: ['-var', 'v=["b", "a", "b"]'] }],
    ['an object without what its type lacks', 'type = object({ a = string })', '!can(var.v.b)', { args: ['-var', 'v={ a = 1, b = 2 }'] }],
    ['an object with its defaults', 'type = object({ a = optional(string, "x") })', 'lookup(var.v, "a", "none") == "x"', { args: ['-var', 'v={}'] }],
    ['an expression where any type is taken', 'type = any', 'var.v == "x"', { env: { TF_VAR_v: '"x"' } }],
  ])('is %s', async (_name, type, condition, given) => {
    expect(await verdicts(choosing(`  ${type}`, condition), given)).toEqual(['aws mismatch']);
  });

  it('is the default in place of null where null is not let through', async () => {
    const files = { 'm/main.tf': choosing('  default  = "x"\n  nullable = false', 'var.v == "x"') };
    expect(await verdicts('module "m" {\n  source = "./m"\n  v      = null\n}\n', { files })).toEqual(['module.m.aws mismatch']);
  });

  it('is unknown where its type is none that is known', async () => {
    expect(await verdicts(choosing('  type = strange(string)', 'var.v == "x"'), { args: ['-var', 'v="x"'] })).toEqual(['aws unknown']);
  });
});
