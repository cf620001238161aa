import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { clientEnv } from '../../../testing/aws/clients/client-env.ts';
import { bucketsIn } from '../../../testing/aws/clients/buckets.ts';
import { startLocalAws, type LocalAws } from '../../../testing/aws/local-aws.ts';
import { findProgram } from '../../../testing/processes/find-program.ts';
import { runProgram } from '../../../testing/processes/run-program.ts';
import { RelayRig, type RigOptions } from '../../../testing/rigs/relay-rig.ts';
import { writeCliConfig } from '../../../testing/terraform/cli-config.ts';
import { initialise } from '../../../testing/terraform/initialised.ts';
import { unframed } from '../../../testing/terraform/unframed.ts';
import type { Meant } from '../../core/relay/meant.ts';

const [terraform, cli, python] = ['terraform', 'aws', 'python3'].map((name) => findProgram(name));
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

let aws: LocalAws;
let rig: RelayRig;
let folder: string;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relay-clients-'));
  rig = await RelayRig.make(aws);
});
afterEach(async () => {
  await rig.close();
  await rm(folder, { recursive: true, force: true });
});

const onlyB: Meant = { kind: 'stated', by: 'option', accountIds: ['222222222222'], onTheWay: [], ofState: [], placed: [] };
const whoAmI = (env: NodeJS.ProcessEnv) => runProgram(cli ?? 'aws', ['sts', 'get-caller-identity', '--output', 'json'], { env });
const stsCalls = (first: number) => aws.calls.slice(first).filter(({ service }) => service === 'sts');

describe('Terraform', () => {
  beforeEach((context) => {
    context.skip(terraform === null, 'terraform is not installed');
  });

  async function apply(options: RigOptions) {
    const open = await rig.open(options);
    const cliConfig = writeCliConfig(folder);
    await initialise(folder, cliConfig);
    const env = { ...rig.environment(open), ...cliConfig, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' };
    const ran = await runProgram(terraform ?? 'terraform', ['apply', '-auto-approve', '-no-color'], { env, cwd: folder });
    await open.close();
    return { ...ran, said: unframed(ran.stderr) };
  }

  const project = (text: string) =>
    writeFile(join(folder, 'main.tf'), `terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n${text}`);
  const provider = (roles: readonly string[], alias = '') =>
    `provider "aws" {\n  ${alias}\n  region = "us-east-1"\n  s3_use_path_style = true\n${roles.map((role) => `  assume_role {\n    role_arn = "${role}"\n  }\n`).join('')}}\n`;
  const bucket = (name: string, of: string) => `resource "aws_s3_bucket" "${name}" {\n  bucket = "${name}"\n  provider = ${of}\n}\n`;
  const whereIs = async (name: string) => {
    const accounts = ['a', 'b', 'c'] as const;
    const held = await Promise.all(accounts.map((account) => bucketsIn(aws, account)));
    return accounts.filter((_, index) => held[index]?.includes(name));
  };

  test('is stopped by a second provider that has no role, before that makes anything', async () => {
    await project(provider([aws.accounts.b.deployRoleArn]) + provider([], 'alias = "leak"') + bucket('kept', 'aws') + bucket('leaked', 'aws.leak'));
    const refused = await apply({ meant: onlyB });
    expect(refused.exitCode).toBe(1);
    expect(refused.said).toContain('A provider without a role would deploy to account 111111111111, the session’s own, but this run is meant for 222222222222');
    expect([await whereIs('kept'), await whereIs('leaked')]).toEqual([[], []]);
  });

  // Each alias is a process that takes seconds to start; `npm run bench` has ten.
  test('gets through a chain of two roles, where the first is one that the project goes through, and makes each call of STS once for several aliases', async () => {
    const { b, c } = aws.accounts;
    const aliases = ['one', 'two'];
    const blocks = aliases.map((alias) => provider([b.deployRoleArn, c.auditRoleArn], `alias = "${alias}"`) + bucket(alias, `aws.${alias}`));
    await project(blocks.join(''));
    const first = aws.calls.length;
    const meant: Meant = { kind: 'stated', by: 'project', accountIds: ['333333333333'], onTheWay: [b.deployRoleArn], ofState: [], placed: [] };
    expect(await apply({ meant, repeats: true })).toMatchObject({ exitCode: 0, stderr: '' });
    const actions = stsCalls(first).map(({ action }) => action);
    expect(actions.toSorted()).toEqual(['AssumeRole', 'AssumeRole', 'GetCallerIdentity']);
    for (const alias of aliases) expect(await whereIs(alias)).toEqual(['c']);
  });
});

describe('the AWS CLI', () => {
  beforeEach((context) => {
    context.skip(cli === null, 'the aws CLI is not installed');
  });

  test('learns who it is, assumes a role of the right account, and is told why it may not assume another', async () => {
    const env = rig.environment(await rig.open({ meant: onlyB }));
    const run = (...args: readonly string[]) => runProgram(cli ?? 'aws', ['sts', ...args, '--output', 'json'], { env });
    expect(JSON.parse((await run('get-caller-identity')).stdout)).toMatchObject({ Account: '111111111111' });
    const assume = (arn: string) => run('assume-role', '--role-arn', arn, '--role-session-name', 'alice');
    expect(JSON.parse((await assume(aws.accounts.b.deployRoleArn)).stdout)).toMatchObject({
      AssumedRoleUser: { Arn: expect.stringContaining('222222222222') },
    });
    const refused = await assume(aws.accounts.c.deployRoleArn);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stderr).toContain('An error occurred (AccessDenied) when calling the AssumeRole operation: This run asks for the role');
  });

  test('passes a proxy by that would catch the relay', async () => {
    const HTTP_PROXY = 'http://127.0.0.1:1';
    // The relay itself has to get to the local AWS, past the same proxy.
    const open = await rig.open({ meant: onlyB, env: { HTTP_PROXY, NO_PROXY: '127.0.0.1' } });
    const { NO_PROXY: _own, ...env } = clientEnv(aws, rig.session);
    const { stdout, stderr } = await whoAmI({ ...env, ...Object.fromEntries(open.environment), HTTP_PROXY });
    expect([stderr, JSON.parse(stdout)]).toEqual(['', expect.objectContaining({ Account: '111111111111' })]);
  });

  test('does not get past the relay by a profile that ignores endpoints', async () => {
    const file = join(folder, 'config');
    await writeFile(file, '[default]\nignore_configured_endpoint_urls = true\n');
    const env = { ...rig.environment(await rig.open({ meant: onlyB })), AWS_CONFIG_FILE: file };
    expect((await whoAmI(env)).exitCode).toBe(0);
    expect(aws.calls.at(-1)?.accessKeyId).toBe(rig.session.accessKeyId);
  });
});

/** A script that assumes the role of its first argument, and prints who it is then. */
const scripts = [
  {
    library: 'boto3',
    file: 'assume.py',
    text: `import boto3, sys
sts = boto3.client('sts')
print(sts.assume_role(RoleArn=sys.argv[1], RoleSessionName='alice')['AssumedRoleUser']['Arn'])
`,
    command: [python ?? 'python3'],
  },
  {
    library: 'the JavaScript SDK',
    file: 'assume.mjs',
    text: `import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
const { AssumedRoleUser } = await new STSClient().send(new AssumeRoleCommand({ RoleArn: process.argv[2], RoleSessionName: 'alice' }));
console.log(AssumedRoleUser.Arn);
`,
    // The SDK warns of older versions of Node.
    command: [process.execPath, '--no-warnings'],
  },
] as const;

for (const { library, file, text, command } of scripts) {
  test(`a script with ${library} gets the right account, and is told why it may not have the wrong one`, async (context) => {
    if (library === 'boto3') {
      const imported = await runProgram(python ?? 'python3', ['-c', 'import boto3'], { env: process.env }).catch(() => null);
      context.skip(imported?.exitCode !== 0, 'boto3 is not installed');
    }
    const env = rig.environment(await rig.open({ meant: onlyB }));
    await writeFile(join(folder, file), text);
    await symlink(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'));
    const [program, ...options] = command;
    const run = (roleArn: string) => runProgram(program, [...options, join(folder, file), roleArn], { env });
    const [right, wrong] = await Promise.all([run(aws.accounts.b.deployRoleArn), run(aws.accounts.c.deployRoleArn)]);
    expect([right.stderr, right.stdout]).toEqual(['', `${aws.accounts.b.deployRoleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/alice\n`]);
    expect([wrong.exitCode, wrong.stderr]).toEqual([1, expect.stringContaining('STS Tray refused it')]);
  });
}
