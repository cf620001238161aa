import { describe, expect } from 'vitest';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { asksFor, callsOf } from '../../../testing/rigs/foreign-rig.ts';
import { personAnswers, portalConfig, signInStep } from '../../../testing/rigs/sign-in-rig.ts';
import { errorSentences } from '../../core/texts/translate.ts';
import { shippedTexts } from '../../../testing/texts/shipped-texts.ts';

const it = withBroker((aws) => ({
  config:
    portalConfig(aws.startUrl, { dev: ['111111111111', 'AdministratorAccess'] }) + `[profile sandbox]\nlogin_session = ${aws.alice.arn}\nregion = us-east-1\n`,
}));
const hour = 3_600_000;

/** The computer slept: time has passed here and at AWS, and no timer of the app has run. */
function slept(rig: BrokerRig, hours: number): void {
  rig.ahead = hours * hour;
  rig.aws.faults.clockOffsetSeconds = (hours * hour) / 1000;
}

const ways = [
  { name: 'an access portal', profile: 'dev', place: 0, user: () => 'sato', lasts: 3, over: 9, token: 'CreateToken', fault: 'sso-oidc:CreateToken' },
  {
    name: 'an AWS sign-in',
    profile: 'sandbox',
    place: 1,
    user: (rig: BrokerRig) => rig.aws.alice.arn,
    lasts: 3,
    over: 13,
    token: 'CreateOAuth2Token',
    fault: 'signin:CreateOAuth2Token',
  },
] as const;

const stateOf = (rig: BrokerRig, place: number) => rig.store.state.signIns[place]?.state;

describe.for(ways)('a computer that slept over the end of what $name gave', ({ name, profile, place, user, lasts, over, token, fault }) => {
  async function signedIn(rig: BrokerRig): Promise<void> {
    const first = asksFor(rig, profile);
    await personAnswers(rig, user(rig));
    await first;
  }

  it(`the first caller after a sleep over the end of what ${name} gave is served without a person`, async ({ rig }) => {
    await signedIn(rig);
    slept(rig, lasts);
    expect(await asksFor(rig, profile)).toMatchObject({ ok: true });
    expect(rig.signIns).toHaveLength(1);
  });

  it(`what ${name} gave is renewed once at the wake-up, while 50 programs ask at the same time`, async ({ aws, rig }) => {
    await signedIn(rig);
    slept(rig, lasts);
    const before = callsOf(aws, token);
    rig.broker.heldSignIns.tick();
    const given = await Promise.all(Array.from({ length: 50 }, () => asksFor(rig, profile)));
    expect(given.every(({ ok }) => ok)).toBe(true);
    expect(callsOf(aws, token)).toBe(before + 1);
    expect(rig.signIns).toHaveLength(1);
  });

  it(`a network that comes up after the wake-up ends no sign-in of ${name}, and the first caller then is served`, async ({ aws, rig }) => {
    await signedIn(rig);
    slept(rig, lasts);
    aws.faults.set(fault, { kind: 'dropped' });
    rig.broker.heldSignIns.tick();
    expect(await asksFor(rig, profile)).toMatchObject({ ok: false, error: { code: 'network-unreachable' } });
    expect(stateOf(rig, place)).toMatchObject({ kind: 'active' });
    aws.faults.clear(fault);
    expect(await asksFor(rig, profile)).toMatchObject({ ok: true });
    expect(rig.signIns).toHaveLength(1);
  });

  it(`a sleep over the end of the sign-in of ${name} is told in a sentence at the wake-up, opens no page by itself, and one for the next caller`, async ({
    rig,
  }) => {
    await signedIn(rig);
    slept(rig, over);
    rig.broker.heldSignIns.tick();
    const ended = await rig.shows('the end', () => {
      const state = stateOf(rig, place);
      return state?.kind === 'ended' ? state : undefined;
    });
    expect(ended.error.code).toBe('sign-in-ended');
    for (const language of ['en', 'ja'] as const) expect(errorSentences(shippedTexts[language], ended.error)).toMatch(/Sign in again|もう一度サインイン/);
    expect(rig.signIns).toHaveLength(1);
    const asked = asksFor(rig, profile);
    await signInStep(rig, 'browser');
    await personAnswers(rig, user(rig));
    expect(await asked).toMatchObject({ ok: true });
    expect(rig.signIns).toHaveLength(2);
  });
});

describe('a clock that is set back', () => {
  it('a clock that is set back after somebody declined does not keep programs away for as long', async ({ rig }) => {
    rig.ahead = hour;
    const first = asksFor(rig, 'dev');
    await personAnswers(rig, 'sato', 'deny');
    await first;
    rig.ahead = 0;
    const asked = asksFor(rig, 'dev');
    await personAnswers(rig, 'sato');
    expect(await asked).toMatchObject({ ok: true });
  });

  it('a clock that is set back after a renewal failed does not put the next one off for as long', async ({ aws, rig }) => {
    const first = asksFor(rig, 'sandbox');
    await personAnswers(rig, aws.alice.arn);
    await first;
    slept(rig, 0.2);
    aws.faults.set('signin:CreateOAuth2Token', { kind: 'dropped' });
    rig.broker.heldSignIns.tick();
    await expect.poll(() => callsOf(aws, 'CreateOAuth2Token'), { timeout: 8_000 }).toBeGreaterThanOrEqual(4);
    await asksFor(rig, 'sandbox');
    aws.faults.clear();
    const before = rig.credentials('sandbox')?.accessKeyId;
    slept(rig, 0.19);
    rig.broker.heldSignIns.tick();
    await rig.shows('fresh credentials', () => (rig.credentials('sandbox')?.accessKeyId === before ? undefined : true));
  });
});
