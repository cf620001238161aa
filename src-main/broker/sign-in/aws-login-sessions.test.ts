import { describe, expect } from 'vitest';
import { answerPage } from '../../../testing/aws/sign-in/person.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { asksFor, callsOf, deployFrom } from '../../../testing/rigs/foreign-rig.ts';
import { personAnswers, signInStep } from '../../../testing/rigs/sign-in-rig.ts';
import { testCipher } from '../../../testing/samples/test-cipher.ts';

const entry = (arn: string) => `[profile dev]\nlogin_session = ${arn}\nregion = us-east-1\n`;
const it = withBroker((aws) => ({ config: entry(aws.alice.arn) }));
const minute = 60_000;

/** Both clocks, this machine's and AWS's, are so far on. */
function passed(rig: BrokerRig, minutes: number): void {
  rig.ahead = minutes * minute;
  rig.aws.faults.clockOffsetSeconds = minutes * 60;
}

describe('a profile with login_session', () => {
  it('a profile with login_session gets credentials of who signed in, and its card shows the end of the sign-in', async ({ aws, rig }) => {
    const asked = asksFor(rig, 'dev');
    await personAnswers(rig, aws.alice.arn);
    const given = await asked;
    expect(given).toMatchObject({ ok: true, value: { session: { identity: { arn: aws.alice.arn } } } });
    const { session } = rig.profile('dev');
    if (session.kind !== 'active' || !given.ok) throw new Error('no session');
    expect(Math.round((session.expiresAt - session.issuedAt) / minute)).toBe(15);
    expect(Math.round(((session.renewedUntil ?? 0) - session.issuedAt) / minute)).toBe(12 * 60);
    expect(given.value.credentials.expiresAt).toBe(session.expiresAt);
  });

  it('what an AWS sign-in gives is renewed while nobody asks, with one sign-in for two hours', async ({ aws, rig }) => {
    const first = asksFor(rig, 'dev');
    await personAnswers(rig, aws.alice.arn);
    await first;
    for (let minutes = 11; minutes <= 121; minutes += 10) {
      passed(rig, minutes);
      const before = rig.credentials('dev')?.accessKeyId;
      rig.broker.heldSignIns.tick();
      await rig.shows('fresh credentials', () => (rig.credentials('dev')?.accessKeyId === before ? undefined : true));
      rig.broker.held.timePassed();
      expect(rig.profile('dev').session.kind).toBe('active');
    }
    expect(rig.signIns).toHaveLength(1);
    expect(await asksFor(rig, 'dev')).toMatchObject({ ok: true });
  });

  it('a profile with login_session is the source of a role', async ({ aws, startRig }) => {
    const rig = await startRig({ config: entry(aws.alice.arn) + deployFrom('dev', aws.accounts.b.deployRoleArn) });
    const asked = asksFor(rig, 'deploy');
    await personAnswers(rig, aws.alice.arn);
    expect(await asked).toMatchObject({ ok: true, value: { session: { identity: { accountId: '222222222222' } } } });
  });

  it('somebody else than login_session names is asked about, and handed to nobody where a person keeps to it', async ({ aws, rig }) => {
    const asked = asksFor(rig, 'dev');
    await personAnswers(rig, aws.bob.arn);
    const { promptId, step } = await signInStep(rig, 'another-identity');
    expect(step).toMatchObject({ before: { accountId: '111111111111' }, now: { accountId: '222222222222', name: aws.bob.arn } });
    rig.broker.commands.acceptIdentity({ promptId, accept: false });
    expect(await asked).toMatchObject({ ok: false, error: { code: 'sign-in-identity-refused' } });
    expect(rig.store.state.signIns).toMatchObject([{ state: { kind: 'none' } }]);
  });

  it.for([
    ['USER_CREDENTIALS_CHANGED', 'login-credentials-changed'],
    ['TOKEN_EXPIRED', 'sign-in-ended'],
    ['INSUFFICIENT_PERMISSIONS', 'login-not-permitted'],
  ] as const)('a renewal that AWS refuses with %s ends the sign-in with a sentence of its own', async ([refusal, code], { aws, rig }) => {
    const first = asksFor(rig, 'dev');
    await personAnswers(rig, aws.alice.arn);
    await first;
    aws.awsLogin.refusal = refusal;
    passed(rig, 16);
    rig.broker.heldSignIns.tick();
    const ended = await rig.shows('the end', ({ signIns }) => (signIns[0]?.state.kind === 'ended' ? signIns[0].state : undefined));
    aws.awsLogin.refusal = null;
    expect(ended.error.code).toBe(code);
  });

  it('a service that fails for a while loses nothing: the sign-in goes on afterwards', async ({ aws, rig }) => {
    const first = asksFor(rig, 'dev');
    await personAnswers(rig, aws.alice.arn);
    await first;
    aws.faults.set('signin:CreateOAuth2Token', { kind: 'unavailable' });
    passed(rig, 11);
    expect(await asksFor(rig, 'dev')).toMatchObject({ ok: true });
    passed(rig, 16);
    expect(await asksFor(rig, 'dev')).toMatchObject({ ok: false, error: { code: 'service-failed' } });
    expect(rig.store.state.signIns).toMatchObject([{ state: { kind: 'active' } }]);
    aws.faults.clear();
    passed(rig, 17);
    expect(await asksFor(rig, 'dev')).toMatchObject({ ok: true });
    expect(rig.signIns).toHaveLength(1);
  });

  it('a restart between the answer of AWS and the end of the write finds a token that AWS still takes', async ({ aws, startRig }) => {
    const cipher = testCipher();
    const rig = await startRig({ config: entry(aws.alice.arn), cipher });
    const first = asksFor(rig, 'dev');
    await personAnswers(rig, aws.alice.arn);
    await first;
    // What AWS answered from here on is lost, as it is when the app is killed before it has written it.
    cipher.becomes('keychain-locked');
    passed(rig, 11);
    await asksFor(rig, 'dev');
    expect(callsOf(aws, 'CreateOAuth2Token')).toBeGreaterThanOrEqual(2);
    cipher.becomes('available');
    const next = await rig.restarted();
    expect(await asksFor(next, 'dev')).toMatchObject({ ok: true });
    expect(next.signIns).toHaveLength(0);
  });

  it('a sign-in goes on with a code that another device gave, and says of another text that it is none', async ({ aws, rig }) => {
    const asked = asksFor(rig, 'dev');
    const { promptId } = await signInStep(rig, 'browser');
    rig.broker.commands.signInElsewhere({ promptId });
    const { step } = await signInStep(rig, 'elsewhere');
    const { page } = await answerPage(step.address, { user: aws.alice.arn, answer: 'allow' });
    const code = /<code id="code">([^<]+)</.exec(page)?.[1] ?? '';
    rig.broker.commands.submitSignInCode({ promptId, code: 'c3RhdGU9eCZjb2RlPXk=' });
    await rig.shows('why it was refused', ({ signInPrompt }) =>
      signInPrompt?.step.kind === 'elsewhere' && signInPrompt.step.refused !== null ? true : undefined,
    );
    rig.broker.commands.submitSignInCode({ promptId, code });
    expect(await asked).toMatchObject({ ok: true });
  });
});
