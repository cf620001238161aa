import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { writeCliConfig } from '../../terraform/cli-config.ts';
import { writeMainTf } from '../../terraform/deployment.ts';
import { bucketsIn } from './buckets.ts';
import { clientEnv } from './client-env.ts';
import { findProgram } from '../../processes/find-program.ts';
import { startLocalAws, type LocalAws } from '../local-aws.ts';
import { runProgram, type Ran } from '../../processes/run-program.ts';
import { startBaseSession, type ClientSession } from './sdk-session.ts';

const terraform = findProgram('terraform');
const cli = findProgram('aws');
// The provider starts anew for every command.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });
const bucketName = 'sts-tray-deployed';

let aws: LocalAws;
let session: ClientSession;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-aws-terraform-'));
  aws = await startLocalAws();
  if (terraform === null || !aws.moto) return;
  const { b } = aws.accounts;
  session = await startBaseSession(aws);
  writeMainTf(folder, { roleArn: b.deployRoleArn, expectedAccountId: b.accountId, bucketName });
  // The tests differ only in their roles, so one `init` is enough.
  await run('init');
});
afterAll(async () => {
  await aws.close();
  await rm(folder, { recursive: true });
});
beforeEach(async (context) => {
  context.skip(terraform === null, 'terraform is not installed');
  context.skip(!aws.moto, 'moto_server is not installed');
  aws.forgetUsedCodes();
  session = await startBaseSession(aws);
});

function run(...args: readonly string[]): Promise<Ran> {
  const env = { ...clientEnv(aws, session), ...writeCliConfig(folder), TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' };
  return runProgram(terraform ?? 'terraform', [...args, '-no-color'], { env, cwd: folder });
}

test('Terraform deploys into account B with the base session, and takes it back', async (context) => {
  context.skip(cli === null, 'the aws CLI is not installed');
  const { b } = aws.accounts;
  writeMainTf(folder, { roleArn: b.deployRoleArn, expectedAccountId: b.accountId, bucketName });
  const apply = await run('apply', '-auto-approve');
  expect(apply).toMatchObject({ exitCode: 0, stderr: '' });
  expect(apply.stdout).toContain('1 to add');
  expect(apply.stdout).not.toContain('Check block assertion failed');
  expect(apply.stdout).toContain('1 added');
  expect(apply.stdout).toContain(`account_id = "${b.accountId}"`);
  expect(await bucketsIn(aws, 'b')).toEqual([bucketName]);
  expect(await bucketsIn(aws, 'a')).toEqual([]);
  expect(aws.calls.find((call) => call.action === 'AssumeRole')).toMatchObject({
    accountId: '111111111111',
    accessKeyId: session.accessKeyId,
    outcome: 'Success',
  });

  expect((await run('destroy', '-auto-approve')).stdout).toContain('1 destroyed');
  expect(await bucketsIn(aws, 'b')).toEqual([]);
});

test('the check block warns about the role of the wrong account, and the apply goes through', async () => {
  const { b, c } = aws.accounts;
  writeMainTf(folder, { roleArn: c.deployRoleArn, expectedAccountId: b.accountId, bucketName });
  const apply = await run('apply', '-auto-approve');
  expect(apply.exitCode).toBe(0);
  expect(apply.stdout).toContain('Warning: Check block assertion failed');
  expect(apply.stdout).toContain(`This is account ${c.accountId}, not ${b.accountId}.`);
});

test('Terraform is told when the session has run out', async () => {
  const { b } = aws.accounts;
  writeMainTf(folder, { roleArn: b.deployRoleArn, expectedAccountId: b.accountId, bucketName });
  aws.expireSessions();
  const plan = await run('plan');
  expect(plan.exitCode).toBe(1);
  expect(plan.stderr).toContain('ExpiredToken');
});
