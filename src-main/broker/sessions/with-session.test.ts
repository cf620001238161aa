import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { BrokerBench, resetAws, startAws } from '../../../testing/rigs/broker-rig.ts';
import type { LiveHeld } from './held-sessions.ts';
import { withSession } from './with-session.ts';

let aws: LocalAws;
let bench: BrokerBench;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
beforeEach(async () => {
  resetAws(aws);
  bench = await BrokerBench.start(aws);
});
afterEach(() => bench.close());

const heldKey = () => bench.credentials()?.accessKeyId;
const ask = (call: (held: LiveHeld) => Promise<Result<string>>) =>
  withSession({ sessions: bench.sessions, held: bench.broker.held }, 'default', { by: 'user' }, call);
const expired = failed(appError('session-expired', { profile: 'default' }));

async function answerPrompt(): Promise<void> {
  await bench.step('enter-code');
  await bench.submit(await aws.nextTotpCode());
}

it('asks with the session that is held, once', async () => {
  await bench.startSession();
  const asked: string[] = [];
  expect(await ask(async ({ credentials }) => succeeded(String(asked.push(credentials.accessKeyId))))).toEqual({ ok: true, value: '1' });
  expect(asked).toEqual([heldKey()]);
  expect(await ask(async () => failed(appError('throttled')))).toMatchObject({ error: { code: 'throttled' } });
});

it('asks the user for another one when AWS takes it no longer, and no second time', async () => {
  await bench.startSession();
  const first = heldKey();
  const asked: (string | undefined)[] = [];
  const asking = ask(async ({ credentials }) => {
    asked.push(credentials.accessKeyId);
    return expired;
  });
  await answerPrompt();
  expect(await asking).toEqual(expired);
  expect(asked).toEqual([first, heldKey()]);
});

it('takes the session that came meanwhile, and does not end it', async () => {
  await bench.startSession();
  const first = heldKey();
  let goOn = (): void => {};
  const renewed = new Promise<void>((resolve) => (goOn = resolve));
  const asking = ask(async ({ credentials }) => {
    if (credentials.accessKeyId !== first) return succeeded(credentials.accessKeyId);
    await renewed;
    return expired;
  });
  await bench.openPrompt();
  await bench.submit(await aws.nextTotpCode());
  const fresh = heldKey();
  expect(fresh).not.toBe(first);
  goOn();
  expect(await asking).toEqual({ ok: true, value: fresh });
  expect(heldKey()).toBe(fresh);
});

it('tells that the user did not want to', async () => {
  const asking = ask(async () => succeeded('never'));
  await bench.step('enter-code');
  bench.sessions.cancelPrompt({ promptId: bench.promptId });
  expect(await asking).toMatchObject({ ok: false, error: { code: 'mfa-cancelled' } });
});
