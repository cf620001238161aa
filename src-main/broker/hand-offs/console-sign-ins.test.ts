import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import type { SessionRecord } from '../../contract/ledger.ts';
import { BrokerBench, resetAws, startAws } from '../../../testing/rigs/broker-rig.ts';

let aws: LocalAws;
let bench: BrokerBench;

beforeAll(async () => {
  aws = await startAws();
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) vi.stubEnv(name, undefined);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws.close();
});
beforeEach(async () => {
  resetAws(aws);
  aws.denyRole(aws.accounts.b.deployRoleArn);
  const role = `role_arn = ${aws.accounts.b.deployRoleArn}\nsource_profile = default\n`;
  bench = await BrokerBench.start(aws, { config: `[profile deploy]\n${role}region = eu-central-1\n[profile long]\n${role}duration_seconds = 14400\n` });
});
afterEach(() => bench.close());

const user = { by: 'user' } as const;
const open = (profile: string, service: string | null = null) => bench.broker.consoles.open(profile, service, user);
const tokenCalls = () => aws.calls.filter(({ action }) => action === 'getSigninToken');

/** Follows the address that the browser was given last. */
async function land(): Promise<string | null> {
  const answer = await fetch(bench.signIns.at(-1) ?? '', { redirect: 'manual' });
  return answer.headers.get('location');
}

async function startFromAccessKey(profile: string): Promise<void> {
  bench.sessions.requestSession({ profile, fromAccessKey: true });
  await bench.step('enter-code');
  await bench.submit(await aws.nextTotpCode());
}

async function handOffs(profile: string, count: number) {
  return vi.waitFor(async () => {
    const records = await bench.broker.apiHandlers.history({ profile, limit: 20 }, { signal: new AbortController().signal });
    const [session] = records.ok ? records.value.records.filter((record): record is SessionRecord => record.record === 'session') : [];
    expect(session?.handOffs).toHaveLength(count);
    return { accessKeyId: session?.accessKeyId, handOffs: session?.handOffs ?? [] };
  });
}

describe('the console opens', () => {
  it('as a role session that was made from another session, for as long as that lasts', async () => {
    await bench.startSession();
    expect(await open('deploy', 's3')).toEqual({ ok: true, value: null });
    expect(tokenCalls().at(-1)?.parameters).not.toHaveProperty('SessionDuration');
    expect(await land()).toBe('https://console.aws.amazon.com/s3/home?region=eu-central-1');
    const { durationSeconds, ...signIn } = aws.signIns.at(-1) ?? { durationSeconds: 0 };
    expect(signIn).toMatchObject({
      accountId: '222222222222',
      roleArn: aws.accounts.b.deployRoleArn,
      accessKeyId: bench.credentials('deploy')?.accessKeyId,
      issuer: 'sts-tray',
    });
    expect(durationSeconds).toBeGreaterThan(3_500);
  });

  it('as one that was made from the access key, which says how long', async () => {
    await startFromAccessKey('long');
    expect(await open('long')).toMatchObject({ ok: true });
    const asked = Number(tokenCalls().at(-1)?.parameters['SessionDuration']);
    expect(asked).toBeGreaterThan(14_300);
    expect(asked).toBeLessThanOrEqual(14_400);
    expect(await land()).toBe('https://console.aws.amazon.com/console/home?region=us-east-1');
    expect(aws.signIns.at(-1)?.durationSeconds).toBe(asked);
  });

  it('with a session that is started first where there is none', async () => {
    const opening = open('deploy');
    await bench.step('enter-code');
    await bench.submit(await aws.nextTotpCode());
    expect(await opening).toMatchObject({ ok: true });
  });

  it('from the panel, which says so', async () => {
    await bench.startSession();
    await bench.broker.consoles.openFromPanel({ profile: 'deploy' });
    expect(bench.store.state.notice).toMatchObject({ kind: 'console-opened', profile: 'deploy' });
    await bench.broker.consoles.openFromPanel({ profile: 'default' });
    expect(bench.store.state.notice).toMatchObject({ kind: 'failed', profile: 'default', error: { code: 'console-base-session' } });
  });

  it('and the ledger has that, as the hand-off of the session', async () => {
    await bench.startSession();
    await open('deploy');
    expect(await handOffs('deploy', 1)).toMatchObject({
      accessKeyId: bench.credentials('deploy')?.accessKeyId,
      handOffs: [{ way: 'console', credentials: 'static', program: null }],
    });
    expect(await bench.broker.consoles.url('deploy', 'ec2', user)).toMatchObject({ ok: true });
    await handOffs('deploy', 2);
  });

  it('by an address that nothing keeps', async () => {
    const printed = (['log', 'info', 'warn', 'error', 'debug'] as const).map((method) => vi.spyOn(console, method));
    const states: unknown[] = [];
    bench.store.subscribe((state) => void states.push(state));
    await bench.startSession();
    await bench.broker.consoles.openFromPanel({ profile: 'deploy' });
    await handOffs('deploy', 1);
    const ledger = await readFile(join(bench.store.state.desktop.dataFolder, 'ledger.jsonl'), 'utf8');
    const token = aws.signinTokens().at(-1) ?? '';
    expect(bench.signIns.at(-1)).toContain(token);
    for (const kept of [ledger, JSON.stringify(states), JSON.stringify(printed.map(({ mock }) => mock.calls))]) {
      for (const secret of [token, '/federation', ...aws.secrets()]) expect(kept).not.toContain(secret);
    }
    vi.restoreAllMocks();
  });
});

describe('the console does not open', () => {
  it('for a base session: the roles that would do are named, where there are any', async () => {
    await bench.startSession();
    expect(await open('default')).toEqual({ ok: false, error: { code: 'console-base-session', params: { profile: 'default', roles: 'deploy, long' } } });
    expect(await open('other')).toEqual({ ok: false, error: { code: 'console-no-role', params: { profile: 'other' } } });
    expect(await open('nobody')).toMatchObject({ ok: false, error: { code: 'profile-unknown' } });
    expect(bench.store.state.prompt).toBeNull();
  });

  it('for a session that was revoked, and nothing is written down as handed off', async () => {
    await bench.startSession();
    await bench.sessions.credentials('deploy', { minLeftMs: 0, asker: user });
    aws.denyRole(aws.accounts.b.deployRoleArn, '*');
    expect(await open('deploy')).toEqual({ ok: false, error: { code: 'console-refused', params: { status: 400 } } });
    expect(bench.signIns).toEqual([]);
    await handOffs('deploy', 0);
  });

  it('while the sign-in service fails', async () => {
    await bench.startSession();
    aws.faults.setOnce('signin:getSigninToken', { kind: 'unavailable' });
    expect(await open('deploy')).toMatchObject({ ok: false, error: { code: 'service-failed', params: { service: 'sign-in', status: 503 } } });
    expect(await open('deploy')).toMatchObject({ ok: true });
  });
});
