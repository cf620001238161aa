import { describe, expect, it } from 'vitest';
import { awsBlock, parameter, readingOf, waysOf, type Written } from '../../testing/terraform/written-project.ts';

const [b, c] = ['222222222222', '333333333333'];
const requires = (...lines: readonly string[]) => `terraform {\n  required_providers {\n${lines.map((line) => `    ${line}\n`).join('')}  }\n}\n`;
const aws = 'aws = { source = "hashicorp/aws" }';
const builtIn = (local: string) => `${local} = { source = "terraform.io/builtin/terraform" }`;
const local = (value: string) => `locals {\n  account = ${value}\n}\n`;
const project = (requirements: string, value: string, files: Written = {}): Written => ({
  'main.tf': requirements + local(value) + awsBlock('${local.account}') + parameter(),
  ...files,
});
const unknown = 'aws → ?arn:aws:iam::${local.account}:role/deploy';

describe('a function of a provider', () => {
  const parse = (name: string) => `provider::${name}::arn_parse("arn:aws:iam::${b}:role/x").account_id`;

  it('is known by the module’s own name for the provider', async () => {
    const named = project(requires(aws), parse('aws'));
    expect(await waysOf(named)).toEqual([`aws → ${b}`]);
    expect(await waysOf(project(requires('amazon = { source = "registry.terraform.io/hashicorp/aws" }'), parse('amazon')))).toEqual([`aws → ${b}`]);
  });

  it('is not known for a provider of another source, be its name the usual one', async () => {
    expect(await waysOf(project(requires('aws = { source = "hashicorp/aws" }', 'acme = { source = "acme/other" }'), parse('acme')))).toEqual([unknown]);
    const [way = ''] = await waysOf(project(requires('aws = { source = "acme/aws" }'), parse('aws')));
    expect(way).toContain('?arn');
    expect(await waysOf(project(requires(aws), `provider::aws::unheard_of("${b}")`))).toEqual([unknown]);
  });

  it('is another one in a module that has the name for another provider, whatever the text of both is', async () => {
    const module = (source: string) => `${requires(aws, `own = { source = "${source}" }`)}${local(parse('own'))}${awsBlock('${local.account}')}${parameter()}`;
    const files = {
      'main.tf': 'module "m" {\n  source = "./m"\n}\nmodule "n" {\n  source = "./n"\n}\n',
      'm/main.tf': module('hashicorp/aws'),
      'n/main.tf': module('acme/other'),
    };
    expect((await waysOf(files)).map((way) => way.replace(/ \(.*/, ''))).toEqual([`module.m.aws → ${b}`, `module.n.${unknown}`]);
  });

  it('takes the ARN of the session apart, whatever its account is', async () => {
    const parsedArn = 'provider::aws::arn_parse(data.aws_caller_identity.me.arn)';
    const check = (condition: string) => `check "a" {\n  assert {\n    condition     = ${condition}\n    error_message = "x"\n  }\n}\n`;
    const files = { 'main.tf': `${requires(aws)}data "aws_caller_identity" "me" {}\n${awsBlock(b)}${check(`${parsedArn}.account_id == "${c}"`)}` };
    expect((await readingOf(files)).statements[0]?.outcomes).toEqual([
      { accounts: [null], outcome: 'fails' },
      { accounts: [c], outcome: 'holds' },
    ]);
    const odd = { 'main.tf': files['main.tf'].replace(/condition .*/, `condition = can(provider::aws::arn_parse(data.aws_caller_identity.me.account_id))`) };
    expect((await readingOf(odd)).statements[0]?.outcomes).toContainEqual({ accounts: [b], outcome: 'fails' });
  });

  it('is not known in a template of a file', async () => {
    const files = { 'role.tpl': `\${provider::aws::arn_parse("arn:aws:iam::${b}:role/x").account_id}` };
    expect(await waysOf(project(requires(aws), 'templatefile("role.tpl", {})', files))).toEqual([unknown]);
  });
});

describe('the functions that are built into Terraform', () => {
  const decoded = async (text: string, value: string) => {
    const call = value.replace('TFVARS', 'provider::terraform::decode_tfvars(file("a.tfvars"))');
    const [way] = await waysOf(project(requires(aws, builtIn('terraform')), call, { 'a.tfvars': text }));
    return way;
  };

  it('read a file of variables', async () => {
    expect(await decoded(`account_id = "${b}"\n`, 'TFVARS.account_id')).toBe(`aws → ${b}`);
    expect(await decoded(`# one\naccounts = {\n  main = ["${b}", ${c}]\n}\n`, 'TFVARS.accounts["main"][1]')).toBe(`aws → ${c}`);
    expect(
      await decoded(
        `a = <<E\n${b}\nE\nb = [for x in [1, 2] : x * 2]\n`,
        'TFVARS.b[1] == 4 ? chomp(TFVARS.a) : ""'.replaceAll('TFVARS', 'provider::terraform::decode_tfvars(file("a.tfvars"))'),
      ),
    ).toBe(`aws → ${b}`);
    const own = project(requires(aws, builtIn('mine')), `provider::mine::decode_tfvars("a = ${b}").a`);
    expect(await waysOf(own)).toEqual([`aws → ${b}`]);
  });

  it.each([
    ['a function', 'a = upper("x")\n'],
    ['a variable', 'a = var.x\n'],
    ['a variable in a text', 'a = "x-${b}"\n'],
    ['a block', 'a {\n}\n'],
  ])('refuse one with %s', async (_name, text) => {
    expect(await decoded(text, `can(TFVARS) ? "${b}" : "${c}"`)).toBe(`aws → ${c}`);
  });

  it('do not know what is none', async () => {
    expect(await decoded('a = [\n', `can(TFVARS) ? "${b}" : "${c}"`)).toBe(unknown);
  });

  it.each([
    ['encode_expr("a\\"$${b}\\n")', '"a\\"$${b}\\n"'],
    ['encode_expr([1, true, null, "<&>"])', '[1, true, null, "<&>"]'],
    ['encode_expr({ a = 1, "b c" = [1] })', '{\n  a     = 1\n  "b c" = [1]\n}'],
    ['encode_expr(toset(["b", "a"]))', '["a", "b"]'],
    ['encode_expr([])', '[]'],
    ['encode_expr({})', '{}'],
    ['encode_expr(1.5)', '1.5'],
    ['encode_tfvars({ b = 1, a = "x", long_name = [1, "y"] })', 'a         = "x"\nb         = 1\nlong_name = [1, "y"]\n'],
    ['encode_tfvars({})', ''],
    ['encode_tfvars({ a = null })', 'a = null\n'],
  ])('write as Terraform does: %s', async (call, text) => {
    const files = { 'expected.txt': text };
    const value = `provider::terraform::${call} == file("expected.txt") ? "${b}" : "${c}"`;
    expect(await waysOf(project(requires(aws, builtIn('terraform')), value, files))).toEqual([`aws → ${b}`]);
  });

  it.each(['encode_expr({ a = { b = 1 } })', 'encode_expr("é")', 'encode_tfvars(tomap({ a = "x" }))'])('do not know how Terraform writes %s', async (call) => {
    const value = `provider::terraform::${call} == "x" ? "${b}" : "${c}"`;
    expect(await waysOf(project(requires(aws, builtIn('terraform')), value))).toEqual([unknown]);
  });
});
