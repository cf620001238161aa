import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { GuardReport } from '../contract/guard.ts';
import { ProjectReading } from '../contract/terraform-project.ts';
import { guardReport } from '../core/terraform/verdict/guard-report.ts';
import { planRun } from '../core/terraform/runs/run.ts';
import { accountOfRole } from '../core/terraform/reading/role-account.ts';
import { awsBlock, parameter, readingOf, waysOf, wayOf, writeProject, type Given, type Written } from '../../testing/terraform/written-project.ts';
import { readProjectOfEither } from './read-project.ts';

const [a, b] = ['111111111111', '222222222222'] as const;

const required = (source: string, local = 'aws') => `terraform {\n  required_providers {\n    ${local} = {\n      source = "${source}"\n    }\n  }\n}\n`;
const checked = (name: string, account: string, provider = '') =>
  `check "${name}" {\n  data "aws_caller_identity" "${name}" {${provider === '' ? '' : `\n    provider = ${provider}\n  `}}\n  assert {\n    condition     = data.aws_caller_identity.${name}.account_id == "${account}"\n    error_message = "no"\n  }\n}\n`;
const module = (name = 'm') => `module "${name}" {\n  source = "./${name}"\n}\n`;
const base = awsBlock(null, 'alias = "base"') + parameter('aws.base');
/** A root that says where its own providers lead, with a module that names no source. */
const withModule = (source: string, ofModule = parameter()): Written => ({
  'main.tf': required(source) + awsBlock(b) + checked('main', b) + base + checked('base', a, 'aws.base') + module(),
  'm/main.tf': ofModule,
});
const state = (provider: string) =>
  JSON.stringify({
    version: 4,
    resources: [{ mode: 'managed', type: 'aws_ssm_parameter', name: 'gone', provider: `provider["${provider}"]`, instances: [{}] }],
  });

const ofTerraform = 'provider["registry.terraform.io/hashicorp/aws"]';
const ofTofu = 'provider["registry.opentofu.org/hashicorp/aws"]';
const [terraform, tofu] = [{ line: 'terraform plan' }, { line: 'tofu plan' }] as const;
const own = [`aws → ${b}`, 'aws.base'];

/** The table when AWS lets the session, which is in the first account, into every role. */
async function reportOf(files: Written, given?: Given): Promise<GuardReport> {
  const reading = await readingOf(files, given);
  return guardReport({
    reading,
    profile: 'default',
    meant: { profiles: ['default'], boundTo: [], accounts: [], relayed: false },
    reached: new Map(reading.providers.map((provider) => [provider.address, { accountId: accountOfRole(provider) ?? a }])),
    sessionAccount: a,
    accountFor: (accountId) => ({ accountId, name: null, alias: null, production: false }),
  });
}

async function verdictsOf(files: Written, given?: Given): Promise<readonly string[]> {
  const { rows } = await reportOf(files, given);
  return rows.map(({ address, account, verdict }) => `${address} → ${account?.accountId ?? '?'}: ${verdict}`);
}

async function waysOfEither(files: Written): Promise<readonly string[]> {
  const folder = writeProject(files);
  try {
    const reading = await readProjectOfEither({ run: planRun({ args: [], env: {}, cwd: folder }), env: {} });
    return reading.ok ? reading.value.providers.map(wayOf) : [reading.error.code];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a module that names no source', () => {
  const [fromTerraform, fromTofu] = [withModule('registry.terraform.io/hashicorp/aws'), withModule('registry.opentofu.org/hashicorp/aws')] as const;

  it('has the provider of the registry of the program that runs, and inherits no other one', async () => {
    expect(await waysOf(fromTofu, terraform)).toEqual([...own, ofTerraform]);
    expect(await waysOf(fromTofu, tofu)).toEqual(own);
    expect(await waysOf(fromTerraform, tofu)).toEqual([...own, ofTofu]);
    expect(await waysOf(fromTerraform, terraform)).toEqual(own);
  });

  it('hands its provider to a module that names the registry of the program that runs, and to no other one', async () => {
    const files = { 'main.tf': awsBlock(b) + module(), 'm/main.tf': required('registry.opentofu.org/hashicorp/aws') + parameter() };
    expect(await waysOf(files, tofu)).toEqual([`aws → ${b}`]);
    expect(await waysOf(files, terraform)).toEqual([`aws → ${b}`, ofTofu]);
    const withPort = { ...files, 'm/main.tf': required('Registry.OpenTofu.org:443/hashicorp/aws') + parameter() };
    expect(await waysOf(withPort, tofu)).toEqual([`aws → ${b}`]);
  });

  it('has a provider without a role where the root takes its own from a registry in the house, whatever is stated of that one', async () => {
    const matching = [`aws → ${b}: match`, `aws.base → ${a}: match`];
    expect(await verdictsOf(withModule('registry.example.com/hashicorp/aws'))).toEqual([...matching, `${ofTerraform} → ${a}: unknown`]);
    expect(await verdictsOf(fromTofu, terraform)).toEqual([...matching, `${ofTerraform} → ${a}: unknown`]);
    expect(await verdictsOf(fromTofu, tofu)).toEqual(matching);
  });

  it('says nothing of the root’s provider by a check on its own', async () => {
    const files = withModule('registry.example.com/hashicorp/aws', parameter() + checked('inside', b));
    expect(await verdictsOf(files)).toEqual([`aws → ${b}: match`, `aws.base → ${a}: match`, `${ofTerraform} → ${a}: mismatch`]);
    const silent = { ...files, 'main.tf': required('registry.example.com/hashicorp/aws') + awsBlock(b) + parameter() + module() };
    expect(await verdictsOf(silent)).toEqual([`aws → ${b}: unstated`, `${ofTerraform} → ${a}: mismatch`]);
  });
});

it('providers of which none has a block have an address each', async () => {
  const asks = (name: string, source: string) => ({ [`${name}/main.tf`]: required(source) + parameter() });
  const files = {
    'main.tf': parameter() + module('m') + module('n') + module('o'),
    ...asks('m', 'registry.example.com/hashicorp/aws'),
    ...asks('n', 'acme/aws'),
    'o/main.tf': parameter(),
  };
  expect(await waysOf(files)).toEqual(['aws', 'provider["registry.example.com/hashicorp/aws"]', 'provider["registry.terraform.io/acme/aws"] from acme/aws']);
  expect((await verdictsOf(files)).map((row) => row.split(' ')[0])).toHaveLength(3);
});

it('a reading in which two providers have one address is refused', async () => {
  const reading = await readingOf({ 'main.tf': awsBlock(b) + parameter() });
  const twice = { ...reading, providers: [...reading.providers, ...reading.providers] };
  expect([reading, twice].map((one) => ProjectReading.safeParse(one).success)).toEqual([true, false]);
});

it('a provider that the root has no name for is in no lines to add', async () => {
  const nothingSaid = { 'main.tf': required('registry.example.com/hashicorp/aws') + awsBlock(b) + parameter() + module(), 'm/main.tf': parameter() };
  const { rows, statementLines } = await reportOf(nothingSaid);
  expect(rows.map(({ address, verdict }) => `${address}: ${verdict}`)).toEqual(['aws: unstated', `${ofTerraform}: unknown`]);
  expect(statementLines).toContain('inside of provider "aws"');
  expect(statementLines).not.toContain('registry');
});

describe('what only the state has', () => {
  const root = { 'main.tf': awsBlock(b) + checked('main', b) };
  const made = (host: string) => ({ 'terraform.tfstate': state(`${host}/hashicorp/aws`) });

  it('is destroyed by the provider that made it, for which Terraform makes up a configuration', async () => {
    expect(await waysOf({ ...root, ...made('registry.opentofu.org') }, terraform)).toEqual([`aws → ${b}`, `${ofTofu} (state)`]);
    expect(await waysOf({ ...root, ...made('registry.terraform.io') }, terraform)).toEqual([`aws → ${b}`]);
    expect(await waysOf({ ...root, ...made('registry.opentofu.org') }, tofu)).toEqual([`aws → ${b}`]);
  });

  it('is taken over by OpenTofu from Terraform’s registry, unless the files name that or the environment forbids it', async () => {
    const files = { ...root, ...made('registry.terraform.io') };
    expect(await waysOf(files, tofu)).toEqual([`aws → ${b}`]);
    const named = { ...files, 'more.tf': required('registry.terraform.io/hashicorp/aws', 'former') };
    expect(await waysOf(named, tofu)).toEqual([`aws → ${b}`, 'former (state)']);
    expect(await waysOf(files, { ...tofu, env: { OPENTOFU_STATEFILE_PROVIDER_ADDRESS_TRANSLATION: '0' } })).toEqual([`aws → ${b}`, `${ofTerraform} (state)`]);
  });

  it('has to reach an account that is meant, whatever its namesake in the files reaches', async () => {
    expect(await verdictsOf({ ...root, ...made('registry.opentofu.org') }, terraform)).toEqual([`aws → ${b}: match`, `${ofTofu} → ${a}: mismatch`]);
  });
});

describe('a project of which nobody says which program runs it', () => {
  const lock = (...hosts: string[]) => ({
    '.terraform.lock.hcl': hosts.map((host) => `provider "${host}/hashicorp/aws" {\n  version = "6.0.0"\n}\n`).join('\n'),
  });
  const files = withModule('registry.opentofu.org/hashicorp/aws');

  it('is OpenTofu’s where that chose the versions of its providers, and else Terraform’s', async () => {
    expect(await waysOfEither({ ...files, ...lock('registry.opentofu.org') })).toEqual(own);
    expect(await waysOfEither({ ...files, ...lock('registry.opentofu.org', 'registry.terraform.io') })).toEqual([...own, ofTerraform]);
    expect(await waysOfEither(files)).toEqual([...own, ofTerraform]);
  });

  it('is not asked about when the program is known', async () => {
    expect(await waysOf({ ...files, ...lock('registry.opentofu.org') }, terraform)).toEqual([...own, ofTerraform]);
  });
});
