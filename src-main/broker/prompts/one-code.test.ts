import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import { BrokerBench, resetAws, startAws } from '../../../testing/rigs/broker-rig.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());

it('a code that AWS takes shows its session and closes its prompt in one state', async () => {
  resetAws(aws);
  const rig = await BrokerBench.start(aws);
  await rig.openPrompt();
  const shown = new Set<string>();
  rig.store.subscribe(({ profiles, prompt }) => {
    const session = profiles.find(({ name }) => name === 'default')?.session.kind ?? 'none';
    shown.add(`${session}, ${prompt === null ? 'no prompt' : prompt.step.kind}`);
  });
  await rig.submit(await aws.nextTotpCode());
  await Promise.resolve();
  expect([...shown]).toEqual(['starting, starting', 'active, no prompt']);
  await rig.close();
});
