import { describe, expect, it } from 'vitest';
import { namedBy } from '../core/terraform/verdict/outcomes.ts';
import { awsBlock, readingOf, waysOf, type Written } from '../../testing/terraform/written-project.ts';

const [a, b, c] = ['111111111111', '222222222222', '333333333333'];
const me = 'data "aws_caller_identity" "me" {}\n';
const account = 'data.aws_caller_identity.me.account_id';
const check = (condition: string) => `check "account" {\n  assert {\n    condition     = ${condition}\n    error_message = "x"\n  }\n}\n`;

/** The accounts that each statement names, with the provider that it is about. */
async function named(files: Written): Promise<readonly string[]> {
  const { statements } = await readingOf(files);
  return statements.map((one) => `${one.providers.join()}: ${namedBy(one).join()}`);
}

describe('a value that was worked out once', () => {
  it('is one instance’s own where the instances of a module are given different ones', async () => {
    const files = {
      'main.tf': `${awsBlock(b)}module "m" {\n  source   = "./m"\n  for_each = { one = { ids = ["${b}"] }, two = { ids = ["${c}"] } }\n  ids      = each.value.ids\n}\n`,
      'm/main.tf': `variable "ids" {\n  type = list(string)\n}\n${me}locals {\n  known = toset([for id in var.ids : id])\n}\n${check(`contains(local.known, ${account})`)}`,
    };
    expect(await named(files)).toEqual([`aws: ${b}`, `aws: ${c}`]);
  });

  it('is one resource’s own where instances of it have other keys', async () => {
    const own = `resource "aws_s3_bucket" "b" {\n  for_each = toset(["${b}", "${c}"])\n  lifecycle {\n    precondition {\n      condition     = contains([each.key], ${account})\n      error_message = "x"\n    }\n  }\n}\n`;
    expect(await named({ 'main.tf': awsBlock(b) + me + own })).toEqual([`aws: ${b}`, `aws: ${c}`]);
  });

  it('is one provider’s own where conditions of two modules are the same', async () => {
    const files = {
      'main.tf': `${awsBlock(b)}${awsBlock(c, 'alias = "c"')}module "m" {\n  source = "./m"\n}\nmodule "n" {\n  source = "./m"\n  providers = {\n    aws = aws.c\n  }\n}\n`,
      'm/main.tf': `${me}locals {\n  mine = [for id in ["${b}"] : id if id == ${account}]\n}\n${check('length(local.mine) == 1')}`,
    };
    expect(await named(files)).toEqual([`aws: ${b}`, `aws.c: ${b}`]);
  });

  it('is one module’s own where modules of one text read files of their own', async () => {
    const module = `${me}locals {\n  ids = jsondecode(file("\${path.module}/ids.json"))\n}\n${check(`contains(local.ids, ${account})`)}`;
    const files = {
      'main.tf': `${awsBlock(b)}module "m" {\n  source = "./m"\n}\nmodule "n" {\n  source = "./n"\n}\n`,
      ...{ 'm/main.tf': module, 'm/ids.json': `["${b}"]`, 'n/main.tf': module, 'n/ids.json': `["${c}"]` },
    };
    expect(await named(files)).toEqual([`aws: ${b}`, `aws: ${c}`]);
  });

  it('is converted for each variable that it is given to', async () => {
    const files = {
      'main.tf': `variable "given" {\n  default = { id = "${b}", more = "${c}" }\n}\nmodule "m" {\n  source = "./m"\n  given  = var.given\n}\n`,
      'm/main.tf': `variable "given" {\n  type = object({ id = string, more = optional(string), none = optional(string, "${a}") })\n}\nmodule "n" {\n  source = "../n"\n  given  = var.given\n}\n${awsBlock('${var.given.none}')}resource "aws_s3_bucket" "b" {}\n`,
      'n/main.tf': `variable "given" {\n  type = object({ id = string })\n}\n${awsBlock('${try(var.given.more, var.given.id)}')}resource "aws_s3_bucket" "b" {}\n`,
    };
    expect(await waysOf(files)).toEqual([`module.m.aws → ${a}`, `module.m.module.n.aws → ${b}`]);
  });
});

describe('an account that a project mentions', () => {
  const mentioned = `locals {\n  all = { main = "${b}", other = "${c}" }\n}\n`;

  it('is tried where it is not known what comes out for any other account', async () => {
    const files = { 'main.tf': awsBlock(a) + me + mentioned + check(`can(regex("^2+$", ${account}))`) };
    expect((await readingOf(files)).statements[0]?.outcomes).toContainEqual({ accounts: [b], outcome: 'holds' });
  });

  it('is tried for a local that may be refused, also where that is not known for any other account', async () => {
    const files = { 'main.tf': `${awsBlock(a)}${me}${mentioned}locals {\n  guard = regex("^2+$", ${account})\n}\n` };
    const [statement] = (await readingOf(files)).statements;
    expect(statement?.outcomes).toContainEqual({ accounts: [c], outcome: 'fails' });
  });

  it('has no row of its own where it is like any other', async () => {
    const files = { 'main.tf': awsBlock(a) + me + mentioned + check(`${account} == "${c}"`) };
    expect((await readingOf(files)).statements[0]?.outcomes).toEqual([
      { accounts: [null], outcome: 'fails' },
      { accounts: [c], outcome: 'holds' },
    ]);
  });
});
