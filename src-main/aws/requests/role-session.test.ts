import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startLocalAws, type LocalAws } from '../../../testing/aws/local-aws.ts';
import type { Result } from '../../contract/app-error.ts';
import type { SessionCredentials } from '../../core/credentials.ts';
import { awsCalls, type AwsCalls, type SourcedRole } from './calls.ts';
import type { AwsFiles } from '../files/environment.ts';
import { assumeRole } from './role-session.ts';

const roleProfile = { name: 'deploy-b', region: null };

let aws: LocalAws;
let folder: string;
let files: AwsFiles;
let calls: AwsCalls;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'role-session-'));
  aws = await startLocalAws();
  files = { config: join(folder, 'config'), credentials: join(folder, 'credentials') };
  const { accessKeyId, secretAccessKey } = aws.alice;
  await writeFile(files.credentials, `[user]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`);
  calls = awsCalls(files);
});
afterAll(async () => {
  await aws.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  aws.forgetUsedCodes();
  aws.faults.clear();
  aws.alice.deny();
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  vi.stubEnv('NO_PROXY', '127.0.0.1');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const failure = (code: string, params: object) => ({ ok: false, error: { code, params } });

function role(roleArn: string, settings: Partial<SourcedRole> = {}): SourcedRole {
  return { roleArn, source: 'user', externalId: null, sourceIdentity: null, durationSeconds: 3_600, sessionTags: [], transitiveTagKeys: [], ...settings };
}

async function baseSession(): Promise<SessionCredentials> {
  const request = { serial: aws.alice.mfaSerial, code: await aws.nextTotpCode(), durationSeconds: 28_800 };
  return valueOf(await calls.sessionToken({ name: 'user', region: null }, request));
}

const inB = (source: SessionCredentials, settings: Partial<SourcedRole> = {}) =>
  calls.roleSession(roleProfile, role(aws.accounts.b.deployRoleArn, settings), source, 'alice');

const withCode = async (roleArn: string, durationSeconds: number, code: string | null = null) =>
  calls.roleSessionWithMfa(roleProfile, role(roleArn), {
    userProfile: 'user',
    serial: aws.alice.mfaSerial,
    code: code ?? (await aws.nextTotpCode()),
    durationSeconds,
    roleSessionName: 'alice',
  });

const secondsLeft = ({ expiresAt }: SessionCredentials) => Math.round((expiresAt - Date.now()) / 1000);

describe('a role session from a base session', () => {
  it('a role session from a base session acts in the account of the role, under its session name', async () => {
    const session = valueOf(await inB(await baseSession()));
    const arn = 'arn:aws:sts::222222222222:assumed-role/deploy/alice';
    expect(session).toMatchObject({ accountId: '222222222222', arn });
    expect(valueOf(await calls.callerOfSession(roleProfile, session.credentials))).toMatchObject({ accountId: '222222222222', arn });
  });

  it('a role session from a base session is asked for at most an hour, however long the profile wants it', async () => {
    const base = await baseSession();
    const long = valueOf(await inB(base, { durationSeconds: 43_200 }));
    expect(Math.abs(secondsLeft(long.credentials) - 3_600)).toBeLessThan(10);
    const short = valueOf(await inB(base, { durationSeconds: 900 }));
    expect(Math.abs(secondsLeft(short.credentials) - 900)).toBeLessThan(10);
  });

  it('a role session from a base session is refused for longer, when somebody asks', async () => {
    const { roleArn, ...settings } = role(aws.accounts.b.deployRoleArn);
    const options = { profile: 'deploy-b', files, region: null, credentials: await baseSession() };
    const request = { roleArn, ...settings, caller: 'user', roleSessionName: 'alice', durationSeconds: 7_200, mfa: null };
    expect(await assumeRole(options, request)).toEqual(failure('role-duration-refused', { roleArn, seconds: 7_200 }));
  });

  it('a role session may be the source of the next: two roles in a row', async () => {
    const first = valueOf(await inB(await baseSession()));
    const audit = role(aws.accounts.c.auditRoleArn, { source: 'deploy-b' });
    const second = await calls.roleSession({ name: 'audit-c', region: null }, audit, first.credentials, 'alice');
    expect(valueOf(second)).toMatchObject({ accountId: '333333333333', arn: 'arn:aws:sts::333333333333:assumed-role/audit/alice' });
  });

  it('a role session from a base session is refused where the trust policy does not name the caller, who is told by the ARN that AWS names', async () => {
    const audit = role(aws.accounts.c.auditRoleArn);
    expect(await calls.roleSession(roleProfile, audit, await baseSession(), 'alice')).toEqual(
      failure('role-not-allowed', { caller: aws.alice.arn, roleArn: aws.accounts.c.auditRoleArn }),
    );
  });

  it('a role session from a base session needs the external ID that the role asks for', async () => {
    const { partnerRoleArn: roleArn, partnerExternalId: externalId } = aws.accounts.b;
    const base = await baseSession();
    const ask = (settings: Partial<SourcedRole>) => calls.roleSession(roleProfile, role(roleArn, settings), base, 'alice');
    const refused = failure('role-not-allowed', { caller: aws.alice.arn, roleArn });
    expect(await ask({})).toEqual(refused);
    expect(await ask({ externalId: 'another' })).toEqual(refused);
    expect(valueOf(await ask({ externalId })).arn).toBe('arn:aws:sts::222222222222:assumed-role/partner/alice');
  });

  it('a role session from a base session has the source identity of its profile', async () => {
    valueOf(await inB(await baseSession(), { sourceIdentity: 'alice@example.com' }));
    expect(aws.calls.at(-1)?.parameters).toMatchObject({ SourceIdentity: 'alice@example.com' });
  });

  it('a role session from a base session has the session tags, and hands the transitive ones on to the next role', async () => {
    const sessionTags = [
      { key: 'Project', value: 'blue' },
      { key: 'Team', value: 'ops' },
    ];
    const first = valueOf(await inB(await baseSession(), { sessionTags, transitiveTagKeys: ['Project'] }));
    expect(aws.calls.at(-1)?.parameters).toMatchObject({
      'Tags.member.1.Key': 'Project',
      'Tags.member.1.Value': 'blue',
      'Tags.member.2.Key': 'Team',
      'Tags.member.2.Value': 'ops',
      'TransitiveTagKeys.member.1': 'Project',
    });
    const next = (key: string) =>
      calls.roleSession(roleProfile, role(aws.accounts.c.auditRoleArn, { sessionTags: [{ key, value: 'red' }] }), first.credentials, 'alice');
    expect((await next('Team')).ok).toBe(true);
    expect(await next('Project')).toEqual(failure('unexpected-answer', { service: 'STS', name: 'InvalidParameterValue' }));
  });

  it('a role session from a base session asks for nothing that the profile does not say', async () => {
    await inB(await baseSession());
    expect(Object.keys(aws.calls.at(-1)?.parameters ?? {}).toSorted()).toEqual(['Action', 'DurationSeconds', 'RoleArn', 'RoleSessionName', 'Version']);
  });

  it('a role session from a base session cannot be had from a session that has run out; the sentence names the source', async () => {
    const base = await baseSession();
    aws.expireSessions();
    expect(await inB(base)).toEqual(failure('session-expired', { profile: 'user' }));
  });

  it('a role session from a base session is denied by a policy of the user’s, which AWS says', async () => {
    const base = await baseSession();
    aws.alice.deny('sts:AssumeRole');
    expect(await inB(base)).toEqual(failure('role-denied', { caller: aws.alice.arn, roleArn: aws.accounts.b.deployRoleArn }));
  });
});

describe('a role session straight from the access key, with a code', () => {
  it('a role session straight from the access key lasts up to twelve hours', async () => {
    const session = valueOf(await withCode(aws.accounts.b.deployRoleArn, 43_200));
    expect(Math.abs(secondsLeft(session.credentials) - 43_200)).toBeLessThan(10);
    expect(session.accountId).toBe('222222222222');
  });

  it('a role session straight from the access key lasts no longer than the role allows', async () => {
    const { partnerRoleArn: roleArn, partnerExternalId: externalId } = aws.accounts.b;
    const request = { userProfile: 'user', serial: aws.alice.mfaSerial, durationSeconds: 7_200, roleSessionName: 'alice' };
    const code = await aws.nextTotpCode();
    expect(await calls.roleSessionWithMfa(roleProfile, role(roleArn, { externalId }), { ...request, code })).toMatchObject(
      failure('role-duration-refused', { roleArn, seconds: 7_200 }),
    );
  });

  it('a role session straight from the access key is refused with a code that was used, which names the device', async () => {
    const code = await aws.nextTotpCode();
    await withCode(aws.accounts.b.deployRoleArn, 3_600, code);
    expect(await withCode(aws.accounts.b.deployRoleArn, 3_600, code)).toEqual(failure('mfa-code-wrong', { serial: aws.alice.mfaSerial }));
  });

  it('a role session straight from the access key is refused with a device that AWS does not know', async () => {
    const serial = 'arn:aws:iam::111111111111:mfa/bob';
    const request = { userProfile: 'user', serial, code: '123456', durationSeconds: 3_600, roleSessionName: 'alice' };
    expect(await calls.roleSessionWithMfa(roleProfile, role(aws.accounts.b.deployRoleArn), request)).toEqual(failure('mfa-serial-wrong', { serial }));
  });

  it('a role session straight from the access key is asked for once, since AWS takes a code once, and the code is in no record', async () => {
    aws.faults.set('sts:AssumeRole', { kind: 'unavailable' });
    const before = aws.calls.length;
    expect(await withCode(aws.accounts.b.deployRoleArn, 3_600)).toMatchObject(failure('service-failed', { service: 'STS', status: 503 }));
    expect(aws.calls).toHaveLength(before + 1);
    expect(aws.calls.at(-1)?.parameters).toMatchObject({ SerialNumber: aws.alice.mfaSerial });
    expect(aws.calls.at(-1)?.parameters).not.toHaveProperty('TokenCode');
  });

  it('a role session straight from the access key is made with the key of the user profile, wherever that is kept', async () => {
    const asked: string[] = [];
    const elsewhere = awsCalls({ config: '', credentials: '' }, async (profile) => {
      asked.push(profile);
      return { ok: true, value: aws.alice };
    });
    const request = { serial: aws.alice.mfaSerial, code: await aws.nextTotpCode(), durationSeconds: 3_600, roleSessionName: 'alice' };
    const made = await elsewhere.roleSessionWithMfa(roleProfile, role(aws.accounts.b.deployRoleArn), { userProfile: 'user', ...request });
    expect(made.ok).toBe(true);
    expect(asked).toEqual(['user']);
  });
});
