import { describe, expect, it } from 'vitest';
import { awsBlock, parameter, read, readingOf, waysOf } from '../../testing/terraform/written-project.ts';

const b = '222222222222';
const c = '333333333333';
const identity = 'data "aws_caller_identity" "current" {}\n';
const precondition = `  lifecycle {\n    precondition {\n      condition     = data.aws_caller_identity.current.account_id == "${b}"\n      error_message = "no"\n    }\n  }\n`;

describe('an override file', () => {
  it('may bring the default provider that no other file has', async () => {
    expect(await waysOf({ 'main.tf': parameter(), 'provider_override.tf': awsBlock(c) })).toEqual([`aws → ${c}`]);
    const json = { provider: { aws: { region: 'eu-west-1', assume_role: { role_arn: `arn:aws:iam::${c}:role/x` } } } };
    expect(await waysOf({ 'main.tf': parameter(), 'override.tf.json': JSON.stringify(json) })).toEqual([`aws → ${c}`]);
  });

  it('replaces arguments, and all blocks of a kind, dynamic or not', async () => {
    const project = { 'main.tf': awsBlock(b) + parameter(), 'a_override.tf': 'provider "aws" {\n  region = "us-east-1"\n}\n' };
    expect(await waysOf(project)).toEqual([`aws → ${b}`]);
    const dynamic = `provider "aws" {\n  dynamic "assume_role" {\n    for_each = [1]\n    content {\n      role_arn = "arn:aws:iam::${c}:role/x"\n    }\n  }\n}\n`;
    expect(await waysOf({ ...project, 'a_override.tf': dynamic })).toEqual([`aws → ${c}`]);
    expect(await waysOf({ 'main.tf': dynamic + parameter(), 'a_override.tf': awsBlock(b) })).toEqual([`aws → ${b}`]);
  });

  it('comes after those that Go sorts before it', async () => {
    // By UTF-16 they are the other way round.
    const [first, last] = ['ﾃｽﾄ', '😀'] as const;
    expect(await waysOf({ 'main.tf': awsBlock(null) + parameter(), [`${last}_override.tf`]: awsBlock(b), [`${first}_override.tf`]: awsBlock(c) })).toEqual([
      `aws → ${b}`,
    ]);
    const given = { [`${last}.auto.tfvars`]: `account = "${b}"\n`, [`${first}.auto.tfvars`]: `account = "${c}"\n` };
    const main = 'variable "account" {\n  type = string\n}\n' + awsBlock('${var.account}') + parameter();
    expect(await waysOf({ 'main.tf': main, ...given })).toEqual([`aws → ${b}`]);
  });

  it('keeps the providers that a module is handed where its own map of them is empty', async () => {
    const call = (providers: string): string => `module "m" {\n  source    = "./m"\n  providers = ${providers}\n}\n`;
    const base = { 'main.tf': awsBlock(b) + awsBlock(c, 'alias = "hub"') + call('{ aws = aws.hub }'), 'm/main.tf': parameter() };
    const ofModule = [`aws → ${b} (nothing)`, `aws.hub → ${c}`];
    expect(await waysOf(base)).toEqual(ofModule);
    for (const none of ['{}', '{\n  }']) expect(await waysOf({ ...base, 'override.tf': `module "m" {\n  providers = ${none}\n}\n` })).toEqual(ofModule);
    expect(await waysOf({ ...base, 'override.tf.json': JSON.stringify({ module: { m: { providers: {} } } }) })).toEqual(ofModule);
    expect(await waysOf({ ...base, 'override.tf': 'module "m" {\n  providers = { aws = aws }\n}\n' })).toEqual([`aws → ${b}`, `aws.hub → ${c} (nothing)`]);
  });

  it('changes a lifecycle without the conditions in it', async () => {
    const project = {
      'main.tf': identity + awsBlock(b) + parameter('', precondition),
      'safety_override.tf': 'resource "aws_ssm_parameter" "this" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n',
    };
    expect((await readingOf(project)).statements.map(({ name }) => name)).toEqual(['aws_ssm_parameter.this']);
  });

  it.each([
    ['provider "aws" {\n  alias = "gone"\n}\n', 'Missing base provider to override: aws.'],
    ['resource "aws_ssm_parameter" "gone" {}\n', 'Missing base resource to override: aws_ssm_parameter.gone.'],
    ['locals {\n  gone = 1\n}\n', 'Missing base local value definition to override: gone.'],
    ['check "c" {}\n', 'Cannot override “check” blocks.'],
    ['removed {\n  from = a.b\n}\n', 'Cannot override “removed” blocks.'],
    [`resource "aws_ssm_parameter" "this" {\n${precondition}}\n`, 'Can’t override precondition and postcondition blocks.'],
  ])('that Terraform refuses is told, not left out: %s', async (text, reason) => {
    expect(await read({ 'main.tf': awsBlock(b) + parameter(), 'x_override.tf': text })).toEqual({
      ok: false,
      error: { code: 'project-broken', params: { file: 'x_override.tf', line: 1, reason } },
    });
  });
});

describe('a file in JSON syntax', () => {
  it('may say a name twice, and means both', async () => {
    const twice = `{"provider": {"aws": {"alias": "x"}}, "provider": {"aws": {"assume_role": {"role_arn": "arn:aws:iam::${c}:role/x"}}}}`;
    expect(await waysOf({ 'main.tf': parameter(), 'p.tf.json': twice })).toEqual(['aws.x (nothing)', `aws → ${c}`]);
    const roles = `{"provider": {"aws": {"assume_role": {"role_arn": "arn:aws:iam::${b}:role/x"}, "assume_role": {"role_arn": "arn:aws:iam::${c}:role/x"}}}}`;
    expect(await waysOf({ 'main.tf': parameter(), 'p.tf.json': roles })).toEqual([`aws → ${b} → ${c}`]);
  });

  it('may begin with a byte order mark, and have comments', async () => {
    const json = `\uFEFF{"//": "generated", "provider": {"aws": {"//": "x", "assume_role": {"role_arn": "arn:aws:iam::${b}:role/x"}}}}`;
    expect(await waysOf({ 'main.tf': parameter(), 'p.tf.json': json })).toEqual([`aws → ${b}`]);
  });
});
