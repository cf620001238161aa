import { writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import type { HeldSession } from '../../contract/ui-state.ts';
import { unknownProgram, withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { eventually } from '../../../testing/processes/eventually.ts';

const minute = 60_000;

const it = withBroker((aws) => ({ config: roleProfiles(aws) }));

const roleProfiles = ({ accounts }: LocalAws) => `
[profile deploy]
role_arn = ${accounts.b.deployRoleArn}
source_profile = default

[profile long]
role_arn = ${accounts.b.deployRoleArn}
source_profile = default
duration_seconds = 14400

[profile nowhere]
role_arn = arn:aws:iam::222222222222:role/nowhere
source_profile = default
`;

const ask = (rig: BrokerRig, profile: string, minLeftMs = 0) => rig.sessions.credentials(profile, { minLeftMs, requester: unknownProgram() });
const count = (rig: BrokerRig, action: string, since: number) => rig.aws.calls.slice(since).filter((call) => call.action === action).length;

/** In minutes. */
const lifetime = ({ issuedAt, expiresAt }: Pick<HeldSession, 'issuedAt' | 'expiresAt'>) => Math.round((expiresAt - issuedAt) / minute);

/** A role session that lasts only so many minutes. */
async function askForShort(rig: BrokerRig, profile: string, minutes: number) {
  rig.aws.sessionLifetimeOverrideSeconds = minutes * 60;
  const answer = await ask(rig, profile);
  rig.aws.sessionLifetimeOverrideSeconds = null;
  return answer;
}

describe('a role profile', () => {
  it('a role profile asks for the code of its user, and then assumes the role', async ({ rig }) => {
    const waiting = ask(rig, 'deploy');
    await rig.step('enter-code');
    expect(rig.store.state.prompt).toMatchObject({ profile: 'default', role: null });
    await rig.submit(await rig.aws.nextTotpCode());
    const answer = await waiting;
    expect(answer.ok && answer.value.session.identity).toMatchObject({
      accountId: '222222222222',
      userName: 'deploy',
      arn: 'arn:aws:sts::222222222222:assumed-role/deploy/alice',
    });
    expect(rig.profile('default').session.kind).toBe('active');
    expect(rig.profile('deploy').session).toMatchObject({ kind: 'active', origin: 'session' });
  });

  it('a role profile takes one call for two hundred programs, and no prompt, while the session of its user lives', async ({ rig }) => {
    await rig.startSession();
    await askForShort(rig, 'deploy', 10);
    rig.ahead = 11 * minute;
    rig.broker.held.timePassed();
    expect(rig.profile('deploy').session.kind).toBe('none');

    const [since, raised] = [rig.aws.calls.length, rig.raised];
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask(rig, 'deploy')));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(count(rig, 'AssumeRole', since)).toBe(1);
    expect(rig.raised).toBe(raised);
  });

  it('a role session is renewed silently when under fifteen minutes are left', async ({ rig }) => {
    await rig.startSession();
    const first = await askForShort(rig, 'deploy', 20);
    rig.ahead = 4 * minute;
    const same = await ask(rig, 'deploy');
    rig.ahead = 6 * minute;
    const renewed = await ask(rig, 'deploy');
    const keys = [first, same, renewed].map((answer) => answer.ok && answer.value.credentials.accessKeyId);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('a role profile hands out what it has while a new one cannot be had', async ({ rig }) => {
    await rig.startSession();
    const first = await ask(rig, 'deploy');
    rig.ahead = 50 * minute;
    rig.aws.faults.set('sts:AssumeRole', { kind: 'unavailable' });
    expect(await ask(rig, 'deploy')).toEqual(first);
  });

  it('a role profile asks for a code when AWS no longer takes the session of its user', async ({ rig }) => {
    await rig.startSession();
    rig.aws.expireSessions();
    const waiting = ask(rig, 'deploy');
    await rig.step('enter-code');
    expect(rig.profile('default').session.kind).toBe('awaiting-mfa');
    await rig.submit(await rig.aws.nextTotpCode());
    expect((await waiting).ok).toBe(true);
  });

  it('a role profile says that AWS does not let this user assume the role', async ({ rig }) => {
    await rig.startSession();
    expect(await ask(rig, 'nowhere')).toMatchObject({
      ok: false,
      error: { code: 'role-not-allowed', params: { roleArn: 'arn:aws:iam::222222222222:role/nowhere' } },
    });
  });

  it('a role profile loses its session with that of its user', async ({ rig }) => {
    await rig.startSession();
    await ask(rig, 'deploy');
    expect(rig.sessions.endSession({ profile: 'default' })).toEqual(['default', 'deploy']);
    expect(rig.profile('deploy').session.kind).toBe('none');
    expect(rig.credentials('deploy')).toBeNull();
  });

  it('a role profile loses its session when its entry names another role, so nothing is done in the old account', async ({ rig }) => {
    await rig.startSession();
    await ask(rig, 'deploy');
    const { config } = rig.store.state.files;
    await writeFile(config, roleProfiles(rig.aws).replaceAll(rig.aws.accounts.b.deployRoleArn, rig.aws.accounts.c.deployRoleArn));
    await rig.broker.loadConfig();
    expect(rig.credentials('deploy')).toBeNull();
    const answer = await ask(rig, 'deploy');
    expect(answer.ok && answer.value.session.identity.accountId).toBe('333333333333');
  });

  it('a role session is not held when the session of its user was ended while AWS was asked', async ({ rig }) => {
    await rig.startSession();
    const assuming = rig.aws.faults.hold('sts:AssumeRole');
    const waiting = ask(rig, 'deploy');
    await assuming.arrived;
    rig.sessions.endSession({ profile: 'default' });
    assuming.release();
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'session-none', params: { profile: 'deploy' } } });
    expect(rig.credentials('deploy')).toBeNull();
  });

  it('a role profile starts from the panel without a prompt while the session of its user lives', async ({ rig }) => {
    await rig.startSession();
    rig.sessions.requestSession({ profile: 'deploy' });
    await eventually(() => expect(rig.profile('deploy').session.kind).toBe('active'));
  });

  it('a role profile says in the panel why it did not start, and nothing when the user cancelled', async ({ rig }) => {
    rig.sessions.requestSession({ profile: 'deploy' });
    await rig.step('enter-code');
    rig.cancelPrompt();
    await eventually(() => expect(rig.profile('deploy').session).toEqual({ kind: 'none' }));

    await rig.startSession();
    rig.sessions.requestSession({ profile: 'nowhere' });
    await eventually(() => expect(rig.profile('nowhere').session).toMatchObject({ kind: 'failed', error: { code: 'role-not-allowed' } }));
  });
});

describe('a role session longer than an hour', () => {
  it('a role session longer than an hour is an hour long from another session', async ({ rig }) => {
    await rig.startSession();
    const answer = await ask(rig, 'long');
    expect(answer.ok && lifetime(answer.value.session)).toBe(60);
  });

  it('a role session longer than an hour comes straight from the access key with a code', async ({ rig }) => {
    rig.sessions.requestSession({ profile: 'long', fromAccessKey: true });
    await rig.step('enter-code');
    expect(rig.store.state.prompt).toMatchObject({ profile: 'long', userProfile: 'default', durationSeconds: 14_400, role: { roleName: 'deploy' } });
    await rig.submit(await rig.aws.nextTotpCode());
    const { session } = rig.profile('long');
    expect(session).toMatchObject({ kind: 'active', origin: 'code', identity: { accountId: '222222222222' } });
    expect(session.kind === 'active' && lifetime(session)).toBe(240);
    expect(rig.profile('default').session.kind).toBe('none');
  });
});

describe('a code without a prompt', () => {
  it('a code without a prompt starts the session of a user profile', async ({ rig }) => {
    const started = await rig.sessions.login(
      'default',
      { minLeftMs: 0, requester: unknownProgram() },
      { code: await rig.aws.nextTotpCode(), durationSeconds: 3600 },
    );
    expect(started.ok && lifetime(started.value.session)).toBe(60);
    expect(rig.raised).toBe(0);
  });

  it('a code without a prompt answers the prompt that is open, and the programs that wait', async ({ rig }) => {
    const waiting = ask(rig, 'deploy');
    await rig.step('enter-code');
    const started = await rig.sessions.login('default', { minLeftMs: 0, requester: unknownProgram() }, { code: await rig.aws.nextTotpCode() });
    expect(started.ok).toBe(true);
    expect((await waiting).ok).toBe(true);
    expect(rig.store.state.prompt).toBeNull();
  });

  it('a code without a prompt starts a long role session straight from the access key', async ({ rig }) => {
    const started = await rig.sessions.login(
      'long',
      { minLeftMs: 0, requester: unknownProgram() },
      { code: await rig.aws.nextTotpCode(), durationSeconds: 14_400 },
    );
    expect(started.ok && started.value.session).toMatchObject({ origin: 'code', identity: { accountId: '222222222222' } });
  });

  it('a code without a prompt gives a role the length that its duration_seconds asks for, where a session of its user would give an hour', async ({ rig }) => {
    const started = await rig.sessions.login('long', { minLeftMs: 0, requester: unknownProgram() }, { code: await rig.aws.nextTotpCode() });
    expect(started.ok && started.value.session).toMatchObject({ origin: 'code', identity: { accountId: '222222222222' } });
    expect(started.ok && lifetime(started.value.session)).toBe(240);
  });

  it('a code without a prompt for a role of an hour starts the session of its user, as long as the settings say', async ({ rig }) => {
    await rig.sessions.login('deploy', { minLeftMs: 0, requester: unknownProgram() }, { code: await rig.aws.nextTotpCode() });
    const { session } = rig.profile('default');
    expect(session.kind === 'active' && lifetime(session)).toBe(480);
  });

  it('a code without a prompt is refused with what AWS says', async ({ rig }) => {
    const refused = await rig.sessions.login('default', { minLeftMs: 0, requester: unknownProgram() }, { code: '000000' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'mfa-code-wrong' } });
  });
});
