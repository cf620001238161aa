import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessionFrom } from '../../../testing/aws/clients/sdk-session.ts';
import { startLocalAws, type LocalAws } from '../../../testing/aws/local-aws.ts';
import { nothingHappensFor } from '../../../testing/processes/deadline.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { RelayRig, type RigOptions } from '../../../testing/rigs/relay-rig.ts';
import type { OpenRun } from './relay-runs.ts';

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
  await runOnce(await rig.open({ repeats: true }));
});
afterEach(() => rig.close());

const made = () => aws.calls.slice(first).map(({ action, outcome }) => `${action} ${outcome}`);
const assume = (RoleSessionName: string) => rig.sts().send(new AssumeRoleCommand({ RoleArn: aws.accounts.b.deployRoleArn, RoleSessionName }));

/** Assumes the role as Terraform does, asks who that is, and ends. What is made later is what `made` tells. */
async function runOnce({ close }: OpenRun): Promise<void> {
  const role = sessionFrom((await assume('aws-go-sdk-1795875582510245444')).Credentials);
  await rig.sts(role).send(new GetCallerIdentityCommand({}));
  await close();
  first = aws.calls.length;
  rig.events.length = 0;
}

/** The next run of the same command in the same folder. */
const nextRun = (options: RigOptions = {}): Promise<OpenRun> => rig.open({ repeats: true, ...options });

describe('the calls of a run that the one before it made', () => {
  it('are made at its start, so that its programs find the answers there', async () => {
    await nextRun();
    await eventually(() => expect(made()).toEqual(['AssumeRole Success', 'GetCallerIdentity Success']));
    const role = sessionFrom((await assume('aws-go-sdk-1795875598158262934')).Credentials);
    await rig.sts(role).send(new GetCallerIdentityCommand({}));
    expect(made()).toEqual(['AssumeRole Success', 'GetCallerIdentity Success']);
  });

  it('have a session name of their own time, where an SDK made it up of the time', async () => {
    await nextRun();
    await eventually(() => expect(made()).toHaveLength(2));
    const names = aws.calls.slice(first).flatMap(({ action, parameters }) => (action === 'AssumeRole' ? [parameters['RoleSessionName'] ?? ''] : []));
    expect(Math.abs(Number(names[0]?.slice('aws-go-sdk-'.length)) / 1e6 - Date.now())).toBeLessThan(600_000);
  });

  it('are told only when it asks for them', async () => {
    await nextRun();
    await eventually(() => expect(made()).toHaveLength(2));
    expect(rig.events).toEqual([]);
    await assume('aws-go-sdk-1795875598158262934');
    expect(rig.events.map(({ accountId, outcome }) => [accountId, outcome])).toEqual([['222222222222', 'reached']]);
  });

  it('are not made where it is meant for other accounts, and nobody is asked', async () => {
    rig.person = async () => 'refuse';
    await nextRun({ meant: { kind: 'stated', by: 'project', accountIds: ['333333333333'], onTheWay: [], ofState: [], placed: [] } });
    await nothingHappensFor(300);
    expect([made(), rig.questions]).toEqual([[], []]);
    await expect(assume('aws-go-sdk-1795875598158262934')).rejects.toThrow('it is meant for 333333333333');
    expect(made()).toEqual([]);
  });

  it('are not made where the user wants every call made, nor for another command', async () => {
    await nextRun({ repeats: false });
    await nextRun({ program: 'terraform plan' });
    await assume('alice');
    expect(made()).toEqual(['AssumeRole Success']);
  });

  it('are those of the last run that asked for any, whatever was made for it in vain', async () => {
    const inVain = await nextRun();
    await eventually(() => expect(made()).toHaveLength(2));
    await inVain.close();
    const other = await nextRun();
    await assume('alice');
    await other.close();
    // What was made in vain for both, and what was asked for.
    await eventually(() => expect(made()).toHaveLength(5));
    first = aws.calls.length;
    await nextRun();
    await eventually(() => expect(made()).toEqual(['AssumeRole Success']));
    expect(aws.calls.at(-1)?.parameters['RoleSessionName']).toBe('alice');
  });
});
