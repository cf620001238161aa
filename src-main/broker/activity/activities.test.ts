import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import type { ActivityEvent, ActivityStep, Sheet } from '../../contract/sheet.ts';
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
  aws.alice.withhold();
  aws.alice.deny('iam:ListAccountAliases');
  const config = `[default]\nregion = eu-west-1\n[profile deploy]\nrole_arn = ${aws.accounts.b.deployRoleArn}\nsource_profile = default\n`;
  bench = await BrokerBench.start(aws, { config });
});
afterEach(() => bench.close());

const asker = () => ({ by: 'program', program: async () => null, signal: new AbortController().signal, waitMs: 20_000 }) as const;
const ask = (profile: string, wanted: { accessKeyId?: string; regions?: readonly string[]; limit?: number } = {}) =>
  bench.broker.activities.read(profile, { limit: 1_000, ...wanted }, asker());
const callers = (events: readonly ActivityEvent[]) => events.filter(({ name }) => name === 'GetCallerIdentity');

async function read(...request: Parameters<typeof ask>) {
  const found = await ask(...request);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
}

function heldKey(profile = 'default'): string {
  const { accessKeyId } = bench.credentials(profile) ?? {};
  if (accessKeyId === undefined) throw new Error(`no session of ${profile}`);
  return accessKeyId;
}

/** The cheapest call there is. */
async function call(times: number, { region = 'eu-west-1', profile = 'default' } = {}): Promise<void> {
  const credentials = bench.credentials(profile);
  if (credentials === null) throw new Error(`no session of ${profile}`);
  const client = new STSClient({ endpoint: aws.endpoint, region, credentials });
  await Promise.all(Array.from({ length: times }, () => client.send(new GetCallerIdentityCommand())));
  client.destroy();
}

async function answerPrompt(): Promise<void> {
  await bench.step('enter-code');
  await bench.submit(await aws.nextTotpCode());
}

describe('what a session did', () => {
  it('is told of the profile’s region and of us-east-1, in the order of time', async () => {
    await bench.startSession();
    for (const [index, region] of ['us-east-1', 'eu-west-1', 'us-east-1', 'eu-west-1'].entries()) {
      aws.faults.clockOffsetSeconds = 10 * (index + 1);
      await call(1, { region });
    }
    const { events, ...of } = await read('default');
    expect(of).toEqual({ accessKeyId: heldKey(), arn: aws.alice.arn, regions: ['eu-west-1', 'us-east-1'], more: false });
    expect(callers(events).map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1', 'eu-west-1', 'us-east-1']);
    expect(events.map(({ at }) => at)).toEqual(
      events
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
  });

  it('is told to the end, each event once, though it takes pages of two regions', async () => {
    await bench.startSession();
    await call(60);
    await call(55, { region: 'us-east-1' });
    const { events } = await read('default');
    expect(callers(events)).toHaveLength(115);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
    expect(await read('default', { limit: 70 })).toMatchObject({ more: true });
  });

  it('names a region twice and is told once', async () => {
    await bench.startSession();
    await call(3);
    const { events, regions } = await read('default', { regions: ['eu-west-1', 'eu-west-1'] });
    expect(regions).toEqual(['eu-west-1']);
    expect(callers(events)).toHaveLength(3);
  });

  it('leads from the AssumeRole to the role session, whose events are in its own account', async () => {
    await bench.startSession();
    await bench.sessions.credentials('deploy', { minLeftMs: 0, asker: asker() });
    await call(2, { profile: 'deploy', region: 'us-east-1' });
    const assumed = (await read('default')).events.flatMap((event) => event.assumed ?? []);
    expect(assumed).toEqual([{ roleArn: aws.accounts.b.deployRoleArn, accessKeyId: heldKey('deploy') }]);
    const found = await read('deploy');
    expect(found).toMatchObject({ accessKeyId: heldKey('deploy'), arn: 'arn:aws:sts::222222222222:assumed-role/deploy/alice' });
    expect(callers(found.events).length).toBeGreaterThanOrEqual(2);
    for (const secret of aws.secrets()) expect(JSON.stringify([await read('default'), found])).not.toContain(secret);
  });

  it('is told of the session that the user ended, with a new one, and by the name that was installed', async () => {
    await bench.startSession();
    await call(2);
    const ended = heldKey();
    const installed = await bench.broker.apiHandlers.install({ profile: 'default' }, { signal: new AbortController().signal });
    await bench.broker.loadConfig();
    bench.sessions.endSession({ profile: 'default' });
    const reading = read(installed.ok ? installed.value.name : 'none');
    await answerPrompt();
    const found = await reading;
    expect(found.accessKeyId).toBe(ended);
    expect(heldKey()).not.toBe(ended);
    expect(callers(found.events)).toHaveLength(2);
  });

  it('is told of a session that AWS no longer takes, with a new one', async () => {
    await bench.startSession();
    await call(1);
    const revoked = heldKey();
    aws.expireSessions();
    const reading = read('default');
    await answerPrompt();
    expect(await reading).toMatchObject({ accessKeyId: revoked });
  });

  it('of any access key ID is told where that is asked', async () => {
    await bench.startSession();
    expect(await read('default', { accessKeyId: aws.alice.accessKeyId, regions: ['us-east-1'] })).toMatchObject({ accessKeyId: aws.alice.accessKeyId });
  });

  it('may not be known to everybody', async () => {
    await bench.startSession();
    aws.alice.withhold('cloudtrail:LookupEvents');
    expect(await ask('default')).toEqual({ ok: false, error: { code: 'permission-denied', params: { action: 'cloudtrail:LookupEvents' } } });
    expect(await ask('nobody')).toMatchObject({ ok: false, error: { code: 'profile-unknown' } });
  });
});

describe('the panel’s sheet', () => {
  const show = (profile = 'default') => bench.broker.activities.show({ profile });
  const sheet = (): Sheet | null => bench.store.state.sheet;

  function shown(): Extract<ActivityStep, { kind: 'shown' }> {
    const current = sheet();
    if (current?.kind !== 'activity' || current.step.kind !== 'shown') throw new Error(`the sheet is ${JSON.stringify(current)}`);
    return current.step;
  }

  /** The steps of the sheet from now on. */
  function steps(): string[] {
    const seen: string[] = [];
    bench.store.subscribe(({ sheet: current }) => {
      const step = current?.kind === 'activity' ? current.step : null;
      const text = step === null ? 'none' : step.kind === 'shown' ? `shown ${step.asking ? 'asking' : (step.error?.code ?? 'all')}` : step.kind;
      if (seen.at(-1) !== text) seen.push(text);
    });
    return seen;
  }

  it('asks, shows the latest events, and more of them', async () => {
    await bench.startSession();
    await call(60);
    const seen = steps();
    await show();
    expect(shown().activity.events).toHaveLength(50);
    expect(shown().activity.more).toBe(true);
    expect(bench.broker.sheets.hasLink(shown().activity.events[0]?.consoleUrl ?? '')).toBe(true);
    await bench.broker.activities.showMore();
    expect(seen).toEqual(['asking', 'shown all', 'shown asking', 'shown all']);
    expect(callers(shown().activity.events)).toHaveLength(60);
    for (const secret of aws.secrets()) expect(JSON.stringify(bench.store.state)).not.toContain(secret);
  });

  it('keeps what it shows when older events cannot be had, and loses none of them', async () => {
    await bench.startSession();
    await call(120);
    await show();
    aws.alice.withhold('cloudtrail:LookupEvents');
    await bench.broker.activities.showMore();
    expect(shown()).toMatchObject({ asking: false, error: { code: 'permission-denied' } });
    expect(shown().activity.events).toHaveLength(50);
    aws.alice.withhold();
    for (let page = 0; page < 2; page += 1) await bench.broker.activities.showMore();
    expect(callers(shown().activity.events)).toHaveLength(120);
    expect(new Set(shown().activity.events.map(({ eventId }) => eventId)).size).toBe(shown().activity.events.length);
    expect(shown().error).toBeNull();
  });

  it('goes on with a new session when the one that it began with is over', async () => {
    await bench.startSession();
    await call(60);
    await show();
    aws.expireSessions();
    const more = bench.broker.activities.showMore();
    await answerPrompt();
    await more;
    expect(callers(shown().activity.events)).toHaveLength(60);
  });

  it('asks for one page at a time', async () => {
    await bench.startSession();
    await call(120);
    await show();
    await Promise.all([bench.broker.activities.showMore(), bench.broker.activities.showMore()]);
    expect(shown().activity.events).toHaveLength(100);
  });

  it('says why there is nothing', async () => {
    await bench.startSession();
    aws.alice.withhold('cloudtrail:LookupEvents');
    await show();
    expect(sheet()).toEqual({
      kind: 'activity',
      profile: 'default',
      accessKeyId: null,
      step: { kind: 'failed', error: { code: 'permission-denied', params: { action: 'cloudtrail:LookupEvents' } } },
    });
  });

  it('is not opened again when it was closed meanwhile', async () => {
    await bench.startSession();
    aws.faults.setOnce('cloudtrail:LookupEvents', { kind: 'delayed', milliseconds: 200 });
    const showing = show();
    bench.broker.sheets.close();
    await showing;
    expect(sheet()).toBeNull();
  });

  it('shows more of itself, though the answer of an earlier one comes after its own', async () => {
    await bench.startSession();
    await bench.sessions.credentials('deploy', { minLeftMs: 0, asker: asker() });
    await call(60, { profile: 'deploy', region: 'us-east-1' });
    aws.faults.setOnce('cloudtrail:LookupEvents', { kind: 'delayed', milliseconds: 400 });
    const earlier = show('default');
    // The fault is for the call of the earlier sheet.
    await vi.waitFor(() => expect(bench.broker.sheets.shown).toMatchObject({ profile: 'default' }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await show('deploy');
    await earlier;
    await bench.broker.activities.showMore();
    expect(sheet()).toMatchObject({ profile: 'deploy' });
    expect(callers(shown().activity.events).length).toBeGreaterThanOrEqual(60);
  });
});
