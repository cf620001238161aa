import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalAws, type LocalAws } from '../../../testing/aws/local-aws.ts';
import { RelayRig } from '../../../testing/rigs/relay-rig.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());

const whoAmI = () => new GetCallerIdentityCommand({});

describe('500 connections to the relay that say nothing', () => {
  it('500 connections to the relay that say nothing, or never end what they say, keep no call of a run from its answer, and are all let go', async () => {
    const quick = await RelayRig.make(aws, { limits: { headersMs: 3_000, requestMs: 3_000 } });
    await quick.open();
    const open = Array.from({ length: 500 }, (_, index) => quick.raw(index % 2 === 0 ? '' : 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n'));
    expect((await quick.sts().send(whoAmI())).Account).toBe('111111111111');
    await Promise.all(open);
    expect((await quick.sts().send(whoAmI())).Account).toBe('111111111111');
    await quick.close();
  });
});
