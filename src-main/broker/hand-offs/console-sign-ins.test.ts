import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, vi } from 'vitest';
import type { SessionRecord } from '../../contract/ledger.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { leaksIn } from '../../../testing/secrets/leaks.ts';

const it = withBroker(({ accounts }) => {
  const role = `role_arn = ${accounts.b.deployRoleArn}\nsource_profile = default\n`;
  return { config: `[profile deploy]\n${role}region = eu-central-1\n[profile long]\n${role}duration_seconds = 14400\n` };
});

const user = { by: 'user' } as const;
const open = (rig: BrokerRig, profile: string, service: string | null = null) => rig.broker.consoles.open(profile, service, user);
const tokenCalls = (rig: BrokerRig) => rig.aws.calls.filter(({ action }) => action === 'getSigninToken');

/** Follows the address that the browser was given last. */
async function land(rig: BrokerRig): Promise<string | null> {
  const answer = await fetch(rig.signIns.at(-1) ?? '', { redirect: 'manual' });
  return answer.headers.get('location');
}

async function startFromAccessKey(rig: BrokerRig, profile: string): Promise<void> {
  rig.sessions.requestSession({ profile, fromAccessKey: true });
  await rig.answerPrompt();
}

async function handOffs(rig: BrokerRig, profile: string, count: number) {
  return eventually(async () => {
    const records = await rig.broker.apiHandlers.history({ profile, limit: 20 }, { signal: new AbortController().signal });
    const [session] = records.ok ? records.value.records.filter((record): record is SessionRecord => record.record === 'session') : [];
    expect(session?.handOffs).toHaveLength(count);
    return { accessKeyId: session?.accessKeyId, handOffs: session?.handOffs ?? [] };
  });
}

describe('opening the console', () => {
  it('the console opens as a role session that was made from another session, for as long as that lasts', async ({ rig }) => {
    await rig.startSession();
    expect(await open(rig, 'deploy', 's3')).toEqual({ ok: true, value: null });
    expect(tokenCalls(rig).at(-1)?.parameters).not.toHaveProperty('SessionDuration');
    expect(await land(rig)).toBe('https://console.aws.amazon.com/s3/home?region=eu-central-1');
    const { durationSeconds, ...signIn } = rig.aws.signIns.at(-1) ?? { durationSeconds: 0 };
    expect(signIn).toMatchObject({
      accountId: '222222222222',
      roleArn: rig.aws.accounts.b.deployRoleArn,
      accessKeyId: rig.credentials('deploy')?.accessKeyId,
      issuer: 'sts-tray',
    });
    expect(durationSeconds).toBeGreaterThan(3_500);
  });

  it('the console opens as a role session that was made from the access key, which says how long', async ({ rig }) => {
    await startFromAccessKey(rig, 'long');
    expect(await open(rig, 'long')).toMatchObject({ ok: true });
    const asked = Number(tokenCalls(rig).at(-1)?.parameters['SessionDuration']);
    expect(asked).toBeGreaterThan(14_300);
    expect(asked).toBeLessThanOrEqual(14_400);
    expect(await land(rig)).toBe('https://console.aws.amazon.com/console/home?region=us-east-1');
    expect(rig.aws.signIns.at(-1)?.durationSeconds).toBe(asked);
  });

  it('the console opens with a session that is started first where there is none', async ({ rig }) => {
    const opening = open(rig, 'deploy');
    await rig.answerPrompt();
    expect(await opening).toMatchObject({ ok: true });
  });

  it('the console opens from the panel, which says so', async ({ rig }) => {
    await rig.startSession();
    await rig.broker.consoles.openFromPanel({ profile: 'deploy' });
    expect(rig.store.state.notice).toMatchObject({ kind: 'console-opened', profile: 'deploy' });
    await rig.broker.consoles.openFromPanel({ profile: 'default' });
    expect(rig.store.state.notice).toMatchObject({ kind: 'failed', profile: 'default', error: { code: 'console-base-session' } });
  });

  it('an opened console is in the ledger as a hand-off of the session', async ({ rig }) => {
    await rig.startSession();
    await open(rig, 'deploy');
    expect(await handOffs(rig, 'deploy', 1)).toMatchObject({
      accessKeyId: rig.credentials('deploy')?.accessKeyId,
      handOffs: [{ way: 'console', credentials: 'static', program: null }],
    });
    expect(await rig.broker.consoles.url('deploy', 'ec2', user)).toMatchObject({ ok: true });
    await handOffs(rig, 'deploy', 2);
  });

  it('the console opens by an address that nothing keeps', async ({ rig }) => {
    const printed = (['log', 'info', 'warn', 'error', 'debug'] as const).map((method) => vi.spyOn(console, method));
    const states: unknown[] = [];
    rig.store.subscribe((state) => void states.push(state));
    await rig.startSession();
    await rig.broker.consoles.openFromPanel({ profile: 'deploy' });
    await handOffs(rig, 'deploy', 1);
    const ledger = await readFile(join(rig.store.state.desktop.dataFolder, 'ledger.jsonl'), 'utf8');
    const token = rig.aws.signinTokens().at(-1) ?? '';
    expect(rig.signIns.at(-1)).toContain(token);
    const texts = { ledger, states: JSON.stringify(states), console: JSON.stringify(printed.map(({ mock }) => mock.calls)) };
    for (const [where, text] of Object.entries(texts)) {
      expect(leaksIn(where, text, [token, ...rig.aws.secrets()])).toEqual([]);
      expect(text).not.toContain('/federation');
    }
    vi.restoreAllMocks();
  });
});

describe('a console that does not open', () => {
  it('the console does not open for a base session: the roles that would do are named, where there are any', async ({ rig }) => {
    await rig.startSession();
    expect(await open(rig, 'default')).toEqual({ ok: false, error: { code: 'console-base-session', params: { profile: 'default', roles: 'deploy, long' } } });
    expect(await open(rig, 'other')).toEqual({ ok: false, error: { code: 'console-no-role', params: { profile: 'other' } } });
    expect(await open(rig, 'nobody')).toMatchObject({ ok: false, error: { code: 'profile-unknown' } });
    expect(rig.store.state.prompt).toBeNull();
  });

  it('the console does not open for a session that was revoked, and nothing is written down as handed off', async ({ rig }) => {
    await rig.startSession();
    await rig.sessions.credentials('deploy', { minLeftMs: 0, requester: user });
    rig.aws.denyRole(rig.aws.accounts.b.deployRoleArn, '*');
    expect(await open(rig, 'deploy')).toEqual({ ok: false, error: { code: 'console-refused', params: { status: 400 } } });
    expect(rig.signIns).toEqual([]);
    // What is handed off now would come after it.
    await rig.broker.handOffs.copyExports({ profile: 'deploy' });
    expect(await handOffs(rig, 'deploy', 1)).toMatchObject({ handOffs: [{ way: 'clipboard' }] });
  });

  it('the console does not open while the sign-in service fails', async ({ rig }) => {
    await rig.startSession();
    rig.aws.faults.setOnce('signin:getSigninToken', { kind: 'unavailable' });
    expect(await open(rig, 'deploy')).toMatchObject({ ok: false, error: { code: 'service-failed', params: { service: 'sign-in', status: 503 } } });
    expect(await open(rig, 'deploy')).toMatchObject({ ok: true });
  });
});
