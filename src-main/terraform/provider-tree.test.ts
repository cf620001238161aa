import { namedBy } from '../core/terraform/verdict/outcomes.ts';
import { describe, expect, it } from 'vitest';
import { awsBlock, parameter, readingOf, waysOf } from '../../testing/terraform/written-project.ts';

const b = '222222222222';
const c = '333333333333';
const identity = (more = '') => `data "aws_caller_identity" "current" {\n${more}}\n`;
const guard = (account: string, more = '') =>
  `${identity()}resource "terraform_data" "guard" {\n${more}  lifecycle {\n    precondition {\n      condition     = data.aws_caller_identity.current.account_id == "${account}"\n      error_message = "no"\n    }\n  }\n}\n`;
const module = (more = '', name = 'm') => `module "${name}" {\n  source = "./${name}"\n${more}}\n`;
const awsFrom = (local: string, more = '') => `terraform {\n  required_providers {\n    ${local} = {\n      source = "hashicorp/aws"\n${more}    }\n  }\n}\n`;

describe('the provider of a module', () => {
  it.each(['provider "aws" {}', 'provider "aws" {\n  version = "~> 5.0"\n}'])(
    'is one of its own, without a role, where its block is empty and the caller hands over nothing: %s',
    async (block) => {
      const project = { 'main.tf': awsBlock(b) + parameter() + module(), 'm/main.tf': `${block}\n${parameter()}` };
      expect(await waysOf(project)).toEqual([`aws → ${b}`, 'module.m.aws']);
    },
  );

  it('is the caller’s where its block is empty and the caller hands one over', async () => {
    const project = { 'main.tf': awsBlock(b) + module('  providers = {\n    aws = aws\n  }\n'), 'm/main.tf': `provider "aws" {}\n${parameter()}` };
    expect(await waysOf(project)).toEqual([`aws → ${b}`]);
  });

  it('is one of its own where its block says something, whatever the caller hands over', async () => {
    const project = {
      'main.tf': awsBlock(b) + parameter() + module('  providers = {\n    aws = aws\n  }\n'),
      'm/main.tf': `provider "aws" {\n  region = "us-east-1"\n}\n${parameter()}`,
    };
    expect(await waysOf(project)).toEqual([`aws → ${b}`, 'module.m.aws']);
  });

  it('is inherited through a module that hands on only another one', async () => {
    const project = {
      'main.tf': awsBlock(b, 'alias = "prod"') + awsBlock(c, 'alias = "dns"') + module('  providers = {\n    aws     = aws.prod\n    aws.dns = aws.dns\n  }\n'),
      'm/main.tf': `${awsFrom('aws', '      configuration_aliases = [aws.dns]\n')}module "n" {\n  source = "../n"\n  providers = {\n    aws.dns = aws.dns\n  }\n}\n`,
      'n/main.tf': awsFrom('aws', '      configuration_aliases = [aws.dns]\n') + parameter() + parameter('aws.dns').replace('"this"', '"dns"'),
    };
    expect(await waysOf(project)).toEqual([`aws.prod → ${b}`, `aws.dns → ${c}`]);
  });

  it('is inherited by its source, whatever names the modules have for it', async () => {
    const inChild = { 'main.tf': awsBlock(b) + module(), 'm/main.tf': awsFrom('amazon') + parameter('amazon') };
    expect(await waysOf(inChild)).toEqual([`aws → ${b}`]);
    const inRoot = { 'main.tf': awsFrom('amazon') + awsBlock(b, '', 'amazon') + identity() + module(), 'm/main.tf': parameter() };
    expect(await waysOf(inRoot)).toEqual([`amazon → ${b}`]);
  });

  it('is in doubt where the module has two names for it, and a block of each: Terraform takes one or the other, as it comes', async () => {
    const named = awsFrom('zzz');
    const use = parameter('zzz');
    const doubted = async (project: Record<string, string>) => (await waysOf(project)).map((way) => way.replace(/:\d+$/, ''));
    expect(await doubted({ 'main.tf': named + awsBlock(b) + awsBlock(c, '', 'zzz') + use })).toEqual([`aws → ${b} ? provider "zzz" at main.tf`]);
    expect(await doubted({ 'main.tf': named + awsBlock(null, '', 'zzz') + awsBlock(b) + parameter() })).toEqual(['zzz ? provider "aws" at main.tf']);
    const aliased = { 'main.tf': named + awsBlock(b, 'alias = "x"') + awsBlock(c, 'alias = "x"', 'zzz') + parameter('aws.x') };
    expect(await doubted(aliased)).toEqual([`aws.x → ${b} ? provider "zzz" at main.tf`]);
    const child = `${named}provider "aws" {}\n${awsBlock(c, '', 'zzz')}${use}`;
    const handed = { 'main.tf': awsBlock(b) + module('  providers = {\n    aws = aws\n  }\n'), 'm/main.tf': child };
    expect(await doubted(handed)).toEqual([`aws → ${b} (nothing)`, 'module.m.aws ? provider "zzz" at m/main.tf']);
  });

  it('is one where two names say the same of it, and none of the two where each has an alias of its own', async () => {
    expect(await waysOf({ 'main.tf': awsFrom('zzz') + awsBlock(b) + awsBlock(b, '', 'zzz') + parameter() })).toEqual([`aws → ${b}`]);
    const apart = { 'main.tf': awsFrom('zzz') + awsBlock(b) + awsBlock(c, 'alias = "x"', 'zzz') + parameter() };
    expect(await waysOf(apart)).toEqual([`aws → ${b}`, `zzz.x → ${c} (nothing)`]);
  });

  it('is the one that is handed first where it is handed under two names', async () => {
    const two = awsBlock(b) + awsBlock(c, 'alias = "x"');
    const child = { 'm/main.tf': awsFrom('zzz') + parameter() };
    expect(await waysOf({ 'main.tf': two + module('  providers = {\n    zzz = aws.x\n    aws = aws\n  }\n'), ...child })).toEqual([
      `aws → ${b} (nothing)`,
      `aws.x → ${c}`,
    ]);
  });

  it('is the one that two levels of modules hand on, swapped or not', async () => {
    const hand = (x: string, y: string) => `  providers = {\n    aws.x = ${x}\n    aws.y = ${y}\n  }\n`;
    const wanted = awsFrom('aws', '      configuration_aliases = [aws.x, aws.y]\n');
    const project = {
      'main.tf': awsBlock(b, 'alias = "x"') + awsBlock(c, 'alias = "y"') + module(hand('aws.y', 'aws.x')),
      'm/main.tf': `${wanted}module "n" {\n  source = "../n"\n${hand('aws.x', 'aws.y')}}\n`,
      'n/main.tf': `${wanted}${identity('  provider = aws.x\n')}check "x" {\n  assert {\n    condition     = data.aws_caller_identity.current.account_id == "${c}"\n    error_message = "no"\n  }\n}\n`,
    };
    expect((await readingOf(project)).statements.map(({ providers }) => providers)).toEqual([['aws.y']]);
  });
});

describe('a provider', () => {
  it('that nothing uses is not configured', async () => {
    const project = { 'main.tf': awsBlock(null) + awsBlock(b, 'alias = "work"') + awsBlock(c, 'alias = "old"') + parameter('aws.work') };
    expect(await waysOf(project)).toEqual(['aws (nothing)', `aws.work → ${b}`, `aws.old → ${c} (nothing)`]);
  });

  it('is used by import blocks, by data sources of checks and by resources without instances', async () => {
    const imported =
      awsBlock(null, 'alias = "old"') +
      'import {\n  to       = aws_ssm_parameter.this\n  id       = "x"\n  provider = aws.old\n}\n' +
      awsBlock(b) +
      parameter();
    expect(await waysOf({ 'main.tf': imported })).toEqual(['aws.old', `aws → ${b}`]);
    const scoped = awsBlock(b, 'alias = "a"') + `check "a" {\n  data "aws_caller_identity" "a" {\n    provider = aws.a\n  }\n}\n`;
    expect(await waysOf({ 'main.tf': scoped })).toEqual([`aws.a → ${b}`]);
    expect(await waysOf({ 'main.tf': awsBlock(b) + awsBlock(c, 'alias = "a"') + parameter('aws.a', '  count = 0\n') })).toEqual([
      `aws → ${b} (nothing)`,
      `aws.a → ${c}`,
    ]);
  });

  it('may be used by what only a state has that cannot be seen', async () => {
    const backend = 'terraform {\n  backend "s3" {\n    bucket = "x"\n  }\n}\n';
    expect(await waysOf({ 'main.tf': backend + awsBlock(null) + awsBlock(b, 'alias = "work"') + parameter('aws.work') })).toEqual([
      'aws (perhaps)',
      `aws.work → ${b}`,
    ]);
  });

  it('is used by what only the state has, and will be destroyed', async () => {
    const state = (provider: string, mode = 'managed') =>
      JSON.stringify({ version: 4, resources: [{ mode, type: 'aws_ssm_parameter', name: 'gone', provider, instances: [{}] }] });
    const aws = 'provider["registry.terraform.io/hashicorp/aws"]';
    const project = (text: string) => ({
      'main.tf': awsBlock(null) + awsBlock(b, 'alias = "work"') + parameter('aws.work'),
      '.terraform/.keep': '',
      'terraform.tfstate': text,
    });
    expect(await waysOf(project(state(aws)))).toEqual(['aws (state)', `aws.work → ${b}`]);
    expect(await waysOf(project(state(aws, 'data')))).toEqual(['aws (nothing)', `aws.work → ${b}`]);
    expect(await waysOf(project(state(`${aws}.work`)))).toEqual(['aws (nothing)', `aws.work → ${b}`]);
    expect(await waysOf({ 'main.tf': 'locals {}\n', 'terraform.tfstate': state(aws) })).toEqual(['aws (state)']);
    expect(await waysOf({ 'main.tf': 'locals {}\n', 'terraform.tfstate': state(aws.replace('hashicorp/', 'acme/')) })).toEqual([
      'provider["registry.terraform.io/acme/aws"] from acme/aws (state)',
    ]);
  });

  it('is made up for what the files say was removed, or ask for without a use, where no state tells more', async () => {
    expect(await waysOf({ 'main.tf': 'removed {\n  from = aws_ssm_parameter.gone\n  lifecycle {\n    destroy = true\n  }\n}\n' })).toEqual(['aws (perhaps)']);
    expect(await waysOf({ 'main.tf': 'removed {\n  from = aws_ssm_parameter.kept\n  lifecycle {\n    destroy = false\n  }\n}\n' })).toEqual([]);
    expect(await waysOf({ 'main.tf': awsFrom('aws') })).toEqual(['aws (perhaps)']);
    expect(await waysOf({ 'main.tf': awsFrom('aws'), 'terraform.tfstate': '{"version":4,"resources":[]}' })).toEqual([]);
  });
});

describe('what a module asks for', () => {
  const asked = async (project: Record<string, string>) =>
    (await readingOf(project)).statements.map((statement) => `${statement.name}: ${namedBy(statement).join()}`);

  it('is not asked for by a module or a resource without instances', async () => {
    for (const none of ['  count = 0\n', '  for_each = {}\n', '  count = var.production ? 1 : 0\n']) {
      const variables = 'variable "production" {\n  default = false\n}\n';
      expect(await asked({ 'main.tf': variables + awsBlock(b) + module(none), 'm/main.tf': guard(c) })).toEqual([]);
      expect(await asked({ 'main.tf': variables + awsBlock(b) + guard(c, none) })).toEqual([]);
    }
  });

  it('is asked for by each instance, with its own values', async () => {
    const each = `  for_each = {\n    x = "${b}"\n    y = "${c}"\n  }\n  account = each.value\n`;
    const child = guard(b).replace(`"${b}"`, 'var.account') + 'variable "account" {}\n';
    expect(await asked({ 'main.tf': awsBlock(b) + module(each), 'm/main.tf': child })).toEqual([
      `module.m.terraform_data.guard: ${b}`,
      `module.m.terraform_data.guard: ${c}`,
    ]);
  });
});

describe('a module that is not read', () => {
  const unread = async (project: Record<string, string>) => (await readingOf(project)).unreadModules.map(({ path, reason }) => `${path}: ${reason}`);

  it('is told with the reason', async () => {
    expect(await unread({ 'main.tf': 'module "m" {\n  source = "acme/net/aws"\n}\n' })).toEqual(['m: not-installed']);
    expect(await unread({ 'main.tf': module() })).toEqual(['m: not-installed']);
    expect(await unread({ 'main.tf': module(), 'm/main.tf': 'resource {' })).toEqual(['m: broken']);
    expect(await unread({ 'main.tf': module(), 'm/main.tf': 'module "again" {\n  source = "../m"\n}\n' })).toEqual(['m.again: circle']);
  });

  it('is not one that is deep, or one of many', async () => {
    const deep = Object.fromEntries(Array.from({ length: 40 }, (_none, index) => [`m${index}/main.tf`, module('', 'n').replace('./n', `../m${index + 1}`)]));
    const last = { 'm40/main.tf': awsBlock(c) + parameter() };
    const ways = await waysOf({ 'main.tf': module('', 'm0'), ...deep, ...last });
    expect(ways.map((way) => way.split(' ').slice(1).join(' '))).toEqual([`→ ${c}`]);
    const many = Array.from({ length: 400 }, (_none, index) => module('', `m${index}`).replace(`./m${index}`, './m')).join('');
    expect(await unread({ 'main.tf': many, 'm/main.tf': 'locals {}\n' })).toEqual([]);
  });
});
