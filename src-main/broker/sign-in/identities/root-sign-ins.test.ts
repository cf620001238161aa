import { awsLoginId } from '../../../core/sign-in/sign-in-places.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ActionQuestion } from '../../../contract/question.ts';
import type { AwsLoginPlace } from '../../../core/sign-in/sign-in-places.ts';
import { type BrokerRig, unknownProgram, withBroker } from '../../../../testing/rigs/broker-rig.ts';
import { asksFor, deployFrom } from '../../../../testing/rigs/foreign-rig.ts';
import { personAnswers } from '../../../../testing/rigs/sign-in-rig.ts';
import { testCipher } from '../../../../testing/samples/test-cipher.ts';
import { IdentityQuestions } from './identity-questions.ts';
import { RootSignIns } from './root-sign-ins.ts';

const root = 'arn:aws:iam::111111111111:root';
const config = `[profile dev]\nlogin_session = ${root}\nregion = us-east-1\n`;
const it = withBroker(() => ({ config }));
const minute = 60_000;

const refused = { ok: false, error: { code: 'login-root-refused', params: { name: 'dev', account: '111111111111' } } };

/** Waits for the question about root. */
async function question(rig: BrokerRig): Promise<ActionQuestion> {
  return rig.shows('the question about root', ({ question: shown }) => (shown?.kind === 'action' && shown.action.verb === 'root-sign-in' ? shown : undefined));
}

async function answer(rig: BrokerRig, permission: 'confirm' | 'refuse'): Promise<void> {
  const { questionId } = await question(rig);
  rig.broker.commands.answerQuestion({ questionId, permission });
}

describe('a sign-in of root', () => {
  it('a sign-in of root is given to a program only once a person has confirmed it, in a question that names account, profile and program', async ({ rig }) => {
    const program = { pid: 5704, command: 'terraform plan', folder: null, executable: null, verified: true, peer: null, profile: 'dev' };
    const asked = rig.sessions.credentials('dev', { minLeftMs: 0, requester: { ...unknownProgram(), program: async () => program } });
    await personAnswers(rig, root);
    expect(await question(rig)).toMatchObject({ profile: 'dev', accountIds: ['111111111111'], asker: { command: 'terraform plan', verified: true } });
    expect(rig.credentials('dev')).toBeNull();
    await answer(rig, 'confirm');
    expect(await asked).toMatchObject({ ok: true, value: { session: { identity: { arn: root } } } });
  });

  it('what a person confirmed of root holds as long as that sign-in, through its renewals', async ({ rig }) => {
    const asked = asksFor(rig, 'dev');
    await personAnswers(rig, root);
    await answer(rig, 'confirm');
    const before = await asked;
    rig.ahead = 16 * minute;
    rig.aws.faults.clockOffsetSeconds = 16 * 60;
    const after = await asksFor(rig, 'dev');
    expect([before, after]).toMatchObject([{ ok: true }, { ok: true }]);
    expect(before.ok && after.ok && before.value.credentials.accessKeyId).not.toBe(after.ok && after.value.credentials.accessKeyId);
    expect(rig.store.state.question).toBeNull();
  });

  it('the next sign-in of root at the same place is asked about anew', async ({ rig }) => {
    const asked = asksFor(rig, 'dev');
    await personAnswers(rig, root);
    await answer(rig, 'confirm');
    await asked;
    await rig.broker.signIns.signOut(awsLoginId('dev', root));
    rig.ahead = minute;
    const again = asksFor(rig, 'dev');
    await personAnswers(rig, root);
    await answer(rig, 'refuse');
    expect(await again).toMatchObject(refused);
    expect(rig.credentials('dev')).toBeNull();
  });

  it('a restart of the app asks about root anew', async ({ startRig }) => {
    const rig = await startRig({ config, cipher: testCipher() });
    const asked = asksFor(rig, 'dev');
    await personAnswers(rig, root);
    await answer(rig, 'confirm');
    await asked;
    const next = await rig.restarted();
    const again = asksFor(next, 'dev');
    await answer(next, 'refuse');
    expect(await again).toMatchObject(refused);
    expect(next.signIns).toHaveLength(0);
  });

  it('programs that a person refused root are refused for a while without another question, and a person who asks is asked anew', async ({ rig }) => {
    const asked = asksFor(rig, 'dev');
    await personAnswers(rig, root);
    await answer(rig, 'refuse');
    expect(await asked).toMatchObject(refused);
    expect(await asksFor(rig, 'dev')).toMatchObject(refused);
    rig.sessions.requestSession({ profile: 'dev' });
    await answer(rig, 'confirm');
    await rig.shows('the session', ({ profiles }) => profiles.find(({ name, session }) => name === 'dev' && session.kind === 'active'));
    expect(await asksFor(rig, 'dev')).toMatchObject({ ok: true });
  });

  it('a role with a sign-in of root as its source asks in the same way, and shares the answer', async ({ aws, startRig }) => {
    const rig = await startRig({ config: config + deployFrom('dev', aws.accounts.b.deployRoleArn) });
    const [role, own] = [asksFor(rig, 'deploy'), asksFor(rig, 'dev')];
    await personAnswers(rig, root);
    expect(await question(rig)).toMatchObject({ profile: 'dev', accountIds: ['111111111111'] });
    await answer(rig, 'refuse');
    expect(await Promise.all([role, own])).toMatchObject([{ ok: false, error: { code: 'login-root-refused' } }, refused]);
  });

  it('a program whose time is over while nobody answers about root is told so, and the question stays', async ({ rig }) => {
    void rig.broker.signIns.open(awsLoginId('dev', root));
    await personAnswers(rig, root);
    await rig.shows('the sign-in', ({ signIns }) => (signIns[0]?.state.kind === 'active' ? true : undefined));
    expect(rig.store.state.question).toBeNull();
    const asked = rig.sessions.credentials('dev', { minLeftMs: 0, requester: { ...unknownProgram(), waitMs: 1_500 } });
    await question(rig);
    expect(await asked).toMatchObject({ ok: false, error: { code: 'login-root-unanswered', params: { name: 'dev', account: '111111111111' } } });
    await answer(rig, 'confirm');
    expect(await asksFor(rig, 'dev')).toMatchObject({ ok: true });
  });

  it('a person who signs out while the question about root is open gives it to nobody by confirming', async ({ rig }) => {
    const asked = asksFor(rig, 'dev');
    await personAnswers(rig, root);
    const { questionId } = await question(rig);
    await rig.broker.signIns.signOut(awsLoginId('dev', root));
    rig.broker.commands.answerQuestion({ questionId, permission: 'confirm' });
    expect(await asked).toMatchObject({ ok: false, error: { code: 'sign-in-none' } });
    expect(rig.credentials('dev')).toBeNull();
  });
});

describe('the question about root', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('the question about root that nobody answers for two minutes is a refusal', async () => {
    const place: AwsLoginPlace = { way: 'aws-login', signInId: awsLoginId('dev', root), name: 'dev', loginSession: root, region: 'us-east-1' };
    const questions = new IdentityQuestions({
      held: { keptOf: () => ({ signedInAt: 1, endsAt: null, identity: null }) },
      questions: { ask: (_question, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(null))) },
      now: Date.now,
    });
    const caller = { byUser: false, asker: async () => null, signal: new AbortController().signal };
    const asked = new RootSignIns(questions).allow(place, { profile: 'dev', arn: root, accountId: '111111111111' }, caller);
    await vi.advanceTimersByTimeAsync(2 * minute - 1);
    expect(questions.unanswered(place)?.code).toBe('login-root-unanswered');
    await vi.advanceTimersByTimeAsync(1);
    expect(await asked).toMatchObject({ ok: false, error: { code: 'login-root-unanswered' } });
    expect(questions.unanswered(place)).toBeNull();
  });
});
