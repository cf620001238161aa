import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { clientEnv, type ClientCredentials } from './client-env.ts';
import { findProgram } from '../../processes/find-program.ts';
import { startLocalAws, type LocalAws } from '../local-aws.ts';
import { runProgram } from '../../processes/run-program.ts';
import { assumeRole, sessionFrom } from './sdk-session.ts';

const cli = findProgram('aws');
// Python starts slowly, and more so when other tests run at the same time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let aws: LocalAws;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-aws-'));
  aws = await startLocalAws();
});
afterAll(async () => {
  await aws.close();
  await rm(folder, { recursive: true });
});
beforeEach((context) => {
  context.skip(cli === null, 'the aws CLI is not installed');
  aws.forgetUsedCodes();
});

function run(credentials: ClientCredentials, ...args: readonly string[]) {
  return runProgram(cli ?? 'aws', [...args, '--output', 'json'], { env: clientEnv(aws, credentials), cwd: folder });
}

async function answer(credentials: ClientCredentials, ...args: readonly string[]): Promise<unknown> {
  const { exitCode, stdout, stderr } = await run(credentials, ...args);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return stdout === '' ? null : JSON.parse(stdout);
}

async function baseSession() {
  const args = ['--serial-number', aws.alice.mfaSerial, '--token-code', await aws.nextTotpCode()];
  const { stdout, stderr } = await run(aws.alice, 'sts', 'get-session-token', '--duration-seconds', '28800', ...args);
  expect(stderr).toBe('');
  const { Credentials } = JSON.parse(stdout);
  return sessionFrom({ ...Credentials, Expiration: new Date(Credentials.Expiration) });
}

test('the aws CLI gets a session with an MFA code, and is refused the same code again', async () => {
  const session = await baseSession();
  expect(await answer(session, 'sts', 'get-caller-identity')).toMatchObject({ Account: '111111111111' });
  const code = aws.alice.totpCode();
  aws.forgetUsedCodes();
  const args = ['sts', 'get-session-token', '--serial-number', aws.alice.mfaSerial, '--token-code', code];
  expect((await run(aws.alice, ...args)).exitCode).toBe(0);
  expect((await run(aws.alice, ...args)).stderr).toContain(
    'An error occurred (AccessDenied) when calling the GetSessionToken operation: MultiFactorAuthentication failed with invalid MFA one time pass code.',
  );
});

describe('S3', () => {
  test('a bucket made by a role session is in the role’s account, and not in the caller’s', async () => {
    const inA = await baseSession();
    const inB = await assumeRole(aws, inA, aws.accounts.b.deployRoleArn);
    await answer(inB, 's3api', 'create-bucket', '--bucket', 'made-in-b');
    const buckets = async (credentials: ClientCredentials) => answer(credentials, 's3api', 'list-buckets', '--query', 'Buckets[].Name');
    expect(await buckets(inB)).toEqual(['made-in-b']);
    expect(await buckets(inA)).toEqual([]);
    expect(aws.calls.filter((call) => call.action === 'PUT /made-in-b')).toMatchObject([
      { service: 's3', accountId: '222222222222', accessKeyId: inB.accessKeyId, outcome: 'Success' },
    ]);
  });

  test('the wrong secret and an expired session are refused in S3’s words', async () => {
    const session = await baseSession();
    const wrong = await run({ ...session, secretAccessKey: 'x'.repeat(40) }, 's3api', 'list-buckets');
    expect(wrong.stderr).toContain('(SignatureDoesNotMatch)');
    aws.expireSessions();
    expect((await run(session, 's3api', 'list-buckets')).stderr).toContain(
      'An error occurred (ExpiredToken) when calling the ListBuckets operation: The provided token has expired.',
    );
  });
});
