import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect } from 'vitest';
import type { ActivityEvent, ActivityStep, Sheet } from '../../contract/sheet.ts';
import { unknownProgram, withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { leaksIn } from '../../../testing/secrets/leaks.ts';

const it = withBroker(({ accounts }) => ({
  config: `[default]\nregion = eu-west-1\n[profile deploy]\nrole_arn = ${accounts.b.deployRoleArn}\nsource_profile = default\n`,
}));
// A session that starts asks for it, which would be one more event.
it.beforeEach(({ rig }) => rig.aws.alice.deny('iam:ListAccountAliases'));

const ask = (rig: BrokerRig, profile: string, wanted: { accessKeyId?: string; regions?: readonly string[]; limit?: number } = {}) =>
  rig.broker.activities.read(profile, { limit: 1_000, ...wanted }, unknownProgram());
const callers = (events: readonly ActivityEvent[]) => events.filter(({ name }) => name === 'GetCallerIdentity');

async function read(...request: Parameters<typeof ask>) {
  const found = await ask(...request);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
}

function heldKey(rig: BrokerRig, profile = 'default'): string {
  const { accessKeyId } = rig.credentials(profile) ?? {};
  if (accessKeyId === undefined) throw new Error(`no session of ${profile}`);
  return accessKeyId;
}

/** The cheapest call there is. */
async function call(rig: BrokerRig, times: number, { region = 'eu-west-1', profile = 'default' } = {}): Promise<void> {
  const credentials = rig.credentials(profile);
  if (credentials === null) throw new Error(`no session of ${profile}`);
  const client = new STSClient({ endpoint: rig.aws.endpoint, region, credentials });
  await Promise.all(Array.from({ length: times }, () => client.send(new GetCallerIdentityCommand())));
  client.destroy();
}

describe('what a session did', () => {
  it('what a session did is told of the profile’s region and of us-east-1, in the order of time', async ({ rig }) => {
    await rig.startSession();
    for (const [index, region] of ['us-east-1', 'eu-west-1', 'us-east-1', 'eu-west-1'].entries()) {
      rig.aws.faults.clockOffsetSeconds = 10 * (index + 1);
      await call(rig, 1, { region });
    }
    const { events, ...of } = await read(rig, 'default');
    expect(of).toEqual({ accessKeyId: heldKey(rig), arn: rig.aws.alice.arn, regions: ['eu-west-1', 'us-east-1'], more: false });
    expect(callers(events).map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1', 'eu-west-1', 'us-east-1']);
    expect(events.map(({ at }) => at)).toEqual(
      events
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
  });

  it('what a session did is told to the end, each event once, though it takes pages of two regions', async ({ rig }) => {
    await rig.startSession();
    await call(rig, 60);
    await call(rig, 55, { region: 'us-east-1' });
    const { events } = await read(rig, 'default');
    expect(callers(events)).toHaveLength(115);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
    expect(await read(rig, 'default', { limit: 70 })).toMatchObject({ more: true });
  });

  it('what a session did is told once for a region that is named twice', async ({ rig }) => {
    await rig.startSession();
    await call(rig, 3);
    const { events, regions } = await read(rig, 'default', { regions: ['eu-west-1', 'eu-west-1'] });
    expect(regions).toEqual(['eu-west-1']);
    expect(callers(events)).toHaveLength(3);
  });

  it('what a session did leads from the AssumeRole to the role session, whose events are in its own account', async ({ rig }) => {
    await rig.startSession();
    await rig.sessions.credentials('deploy', { minLeftMs: 0, requester: unknownProgram() });
    await call(rig, 2, { profile: 'deploy', region: 'us-east-1' });
    const assumed = (await read(rig, 'default')).events.flatMap((event) => event.assumed ?? []);
    expect(assumed).toEqual([{ roleArn: rig.aws.accounts.b.deployRoleArn, accessKeyId: heldKey(rig, 'deploy') }]);
    const found = await read(rig, 'deploy');
    expect(found).toMatchObject({ accessKeyId: heldKey(rig, 'deploy'), arn: 'arn:aws:sts::222222222222:assumed-role/deploy/alice' });
    expect(callers(found.events).length).toBeGreaterThanOrEqual(2);
    expect(leaksIn('the events', JSON.stringify([await read(rig, 'default'), found]), rig.aws.secrets())).toEqual([]);
  });

  it('what a session did is told of the session that the user ended, with a new one, and by the name that was installed', async ({ rig }) => {
    await rig.startSession();
    await call(rig, 2);
    const ended = heldKey(rig);
    const installed = await rig.broker.apiHandlers.install({ profile: 'default' }, { signal: new AbortController().signal });
    await rig.broker.loadConfig();
    rig.sessions.endSession({ profile: 'default' });
    const reading = read(rig, installed.ok ? installed.value.name : 'none');
    await rig.answerPrompt();
    const found = await reading;
    expect(found.accessKeyId).toBe(ended);
    expect(heldKey(rig)).not.toBe(ended);
    expect(callers(found.events)).toHaveLength(2);
  });

  it('what a session did is told of a session that AWS no longer takes, with a new one', async ({ rig }) => {
    await rig.startSession();
    await call(rig, 1);
    const revoked = heldKey(rig);
    rig.aws.expireSessions();
    const reading = read(rig, 'default');
    await rig.answerPrompt();
    expect(await reading).toMatchObject({ accessKeyId: revoked });
  });

  it('what a session did of any access key ID is told where that is asked', async ({ rig }) => {
    await rig.startSession();
    expect(await read(rig, 'default', { accessKeyId: rig.aws.alice.accessKeyId, regions: ['us-east-1'] })).toMatchObject({
      accessKeyId: rig.aws.alice.accessKeyId,
    });
  });

  it('what a session did may not be known to everybody', async ({ rig }) => {
    await rig.startSession();
    rig.aws.alice.withhold('cloudtrail:LookupEvents');
    expect(await ask(rig, 'default')).toEqual({ ok: false, error: { code: 'permission-denied', params: { action: 'cloudtrail:LookupEvents' } } });
    expect(await ask(rig, 'nobody')).toMatchObject({ ok: false, error: { code: 'profile-unknown' } });
  });
});

describe('the panel’s sheet', () => {
  const show = (rig: BrokerRig, profile = 'default') => rig.broker.activities.show({ profile });
  const sheet = (rig: BrokerRig): Sheet | null => rig.store.state.sheet;

  function shown(rig: BrokerRig): Extract<ActivityStep, { kind: 'shown' }> {
    const current = sheet(rig);
    if (current?.kind !== 'activity' || current.step.kind !== 'shown') throw new Error(`the sheet is ${JSON.stringify(current)}`);
    return current.step;
  }

  /** The steps of the sheet from now on. */
  function steps(rig: BrokerRig): string[] {
    const seen: string[] = [];
    rig.store.subscribe(({ sheet: current }) => {
      const step = current?.kind === 'activity' ? current.step : null;
      const text = step === null ? 'none' : step.kind === 'shown' ? `shown ${step.asking ? 'asking' : (step.error?.code ?? 'all')}` : step.kind;
      if (seen.at(-1) !== text) seen.push(text);
    });
    return seen;
  }

  it('the sheet of activity asks, shows the latest events, and more of them', async ({ rig }) => {
    await rig.startSession();
    await call(rig, 60);
    const seen = steps(rig);
    await show(rig);
    expect(shown(rig).activity.events).toHaveLength(50);
    expect(shown(rig).activity.more).toBe(true);
    expect(rig.broker.sheets.hasLink(shown(rig).activity.events[0]?.consoleUrl ?? '')).toBe(true);
    await rig.broker.activities.showMore();
    expect(seen).toEqual(['asking', 'shown all', 'shown asking', 'shown all']);
    expect(callers(shown(rig).activity.events)).toHaveLength(60);
    expect(leaksIn('the state', JSON.stringify(rig.store.state), rig.aws.secrets())).toEqual([]);
  });

  it('the sheet of activity keeps what it shows when older events cannot be had, and loses none of them', async ({ rig }) => {
    await rig.startSession();
    await call(rig, 120);
    await show(rig);
    rig.aws.alice.withhold('cloudtrail:LookupEvents');
    await rig.broker.activities.showMore();
    expect(shown(rig)).toMatchObject({ asking: false, error: { code: 'permission-denied' } });
    expect(shown(rig).activity.events).toHaveLength(50);
    rig.aws.alice.withhold();
    for (let page = 0; page < 2; page += 1) await rig.broker.activities.showMore();
    expect(callers(shown(rig).activity.events)).toHaveLength(120);
    expect(new Set(shown(rig).activity.events.map(({ eventId }) => eventId)).size).toBe(shown(rig).activity.events.length);
    expect(shown(rig).error).toBeNull();
  });

  it('the sheet of activity goes on with a new session when the one that it began with is over', async ({ rig }) => {
    await rig.startSession();
    await call(rig, 60);
    await show(rig);
    rig.aws.expireSessions();
    const more = rig.broker.activities.showMore();
    await rig.answerPrompt();
    await more;
    expect(callers(shown(rig).activity.events)).toHaveLength(60);
  });

  it('the sheet of activity asks for one page at a time', async ({ rig }) => {
    await rig.startSession();
    await call(rig, 120);
    await show(rig);
    await Promise.all([rig.broker.activities.showMore(), rig.broker.activities.showMore()]);
    expect(shown(rig).activity.events).toHaveLength(100);
  });

  it('the sheet of activity says why there is nothing', async ({ rig }) => {
    await rig.startSession();
    rig.aws.alice.withhold('cloudtrail:LookupEvents');
    await show(rig);
    expect(sheet(rig)).toEqual({
      kind: 'activity',
      profile: 'default',
      accessKeyId: null,
      step: { kind: 'failed', error: { code: 'permission-denied', params: { action: 'cloudtrail:LookupEvents' } } },
    });
  });

  it('the sheet of activity is not opened again when it was closed meanwhile', async ({ rig }) => {
    await rig.startSession();
    const asking = rig.aws.faults.hold('cloudtrail:LookupEvents');
    const showing = show(rig);
    await asking.arrived;
    rig.broker.sheets.close();
    asking.release();
    await showing;
    expect(sheet(rig)).toBeNull();
  });

  it('the sheet of activity shows more of itself, though the answer of an earlier one comes after its own', async ({ rig }) => {
    await rig.startSession();
    await rig.sessions.credentials('deploy', { minLeftMs: 0, requester: unknownProgram() });
    await call(rig, 60, { profile: 'deploy', region: 'us-east-1' });
    const asking = rig.aws.faults.hold('cloudtrail:LookupEvents');
    const earlier = show(rig, 'default');
    await asking.arrived;
    await show(rig, 'deploy');
    asking.release();
    await earlier;
    await rig.broker.activities.showMore();
    expect(sheet(rig)).toMatchObject({ profile: 'deploy' });
    expect(callers(shown(rig).activity.events).length).toBeGreaterThanOrEqual(60);
  });
});
