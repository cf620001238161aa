import { writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import { BrokerBench, resetAws, startAws } from '../../../testing/rigs/broker-rig.ts';

const minute = 60_000;

let aws: LocalAws;
let bench: BrokerBench;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
beforeEach(async () => {
  resetAws(aws);
  aws.sessionLifetimeOverrideSeconds = null;
  bench = await BrokerBench.start(aws, { config: roleProfiles() });
});
afterEach(() => bench.close());

const roleProfiles = () => `
[profile deploy]
role_arn = ${aws.accounts.b.deployRoleArn}
source_profile = default

[profile long]
role_arn = ${aws.accounts.b.deployRoleArn}
source_profile = default
duration_seconds = 14400

[profile nowhere]
role_arn = arn:aws:iam::222222222222:role/nowhere
source_profile = default
`;

const asker = () => ({ by: 'program', program: async () => null, signal: new AbortController().signal, waitMs: 20_000 }) as const;
const ask = (profile: string, minLeftMs = 0) => bench.sessions.credentials(profile, { minLeftMs, asker: asker() });
const count = (action: string, since: number) => aws.calls.slice(since).filter((call) => call.action === action).length;

/** A role session that lasts only so many minutes. */
async function askForShort(profile: string, minutes: number) {
  aws.sessionLifetimeOverrideSeconds = minutes * 60;
  const answer = await ask(profile);
  aws.sessionLifetimeOverrideSeconds = null;
  return answer;
}

describe('a role profile', () => {
  it('asks for the code of its user, and then assumes the role', async () => {
    const waiting = ask('deploy');
    await bench.step('enter-code');
    expect(bench.store.state.prompt).toMatchObject({ profile: 'default', role: null });
    await bench.submit(await aws.nextTotpCode());
    const answer = await waiting;
    expect(answer.ok && answer.value.session.identity).toMatchObject({
      accountId: '222222222222',
      userName: 'deploy',
      arn: 'arn:aws:sts::222222222222:assumed-role/deploy/alice',
    });
    expect(bench.profile('default').session.kind).toBe('active');
    expect(bench.profile('deploy').session).toMatchObject({ kind: 'active', origin: 'session' });
  });

  it('takes one call for two hundred programs, and no prompt, while the session of its user lives', async () => {
    await bench.startSession();
    await askForShort('deploy', 10);
    bench.ahead = 11 * minute;
    bench.broker.held.timePassed();
    expect(bench.profile('deploy').session.kind).toBe('none');

    const [since, raised] = [aws.calls.length, bench.raised];
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask('deploy')));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(count('AssumeRole', since)).toBe(1);
    expect(bench.raised).toBe(raised);
  });

  it('is renewed silently when under fifteen minutes are left', async () => {
    await bench.startSession();
    const first = await askForShort('deploy', 20);
    bench.ahead = 4 * minute;
    const same = await ask('deploy');
    bench.ahead = 6 * minute;
    const renewed = await ask('deploy');
    const keys = [first, same, renewed].map((answer) => answer.ok && answer.value.credentials.accessKeyId);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('hands out what it has while a new one cannot be had', async () => {
    await bench.startSession();
    const first = await ask('deploy');
    bench.ahead = 50 * minute;
    aws.faults.set('sts:AssumeRole', { kind: 'unavailable' });
    expect(await ask('deploy')).toEqual(first);
  });

  it('asks for a code when AWS no longer takes the session of its user', async () => {
    await bench.startSession();
    aws.expireSessions();
    const waiting = ask('deploy');
    await bench.step('enter-code');
    expect(bench.profile('default').session.kind).toBe('awaiting-mfa');
    await bench.submit(await aws.nextTotpCode());
    expect((await waiting).ok).toBe(true);
  });

  it('says that AWS does not let this user assume the role', async () => {
    await bench.startSession();
    expect(await ask('nowhere')).toMatchObject({
      ok: false,
      error: { code: 'role-not-allowed', params: { roleArn: 'arn:aws:iam::222222222222:role/nowhere' } },
    });
  });

  it('loses its session with that of its user', async () => {
    await bench.startSession();
    await ask('deploy');
    expect(bench.sessions.endSession({ profile: 'default' })).toEqual(['default', 'deploy']);
    expect(bench.profile('deploy').session.kind).toBe('none');
    expect(bench.credentials('deploy')).toBeNull();
  });

  it('loses its session when its entry names another role, so nothing is done in the old account', async () => {
    await bench.startSession();
    await ask('deploy');
    const { config } = bench.store.state.files;
    await writeFile(config, roleProfiles().replaceAll(aws.accounts.b.deployRoleArn, aws.accounts.c.deployRoleArn));
    await bench.broker.loadConfig();
    expect(bench.credentials('deploy')).toBeNull();
    const answer = await ask('deploy');
    expect(answer.ok && answer.value.session.identity.accountId).toBe('333333333333');
  });

  it('is not held when the session of its user was ended while AWS was asked', async () => {
    await bench.startSession();
    aws.faults.set('sts:AssumeRole', { kind: 'delayed', milliseconds: 300 });
    const waiting = ask('deploy');
    await new Promise((resolve) => setTimeout(resolve, 100));
    bench.sessions.endSession({ profile: 'default' });
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'session-none', params: { profile: 'deploy' } } });
    expect(bench.credentials('deploy')).toBeNull();
  });

  it('starts from the panel without a prompt while the session of its user lives', async () => {
    await bench.startSession();
    bench.sessions.requestSession({ profile: 'deploy' });
    await vi.waitFor(() => expect(bench.profile('deploy').session.kind).toBe('active'));
  });

  it('says in the panel why it did not start, and nothing when the user cancelled', async () => {
    bench.sessions.requestSession({ profile: 'deploy' });
    await bench.step('enter-code');
    bench.sessions.cancelPrompt({ promptId: bench.promptId });
    await vi.waitFor(() => expect(bench.profile('deploy').session).toEqual({ kind: 'none' }));

    await bench.startSession();
    bench.sessions.requestSession({ profile: 'nowhere' });
    await vi.waitFor(() => expect(bench.profile('nowhere').session).toMatchObject({ kind: 'failed', error: { code: 'role-not-allowed' } }));
  });
});

describe('a role session longer than an hour', () => {
  it('is an hour long from another session', async () => {
    await bench.startSession();
    const answer = await ask('long');
    expect(answer.ok && Math.round((answer.value.session.expiresAt - Date.now()) / minute)).toBe(60);
  });

  it('comes straight from the access key with a code', async () => {
    bench.sessions.requestSession({ profile: 'long', fromAccessKey: true });
    await bench.step('enter-code');
    expect(bench.store.state.prompt).toMatchObject({ profile: 'long', userProfile: 'default', durationSeconds: 14_400, role: { roleName: 'deploy' } });
    await bench.submit(await aws.nextTotpCode());
    const { session } = bench.profile('long');
    expect(session).toMatchObject({ kind: 'active', origin: 'code', identity: { accountId: '222222222222' } });
    expect(session.kind === 'active' && Math.round((session.expiresAt - Date.now()) / minute)).toBe(240);
    expect(bench.profile('default').session.kind).toBe('none');
  });
});

describe('a code without a prompt', () => {
  it('starts the session of a user profile', async () => {
    const started = await bench.sessions.login('default', { minLeftMs: 0, asker: asker() }, { code: await aws.nextTotpCode(), durationSeconds: 3600 });
    expect(started.ok && Math.round((started.value.session.expiresAt - Date.now()) / minute)).toBe(60);
    expect(bench.raised).toBe(0);
  });

  it('answers the prompt that is open, and the programs that wait', async () => {
    const waiting = ask('deploy');
    await bench.step('enter-code');
    const started = await bench.sessions.login('default', { minLeftMs: 0, asker: asker() }, { code: await aws.nextTotpCode() });
    expect(started.ok).toBe(true);
    expect((await waiting).ok).toBe(true);
    expect(bench.store.state.prompt).toBeNull();
  });

  it('starts a long role session straight from the access key', async () => {
    const started = await bench.sessions.login('long', { minLeftMs: 0, asker: asker() }, { code: await aws.nextTotpCode(), durationSeconds: 14_400 });
    expect(started.ok && started.value.session).toMatchObject({ origin: 'code', identity: { accountId: '222222222222' } });
  });

  it('is refused with what AWS says', async () => {
    const refused = await bench.sessions.login('default', { minLeftMs: 0, asker: asker() }, { code: '000000' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'mfa-code-wrong' } });
  });
});
