import { describe, expect, it } from 'vitest';
import { namedBy } from '../core/terraform/verdict/outcomes.ts';
import { awsBlock, parameter, readingOf, waysOf, type Written } from '../../testing/terraform/written-project.ts';

const [a, b, c] = ['111111111111', '222222222222', '333333333333'];
const project = {
  'main.tf': `variable "account" {\n  default = "${b}"\n}\n${awsBlock('x').replace('iam::x', 'iam::${var.account}')}${parameter()}`,
};
const run = (inner = '', name = 'one') => `run "${name}" {\n${inner}}\n`;
const variables = (account: string) => `variables {\n  account = "${account}"\n}\n`;
const test = (files: Written, line = 'terraform test') => waysOf({ ...project, ...files }, { line });

describe('terraform test', () => {
  it('has no provider without a run', async () => {
    expect(await test({})).toEqual([]);
    expect(await test({ 'tests/a.tftest.hcl': variables(c) })).toEqual([]);
  });

  it('reaches what the project does', async () => {
    expect(await test({ 'a.tftest.hcl': run() })).toEqual([`aws → ${b}`]);
  });

  it('gives the variables of a file, and of a run, which win', async () => {
    expect(await test({ 'tests/a.tftest.hcl': variables(c) + run() })).toEqual([`aws → ${c}`]);
    expect(await test({ 'tests/a.tftest.hcl': variables(c) + run(variables(a)) })).toEqual([`aws → ${a}`]);
    expect(await test({ 'tests/a.tftest.hcl': run() + run(variables(c), 'two') })).toEqual([`aws → ${b}`, `aws (tests/a.tftest.hcl: two) → ${c}`]);
    expect(await test({ 'a.tftest.hcl': run(), 'tests/terraform.tfvars': `account = "${c}"` })).toEqual([`aws → ${b}`]);
    expect(await test({ 'tests/a.tftest.hcl': run(), 'tests/terraform.tfvars': `account = "${c}"` })).toEqual([`aws → ${c}`]);
  });

  it('takes what only a test file gives a value, which its providers and its runs may use', async () => {
    const files = { 'main.tf': parameter(), 'tests/a.tftest.hcl': `variables {\n  mine = "${c}"\n}\n${awsBlock('${var.mine}')}${run()}` };
    expect(await test(files)).toEqual([`aws → ${c}`]);
    expect(await test({ 'tests/a.tftest.hcl': `variables {\n  mine = "${c}"\n}\n${run('  variables {\n    account = var.mine\n  }\n')}` })).toEqual([
      `aws → ${c}`,
    ]);
    const given = { 'main.tf': parameter(), 'tests/a.tftest.hcl': awsBlock('${var.mine}') + run(), 'tests/terraform.tfvars': `mine = "${c}"` };
    expect(await test(given)).toEqual([`aws → ${c}`]);
    const ofRun = { 'main.tf': parameter(), 'tests/a.tftest.hcl': `variables {\n  mine = "${c}"\n}\n${awsBlock('${var.mine}')}${run(variables(a))}` };
    expect(await test(ofRun)).toEqual([`aws → ${c}`]);
  });

  it('does not know what a command line gives for a name that the project does not declare, as it may be an expression', async () => {
    const files = { 'main.tf': parameter(), 'tests/a.tftest.hcl': awsBlock(`\${try(var.mine, "${c}")}`) + run() };
    const [way = ''] = await test(files, `terraform test -var=mine=${b}`);
    expect(way).toMatch(/^aws → \?/);
  });

  it('does not know what a run gives that only another run tells', async () => {
    expect(await test({ 'tests/a.tftest.hcl': run('  variables {\n    account = run.zero.account\n  }\n') })).toEqual([
      'aws → ?arn:aws:iam::${var.account}:role/deploy',
    ]);
  });

  it.each(['-test-directory=acc', '-test-directory acc'])('looks for files where it is told: %s', async (option) => {
    const files = { 'acc/a.tftest.hcl': run(variables(c)), 'tests/b.tftest.hcl': run(variables(a)) };
    expect(await test(files, `terraform test ${option}`)).toEqual([`aws → ${c}`]);
  });

  it('reads files in JSON, and with OpenTofu its own', async () => {
    expect(await test({ 'tests/a.tftest.json': JSON.stringify({ run: { one: { variables: { account: c } } } }) })).toEqual([`aws → ${c}`]);
    expect(await test({ 'tests/a.tofutest.hcl': run(variables(c)) })).toEqual([]);
    expect(await test({ 'tests/a.tofutest.hcl': run(variables(c)) }, 'tofu test')).toEqual([`aws → ${c}`]);
  });

  it('asks AWS nothing with a mocked provider', async () => {
    expect(await test({ 'tests/a.tftest.hcl': `mock_provider "aws" {}\n${run()}` })).toEqual([]);
    expect(await test({ 'tests/a.tftest.hcl': `mock_provider "aws" {\n  alias = "fake"\n}\n${run('  providers = {\n    aws = aws.fake\n  }\n')}` })).toEqual(
      [],
    );
    expect(await test({ 'tests/a.tftest.hcl': `mock_provider "aws" {\n  alias = "fake"\n}\n${run()}` })).toEqual([`aws → ${b}`]);
  });

  it('holds no provider of one run to what another run says of a mocked one', async () => {
    const checked = `check "account" {\n  data "aws_caller_identity" "this" {}\n  assert {\n    condition     = data.aws_caller_identity.this.account_id == var.account\n    error_message = "no"\n  }\n}\n`;
    const mocked = `mock_provider "aws" {}\n${variables(c)}${run()}`;
    const files = { 'main.tf': project['main.tf'] + checked, 'tests/a.tftest.hcl': mocked, 'tests/b.tftest.hcl': run() };
    const { providers, statements } = await readingOf(files, { line: 'terraform test' });
    expect(providers.map(({ address }) => address)).toEqual(['aws']);
    expect(statements.map((one) => [one.providers, namedBy(one)])).toEqual([
      [['aws (tests/a.tftest.hcl: one)'], [c]],
      [['aws'], [b]],
    ]);
  });

  it('takes the providers of a file in place of the project’s, those that a run names', async () => {
    expect(await test({ 'tests/a.tftest.hcl': awsBlock(c) + run() })).toEqual([`aws → ${c}`]);
    const aliased = awsBlock(c, 'alias = "other"');
    for (const none of ['{}', '{\n  }']) expect(await test({ 'tests/a.tftest.hcl': awsBlock(c) + run(`  providers = ${none}\n`) })).toEqual([`aws → ${c}`]);
    const inJson = { provider: { aws: { assume_role: { role_arn: `arn:aws:iam::${c}:role/x` } } }, run: { one: { providers: {} } } };
    expect(await test({ 'tests/a.tftest.json': JSON.stringify(inJson) })).toEqual([`aws → ${c}`]);
    expect(await test({ 'tests/a.tftest.hcl': aliased + run('  providers = {\n    aws = aws.other\n  }\n') })).toEqual([`aws → ${c}`]);
  });

  describe('with values of its own in the place of others', () => {
    const role = awsBlock('x').replace('"arn:aws:iam::x:role/deploy"', 'module.accounts.role');
    const accounts = 'module "accounts" {\n  source = "./accounts"\n}\n';
    const files = { 'main.tf': accounts + role + parameter(), 'accounts/main.tf': `output "role" {\n  value = "arn:aws:iam::${b}:role/deploy"\n}\n` };
    const override = (kind: string, target: string) => `override_${kind} {\n  target = ${target}\n}\n`;
    const ofTest = async (text: string, more: Written = {}) => waysOf({ ...files, ...more, 'a.tftest.hcl': text }, { line: 'terraform test' });

    it.each([
      ['a file', override('module', 'module.accounts') + run()],
      ['a run', run(override('module', 'module.accounts'))],
      ['an instance', run(override('module', 'module.accounts[0]'))],
      ['a mocked provider', `mock_provider "random" {\n${override('module', 'module.accounts')}}\n${run()}`],
      ['the files of a mocked provider', `mock_provider "random" {\n  source = "./mocks"\n}\n${run()}`],
    ])('does not know what a module gives that is overridden by %s', async (_by, text) => {
      expect(await ofTest(text)).toEqual(['aws → ?module.accounts.role']);
    });

    it('knows what another module gives', async () => {
      expect(await ofTest(override('module', 'module.others') + run())).toEqual([`aws → ${b}`]);
      expect(await ofTest(run(override('module', 'module.accounts')) + run('', 'two'))).toEqual([
        'aws → ?module.accounts.role',
        `aws (a.tftest.hcl: two) → ${b}`,
      ]);
    });

    it.each([
      ['a data source', 'data.aws_caller_identity.this', `data "aws_caller_identity" "this" {}\n`, ''],
      ['a data source of a check', 'data.aws_caller_identity.this', '', `  data "aws_caller_identity" "this" {}\n`],
    ])('does not know what a condition says by %s that is overridden', async (_kind, target, data, inCheck) => {
      const checked = `${data}check "account" {\n${inCheck}  assert {\n    condition     = data.aws_caller_identity.this.account_id == "${c}"\n    error_message = "no"\n  }\n}\n`;
      const outcomes = async (text: string) => {
        const { statements } = await readingOf({ 'main.tf': project['main.tf'] + checked, 'a.tftest.hcl': text }, { line: 'terraform test' });
        return statements.flatMap((one) => one.outcomes.map((row) => `${row.accounts.join()} ${row.outcome}`));
      };
      expect(await outcomes(run())).toContain(`${c} holds`);
      expect(new Set((await outcomes(override('data', target) + run())).map((row) => row.split(' ')[1]))).toEqual(new Set(['unknown']));
    });

    it('does not know what a postcondition says of itself', async () => {
      const own = `data "aws_caller_identity" "this" {\n  lifecycle {\n    postcondition {\n      condition     = self.account_id == "${c}"\n      error_message = "no"\n    }\n  }\n}\n`;
      const text = override('data', 'data.aws_caller_identity.this') + run();
      const { statements } = await readingOf({ 'main.tf': project['main.tf'] + own, 'a.tftest.hcl': text }, { line: 'terraform test' });
      expect(statements.flatMap((one) => namedBy(one))).toEqual([]);
      expect(statements).toHaveLength(1);
    });

    it('says that there are such values', async () => {
      const told = async (text: string) => (await readingOf({ ...files, 'a.tftest.hcl': text }, { line: 'terraform test' })).hasMocks;
      expect(await told(run())).toBeUndefined();
      for (const mock of [
        override('data', 'data.aws_ssm_parameter.x'),
        override('resource', 'aws_ssm_parameter.x'),
        'mock_provider "aws" {\n  alias = "x"\n}\n',
      ]) {
        expect(await told(mock + run())).toBe(true);
        expect(await told(run() + run(mock.startsWith('mock') ? '' : mock, 'two') + (mock.startsWith('mock') ? mock : ''))).toBe(true);
      }
    });
  });

  it('runs the modules that a run names', async () => {
    const helper = run('  module {\n    source = "./tests/setup"\n  }\n');
    expect(await test({ 'tests/a.tftest.hcl': helper, 'tests/setup/main.tf': awsBlock(c) + parameter() })).toEqual([`aws → ${c}`]);
    const gone = await readingOf({ ...project, 'tests/a.tftest.hcl': run('  module {\n    source = "acme/setup/aws"\n  }\n') }, { line: 'terraform test' });
    expect(gone.unreadModules).toEqual([{ path: 'test.tests.a.one', reason: 'not-installed' }]);
  });
});
