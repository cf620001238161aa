import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startLocalAws, type LocalAws } from '../../../testing/aws/local-aws.ts';
import type { SessionCredentials } from '../../core/credentials.ts';
import { awsCalls, type AwsCalls } from './calls.ts';

const user = { name: 'user', region: null };

let aws: LocalAws;
let folder: string;
let calls: AwsCalls;
let session: SessionCredentials;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reached-'));
  aws = await startLocalAws();
  const files = { config: join(folder, 'config'), credentials: join(folder, 'credentials') };
  const { accessKeyId, secretAccessKey, mfaSerial } = aws.alice;
  await writeFile(files.credentials, `[user]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`);
  calls = awsCalls(files);
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  const issued = await calls.sessionToken(user, { serial: mfaSerial, code: await aws.nextTotpCode(), durationSeconds: 28_800 });
  if (!issued.ok) throw new Error(JSON.stringify(issued.error));
  session = issued.value;
});
beforeEach(() => {
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  vi.stubEnv('NO_PROXY', '127.0.0.1');
});
afterEach(() => {
  aws.alice.deny();
  aws.faults.clear();
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await aws.close();
  await rm(folder, { recursive: true });
});

const reach = (roleArn: string | null, externalId: string | null = null) =>
  calls.reachedAccount(user, session, { roles: roleArn === null ? [] : [{ roleArn, externalId, sessionName: null }], region: 'us-east-1' });
const failure = (code: string, params: object) => ({ ok: false, error: { code, params } });

describe('the account that is reached', () => {
  it('the account that is reached is that of the session, with its alias, or of the last role', async () => {
    expect(await reach(null)).toEqual({ ok: true, value: { accountId: '111111111111', alias: 'example-dev' } });
    expect(await reach(aws.accounts.b.deployRoleArn)).toEqual({ ok: true, value: { accountId: '222222222222', alias: null } });
  });

  it('the account that is reached comes without its alias where that may not be asked', async () => {
    aws.alice.deny('iam:ListAccountAliases');
    expect(await reach(null)).toEqual({ ok: true, value: { accountId: '111111111111', alias: null } });
  });
});

describe('a role that does not let the session in', () => {
  it('a role of the own account that does not let the session in is looked into: it does not trust, or asks for another external ID', async () => {
    const { partnerRoleArn, foreignRoleArn } = aws.accounts.a;
    expect(await reach(foreignRoleArn)).toEqual(failure('role-not-trusted', { roleArn: foreignRoleArn, caller: aws.alice.arn }));
    expect(await reach(partnerRoleArn)).toEqual(failure('role-external-id', { roleArn: partnerRoleArn }));
    expect(await reach(partnerRoleArn, 'wrong')).toEqual(failure('role-external-id', { roleArn: partnerRoleArn }));
    expect(await reach(partnerRoleArn, 'example-external-id')).toMatchObject({ ok: true });
  });

  it('a role that does not let the session in is told as AWS told it, where IAM may not be asked or the role is in another account', async () => {
    const { foreignRoleArn } = aws.accounts.a;
    aws.alice.deny('iam:GetRole');
    expect(await reach(foreignRoleArn)).toEqual(failure('role-not-allowed', { roleArn: foreignRoleArn, caller: aws.alice.arn }));
    aws.alice.deny();
    const elsewhere = aws.accounts.c.auditRoleArn;
    expect(await reach(elsewhere)).toEqual(failure('role-not-allowed', { roleArn: elsewhere, caller: aws.alice.arn }));
  });

  it('a role that does not let the session in is told from a policy that denies it', async () => {
    aws.alice.deny('sts:AssumeRole');
    const roleArn = aws.accounts.b.deployRoleArn;
    expect(await reach(roleArn)).toEqual(failure('role-denied', { roleArn, caller: aws.alice.arn }));
  });

  it('a role that does not let the session in is not what is wrong when AWS cannot be reached', async () => {
    aws.faults.set('sts:AssumeRole', { kind: 'dropped' });
    expect(await reach(aws.accounts.b.deployRoleArn)).toMatchObject({ ok: false, error: { code: 'network-unreachable' } });
  });
});
