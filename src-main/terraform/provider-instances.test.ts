import { describe, expect, it } from 'vitest';
import { judged } from '../../testing/terraform/judged.ts';
import { readingOf, waysOf } from '../../testing/terraform/written-project.ts';

const [b, c] = ['222222222222', '333333333333'];
const accounts = `locals {\n  accounts = {\n    dev  = "${b}"\n    prod = "${c}"\n  }\n}\n`;
const roleIn = (account: string) => `assume_role {\n    role_arn = "arn:aws:iam::${account}:role/deploy"\n  }`;
const provider = (each: string, ...lines: string[]) =>
  `provider "aws" {\n  alias    = "by"\n  for_each = ${each}\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
const used =
  'resource "aws_ssm_parameter" "this" {\n  for_each = local.accounts\n  provider = aws.by[each.key]\n  name     = "x"\n  type     = "String"\n  value    = "x"\n}\n';
const tofu = { line: 'tofu apply' };

describe('a provider with for_each, which OpenTofu has', () => {
  it('leads where its role says, if that is the same for each instance', async () => {
    const regions = provider('toset(["us-east-1", "eu-west-1"])', 'region = each.value', roleIn(b));
    expect(await waysOf({ 'main.tofu': accounts + regions + used }, tofu)).toEqual([`aws.by → ${b}`]);
  });

  it('is decided at run time where its instances have roles of their own, by the accounts that are allowed for one of them', async () => {
    const reading = await readingOf(
      { 'main.tofu': accounts + provider('local.accounts', 'allowed_account_ids = [each.value]', roleIn('${each.value}')) + used },
      tofu,
    );
    expect(judged(reading, { relayed: true })).toMatchObject({ verdict: 'at-run-time', stated: [b, c], rows: [{ address: 'aws.by', verdict: 'at-run-time' }] });
    expect(judged(reading, { relayed: false })).toMatchObject({ verdict: 'unknown' });
  });

  it('is a mismatch where its one role leads to an account that is allowed for none of its instances', async () => {
    const main = accounts + provider('local.accounts', 'allowed_account_ids = [each.value]', roleIn('444444444444')) + used;
    expect(judged(await readingOf({ 'main.tofu': main }, tofu), { relayed: true })).toMatchObject({ verdict: 'mismatch' });
  });

  it.each([
    ['allowed_account_ids = each.key == "dev" ? [each.value] : null', 'an instance allows every account'],
    ['forbidden_account_ids = [each.value]', 'each forbids another account'],
  ])('has nothing stated with %s: %s', async (line) => {
    const reading = await readingOf({ 'main.tofu': accounts + provider('local.accounts', line, roleIn('${each.value}')) + used }, tofu);
    expect(judged(reading, { relayed: true })).toMatchObject({ verdict: 'at-run-time', stated: [] });
  });

  it('has a role that is not known where its instances are not known', async () => {
    const main = provider('var.accounts', 'allowed_account_ids = [each.value]', roleIn('${each.value}')) + used.replace('local.accounts', 'var.accounts');
    expect(await waysOf({ 'main.tofu': `variable "accounts" {}\n${main}` }, tofu)).toEqual(['aws.by → ?arn:aws:iam::${each.value}:role/deploy']);
  });

  it('brings keys of its own where one of its instances does, and may lead past the relay', async () => {
    const own = provider('local.accounts', 'access_key = each.key == "dev" ? "x" : null', roleIn(b));
    expect(await waysOf({ 'main.tofu': accounts + own + used }, tofu)).toEqual([`aws.by → ${b} own access_key`]);
    const silent = provider('local.accounts', 'skip_requesting_account_id = each.key == "dev"', roleIn(b));
    expect(await waysOf({ 'main.tofu': accounts + silent + used }, tofu)).toEqual([`aws.by → ${b} ? skip_requesting_account_id at main.tofu:7`]);
  });
});
