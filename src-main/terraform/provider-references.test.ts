import { describe, expect, it } from 'vitest';
import { awsBlock, parameter, readingOf, waysOf } from '../../testing/terraform/written-project.ts';

const logs = 'provider "aws" {\n  alias  = "logs"\n  region = "eu-west-1"\n}\n';
const main = awsBlock('222222222222');
const other = (reference: string): string => parameter(reference).replace('"this"', '"other"');
const imported = (to: string): string => `import {\n  to = ${to}\n  id = "x"\n}\n`;

describe('a reference to a provider', () => {
  it.each(['aws . logs', 'aws.logs # the other one', 'aws /* the other one */ .logs', 'aws. logs', 'aws.logs // x', '"aws . logs"', '"aws.lo\\u0067s"'])(
    'names it however it is written: %s',
    async (reference) => {
      expect(await waysOf({ 'main.tf': `${main}${logs}${parameter()}${other(reference)}` })).toContain('aws.logs');
    },
  );

  it.each(['{ aws = aws . logs }', '{ aws = aws /* x */ .logs }', '{ "aws" = aws.logs }', '{ "\\u0061ws" : aws.logs }', '{ aws /* x */ = aws.logs }'])(
    'hands it to a module however it is written: %s',
    async (handed) => {
      const call = `module "m" {\n  source    = "./m"\n  providers = ${handed}\n}\n`;
      expect(await waysOf({ 'main.tf': `${main}${logs}${parameter()}${call}`, 'm/main.tf': parameter() })).toContain('aws.logs');
    },
  );

  it('that cannot be understood leads to a provider of which nothing is known', async () => {
    for (const reference of ['pick(aws.logs)', '{ a = aws.logs }']) {
      const ways = await waysOf({ 'main.tf': `${main}${logs}${parameter()}${other(reference)}` });
      expect(ways.filter((way) => way.includes(' from '))).toHaveLength(1);
    }
  });

  it.each(['"lo\\u0067s"', '("logs")', '"lo${"gs"}"', 'true ? "logs" : "x"'])(
    'leads to the configuration whose alias comes out as that name: %s',
    async (alias) => {
      const aliased = logs.replace('"logs"', alias);
      expect(await waysOf({ 'main.tf': `${main}${aliased}${parameter()}${other('aws.logs')}` })).toContain('aws.logs');
    },
  );

  it('leads to a provider whose block has its name with an escape', async () => {
    const escaped = logs.replace('"aws"', '"\\u0061ws"');
    expect(await waysOf({ 'main.tf': `${main}${escaped}${parameter()}${other('aws.logs')}` })).toContain('aws.logs');
  });

  it.each(['source = "hashicorp/${"aws"}"', '("source") = "hashicorp/aws"', '"sourc\\u0065" = ("hashicorp/aws")'])(
    'leads to the provider whose source comes out as that one: %s',
    async (source) => {
      const required = `terraform {\n  required_providers {\n    mine = { ${source} }\n  }\n}\n`;
      const named = `${awsBlock('222222222222', '', 'mine')}resource "aws_ssm_parameter" "this" {\n  provider = mine\n}\n`;
      expect(await waysOf({ 'main.tf': required + named })).toEqual(['mine → 222222222222']);
    },
  );

  it('to a source that is not understood leads to a provider of which nothing is known', async () => {
    const required = 'terraform {\n  required_providers {\n    mine = { source = var.source }\n  }\n}\n';
    expect(await waysOf({ 'main.tf': `${required}provider "mine" {}\nresource "mine_thing" "this" {}\n` })).toEqual(['mine from ${var.source}']);
  });

  it('in a block of a kind that is not known counts as that of a resource does', async () => {
    const action = 'action "aws_lambda_invoke" "this" {\n  provider = aws.logs\n  config {\n    function_name = "x"\n  }\n}\n';
    expect(await waysOf({ 'main.tf': `${main}${logs}${parameter()}${action}` })).toContain('aws.logs');
    expect(await waysOf({ 'main.tf': `${main}${action.replace('  provider = aws.logs\n', '')}` })).toEqual(['aws → 222222222222']);
    const json = { action: { aws_lambda_invoke: { this: { provider: 'aws.logs', config: { function_name: 'x' } } } } };
    expect(await waysOf({ 'main.tf': `${main}${logs}${parameter()}`, 'more.tf.json': JSON.stringify(json) })).toContain('aws.logs');
  });
});

it('what is imported uses the provider of its resource where that has a block, in the root and in modules', async () => {
  const prod = awsBlock('222222222222', 'alias = "prod"');
  const call = 'module "m" {\n  source    = "./m"\n  providers = { aws = aws.prod }\n}\n';
  const inModule = (to: string) => waysOf({ 'main.tf': `${prod}${call}${imported(to)}`, 'm/main.tf': parameter() });
  expect(await waysOf({ 'main.tf': `${prod}${parameter('aws.prod')}${imported('aws_ssm_parameter.this')}` })).toEqual(['aws.prod → 222222222222']);
  expect(await inModule('module.m.aws_ssm_parameter.this')).toEqual(['aws.prod → 222222222222']);
  expect(await inModule('module . m["x"].aws_ssm_parameter.this["y"] # x')).toEqual(['aws.prod → 222222222222']);
});

it('what is imported without a block uses the provider that its type names', async () => {
  expect(await waysOf({ 'main.tf': `${main}${imported('aws_ssm_parameter /* new */ .this')}` })).toEqual(['aws → 222222222222']);
  expect(await waysOf({ 'main.tf': imported('aws_ssm_parameter.this["x"]') })).toEqual(['aws']);
});

it('accounts by names in another alphabet are known', async () => {
  const accounts = 'locals {\n  accounts = { 本番 = "222222222222", 開発 = "111111111111" }\n}\n';
  for (const account of ['local.accounts["本番"]', 'local.accounts.本番', 'local . accounts . 本番']) {
    const block = awsBlock(null, `allowed_account_ids = [${account}]`);
    const { providers } = await readingOf({ 'main.tf': `${accounts}${block}${parameter()}` });
    expect(providers.map(({ allowedAccountIds }) => allowedAccountIds)).toEqual([{ kind: 'known', value: ['222222222222'] }]);
  }
});

it('a role in a dynamic block is that of its iterator, however that is written', async () => {
  const dynamic = (iterator: string) =>
    `provider "aws" {\n  dynamic "assume_role" {\n    for_each = ["222222222222"]\n    iterator = ${iterator}\n    content {\n      role_arn = "arn:aws:iam::\${each_role.value}:role/deploy"\n    }\n  }\n}\n`;
  for (const iterator of ['each_role', '/* x */ each_role // y']) {
    expect(await waysOf({ 'main.tf': dynamic(iterator) + parameter() })).toEqual(['aws → 222222222222']);
  }
  expect(await waysOf({ 'main.tf': dynamic('1 + 1') + parameter() })).toEqual(['aws → ?["222222222222"]']);
});
