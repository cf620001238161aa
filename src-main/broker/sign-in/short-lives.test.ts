import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { asksFor, callsOf } from '../../../testing/rigs/foreign-rig.ts';
import { personAnswers, portalConfig } from '../../../testing/rigs/sign-in-rig.ts';

const it = withBroker((aws) => ({
  config:
    portalConfig(aws.startUrl, { dev: ['111111111111', 'AdministratorAccess'], stg: ['222222222222', 'AdministratorAccess'] }) +
    `[profile sandbox]\nlogin_session = ${aws.alice.arn}\nregion = us-east-1\n`,
}));
const ways = [
  { name: 'an access portal', profile: 'dev', next: 'stg', user: () => 'sato', token: 'CreateToken' },
  { name: 'an AWS sign-in', profile: 'sandbox', next: 'sandbox', user: (rig: BrokerRig) => rig.aws.alice.arn, token: 'CreateOAuth2Token' },
] as const;

describe.for(ways)('tokens of $name that last for a second', ({ name, profile, next, user, token }) => {
  it(`tokens of ${name} that last for a second are renewed once a minute while nobody asks, and at once for who asks`, async ({ aws, rig, onTestFinished }) => {
    const [portal, login] = [aws.identityCenter.lives.accessToken, aws.awsLogin.lives.credentials];
    onTestFinished(() => void ([aws.identityCenter.lives.accessToken, aws.awsLogin.lives.credentials] = [portal, login]));
    [aws.identityCenter.lives.accessToken, aws.awsLogin.lives.credentials] = [1, 1];
    const before = callsOf(aws, token);
    const first = asksFor(rig, profile);
    await personAnswers(rig, user(rig));
    await first;
    // What goes on from the sign-in itself: its session, which has ended before it was shown, is made anew.
    const signedIn = await callsAtRest(aws, token);
    expect(signedIn - before).toBeLessThanOrEqual(4);

    await asksFor(rig, next);
    // The same goes on from this: its session has ended before it was shown too.
    const asked = await callsAtRest(aws, token);
    expect(asked).toBeGreaterThan(signedIn);
    expect(asked - signedIn).toBeLessThanOrEqual(4);

    rig.ahead = 61_000;
    aws.faults.clockOffsetSeconds = 61;
    rig.broker.heldSignIns.tick();
    rig.broker.heldSignIns.tick();
    expect(await callsAtRest(aws, token)).toBe(asked + 1);
  });
});

/**
 * Waits until an action has not been called for five seconds, and says how often it was called until then. Looks count, and not
 * time: where a busy machine holds this process up, what calls in it is held up too.
 */
async function callsAtRest(aws: BrokerRig['aws'], action: string): Promise<number> {
  let [calls, looks] = [callsOf(aws, action), 0];
  while (looks < 50) {
    await pause(100);
    const now = callsOf(aws, action);
    looks = now === calls ? looks + 1 : 0;
    calls = now;
  }
  return calls;
}
