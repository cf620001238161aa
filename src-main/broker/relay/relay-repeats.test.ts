import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessionFrom } from '../../../testing/aws/clients/sdk-session.ts';
import { startLocalAws, type LocalAws } from '../../../testing/aws/local-aws.ts';
import { RelayRig } from '../../../testing/rigs/relay-rig.ts';

let aws: LocalAws;
let rig: RelayRig;
let first: number;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());
beforeEach(async () => {
  aws.faults.clear();
  rig = await RelayRig.make(aws);
  await rig.open({ repeats: true });
  first = aws.calls.length;
});
afterEach(() => rig.close());

const minutes = (count: number) => count * 60_000;
const made = () => aws.calls.slice(first).map(({ action, outcome }) => `${action} ${outcome}`);
const assume = (RoleSessionName: string) => rig.sts().send(new AssumeRoleCommand({ RoleArn: aws.accounts.b.deployRoleArn, RoleSessionName }));

describe('equal calls of a run', () => {
  it('are answered from the first, with the same session and the same request ID', async () => {
    const one = await assume('aws-go-sdk-1795875582510245444');
    const other = await assume('aws-go-sdk-1795875598158262934');
    expect(other).toEqual(one);
    expect(made()).toEqual(['AssumeRole Success']);
    expect(rig.events).toHaveLength(1);
  });

  it('that come at once are one call', async () => {
    const held = aws.faults.hold('sts:AssumeRole');
    const all = Promise.all(Array.from({ length: 40 }, (_, index) => assume(`botocore-session-${1_700_000_000 + index}`)));
    await held.arrived;
    held.release();
    expect(new Set((await all).map(({ Credentials }) => Credentials?.AccessKeyId)).size).toBe(1);
    expect(made()).toEqual(['AssumeRole Success']);
  });

  it('are one for each name that somebody chose', async () => {
    await assume('alice');
    await assume('bob');
    await assume('alice');
    expect(made()).toEqual(['AssumeRole Success', 'AssumeRole Success']);
  });

  it.each([
    ['an hour', undefined, 44, 46],
    ['15 minutes', 900, 4, 6],
  ])('are made anew when too little is left of %s', async (_, DurationSeconds, still, noLonger) => {
    const at = async (minute: number) => {
      rig.ahead = minutes(minute);
      const command = new AssumeRoleCommand({ RoleArn: aws.accounts.b.deployRoleArn, RoleSessionName: 'alice', DurationSeconds });
      await rig.sts(rig.session, { systemClockOffset: rig.ahead }).send(command);
      return made().length;
    };
    expect([await at(0), await at(still), await at(noLonger)]).toEqual([1, 1, 2]);
  });

  it('are asked again after one that failed', async () => {
    aws.faults.setOnce('sts:AssumeRole', { kind: 'throttled' });
    await expect(assume('alice')).rejects.toMatchObject({ name: 'Throttling' });
    await assume('alice');
    expect(made()).toEqual(['AssumeRole Throttling', 'AssumeRole Success']);
  });

  it('are not those of another key', async () => {
    const role = sessionFrom((await assume('alice')).Credentials);
    for (const session of [rig.session, role, rig.session, role]) await rig.sts(session).send(new GetCallerIdentityCommand({}));
    expect(made()).toEqual(['AssumeRole Success', 'GetCallerIdentity Success', 'GetCallerIdentity Success']);
  });

  it('are not those of another run', async () => {
    await assume('alice');
    await rig.open({ repeats: true });
    await assume('alice');
    expect(made()).toHaveLength(2);
  });

  it('are all made where the user wants that', async () => {
    await rig.open({ repeats: false });
    await assume('alice');
    await assume('alice');
    expect(made()).toHaveLength(2);
  });

  it('are judged and their signatures checked each time, whatever was answered before', async () => {
    await assume('alice');
    const forged = rig.sts({ ...rig.session, secretAccessKey: 'x'.repeat(40) });
    await expect(forged.send(new AssumeRoleCommand({ RoleArn: aws.accounts.b.deployRoleArn, RoleSessionName: 'alice' }))).rejects.toMatchObject({
      message: expect.stringContaining('does not fit the access key'),
    });
  });
});
