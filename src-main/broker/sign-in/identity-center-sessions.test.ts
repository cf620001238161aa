import { describe, expect } from 'vitest';
import { unknownProgram, withBroker } from '../../../testing/rigs/broker-rig.ts';
import { asksFor, callsOf, deployFrom } from '../../../testing/rigs/foreign-rig.ts';
import { personAnswers, portalConfig, signInStep } from '../../../testing/rigs/sign-in-rig.ts';
import { answerPage } from '../../../testing/aws/sign-in/person.ts';
import { testCipher } from '../../../testing/samples/test-cipher.ts';

const profiles = { dev: ['111111111111', 'AdministratorAccess'], stg: ['222222222222', 'AdministratorAccess'] } as const;
const it = withBroker((aws) => ({ config: portalConfig(aws.startUrl, profiles) }));
const hour = 3_600_000;

describe('a profile of an access portal', () => {
  it('a profile of an access portal opens one page for 200 callers of two profiles, and all of them get credentials', async ({ aws, rig }) => {
    const before = aws.calls.length;
    const callers = Array.from({ length: 200 }, (_none, index) => asksFor(rig, index % 2 === 0 ? 'dev' : 'stg'));
    await personAnswers(rig, 'sato');
    const given = await Promise.all(callers);
    expect(given.every(({ ok }) => ok)).toBe(true);
    expect(rig.signIns).toHaveLength(1);
    const actions = aws.calls.slice(before).map(({ action }) => action);
    for (const action of ['Authorize', 'CreateToken']) expect(actions.filter((one) => one === action)).toHaveLength(1);
    expect(actions.filter((one) => one === 'GetRoleCredentials')).toHaveLength(2);
    expect(rig.profile('dev')).toMatchObject({ session: { kind: 'active', origin: 'source', identity: { accountId: '111111111111' } } });
    expect(rig.store.state.signIns).toMatchObject([{ name: 'corp', profiles: ['dev', 'stg'], state: { kind: 'active' } }]);
    expect(rig.store.state.signInPrompt).toBeNull();
  });

  it('a profile of an access portal is the source of a role', async ({ aws, startRig }) => {
    const rig = await startRig({ config: portalConfig(aws.startUrl, profiles) + deployFrom('dev', aws.accounts.b.deployRoleArn) });
    const asked = asksFor(rig, 'deploy');
    await personAnswers(rig, 'sato');
    expect(await asked).toMatchObject({ ok: true, value: { session: { identity: { accountId: '222222222222' } } } });
  });

  it('a profile of an access portal gets new credentials without a person, while the sign-in lasts', async ({ aws, rig }) => {
    const first = asksFor(rig, 'dev');
    await personAnswers(rig, 'sato');
    await first;
    for (const hours of [1, 2, 3]) {
      rig.ahead = hours * hour;
      aws.faults.clockOffsetSeconds = (hours * hour) / 1000;
      expect(await asksFor(rig, 'dev')).toMatchObject({ ok: true });
    }
    expect(rig.signIns).toHaveLength(1);
    expect(callsOf(aws, 'GetRoleCredentials')).toBeGreaterThanOrEqual(4);
  });

  it('a sign-in survives a restart of the app in the keychain, and needs no browser then', async ({ aws, startRig }) => {
    const cipher = testCipher();
    const rig = await startRig({ config: portalConfig(aws.startUrl, profiles), cipher });
    const first = asksFor(rig, 'dev');
    await personAnswers(rig, 'sato');
    await first;
    const next = await rig.restarted();
    expect(next.store.state.signIns).toMatchObject([{ state: { kind: 'active' } }]);
    expect(await asksFor(next, 'stg')).toMatchObject({ ok: true });
    expect(next.signIns).toHaveLength(0);
  });

  it('a sign-in that AWS ended is told with its reason, and the next caller gets one new page', async ({ aws, rig }) => {
    const first = asksFor(rig, 'dev');
    await personAnswers(rig, 'sato');
    await first;
    aws.identityCenter.revokeSignIns();
    const second = asksFor(rig, 'stg');
    await signInStep(rig, 'browser');
    expect(rig.store.state.signIns).toMatchObject([{ state: { kind: 'ended' } }]);
    await personAnswers(rig, 'sato');
    expect(await second).toMatchObject({ ok: true });
    expect(rig.signIns).toHaveLength(2);
  });

  it('a person who declines is not asked again by programs at once, and can sign in from the window', async ({ rig }) => {
    const first = asksFor(rig, 'dev');
    await personAnswers(rig, 'sato', 'deny');
    expect(await first).toMatchObject({ ok: false, error: { code: 'sign-in-declined' } });
    expect(await asksFor(rig, 'dev')).toMatchObject({ ok: false, error: { code: 'sign-in-closed' } });
    expect(rig.signIns).toHaveLength(1);
    void rig.broker.commands.signIn({ signInId: rig.store.state.signIns[0]?.signInId ?? '' });
    await rig.shows('a second page', () => (rig.signIns.length === 2 ? true : undefined));
    await personAnswers(rig, 'sato');
    await rig.shows('who is signed in', ({ signIns }) => (signIns[0]?.state.kind === 'active' ? true : undefined));
    expect(await asksFor(rig, 'dev')).toMatchObject({ ok: true });
  });

  it('a window that is closed ends the sign-in for all who wait', async ({ rig }) => {
    const callers = [asksFor(rig, 'dev'), asksFor(rig, 'stg')];
    const { promptId } = await signInStep(rig, 'browser');
    rig.broker.commands.cancelSignIn({ promptId });
    for (const caller of callers) expect(await caller).toMatchObject({ ok: false, error: { code: 'sign-in-closed' } });
    expect(rig.store.state.signInPrompt).toBeNull();
    expect((await fetch(rig.signIns[0] ?? '')).status).toBe(200);
  });

  it('a caller whose time is over is told to run again, and the page stays open for the person', async ({ rig }) => {
    const hasty = { ...unknownProgram(), waitMs: 300 } as const;
    const asked = await rig.sessions.credentials('dev', { minLeftMs: 0, requester: hasty });
    expect(asked).toMatchObject({ ok: false, error: { code: 'sign-in-timeout' } });
    await personAnswers(rig, 'sato');
    await rig.shows('who is signed in', ({ signIns }) => (signIns[0]?.state.kind === 'active' ? true : undefined));
    expect(await asksFor(rig, 'dev')).toMatchObject({ ok: true });
  });

  it('a page that nobody waits for any more goes away', async ({ rig }) => {
    const gone = new AbortController();
    const asked = rig.sessions.credentials('dev', { minLeftMs: 0, requester: { ...unknownProgram(), signal: gone.signal } });
    await signInStep(rig, 'browser');
    gone.abort();
    expect(await asked).toMatchObject({ ok: false });
    await rig.shows('no sign-in', ({ signInPrompt }) => (signInPrompt === null ? true : undefined));
  });

  it('signing out tells AWS, ends the sessions and forgets the tokens', async ({ aws, rig }) => {
    const first = asksFor(rig, 'dev');
    await personAnswers(rig, 'sato');
    await first;
    const before = callsOf(aws, 'Logout');
    await rig.broker.commands.signOut({ signInId: rig.store.state.signIns[0]?.signInId ?? '' });
    expect(callsOf(aws, 'Logout')).toBe(before + 1);
    expect(rig.credentials('dev')).toBeNull();
    expect(rig.store.state).toMatchObject({ signIns: [{ state: { kind: 'none' } }], notice: { kind: 'signed-out' } });
  });

  it('a sign-in goes on with a code that another device shows too', async ({ rig }) => {
    const asked = asksFor(rig, 'dev');
    const { promptId } = await signInStep(rig, 'browser');
    rig.broker.commands.signInElsewhere({ promptId });
    const { step } = await signInStep(rig, 'elsewhere');
    expect(step.code).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    await answerPage(step.address, { user: 'sato', answer: 'allow' });
    expect(await asked).toMatchObject({ ok: true });
  });

  it('a removed assignment is a sentence of its own, and leaves the sign-in as it is', async ({ aws, rig }) => {
    const first = asksFor(rig, 'dev');
    await personAnswers(rig, 'sato');
    await first;
    aws.identityCenter.assign('sato', []);
    expect(await asksFor(rig, 'stg')).toMatchObject({ ok: false, error: { code: 'portal-assignment-removed' } });
    expect(rig.store.state.signIns).toMatchObject([{ state: { kind: 'active' } }]);
  });

  it('signing out believes no page in the place of AWS’s answer', async ({ aws, rig }) => {
    const first = asksFor(rig, 'dev');
    await personAnswers(rig, 'sato');
    await first;
    aws.faults.set('sso:Logout', { kind: 'answered', status: 200, contentType: 'text/html', body: '<html>Sign in to this network</html>' });
    await rig.broker.commands.signOut({ signInId: rig.store.state.signIns[0]?.signInId ?? '' });
    expect(rig.store.state).toMatchObject({ signIns: [{ state: { kind: 'none' } }], notice: { kind: 'failed', error: { code: 'unexpected-answer' } } });
    expect(rig.credentials('dev')).toBeNull();
  });

  it('an app that AWS does not know any more registers anew after a page that led nowhere', async ({ aws, rig }) => {
    const first = asksFor(rig, 'dev');
    await personAnswers(rig, 'sato');
    await first;
    await rig.broker.commands.signOut({ signInId: rig.store.state.signIns[0]?.signInId ?? '' });
    aws.identityCenter.forgetClients();
    const second = asksFor(rig, 'dev');
    const { promptId } = await signInStep(rig, 'browser');
    expect((await fetch(rig.signIns.at(-1) ?? '')).ok).toBe(false);
    rig.broker.commands.cancelSignIn({ promptId });
    await second;
    void rig.broker.commands.signIn({ signInId: rig.store.state.signIns[0]?.signInId ?? '' });
    await rig.shows('another page', () => (rig.signIns.length === 3 ? true : undefined));
    await personAnswers(rig, 'sato');
    await rig.shows('who is signed in', ({ signIns }) => (signIns[0]?.state.kind === 'active' ? true : undefined));
  });
});
