import { describe, expect } from 'vitest';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { asksFor, callsOf } from '../../../testing/rigs/foreign-rig.ts';
import { personAnswers, portalConfig, signInStep } from '../../../testing/rigs/sign-in-rig.ts';
import { errorSentences } from '../../core/texts/translate.ts';
import { shippedTexts } from '../../../testing/texts/shipped-texts.ts';

const it = withBroker((aws) => ({
  config:
    portalConfig(aws.startUrl, { dev: ['111111111111', 'AdministratorAccess'], stg: ['222222222222', 'AdministratorAccess'] }) +
    `[profile sandbox]\nlogin_session = ${aws.alice.arn}\nregion = us-east-1\n`,
}));
const minute = 60_000;

/** Both clocks, this machine's and AWS's, are so far on. */
function passed(rig: BrokerRig, minutes: number): void {
  rig.ahead = minutes * minute;
  rig.aws.faults.clockOffsetSeconds = minutes * 60;
}

/** `life`: how many minutes what a sign-in gives lasts; it is renewed in the last five. `another` depends on the same sign-in. */
const ways = [
  {
    name: 'an access portal',
    place: 0,
    profile: 'dev',
    another: 'stg',
    user: () => 'sato',
    life: 60,
    token: 'CreateToken',
    fault: 'sso-oidc:CreateToken',
    service: ({ aws }: BrokerRig) => aws.identityCenter,
  },
  {
    name: 'an AWS sign-in',
    place: 1,
    profile: 'sandbox',
    another: 'sandbox',
    user: ({ aws }: BrokerRig) => aws.alice.arn,
    life: 15,
    token: 'CreateOAuth2Token',
    fault: 'signin:CreateOAuth2Token',
    service: ({ aws }: BrokerRig) => aws.awsLogin,
  },
] as const;

describe.for(ways)('a renewal of $name whose answer is lost', ({ name, place, profile, another, user, life, token, fault, service }) => {
  const stateOf = (rig: BrokerRig) => rig.store.state.signIns[place]?.state;

  /** Somebody asks for a page elsewhere, which nobody needs: before it says so the app renews what is due. */
  async function renewalTried(rig: BrokerRig): Promise<void> {
    const before = callsOf(rig.aws, token);
    const asked = await rig.broker.apiHandlers['sign-in-page']({ profile }, { signal: new AbortController().signal });
    expect(asked).toEqual({ ok: true, value: { page: null } });
    expect(callsOf(rig.aws, token)).toBeGreaterThan(before);
  }

  /** Somebody is signed in, and the answer to the first renewal does not arrive, however often the SDK asks for it. */
  async function renewalLost(rig: BrokerRig, graceSeconds: number): Promise<void> {
    service(rig).lives.grace = graceSeconds;
    const first = asksFor(rig, profile);
    await personAnswers(rig, user(rig));
    expect(await first).toMatchObject({ ok: true });
    passed(rig, life - 4);
    rig.aws.faults.set(fault, { kind: 'answer-dropped' });
    await renewalTried(rig);
    expect(await asksFor(rig, another)).toMatchObject({ ok: true });
    rig.aws.faults.clear(fault);
  }

  it(`the answer to a renewal of ${name} that is lost once costs nobody a sign-in where AWS honours the used token for a while`, async ({ aws, rig }) => {
    await renewalLost(rig, 600);
    passed(rig, life - 2);
    await renewalTried(rig);
    passed(rig, life + 1);
    const before = callsOf(aws, token);
    expect(await asksFor(rig, another)).toMatchObject({ ok: true });
    expect(callsOf(aws, token)).toBe(before);
    expect(rig.signIns).toHaveLength(1);
  });

  it(`what ${name} gave is used to its end where AWS refuses the renewal after a lost answer, and the next callers get one page`, async ({ rig }) => {
    await renewalLost(rig, 0);
    for (const left of [2.5, 1]) {
      passed(rig, life - left);
      await renewalTried(rig);
      expect(await asksFor(rig, another)).toMatchObject({ ok: true });
      expect(stateOf(rig)).toMatchObject({ kind: 'active' });
    }
    passed(rig, life + 1);
    const callers = Array.from({ length: 20 }, (_none, index) => asksFor(rig, index % 2 === 0 ? profile : another));
    await signInStep(rig, 'browser');
    const state = stateOf(rig);
    if (state?.kind !== 'ended') throw new Error(`The sign-in is ${state?.kind}`);
    expect(state.error.code).toBe('sign-in-ended');
    expect(errorSentences(shippedTexts.en, state.error)).toContain(rig.store.state.signIns[place]?.name);
    await personAnswers(rig, user(rig));
    for (const asked of await Promise.all(callers)) expect(asked).toMatchObject({ ok: true });
    expect(rig.signIns).toHaveLength(2);
    expect(stateOf(rig)).toMatchObject({ kind: 'active' });
  });

  it(`a caller of ${name} that no token is left for, and whose answer is lost, is told so without an end of the sign-in, and the next is served`, async ({
    aws,
    rig,
  }) => {
    service(rig).lives.grace = 600;
    const first = asksFor(rig, profile);
    await personAnswers(rig, user(rig));
    await first;
    passed(rig, life + 1);
    aws.faults.set(fault, { kind: 'answer-dropped' });
    expect(await asksFor(rig, another)).toMatchObject({ ok: false, error: { code: 'network-unreachable' } });
    expect(stateOf(rig)).toMatchObject({ kind: 'active' });
    aws.faults.clear(fault);
    expect(await asksFor(rig, another)).toMatchObject({ ok: true });
    expect(rig.signIns).toHaveLength(1);
  });
});
