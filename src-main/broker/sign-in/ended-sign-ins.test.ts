import { writeFile } from 'node:fs/promises';
import { describe, expect, vi } from 'vitest';
import { answerPage } from '../../../testing/aws/sign-in/person.ts';
import { unknownProgram, withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { asksFor, callsOf } from '../../../testing/rigs/foreign-rig.ts';
import { personAnswers, portalConfig, signInStep } from '../../../testing/rigs/sign-in-rig.ts';
import { testCipher } from '../../../testing/samples/test-cipher.ts';

const profiles = { dev: ['111111111111', 'AdministratorAccess'], stg: ['222222222222', 'AdministratorAccess'] } as const;
const it = withBroker((aws) => ({ config: portalConfig(aws.startUrl, profiles) }));
const hour = 3_600_000;
const refused = { kind: 'answered', status: 401, contentType: 'application/json', body: '{"__type":"UnauthorizedException","message":"no"}' } as const;
const signOut = (rig: BrokerRig) => rig.broker.commands.signOut({ signInId: rig.store.state.signIns[0]?.signInId ?? '' });
const login = (arn: string) => `[profile dev]\nlogin_session = ${arn}\nregion = us-east-1\n`;

/** Somebody is signed in, and `dev` has its credentials. */
async function signedIn(rig: BrokerRig, user = 'sato'): Promise<void> {
  const asked = asksFor(rig, 'dev');
  await personAnswers(rig, user);
  expect(await asked).toMatchObject({ ok: true });
}

/** Somebody is signed in, and the token is being renewed, for which `stg` waits. */
async function inRenewal(rig: BrokerRig) {
  await signedIn(rig);
  rig.ahead = hour;
  rig.aws.faults.clockOffsetSeconds = hour / 1000;
  const renewal = rig.aws.faults.hold('sso-oidc:CreateToken');
  const asked = asksFor(rig, 'stg');
  await renewal.arrived;
  return { renewal, asked };
}

/** The person has answered the page; the browser is back when it opens this address. */
async function answered(rig: BrokerRig): Promise<string> {
  await signInStep(rig, 'browser');
  return (await answerPage(rig.signIns.at(-1) ?? '', { user: 'sato', answer: 'allow' })).url.href;
}

describe('signing out', () => {
  it('signing out while a page waits for a person closes it for all 50 who wait, and what the browser brings later signs nobody in', async ({ rig }) => {
    const callers = Array.from({ length: 50 }, (_none, index) => asksFor(rig, index % 2 === 0 ? 'dev' : 'stg'));
    const back = await answered(rig);
    await signOut(rig);
    for (const asked of await Promise.all(callers)) expect(asked).toMatchObject({ ok: false, error: { code: 'sign-in-closed' } });
    await expect(fetch(back)).rejects.toThrow('fetch failed');
    expect(rig.store.state).toMatchObject({ signInPrompt: null, signIns: [{ state: { kind: 'none' } }] });
    expect(rig.signIns).toHaveLength(1);
  });

  it('signing out in the middle of the exchange signs nobody in, and ends at AWS what the exchange brought', async ({ aws, rig }) => {
    const asked = asksFor(rig, 'dev');
    const back = await answered(rig);
    const [exchange, before] = [aws.faults.hold('sso-oidc:CreateToken'), callsOf(aws, 'Logout')];
    await fetch(back);
    await exchange.arrived;
    await signOut(rig);
    exchange.release();
    expect(await asked).toMatchObject({ ok: false, error: { code: 'sign-in-closed' } });
    await vi.waitFor(() => expect(callsOf(aws, 'Logout')).toBe(before + 1));
    expect(rig.store.state.signIns).toMatchObject([{ state: { kind: 'none' } }]);
  });

  it('signing out in the middle of a renewal leaves no sign-in, and no session of it', async ({ rig }) => {
    const { renewal, asked } = await inRenewal(rig);
    await signOut(rig);
    renewal.release();
    const outcome = await Promise.race([asked, signInStep(rig, 'browser')]);
    expect(outcome).not.toMatchObject({ ok: true });
    expect(rig.store.state.signIns).toMatchObject([{ state: { kind: 'none' } }]);
    expect([rig.credentials('dev'), rig.credentials('stg')]).toEqual([null, null]);
  });

  it('signing out ends the sessions at once, however long AWS takes to hear of it', async ({ aws, rig }) => {
    await signedIn(rig);
    const told = aws.faults.hold('sso:Logout');
    const ended = signOut(rig);
    await told.arrived;
    expect(rig.credentials('dev')).toBeNull();
    told.release();
    await ended;
  });
});

describe('a sign-in', () => {
  it('a sign-in that a person has answered is not lost with the program that gives up while its code is exchanged', async ({ aws, rig }) => {
    const gone = new AbortController();
    const asked = rig.sessions.credentials('dev', { minLeftMs: 0, requester: { ...unknownProgram(), signal: gone.signal } });
    const back = await answered(rig);
    const exchange = aws.faults.hold('sso-oidc:CreateToken');
    await fetch(back);
    await exchange.arrived;
    gone.abort();
    expect(await asked).toMatchObject({ ok: false });
    exchange.release();
    await rig.shows('who is signed in', ({ signIns }) => (signIns[0]?.state.kind === 'active' ? true : undefined));
    expect(await asksFor(rig, 'dev')).toMatchObject({ ok: true });
    expect(rig.signIns).toHaveLength(1);
  });

  it('a sign-in whose tokens the portal refuses, fresh ones too, is shown as ended, so that a person can sign in again', async ({ aws, rig }) => {
    await signedIn(rig);
    const before = callsOf(aws, 'CreateToken');
    aws.faults.set('sso:GetRoleCredentials', refused);
    expect(await asksFor(rig, 'stg')).toMatchObject({ ok: false, error: { code: 'portal-token-refused' } });
    expect(callsOf(aws, 'CreateToken')).toBe(before + 1);
    expect(rig.store.state.signIns).toMatchObject([{ state: { kind: 'ended', error: { code: 'portal-token-refused' } } }]);
    aws.faults.clear();
    const asked = asksFor(rig, 'stg');
    await personAnswers(rig, 'sato');
    expect(await asked).toMatchObject({ ok: true });
  });

  it('an AWS sign-in gives nothing to its profile once that names somebody else in login_session, until that one has signed in', async ({ aws, startRig }) => {
    const rig = await startRig({ config: login(aws.alice.arn) });
    await signedIn(rig, aws.alice.arn);
    await writeFile(rig.store.state.files.config, login(aws.bob.arn));
    await rig.broker.loadConfig();
    const asked = asksFor(rig, 'dev');
    await personAnswers(rig, aws.bob.arn);
    const question = await rig.shows('the question about the account', (state) => (state.question?.kind === 'action' ? state.question : undefined));
    expect(question).toMatchObject({ profile: 'dev', accountIds: ['222222222222'], action: { verb: 'other-account', before: '111111111111' } });
    rig.broker.commands.answerQuestion({ questionId: question.questionId, permission: 'confirm' });
    expect(await asked).toMatchObject({ ok: true, value: { session: { identity: { arn: aws.bob.arn } } } });
  });

  it('a sign-in is not lost with an app that quits in the middle of a renewal: the fresh token is kept first', async ({ aws, startRig }) => {
    const rig = await startRig({ config: portalConfig(aws.startUrl, profiles), cipher: testCipher() });
    const { renewal, asked } = await inRenewal(rig);
    const restarted = rig.restarted();
    renewal.release();
    const next = await restarted;
    await asked;
    expect(await asksFor(next, 'stg')).toMatchObject({ ok: true });
    expect(next.signIns).toHaveLength(0);
  });

  it('a start URL with capitals in its host is the same access portal, with one page', async ({ aws, startRig }) => {
    const upper = aws.startUrl.replace('127.0.0.1', 'LOCALHOST');
    const both = [upper, upper.toLowerCase()].map((url, index) => portalConfig(url, { [`p${index}`]: ['111111111111', 'AdministratorAccess'] }, `s${index}`));
    const rig = await startRig({ config: both.join('\n') });
    expect(rig.store.state.signIns).toMatchObject([{ profiles: ['p0', 'p1'] }]);
  });
});
