import { describe, expect, test } from 'vitest';
import type { ActionQuestion } from '../../../contract/question.ts';
import { portalUserOf } from '../../../core/sign-in/identity-change.ts';
import { type BrokerRig, unknownProgram, withBroker } from '../../../../testing/rigs/broker-rig.ts';
import { asksFor, callsOf, deployFrom } from '../../../../testing/rigs/foreign-rig.ts';
import { timePasses } from '../../../../testing/processes/deadline.ts';
import { personAnswers, portalConfig } from '../../../../testing/rigs/sign-in-rig.ts';
import { testCipher } from '../../../../testing/samples/test-cipher.ts';

const profiles = { dev: ['111111111111', 'AdministratorAccess'], stg: ['222222222222', 'AdministratorAccess'] } as const;
const everywhere = Object.values(profiles).map(([accountId, role]) => ({
  accountId,
  accountName: accountId,
  emailAddress: `aws+${accountId}@example.com`,
  roleNames: [role],
}));
const it = withBroker((aws) => {
  aws.identityCenter.assign('suzuki', everywhere);
  return { config: portalConfig(aws.startUrl, profiles) + deployFrom('dev', aws.accounts.b.deployRoleArn) };
});

const names = { name: 'corp', user: 'suzuki', before: 'sato' };
const refused = { ok: false, error: { code: 'portal-user-refused', params: names } };
const given = (user: string) => ({ ok: true, value: { session: { identity: { arn: expect.stringMatching(new RegExp(`/${user}$`)) } } } });

async function question(rig: BrokerRig): Promise<ActionQuestion> {
  return rig.shows('the question about the user', ({ question: shown }) =>
    shown?.kind === 'action' && shown.action.verb === 'other-user' ? shown : undefined,
  );
}

async function answer(rig: BrokerRig, permission: 'confirm' | 'refuse'): Promise<void> {
  const { questionId } = await question(rig);
  rig.broker.commands.answerQuestion({ questionId, permission });
}

/** Signs in as a user, with nobody there before or after a sign-out. */
async function signInAs(rig: BrokerRig, user: string, profile = 'dev') {
  const asked = asksFor(rig, profile);
  await personAnswers(rig, user);
  return asked;
}

async function signOut(rig: BrokerRig): Promise<void> {
  await rig.broker.signIns.signOut(rig.store.state.signIns[0]?.signInId ?? '');
}

describe('the user of an access portal', () => {
  it('the first user of an access portal may be anybody, and the same one signs in again without a question', async ({ rig }) => {
    expect(await signInAs(rig, 'sato')).toMatchObject(given('sato'));
    await signOut(rig);
    expect(await signInAs(rig, 'sato')).toMatchObject(given('sato'));
    expect(rig.store.state.question).toBeNull();
  });

  it('another user of an access portal than before is asked about before anybody gets credentials, with both names', async ({ rig }) => {
    await signInAs(rig, 'sato');
    await signOut(rig);
    const asked = signInAs(rig, 'suzuki');
    expect(await question(rig)).toMatchObject({ profile: 'dev', accountIds: ['111111111111'], action: { portal: 'corp', before: 'sato', user: 'suzuki' } });
    expect(rig.credentials('dev')).toBeNull();
    await answer(rig, 'confirm');
    expect(await asked).toMatchObject(given('suzuki'));
    expect(await asksFor(rig, 'stg')).toMatchObject(given('suzuki'));
    expect(rig.store.state.question).toBeNull();
  });

  it('a refused user of an access portal gets nothing out for any profile or role of it, until the one from before has signed in', async ({ rig }) => {
    await signInAs(rig, 'sato');
    await signOut(rig);
    const asked = signInAs(rig, 'suzuki');
    await answer(rig, 'refuse');
    expect(await asked).toMatchObject(refused);
    for (const profile of ['dev', 'stg', 'deploy']) expect(await asksFor(rig, profile)).toMatchObject(refused);
    await signOut(rig);
    expect(await signInAs(rig, 'sato', 'deploy')).toMatchObject({ ok: true });
  });

  it('an answer about a user of an access portal counts for the sign-in that it was asked of, and who asks after a sign-out does not wait for it', async ({
    rig,
  }) => {
    await signInAs(rig, 'sato');
    await signOut(rig);
    const asked = signInAs(rig, 'suzuki');
    await question(rig);
    await signOut(rig);
    rig.ahead += 1_000;
    expect(await signInAs(rig, 'sato')).toMatchObject(given('sato'));
    await answer(rig, 'confirm');
    expect(await asked).toMatchObject(given('sato'));
    expect(await asksFor(rig, 'stg')).toMatchObject(given('sato'));
  });

  it('of two profiles that wait for an answer about a user, one that hangs up leaves the other the reason why it waits', async ({ aws, rig }) => {
    await signInAs(rig, 'sato');
    await signOut(rig);
    const gone = new AbortController();
    const first = rig.sessions.credentials('dev', { minLeftMs: 0, requester: { ...unknownProgram(), signal: gone.signal } });
    await personAnswers(rig, 'suzuki');
    await question(rig);
    const before = callsOf(aws, 'GetCallerIdentity');
    const second = rig.sessions.credentials('stg', { minLeftMs: 0, requester: { ...unknownProgram(), waitMs: 2_000 } });
    await expect.poll(() => callsOf(aws, 'GetCallerIdentity')).toBe(before + 1);
    await timePasses(300);
    gone.abort();
    expect(await first).toMatchObject({ ok: false, error: { code: 'mfa-cancelled' } });
    expect(await second).toMatchObject({ ok: false, error: { code: 'portal-user-unanswered', params: names } });
  });

  it('the user of an access portal is known over a restart of the app', async ({ aws, startRig }) => {
    aws.identityCenter.assign('suzuki', everywhere);
    const rig = await startRig({ config: portalConfig(aws.startUrl, profiles), cipher: testCipher() });
    await signInAs(rig, 'sato');
    await signOut(rig);
    const next = await rig.restarted();
    const asked = signInAs(next, 'suzuki');
    await answer(next, 'refuse');
    expect(await asked).toMatchObject(refused);
  });

  it('callers of several profiles share one question about the user of an access portal', async ({ rig }) => {
    await signInAs(rig, 'sato');
    await signOut(rig);
    const asked = Array.from({ length: 20 }, (_none, index) => asksFor(rig, index % 2 === 0 ? 'dev' : 'stg'));
    await personAnswers(rig, 'suzuki');
    await answer(rig, 'confirm');
    expect((await Promise.all(asked)).every(({ ok }) => ok)).toBe(true);
    expect(rig.store.state.question).toBeNull();
  });

  test.each([
    ['arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_AdministratorAccess_0123456789abcdef/sato@example.com', 'sato@example.com'],
    ['arn:aws-cn:sts::111111111111:assumed-role/AWSReservedSSO_ReadOnly_0123456789abcdef/s', 's'],
    ['arn:aws:sts::111111111111:assumed-role/deploy/sato', null],
    ['arn:aws:iam::111111111111:user/AWSReservedSSO_x/sato', null],
    ['arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_x', null],
  ])('the user of an access portal in %s is %s', (arn, user) => {
    expect(portalUserOf(arn)).toBe(user);
  });
});
