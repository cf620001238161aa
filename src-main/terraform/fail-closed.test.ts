import { describe, expect, it } from 'vitest';
import { awsBlock, parameter, readingOf, waysOf } from '../../testing/terraform/written-project.ts';

const b = '222222222222';
const c = '333333333333';
const role = (account: string) => `role_arn = "arn:aws:iam::${account}:role/deploy"`;
const required = (source: string, local = 'aws') => `terraform {\n  required_providers {\n    ${local} = {\n      source = "${source}"\n    }\n  }\n}\n`;
const awsWith = (more: string) => waysOf({ 'main.tf': `variable "off" {\n  default = false\n}\n${awsBlock(b, more)}${parameter()}` });

describe('a provider block', () => {
  it.each([
    ['endpoints {\n    sts = "https://sts.example.com"\n  }', 'endpoints.sts'],
    ['dynamic "endpoints" {\n    for_each = [1]\n    content {\n      sts = "https://sts.example.com"\n    }\n  }', 'dynamic "endpoints"'],
    ['dynamic "assume_role_with_web_identity" {\n    for_each = [1]\n    content {}\n  }', 'dynamic "assume_role_with_web_identity"'],
    ['dynamic "sts" {\n    for_each = var.off ? [] : [1]\n    content {}\n  }', 'dynamic "sts"'],
    ['skip_requesting_account_id = true', 'skip_requesting_account_id'],
    ['skip_credentials_validation = !var.off', 'skip_credentials_validation'],
    ['skip_credentials_validation = var.gone', 'skip_credentials_validation'],
    ['from_the_future = "x"', 'from_the_future'],
    ['count = 2', 'count'],
  ])('is not known to lead anywhere with what the guard does not model: %s', async (more, what) => {
    const [way] = await awsWith(more);
    expect(way).toContain(`? ${what} at main.tf:`);
  });

  it.each([
    'endpoints {\n    s3 = "https://vpce.example.com"\n  }',
    'endpoints {\n    sts = var.off ? "x" : null\n  }',
    'dynamic "endpoints" {\n    for_each = var.off ? [1] : []\n    content {\n      sts = "http://localhost"\n    }\n  }',
    'skip_credentials_validation = var.off',
    'skip_region_validation = true\n  max_retries = 3\n  default_tags {\n    tags = {\n      a = "b"\n    }\n  }',
    'dynamic "default_tags" {\n    for_each = [1]\n    content {\n      tags = {}\n    }\n  }',
  ])('leads where its role says with what has no say in it: %s', async (more) => {
    expect(await awsWith(more)).toEqual([`aws → ${b}`]);
  });

  it('has the line of what is not modelled', async () => {
    expect(await awsWith('token_of_mine = 1\n  endpoints {\n    sts = "x"\n  }')).toEqual([
      `aws → ${b} ? token_of_mine at main.tf:4 ? endpoints.sts at main.tf:7`,
    ]);
  });

  it('may say all of a role that its documentation names, and nothing else', async () => {
    const full = 'duration = "1h"\n    policy = "{}"\n    policy_arns = []\n    source_identity = "x"\n    tags = {}\n    transitive_tag_keys = []';
    const block = (inner: string) => `provider "aws" {\n  assume_role {\n    ${role(b)}\n    ${inner}\n  }\n}\n${parameter()}`;
    expect(await waysOf({ 'main.tf': block(full) })).toEqual([`aws → ${b}`]);
    expect(await waysOf({ 'main.tf': block('via = "x"') })).toEqual([`aws → ${b} ? assume_role.via at main.tf:2`]);
  });

  it('assumes its roles in the order of the file, dynamic or not', async () => {
    const [hub, target] = [
      `  dynamic "assume_role" {\n    for_each = [1]\n    content {\n      ${role(b)}\n    }\n  }\n`,
      `  assume_role {\n    ${role(c)}\n  }\n`,
    ];
    expect(await waysOf({ 'main.tf': `provider "aws" {\n${hub}${target}}\n${parameter()}` })).toEqual([`aws → ${b} → ${c}`]);
    expect(await waysOf({ 'main.tf': `provider "aws" {\n${target}${hub}}\n${parameter()}` })).toEqual([`aws → ${c} → ${b}`]);
  });

  it('of awscc may name the role that CloudFormation takes, which is not assumed', async () => {
    const block = `provider "awscc" {\n  ${role(c)}\n  assume_role = {\n    ${role(b)}\n  }\n}\nresource "awscc_s3_bucket" "x" {}\n`;
    expect(await waysOf({ 'main.tf': block })).toEqual([`awscc → ${b}`]);
  });
});

describe('a provider that runs already', () => {
  const project = { 'main.tf': awsBlock(b) + parameter() };
  const withReattached = (value: string, line = 'terraform plan') => waysOf(project, { line, env: { TF_REATTACH_PROVIDERS: value } });
  const doubted = [`aws → ${b} ? TF_REATTACH_PROVIDERS`];

  it.each(['{"hashicorp/aws":{}}', '{"registry.terraform.io/hashicorp/AWS":{}}', '{"aws":{}}', '{"hashicorp/random":{},"hashicorp/ａｗｓ":{}}', '[]', 'x'])(
    'has credentials of its own, or may have: %s',
    async (value) => {
      expect(await withReattached(value)).toEqual(doubted);
      expect(await withReattached(value, 'tofu plan')).toEqual(doubted);
    },
  );

  it('has no part in a project that asks for another one', async () => {
    for (const value of ['', '{}', '{"hashicorp/random":{}}', '{"acme/aws":{}}']) expect(await withReattached(value)).toEqual([`aws → ${b}`]);
  });
});

describe('a provider of another source', () => {
  it.each([
    ['registry.example.com/mirror/aws', 'registry.example.com/mirror/aws'],
    ['acme/aws', 'acme/aws'],
    ['acme/awscc', 'acme/awscc'],
  ])('is not known to lead where HashiCorp’s would: %s', async (source, told) => {
    const type = source.split('/').at(-1) ?? '';
    const project = { 'main.tf': required(source, type) + awsBlock(b, '', type) + `resource "${type}_thing" "x" {}\n` };
    expect(await waysOf(project)).toEqual([`${type} → ${b} from ${told}`]);
  });

  it('of a partner of AWS takes the same credentials', async () => {
    const project = { 'main.tf': required('cloudposse/awsutils', 'awsutils') + awsBlock(b, '', 'awsutils') + 'resource "awsutils_guardduty" "x" {}\n' };
    expect(await waysOf(project)).toEqual([`awsutils → ${b} from cloudposse/awsutils`]);
  });

  it.each(['hashicorp/ａｗｓ', 'hashicorp/ⓐws', 'hashicorp/awſ', 'hashicorp/aw\u00ADs', 'ｈashicorp/aws', 'registry.terraform.io/ｈashicorp/ａｗｓ'])(
    'is not known where its name is written in letters that Terraform takes for others: %s',
    async (source) => {
      expect(await waysOf({ 'main.tf': required(source) + awsBlock(b) + parameter() })).toEqual([`aws → ${b} from ${source}`]);
    },
  );

  describe('that has nothing of AWS in its name', () => {
    const [source, type] = ['registry.example.com/acme/amazon', 'aws_ssm_parameter'];

    it('is not known to lead anywhere where a module calls it by a name of AWS’s, whatever others call it', async () => {
      expect(await waysOf({ 'main.tf': required(source) + awsBlock(b) + parameter() })).toEqual([`aws → ${b} from ${source}`]);
      expect(await waysOf({ 'main.tf': required(source) + awsBlock(b) })).toEqual([`aws → ${b} from ${source}`]);
      const inModule = {
        'main.tf': required(source, 'amazon') + awsBlock(b, '', 'amazon') + 'module "m" {\n  source = "./m"\n}\n',
        'm/main.tf': required(source) + parameter(),
      };
      expect(await waysOf(inModule)).toEqual([`amazon → ${b} from ${source}`]);
    });

    it.each([
      `resource "${type}" "x" {\n  provider = amazon.own\n}\n`,
      `data "${type}" "x" {\n  provider = amazon.own\n}\n`,
      'resource "awscc_ssm_parameter" "x" {\n  provider = amazon.own\n}\n',
      `import {\n  to       = ${type}.x\n  id       = "x"\n  provider = amazon.own\n}\n`,
    ])('nor where resources of AWS use it: %s', async (using) => {
      const own = awsBlock(b, 'alias = "own"', 'amazon');
      expect(await waysOf({ 'main.tf': required(source, 'amazon') + own + using })).toEqual([`amazon.own → ${b} from ${source}`]);
    });

    it('nor where the state has resources of AWS that it made', async () => {
      const state = { version: 4, resources: [{ mode: 'managed', type, name: 'x', provider: `provider["${source}"]`, instances: [{}] }] };
      const files = { 'main.tf': required(source, 'amazon') + awsBlock(b, '', 'amazon'), 'terraform.tfstate': JSON.stringify(state) };
      expect(await waysOf(files)).toEqual([`amazon → ${b} from ${source} (state)`]);
    });

    it('has nothing to do with it otherwise', async () => {
      const own = `${required(source, 'amazon')}provider "amazon" {}\nresource "amazon_thing" "x" {}\n`;
      expect(await waysOf({ 'main.tf': own + awsBlock(b) + parameter() })).toEqual([`aws → ${b}`]);
    });
  });

  it('is HashiCorp’s own on a mirror that keeps its name', async () => {
    for (const source of ['registry.example.com/hashicorp/aws', 'registry.opentofu.org/hashicorp/aws', 'HashiCorp/AWS']) {
      expect(await waysOf({ 'main.tf': required(source) + awsBlock(b) + parameter() })).toEqual([`aws → ${b}`]);
    }
  });

  it('without a tie to AWS has no account', async () => {
    expect(await waysOf({ 'main.tf': 'provider "google" {}\nresource "google_project" "x" {}\n' })).toEqual([]);
  });
});

describe('a run that is carried out elsewhere', () => {
  it.each([
    ['cloud {\n    organization = "acme"\n  }', 'cloud'],
    ['backend "remote" {\n    organization = "acme"\n  }', 'remote'],
  ])('is told by the block that says so: %s', async (block, by) => {
    const { runsElsewhere } = await readingOf({ 'main.tf': `terraform {\n  ${block}\n}\n` });
    expect(runsElsewhere).toEqual({ by, place: { file: 'main.tf', line: 2 } });
  });

  it('is not one with a state elsewhere', async () => {
    expect((await readingOf({ 'main.tf': 'terraform {\n  backend "s3" {}\n}\n' })).runsElsewhere).toBeNull();
  });
});

it('a role has the external ID and the session name that the file spells out, and none that an expression makes of a variable', async () => {
  const assuming = (more: string) => `provider "aws" {\n  assume_role {\n    role_arn = "arn:aws:iam::222222222222:role/one"\n${more}\n  }\n}\n`;
  const secret = 'variable "secret" {}\nlocals {\n  id = var.secret\n}\n';
  const rolesIn = async (main: string, more: Readonly<Record<string, string>> = {}) => {
    const found = await readingOf({ 'main.tf': secret + main, ...more }, { env: { TF_VAR_secret: 'hunter2' } });
    expect(JSON.stringify(found)).not.toContain('hunter2');
    return found.providers.flatMap(({ assumeRoles }) => assumeRoles.map(({ externalId, sessionName }) => ({ externalId, sessionName })));
  };
  const spelledOut = { kind: 'known', value: 'one' };
  expect(await rolesIn(assuming('external_id = "one"\nsession_name = "one"'))).toEqual([{ externalId: spelledOut, sessionName: spelledOut }]);
  for (const expression of ['var.secret', '"x.${var.secret}"', 'local.id']) {
    const [one] = await rolesIn(assuming(`external_id = ${expression}\nsession_name = ${expression}`));
    expect(one).toMatchObject({ externalId: { kind: 'unknown' }, sessionName: null });
  }
  const [whole] = await rolesIn('variable "role" {\n  default = { role_arn = "arn:aws:iam::222222222222:role/one", external_id = "one" }\n}\n', {
    'a.tf.json': '{"provider": {"aws": {"assume_role": "${merge(var.role, {external_id = var.secret})}"}}}',
  });
  expect(whole?.externalId).toMatchObject({ kind: 'unknown' });
});

it('a token for an EKS cluster is found where it is made, in any module that is called, as a data source or ephemeral', async () => {
  const token = (block: string) => `${block} "aws_eks_cluster_auth" "main" {\n  name = "main"\n}\n`;
  const call = 'module "k8s" {\n  source = "./k8s"\n}\n';
  expect((await readingOf({ 'main.tf': call, 'k8s/main.tf': token('data') })).pastRelay).toEqual({
    what: 'eks-token',
    place: { file: 'k8s/main.tf', line: 1 },
  });
  expect((await readingOf({ 'main.tf': token('ephemeral') })).pastRelay).toEqual({ what: 'eks-token', place: { file: 'main.tf', line: 1 } });
  expect((await readingOf({ 'main.tf': 'resource "aws_eks_cluster" "main" {}\n', 'k8s/main.tf': token('data') })).pastRelay).toBeNull();
});

it('a provider with dual-stack endpoints is found, since it takes no other endpoint beside them', async () => {
  const main = (value: string) => `variable "dual" {\n  default = true\n}\nprovider "aws" {\n  use_dualstack_endpoint = ${value}\n}\n`;
  for (const value of ['true', '"true"', 'var.dual'])
    expect((await readingOf({ 'main.tf': main(value) })).pastRelay).toEqual({ what: 'dual-stack', place: { file: 'main.tf', line: 4 } });
  for (const value of ['false', 'null', '!var.dual']) expect((await readingOf({ 'main.tf': main(value) })).pastRelay).toBeNull();
});
