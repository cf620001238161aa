import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountIds, AccountStatement, KnownText, ProjectReading, ProviderConfiguration } from '../contract/terraform-project.ts';
import { parseRun } from '../core/terraform/runs/run.ts';
import { readProject } from './read-project.ts';

const projects = join(import.meta.dirname, 'projects');

type Given = {
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
  readonly program?: string;
  readonly folder?: string;
  readonly subcommand?: string;
};

async function read(project: string, { args = [], env = {}, program = 'terraform', folder = join(projects, project), subcommand = 'plan' }: Given = {}) {
  const run = parseRun({ program, args: [subcommand, ...args], env, cwd: folder });
  if (run === null) throw new Error(`${program} is none of them`);
  return readProject({ run, env, command: program });
}

async function reading(project: string, given?: Given): Promise<ProjectReading> {
  const result = await read(project, given);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Each provider as `address @place: what it says`, with `?` before what only Terraform can know. */
async function providers(project: string, given?: Given): Promise<readonly string[]> {
  return (await reading(project, given)).providers.map(said);
}

function said(provider: ProviderConfiguration): string {
  const { address, place, region, profile, assumeRoles, ownCredentials, allowedAccountIds, forbiddenAccountIds } = provider;
  return [
    place === null ? `${address} implied:` : `${address} @${place.file}:${place.line ?? '-'}:`,
    ...(region === null ? [] : [text(region)]),
    ...(profile === null ? [] : [`profile ${text(profile)}`]),
    ...assumeRoles.map((role) => {
      const more = [
        ...(role.externalId === null ? [] : [`external ${text(role.externalId)}`]),
        ...(role.sessionName === null ? [] : [`as ${text(role.sessionName)}`]),
      ];
      return `→ ${text(role.roleArn).replace(/^arn:aws:iam::/, '')}${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
    }),
    ...(ownCredentials.length === 0 ? [] : [`own ${ownCredentials.join('+')}`]),
    ...(allowedAccountIds === null ? [] : [`allowed ${ids(allowedAccountIds)}`]),
    ...(forbiddenAccountIds === null ? [] : [`forbidden ${ids(forbiddenAccountIds)}`]),
  ].join(' ');
}

/** Each statement as `by name @place: providers hold for accounts`, with `…` for any other account, and `?` before those of which it is not known. */
const statements = async (project: string, given?: Given) =>
  (await reading(project, given)).statements.map(
    ({ by, name, providers: of, outcomes, place, expression }) =>
      `${by} ${name} @${place?.file}:${place?.line ?? '-'}: ${of.join('+')} ${holding(outcomes, expression)}`,
  );

function holding(outcomes: AccountStatement['outcomes'], expression: string): string {
  const accounts = (wanted: string) =>
    outcomes.filter(({ outcome }) => outcome === wanted).map((row) => row.accounts.map((account) => account ?? '…').join('+'));
  const unknown = accounts('unknown');
  if (unknown.length === outcomes.length) return `is ?${expression}`;
  return `is ${accounts('holds').join(' or ')}${unknown.length === 0 ? '' : ` perhaps ${unknown.join(' or ')}`}`;
}

const text = (value: KnownText): string => (value.kind === 'known' ? value.value : `?${value.expression}`);
const ids = (value: AccountIds): string => (value.kind === 'known' ? value.value.join(' or ') : `?${value.expression}`);

describe('the providers of a project', () => {
  it('are read with region, role, external ID and session name, and with the line where they begin', async () => {
    expect(await providers('walk')).toEqual(['aws @main.tf:10: eu-central-1 → 222222222222:role/deploy']);
    expect(await providers('variables')).toEqual([
      'aws @main.tf:14: eu-west-1 → 222222222222:role/deploy (external example, as terraform) allowed 222222222222',
    ]);
    expect(await providers('china')).toEqual(['aws @main.tf:1: cn-north-1 → arn:aws-cn:iam::555555555555:role/deploy allowed 555555555555']);
  });

  it('have their aliases, with or without a role of their own', async () => {
    expect(await providers('aliases')).toEqual([
      'aws @providers.tf:1: eu-central-1 → 222222222222:role/deploy',
      'aws.us_east_1 @providers.tf:9: us-east-1',
      'aws.audit @providers.tf:14: eu-central-1 → 333333333333:role/audit',
    ]);
  });

  it('are implied where resources use one that no block configures', async () => {
    expect(await providers('implied')).toEqual(['aws implied:']);
    expect(await providers('only-aliases')).toEqual(['aws.a @main.tf:1: eu-west-1']);
  });

  it('assume several roles in turn, and those of a dynamic block', async () => {
    expect(await providers('chained')).toEqual(['aws @main.tf:1: eu-west-1 → 222222222222:role/hub → 333333333333:role/spoke (external ?var.external_id)']);
    expect(await providers('dynamic-role')).toEqual(['aws @main.tf:10: eu-west-1', 'aws.each @main.tf:21: → 222222222222:role/one']);
    expect(await providers('dynamic-role', { args: ['-var', 'role_arn=arn:aws:iam::333333333333:role/x'] })).toContain(
      'aws @main.tf:10: eu-west-1 → 333333333333:role/x',
    );
  });

  it('tell which arguments bring other credentials, and never their values', async () => {
    const found = await reading('static-keys');
    expect(found.providers.map(said)).toEqual(['aws @main.tf:5: eu-west-1 own access_key', 'aws.file @main.tf:12: profile other own shared_credentials_files']);
    expect(JSON.stringify(found)).not.toContain('AKIA');
    expect(await providers('static-keys', { env: { TF_VAR_secret: 'hidden' } })).toContain('aws @main.tf:5: eu-west-1 own access_key+secret_key');
  });

  it('are found under the names that the project gives them, and by their source', async () => {
    expect(await providers('local-name')).toEqual(['amazon @main.tf:12: eu-west-1', 'aws @main.tf:16: nowhere']);
    expect(await providers('awscc')).toEqual([
      'aws @main.tf:1: eu-west-1 → 222222222222:role/deploy',
      'awscc @main.tf:8: eu-west-1 → 222222222222:role/deploy',
    ]);
  });

  it('are read from JSON, after override files, and with OpenTofu from its own files', async () => {
    expect(await providers('json')).toEqual([
      'aws @main.tf.json:5: eu-west-1 → 222222222222:role/deploy',
      'aws.b @main.tf.json:6: eu-west-2 allowed 222222222222',
    ]);
    expect(await providers('override')).toEqual(['aws @main.tf:1: eu-west-3 → 222222222222:role/other']);
    expect(await providers('tofu')).toEqual(['aws @main.tf:1: eu-west-1']);
    expect(await providers('tofu', { program: 'tofu' })).toEqual(['aws @main.tofu:1: eu-west-2']);
  });

  it('of test files are those of terraform test, in place of the project’s own', async () => {
    expect(await providers('tested', { subcommand: 'test' })).toEqual(['aws @tests/main.tftest.hcl:1: eu-west-1 → 333333333333:role/test']);
    expect(await providers('tested')).toEqual(['aws @main.tf:1: eu-west-1 → 222222222222:role/deploy']);
  });

  it('inside of modules are theirs alone where the modules configure them', async () => {
    expect(await providers('module-local')).toEqual(['aws @main.tf:1: eu-west-1', 'aws.dns @main.tf:5: us-east-1 → 333333333333:role/dns']);
    expect(await providers('module-legacy')).toEqual([
      'module.network.aws @modules/network/main.tf:3: eu-west-1 → 222222222222:role/network',
      'module.network.module.deeper.aws.x @modules/deeper/main.tf:1: eu-north-1',
    ]);
  });
});

describe('what a project says of its accounts', () => {
  it('stands in check blocks, with the provider that each asks', async () => {
    expect(await statements('walk')).toEqual(['check check.account @main.tf:19: aws is 222222222222']);
    expect(await statements('aliases')).toEqual([
      'check check.accounts @checks.tf:7: aws is 222222222222',
      'check check.accounts @checks.tf:7: aws.audit is 333333333333',
    ]);
    expect(await statements('scoped-check')).toEqual(['check check.logs_account @main.tf:6: aws.logs is 222222222222 or 333333333333']);
    expect(await statements('json')).toEqual(['check check.b @main.tf.json:11: aws.b is 222222222222']);
    expect(await statements('both-hold')).toEqual(['check check.place @main.tf:8: aws is 222222222222']);
  });

  it('stands in preconditions and postconditions too', async () => {
    expect(await statements('precondition')).toEqual(['precondition aws_s3_bucket.logs @main.tf:7: aws is 222222222222']);
    expect(await statements('postcondition')).toEqual(['postcondition data.aws_caller_identity.current @main.tf:9: aws is 222222222222 or 333333333333']);
    expect(await statements('output-precondition')).toEqual(['precondition output.bucket @main.tf:7: aws is 222222222222 or 333333333333']);
  });

  it('inside of a module is said of the provider that the module was passed', async () => {
    expect(await statements('module-local')).toEqual([
      'check module.site.check.log @site/main.tf:31: aws is 222222222222',
      'precondition module.site.aws_route53_zone.site @site/main.tf:20: aws.dns is 333333333333',
    ]);
    expect(await statements('module-remote')).toEqual(['check module.vpc.check.account @.terraform/modules/vpc/main.tf:5: aws is 222222222222']);
  });

  it('is unknown where only Terraform can tell it, and never guessed', async () => {
    expect(await statements('unknown-check')).toEqual([
      'check check.account @main.tf:11: aws is ?data.aws_caller_identity.current.account_id == var.expected',
      'check check.prefix @main.tf:18: aws is ?startswith(data.aws_caller_identity.current.account_id, "2222")',
    ]);
    expect(await statements('unknown-check', { env: { TF_VAR_expected: '222222222222' } })).toContain('check check.account @main.tf:11: aws is 222222222222');
    expect(await providers('data-account')).toEqual([
      'aws.target @main.tf:5: → ?arn:aws:iam::${data.aws_ssm_parameter.account.value}:role/deploy',
      'aws @main.tf:12: eu-west-1',
    ]);
  });

  it('names the role of the s3 backend, in both ways to write it, and of no other backend', async () => {
    const { backend } = await reading('s3-backend');
    expect(backend?.assumeRoles.map(({ roleArn }) => text(roleArn))).toEqual(['arn:aws:iam::444444444444:role/state']);
    expect(backend?.profile).toEqual({ kind: 'known', value: 'state' });
    expect((await reading('old-backend')).backend?.assumeRoles).toHaveLength(1);
    expect((await reading('remote-backend')).backend).toBeNull();
  });

  it('names the modules that are not installed', async () => {
    expect((await reading('module-remote')).unreadModules).toEqual([{ path: 'missing', reason: 'not-installed' }]);
  });
});

describe('values', () => {
  const terraform = promisify(execFile);
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'project-'));
    await cp(join(projects, 'precedence'), folder, { recursive: true });
    // Without this, Terraform would have to install the provider.
    await rm(join(folder, 'provider.tf'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['the files that are read by themselves', [], {}],
    ['the environment, which every file wins over', [], { TF_VAR_a: 'env', TF_VAR_b: 'env' }],
    ['a variables file on the command line', ['-var-file=last.tfvars'], {}],
    ['the command line in its order', ['-var', 'e=line', '-var-file', 'last.tfvars', '-var=d=line'], {}],
    ['the command line the other way round', ['-var-file=last.tfvars', '-var=e=line'], {}],
  ])('come in the order of Terraform itself: %s', async (_name, args, env) => {
    const child = terraform('terraform', ['console', ...args], { cwd: folder, env: { ...process.env, ...env, CHECKPOINT_DISABLE: '1' } });
    child.child.stdin?.end('"${var.a}-${var.b}-${var.c}-${var.d}-${var.e}"\n');
    const expected = (await child).stdout.trim().replaceAll('"', '');
    const [provider] = (await reading('precedence', { args, env })).providers;
    expect(provider?.region).toEqual({ kind: 'known', value: expected });
  });

  it('come from the arguments that the environment adds', async () => {
    const env = { TF_CLI_ARGS_plan: '-var=e=added', TF_CLI_ARGS: "-var 'd=all of them'" };
    expect((await reading('precedence', { env })).providers[0]?.region).toEqual({ kind: 'known', value: 'default-tfvars-json-all of them-added' });
  });

  it('depend on the workspace that is selected or named', async () => {
    expect(await providers('locals-map')).toEqual(['aws @main.tf:11: us-east-1 → 111111111111:role/dev-deploy allowed 111111111111']);
    expect(await providers('locals-map', { env: { TF_WORKSPACE: 'prod' } })).toEqual([
      'aws @main.tf:11: us-east-1 → 333333333333:role/prod-deploy allowed 333333333333',
    ]);
    expect(await providers('lookup-workspace', { env: { TF_WORKSPACE: 'staging' } })).toEqual(['aws @main.tf:9: ap-northeast-1 allowed 222222222222']);
    const data = join(folder, 'data');
    await mkdir(data);
    await writeFile(join(data, 'environment'), 'production');
    expect(await providers('lookup-workspace', { env: { TF_DATA_DIR: data } })).toEqual(['aws @main.tf:9: ap-northeast-1 allowed 333333333333']);
  });

  it('come through functions, heredocs and comments as Terraform has them', async () => {
    expect(await providers('functions')).toEqual(['aws @main.tf:16: eu-west-1 allowed 222222222222 or 333333333333 or 444444444444 forbidden 111111111111']);
    expect(await providers('heredoc')).toEqual(['aws @main.tf:18: eu-west-1 → 222222222222:role/deploy']);
  });

  it('of complex types are expressions on the command line', async () => {
    expect(await providers('complex-variable', { args: ['-var', 'target={ account = "222222222222", role = "x" }'] })).toEqual([
      'aws @main.tf:8: eu-west-1 → 222222222222:role/x allowed 222222222222',
    ]);
    expect(await providers('complex-variable')).toEqual([
      'aws @main.tf:8: eu-west-1 → ?arn:aws:iam::${var.target.account}:role/${var.target.role} allowed ?[var.target.account]',
    ]);
  });
});

describe('a project that cannot be read', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'project-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const failure = async (given: Given = {}) => {
    const result = await read('', { folder, ...given });
    return result.ok ? null : result.error;
  };

  it('is told by its folder where there is none, or no Terraform file', async () => {
    expect(await failure({ folder: join(folder, 'gone') })).toEqual({ code: 'project-folder-missing', params: { folder: join(folder, 'gone') } });
    expect(await failure()).toEqual({ code: 'project-empty', params: { folder } });
  });

  it('is told by the file and the line that are broken', async () => {
    await writeFile(join(folder, 'main.tf'), 'provider "aws" {\n  region = "eu-west-1"\n}\n');
    await writeFile(join(folder, 'network.tf'), 'resource "aws_vpc" "main" {\n  cidr_block =\n}\n');
    expect(await failure()).toEqual({
      code: 'project-broken',
      params: { file: 'network.tf', line: 2, reason: 'Invalid expression; Expected the start of an expression, but found an invalid expression token.' },
    });
    await rm(join(folder, 'network.tf'));
    await writeFile(join(folder, 'network.tf.json'), '{\n  "resource": {,}\n}');
    expect(await failure()).toMatchObject({ code: 'project-broken', params: { file: 'network.tf.json', line: 2 } });
    await rm(join(folder, 'network.tf.json'));
  });

  it('is told by the variables file that is not there', async () => {
    expect(await failure({ args: ['-var-file=prod.tfvars'] })).toEqual({ code: 'project-variables-missing', params: { file: 'prod.tfvars' } });
  });

  it('is told by the variable of the environment whose arguments are not known', async () => {
    expect(await failure({ env: { TF_CLI_ARGS: "-var 'a=1" } })).toEqual({ code: 'project-arguments-unreadable', params: { variable: 'TF_CLI_ARGS' } });
  });

  it('is told by the saved plan that is none', async () => {
    await writeFile(join(folder, 'saved.tfplan'), 'no plan');
    const run = parseRun({ program: 'terraform', args: ['apply', 'saved.tfplan'], env: {}, cwd: folder });
    if (run === null) throw new Error('not a run');
    expect(await readProject({ run, env: process.env, command: 'terraform' })).toEqual({
      ok: false,
      error: { code: 'project-plan-unreadable', params: { file: 'saved.tfplan' } },
    });
  });
});
