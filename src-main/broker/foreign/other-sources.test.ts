import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, vi } from 'vitest';
import { assumeRole, startBaseSession } from '../../../testing/aws/clients/sdk-session.ts';
import { withBroker } from '../../../testing/rigs/broker-rig.ts';
import { asksFor, callsOf, deployFrom, inMinutes, temporaryKey } from '../../../testing/rigs/foreign-rig.ts';

const it = withBroker();

const minute = 60_000;

describe('a temporary key in the AWS files', () => {
  it('a temporary key in the AWS files is a session with the end that its tool wrote, and the end of a chain', async ({ aws, startRig }) => {
    const session = await startBaseSession(aws);
    const config =
      temporaryKey('saml', session, [`x_security_token_expires = ${inMinutes(50).toISOString()}`]) + deployFrom('saml', aws.accounts.b.deployRoleArn);
    const rig = await startRig({ config });
    expect(await asksFor(rig, 'deploy')).toMatchObject({ ok: true, value: { session: { identity: { accountId: '222222222222' } } } });
    expect(rig.profile('saml')).toMatchObject({
      foreign: { kind: 'temporary-key' },
      session: { kind: 'active', origin: 'source', identity: { userName: 'alice' } },
    });
    expect(rig.credentials('saml')?.accessKeyId).toBe(session.accessKeyId);
    expect(await asksFor(rig, 'saml', 60 * minute)).toMatchObject({ ok: false, error: { code: 'foreign-time-too-short' } });
  });

  it('a temporary key in the AWS files that its tool renewed takes the place of the old one', async ({ aws, startRig }) => {
    const [old, fresh] = [await startBaseSession(aws), await startBaseSession(aws)];
    const rig = await startRig({ config: temporaryKey('saml', old) });
    await asksFor(rig, 'saml');
    await writeFile(rig.store.state.files.config, temporaryKey('saml', fresh));
    await rig.broker.loadConfig();
    expect(await asksFor(rig, 'saml')).toMatchObject({ ok: true, value: { credentials: { accessKeyId: fresh.accessKeyId } } });
  });

  it('a temporary key in the AWS files that has expired brings a sentence, whether its tool or AWS says so', async ({ aws, startRig }) => {
    const session = await startBaseSession(aws);
    const told = await startRig({ config: temporaryKey('saml', session, ['expiration = 2020-01-01 00:00:00']) });
    expect(await asksFor(told, 'saml')).toMatchObject({ ok: false, error: { code: 'temporary-key-expired' } });
    const untold = await startRig({ config: temporaryKey('saml', session) });
    aws.expireSessions();
    expect(await asksFor(untold, 'saml')).toMatchObject({ ok: false, error: { code: 'temporary-key-expired' } });
  });

  it('a temporary key of another account than before is handed out only once a person has confirmed it', async ({ aws, startRig }) => {
    const base = await startBaseSession(aws);
    const inB = await assumeRole(aws, base, aws.accounts.b.deployRoleArn);
    const rig = await startRig({ config: temporaryKey('saml', base) });
    await asksFor(rig, 'saml');
    await writeFile(rig.store.state.files.config, temporaryKey('saml', inB));
    await rig.broker.loadConfig();
    const answer = async (permission: 'confirm' | 'refuse'): Promise<void> => {
      const question = await rig.shows('a question', (state) => state.question ?? undefined);
      expect(question).toMatchObject({
        kind: 'action',
        profile: 'saml',
        action: { verb: 'other-account', before: '111111111111' },
        accountIds: ['222222222222'],
      });
      rig.broker.commands.answerQuestion({ questionId: question.questionId, permission });
    };
    const refused = asksFor(rig, 'saml');
    await answer('refuse');
    expect(await refused).toMatchObject({ ok: false, error: { code: 'foreign-account-refused', params: { account: '222222222222', before: '111111111111' } } });
    // At once, without another question.
    expect(await asksFor(rig, 'saml')).toMatchObject({ ok: false, error: { code: 'foreign-account-refused' } });
    expect(rig.credentials('saml')).toBeNull();
    rig.sessions.requestSession({ profile: 'saml' });
    await answer('confirm');
    await rig.shows('the session', ({ profiles }) => profiles.find(({ name, session }) => name === 'saml' && session.kind === 'active'));
    expect(await asksFor(rig, 'saml')).toMatchObject({ ok: true, value: { session: { identity: { accountId: '222222222222' } } } });
  });
});

describe('a web identity', () => {
  const profile = (file: string, arn: string, more = ''): string => `[profile ci]\nrole_arn = ${arn}\nweb_identity_token_file = ${file}\n${more}`;

  it('a web identity gets its role without a key, under the name in its token, and is asked for again with the token of then', async ({ aws, startRig }) => {
    const rig = await startRig({});
    const file = join(rig.store.state.files.config, '..', 'token');
    await writeFile(rig.store.state.files.config, profile(file, aws.accounts.b.deployRoleArn) + deployFrom('ci', aws.accounts.c.auditRoleArn));
    await writeFile(file, aws.webIdentityToken('repo:example/network:ref:refs/heads/main'));
    await rig.broker.loadConfig();
    const before = callsOf(aws, 'AssumeRoleWithWebIdentity');
    expect(await asksFor(rig, 'deploy')).toMatchObject({ ok: true, value: { session: { identity: { accountId: '333333333333' } } } });
    expect(rig.profile('ci').session).toMatchObject({
      identity: { arn: expect.stringMatching(/assumed-role\/deploy\/repo-example-network-ref-refs-heads-main$/), userName: 'deploy' },
    });
    expect(callsOf(aws, 'AssumeRoleWithWebIdentity') - before).toBe(1);
    expect(aws.calls.filter(({ action }) => action === 'AssumeRoleWithWebIdentity').at(-1)?.accessKeyId).toBeNull();
    await writeFile(file, aws.webIdentityToken('second'));
    rig.ahead = 50 * minute;
    expect(await asksFor(rig, 'ci')).toMatchObject({ ok: true, value: { session: { identity: { arn: expect.stringMatching(/\/second$/) } } } });
  });

  it('a web identity keeps the session name that its profile has', async ({ aws, startRig }) => {
    const rig = await startRig({});
    const file = join(rig.store.state.files.config, '..', 'token');
    await writeFile(rig.store.state.files.config, profile(file, aws.accounts.b.deployRoleArn, 'role_session_name = pipeline\n'));
    await writeFile(file, aws.webIdentityToken('anybody'));
    await rig.broker.loadConfig();
    expect(await asksFor(rig, 'ci')).toMatchObject({ ok: true, value: { session: { identity: { arn: expect.stringMatching(/\/pipeline$/) } } } });
  });

  it.for([
    ['is not there', null, 'web-identity-unreadable'],
    ['is empty', () => '', 'web-identity-unreadable'],
    ['is no token', () => 'junk', 'web-identity-refused'],
    ['has expired', (aws) => aws.webIdentityToken('x', { seconds: -10 }), 'web-identity-expired'],
    ['is for somebody else', (aws) => aws.webIdentityToken('x', { aud: 'api' }), 'web-identity-refused'],
    ['is longer than AWS takes', () => 'a'.repeat(30_000), 'web-identity-unreadable'],
  ] as const satisfies readonly (readonly [string, ((aws: Parameters<typeof callsOf>[0]) => string) | null, string])[])(
    'a web identity whose token %s brings a sentence',
    async ([, token, code], { aws, startRig }) => {
      const rig = await startRig({});
      const file = join(rig.store.state.files.config, '..', 'token');
      await writeFile(rig.store.state.files.config, profile(file, aws.accounts.b.deployRoleArn));
      if (token !== null) await writeFile(file, token(aws));
      await rig.broker.loadConfig();
      expect(await asksFor(rig, 'ci')).toMatchObject({ ok: false, error: { code } });
    },
  );
});

describe('the role of a machine', () => {
  it.for([['Ec2InstanceMetadata'], ['EcsContainer']] as const)(
    'the role of a machine assumes the role of its profile: %s',
    async ([from], { aws, startRig }) => {
      const session = await startBaseSession(aws);
      const answer = {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secretAccessKey,
        Token: session.sessionToken,
        Expiration: session.expiration.toISOString(),
        Code: 'Success',
      };
      const metadata = createServer(({ method, url }, response) => {
        const text = method === 'PUT' ? 'token' : url?.endsWith('/security-credentials/') ? 'machine' : JSON.stringify(answer);
        response.writeHead(200, { 'content-type': 'application/json' }).end(text);
      });
      await new Promise<void>((resolve) => metadata.listen(0, '127.0.0.1', resolve));
      const address = metadata.address();
      const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
      vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', url);
      vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `${url}/credentials`);
      const rig = await startRig({ config: `[profile machine]\nrole_arn = ${aws.accounts.b.deployRoleArn}\ncredential_source = ${from}\n` });
      const asked = await asksFor(rig, 'machine');
      metadata.close();
      metadata.closeAllConnections();
      for (const name of ['AWS_EC2_METADATA_SERVICE_ENDPOINT', 'AWS_CONTAINER_CREDENTIALS_FULL_URI']) vi.stubEnv(name, undefined);
      expect(asked).toMatchObject({ ok: true, value: { session: { origin: 'source', identity: { accountId: '222222222222', userName: 'deploy' } } } });
    },
  );

  it('the role of a machine that has none is a sentence', async ({ aws, startRig }) => {
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', 'http://127.0.0.1:1');
    const rig = await startRig({ config: `[profile machine]\nrole_arn = ${aws.accounts.b.deployRoleArn}\ncredential_source = Ec2InstanceMetadata\n` });
    expect(await asksFor(rig, 'machine')).toMatchObject({ ok: false, error: { code: 'machine-no-role' } });
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', undefined);
  });
});
