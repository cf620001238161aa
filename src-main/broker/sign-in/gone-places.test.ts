import { writeFile } from 'node:fs/promises';
import { describe, expect, vi } from 'vitest';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { asksFor } from '../../../testing/rigs/foreign-rig.ts';
import { personAnswers, portalConfig } from '../../../testing/rigs/sign-in-rig.ts';
import { testCipher } from '../../../testing/samples/test-cipher.ts';

const it = withBroker();
const hour = 3_600_000;
const ways = [
  {
    name: 'an AWS sign-in',
    config: (aws: BrokerRig['aws']) => `[profile dev]\nlogin_session = ${aws.alice.arn}\nregion = us-east-1\n`,
    user: (rig: BrokerRig) => rig.aws.alice.arn,
    lasts: 11,
    over: 13,
  },
  {
    name: 'an access portal',
    config: (aws: BrokerRig['aws']) => portalConfig(aws.startUrl, { dev: ['111111111111', 'AdministratorAccess'] }),
    user: () => 'sato',
    lasts: 89 * 24,
    over: 91 * 24,
  },
] as const;

async function named(rig: BrokerRig, config: string): Promise<void> {
  await writeFile(rig.store.state.files.config, config);
  await rig.broker.loadConfig();
}

describe.for(ways)('the tokens of $name that has left the AWS files', ({ name, config, user, lasts, over }) => {
  it(`the tokens of ${name} that has left the AWS files are there when it comes back, and forgotten once they are over`, async ({ aws, startRig }) => {
    const rig = await startRig({ config: config(aws), cipher: testCipher() });
    const asked = asksFor(rig, 'dev');
    await personAnswers(rig, user(rig));
    await asked;
    const { signInId } = rig.store.state.signIns[0] ?? { signInId: '' };
    await named(rig, '');
    expect(rig.store.state.signIns).toEqual([]);

    rig.ahead = lasts * hour;
    rig.broker.heldSignIns.tick();
    expect(rig.broker.heldSignIns.isHeld(signInId)).toBe(true);

    const next = await rig.restarted();
    expect(next.broker.heldSignIns.isHeld(signInId)).toBe(true);
    next.ahead = over * hour;
    next.broker.heldSignIns.tick();
    await vi.waitFor(() => expect(next.broker.heldSignIns.isHeld(signInId)).toBe(false));
    const last = await next.restarted();
    await named(last, config(aws));
    expect(last.broker.heldSignIns.isHeld(signInId)).toBe(false);
    expect(last.store.state.signIns).toMatchObject([{ state: { kind: 'none' } }]);
    await last.broker.dispose();
  });

  it(`${name} that comes back with tokens that are over by then is not listed as one where somebody is signed in`, async ({ aws, startRig }) => {
    const rig = await startRig({ config: config(aws) });
    const asked = asksFor(rig, 'dev');
    await personAnswers(rig, user(rig));
    await asked;
    rig.ahead = over * hour;
    await named(rig, config(aws) + '[profile another]\nregion = us-east-1\n');
    expect(rig.store.state.signIns).toMatchObject([{ state: { kind: 'none' } }]);
  });
});
