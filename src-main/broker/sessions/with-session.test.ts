import { expect } from 'vitest';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import type { LiveHeld } from './held-sessions.ts';
import { withSession } from './with-session.ts';

const it = withBroker();

const heldKey = (rig: BrokerRig) => rig.credentials()?.accessKeyId;
const ask = (rig: BrokerRig, call: (held: LiveHeld) => Promise<Result<string>>) =>
  withSession({ sessions: rig.sessions, held: rig.broker.held }, 'default', { by: 'user' }, call);
const expired = failed(appError('session-expired', { profile: 'default' }));

it('a call is asked with the session that is held, once', async ({ rig }) => {
  await rig.startSession();
  const asked: string[] = [];
  expect(await ask(rig, async ({ credentials }) => succeeded(String(asked.push(credentials.accessKeyId))))).toEqual({ ok: true, value: '1' });
  expect(asked).toEqual([heldKey(rig)]);
  expect(await ask(rig, async () => failed(appError('throttled')))).toMatchObject({ error: { code: 'throttled' } });
});

it('a call asks the user for another session when AWS takes the held one no longer, and no second time', async ({ rig }) => {
  await rig.startSession();
  const first = heldKey(rig);
  const asked: (string | undefined)[] = [];
  const asking = ask(rig, async ({ credentials }) => {
    asked.push(credentials.accessKeyId);
    return expired;
  });
  await rig.answerPrompt();
  expect(await asking).toEqual(expired);
  expect(asked).toEqual([first, heldKey(rig)]);
});

it('a call takes the session that came meanwhile, and does not end it', async ({ rig }) => {
  await rig.startSession();
  const first = heldKey(rig);
  let goOn = (): void => {};
  const renewed = new Promise<void>((resolve) => (goOn = resolve));
  const asking = ask(rig, async ({ credentials }) => {
    if (credentials.accessKeyId !== first) return succeeded(credentials.accessKeyId);
    await renewed;
    return expired;
  });
  await rig.startSession();
  const fresh = heldKey(rig);
  expect(fresh).not.toBe(first);
  goOn();
  expect(await asking).toEqual({ ok: true, value: fresh });
  expect(heldKey(rig)).toBe(fresh);
});

it('a call says that the user did not want to give a code', async ({ rig }) => {
  const asking = ask(rig, async () => succeeded('never'));
  await rig.step('enter-code');
  rig.cancelPrompt();
  expect(await asking).toMatchObject({ ok: false, error: { code: 'mfa-cancelled' } });
});
