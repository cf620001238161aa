import type { Written } from './written-project.ts';

/** The accounts that the large projects reach. */
export const largeProjectAccounts = ['222222222222', '333333333333'];
const role = (account: string) => `arn:aws:iam::${account}:role/deploy`;
const provider = `provider "aws" {\n  region = "eu-west-1"\n  assume_role {\n    role_arn = "${role('222222222222')}"\n  }\n}\n`;
const many = (count: number, line: (at: number) => string) => Array.from({ length: count }, (_none, index) => line(index)).join('');
const bucket = (name: string) => `resource "aws_s3_bucket" "${name}" {\n  bucket = "bucket-${name}-\${var.suffix}"\n  tags = {\n    Name = "x"\n  }\n}\n`;
const regions = ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1', 'eu-central-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'sa-east-1'];

const entry = (at: number, account: string) => `  team_${at}:\n    id: "${account}"\n    owner: team-${at}@example.com\n    tags:\n      tier: silver\n`;
const accountAt = (at: number) => String(500_000_000_000 + at);
const me = 'data "aws_caller_identity" "current" {}\n';
const registry = `locals {\n  accounts = {\n${many(200, (at) => `    team_${at} = "${accountAt(at)}"\n`)}  }\n}\n`;
const named = (name: string) =>
  `resource "aws_s3_bucket" "b${name.replaceAll(/\W/g, '_')}" {\n  lifecycle {\n    precondition {\n      condition = length("${name}-\${data.aws_caller_identity.current.account_id}") <= 63\n      error_message = "x"\n    }\n  }\n}\n`;
const knownIn = (ids: string) =>
  `check "known" {\n  assert {\n    condition = contains(${ids}, data.aws_caller_identity.current.account_id)\n    error_message = "x"\n  }\n}\n`;
const hundredServices = `module "service" {\n  source = "./service"\n  for_each = toset([for at in range(100) : "service-\${at}"])\n  name = each.key\n}\n`;
const accountsType = 'map(object({ id = string, name = optional(string, "x"), tags = optional(map(string), {}) }))';
const calls = (source: string, count: number) => many(count, (at) => `module "m${at}" {\n  source = "${source}"\n  accounts = var.accounts\n}\n`);

/** Projects of the sizes that large teams have, and of what tools generate. Each reaches account 222222222222, by default or at most one more. */
export const largeProjects: Readonly<Record<string, () => Written>> = {
  '8,000 resources in one file': () => ({ 'main.tf': `variable "suffix" {\n  default = "x"\n}\n${provider}${many(8_000, (at) => bucket(`b${at}`))}` }),
  '2,000 files of 3 resources': () => ({
    'main.tf': `variable "suffix" {\n  default = "x"\n}\n${provider}`,
    ...Object.fromEntries(
      Array.from({ length: 2_000 }, (_none, index) => [`part_${index}.tf`, bucket(`b${index}_1`) + bucket(`b${index}_2`) + bucket(`b${index}_3`)]),
    ),
  }),
  '250 calls of a module of 41 files': () => ({
    'main.tf': provider + many(250, (at) => `module "m${at}" {\n  source = "./m"\n  suffix = "s${at}"\n}\n`),
    'm/main.tf': 'variable "suffix" {}\n',
    ...Object.fromEntries(Array.from({ length: 40 }, (_none, index) => [`m/part_${index}.tf`, bucket(`b${index}`)])),
  }),
  '250 providers of 2 roles': () => ({
    'main.tf': many(250, (at) => {
      const account = largeProjectAccounts[at % 2] ?? '';
      const block = `provider "aws" {\n  alias = "p${at}"\n  region = "${regions[at % regions.length] ?? ''}"\n  allowed_account_ids = ["${account}"]\n  assume_role {\n    role_arn = "${role(account)}"\n  }\n}\n`;
      return `${block}resource "aws_s3_bucket" "b${at}" {\n  provider = aws.p${at}\n}\n`;
    }),
  }),
  '200 providers of 2 roles, which one YAML file names': () => ({
    'accounts.yaml': `accounts:\n${many(200, (at) => entry(at, largeProjectAccounts[at % 2] ?? ''))}`,
    'main.tf': `locals {\n  accounts = yamldecode(file("\${path.module}/accounts.yaml")).accounts\n}\n${many(200, (at) => {
      const id = `local.accounts.team_${at}.id`;
      const block = `provider "aws" {\n  alias = "team_${at}"\n  region = "eu-west-1"\n  allowed_account_ids = [${id}]\n  assume_role {\n    role_arn = "${role(`\${${id}}`)}"\n  }\n}\n`;
      return `${block}resource "aws_s3_bucket" "b${at}" {\n  provider = aws.team_${at}\n}\n`;
    })}`,
  }),
  '20 MB of variables': () => ({
    'main.tf': `variable "table" {}\nvariable "account" {}\nvariable "suffix" {\n  default = "x"\n}\n${provider.replace('222222222222', '${var.account}')}${bucket('b')}`,
    'terraform.tfvars': `account = "222222222222"\ntable = {\n${many(190_000, (at) => `  key_${at} = { name = "value ${at} ${'z'.repeat(40)}", list = ["x", "y", ${at}] }\n`)}}\n`,
  }),
  'a heredoc of 1.3 MB': () => ({
    'main.tf': `variable "suffix" {\n  default = "x"\n}\n${provider}${bucket('b')}locals {\n  text = <<-EOT\n${many(20_000, (at) => `    line ${at} of a text with \${var.suffix} in each of them, as it were\n`)}  EOT\n}\n`,
  }),
};

/** Projects whose conditions and values would be worked out again and again. Each reaches account 222222222222. */
export const intricateProjects: Readonly<Record<string, () => Written>> = {
  '100 instances of 10 conditions on names, with 200 accounts': () => ({
    'main.tf': provider + registry + hundredServices,
    'service/main.tf': `variable "name" {}\n${me}${many(10, (at) => named(`\${var.name}-${at}`))}`,
  }),
  '1,000 conditions on names, with 200 accounts': () => ({ 'main.tf': provider + registry + me + many(1_000, (at) => named(`data-${at}`)) }),
  '100 instances that each read a list of 200 accounts': () => ({
    'accounts.yaml': `accounts:\n${many(200, (at) => entry(at, accountAt(at)))}${entry(200, '222222222222')}`,
    'main.tf': provider + hundredServices,
    'service/main.tf': `variable "name" {}\n${me}locals {\n  read = yamldecode(file("\${path.module}/../accounts.yaml"))\n  ids = { for key, one in local.read.accounts : one.id => key }\n}\n${knownIn('keys(local.ids)')}resource "aws_s3_bucket" "b" {}\n`,
  }),
  '200 accounts that are handed down through five levels to 128 checks': () => ({
    'terraform.tfvars.json': JSON.stringify({
      accounts: Object.fromEntries(Array.from({ length: 200 }, (_none, at) => [`a${at}`, { id: at === 7 ? '222222222222' : accountAt(at), tags: { a: 'b' } }])),
    }),
    'main.tf': `variable "accounts" {\n  type = ${accountsType}\n}\n${provider}${calls('./level1', 8)}`,
    ...Object.fromEntries(
      Array.from({ length: 4 }, (_none, at) => [
        `level${at + 1}/main.tf`,
        `variable "accounts" {\n  type = ${accountsType}\n}\n${calls(`../level${at + 2}`, 2)}`,
      ]),
    ),
    'level5/main.tf': `variable "accounts" {\n  type = ${accountsType}\n}\n${me}${knownIn('[for one in var.accounts : one.id]')}resource "aws_s3_bucket" "b" {}\n`,
  }),
  'a chain of 20,000 locals': () => ({
    'main.tf': `locals {\n  l0 = "222222222222"\n${many(20_000, (at) => `  l${at + 1} = local.l${at}\n`)}}\n${provider.replace('222222222222', '${local.l20000}')}resource "aws_s3_bucket" "b" {}\n`,
  }),
};
