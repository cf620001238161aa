import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import { BrokerBench, resetAws, startAws } from '../../../testing/rigs/broker-rig.ts';
import type { Asker } from './waiting-programs.ts';

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

/** A program with a PID of its own; `gone` ends its wait. */
function program(pid: number, profile = 'default', waitMs = 20_000) {
  const gone = new AbortController();
  const asker: Asker = { by: 'program', program: async () => ({ pid, command: 'terraform plan', folder: '/srv', profile }), signal: gone.signal, waitMs };
  return { gone, ask: () => bench.sessions.credentials(profile, { minLeftMs: 0, asker }) };
}

const sessionTokens = () => aws.calls.filter(({ action }) => action === 'GetSessionToken').length;

describe('a program that asks without a session', () => {
  it('waits for the prompt, which names it, and goes on after the code', async () => {
    const waiting = program(4711).ask();
    await bench.step('enter-code');
    await vi.waitFor(() => expect(bench.store.state.prompt?.waiting).toEqual([{ pid: 4711, command: 'terraform plan', folder: '/srv', profile: 'default' }]));
    expect(bench.raised).toBe(1);
    await bench.submit(await aws.nextTotpCode());
    const answer = await waiting;
    expect(answer.ok && answer.value.credentials.accessKeyId).toMatch(/^ASIA/);
    expect(bench.store.state.prompt).toBeNull();
  });

  it('is one of two hundred that share one prompt and one call', async () => {
    const before = sessionTokens();
    const waiting = Array.from({ length: 200 }, (_, index) => program(5000 + index).ask());
    await bench.step('enter-code');
    await bench.submit(await aws.nextTotpCode());
    const answers = await Promise.all(waiting);
    expect(new Set(answers.map((answer) => answer.ok && answer.value.credentials.accessKeyId)).size).toBe(1);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(bench.raised).toBe(1);
    expect(sessionTokens() - before).toBe(1);
  });

  it('hears that the user cancelled, and so do its own retries right after', async () => {
    const waiting = program(1).ask();
    await bench.step('enter-code');
    bench.sessions.cancelPrompt({ promptId: bench.promptId });
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'mfa-cancelled', params: { profile: 'default' } } });
    expect(await program(1).ask()).toMatchObject({ ok: false, error: { code: 'mfa-cancelled' } });
    expect(bench.store.state.prompt).toBeNull();

    bench.ahead = 5000;
    void program(1).ask();
    await bench.step('enter-code');
  });

  it('is told when its time is over, while the prompt stays open for the user', async () => {
    expect(await program(1, 'default', 300).ask()).toMatchObject({ ok: false, error: { code: 'mfa-timeout' } });
    await bench.step('enter-code');
    expect(bench.store.state.prompt?.waiting).toEqual([]);
    await bench.submit(await aws.nextTotpCode());
    expect((await program(2).ask()).ok).toBe(true);
  });

  it('leaves the prompt to the others when it goes away', async () => {
    const [first, second] = [program(1), program(2)];
    const answers = [first.ask(), second.ask()];
    await vi.waitFor(() => expect(bench.store.state.prompt?.waiting).toHaveLength(2));
    first.gone.abort();
    expect((await answers[0])?.ok).toBe(false);
    expect(bench.store.state.prompt?.waiting.map(({ pid }) => pid)).toEqual([2]);
    await bench.step('enter-code');
    await bench.submit(await aws.nextTotpCode());
    expect((await answers[1])?.ok).toBe(true);
  });

  it('goes on after a wrong code and then a right one', async () => {
    const waiting = program(1).ask();
    await bench.step('enter-code');
    await bench.submit('000000');
    expect(await bench.refusal()).toMatchObject({ code: 'mfa-code-wrong' });
    await bench.submit(await aws.nextTotpCode());
    expect((await waiting).ok).toBe(true);
  });

  it('is answered at once when there is a session', async () => {
    await bench.startSession();
    expect((await program(1).ask()).ok).toBe(true);
    expect(bench.store.state.prompt).toBeNull();
  });

  it('hears which profile there is not', async () => {
    expect(await program(1, 'nobody').ask()).toMatchObject({ ok: false, error: { code: 'profile-unknown', params: { profile: 'nobody' } } });
  });
});

describe('prompts of several profiles', () => {
  it('come one after the other', async () => {
    const answers = [program(1, 'default').ask(), program(2, 'other').ask()];
    await bench.step('enter-code');
    expect(bench.store.state.prompt?.profile).toBe('default');
    await bench.submit(await aws.nextTotpCode());
    expect((await answers[0])?.ok).toBe(true);
    await vi.waitFor(() => expect(bench.store.state.prompt?.profile).toBe('other'));
    await bench.step('enter-code');
    await bench.submit(await aws.nextTotpCode());
    expect((await answers[1])?.ok).toBe(true);
  });

  it('make way for the one that the user opens, and come back', async () => {
    const waiting = program(1, 'default').ask();
    await bench.step('enter-code');
    bench.sessions.requestSession({ profile: 'other' });
    expect(bench.store.state.prompt).toMatchObject({ profile: 'other', waiting: [] });
    bench.sessions.cancelPrompt({ promptId: bench.promptId });
    await bench.step('enter-code');
    expect(bench.store.state.prompt).toMatchObject({ profile: 'default', waiting: [{ pid: 1 }] });
    await bench.submit(await aws.nextTotpCode());
    expect((await waiting).ok).toBe(true);
  });
});

describe('a session that is to last', () => {
  it('is renewed first when it has too little time left', async () => {
    aws.sessionLifetimeOverrideSeconds = 1000;
    await bench.startSession();
    aws.sessionLifetimeOverrideSeconds = null;
    const { asker } = { asker: { by: 'program', program: async () => null, signal: new AbortController().signal, waitMs: 20_000 } as const };
    const waiting = bench.sessions.credentials('default', { minLeftMs: 1_800_000, asker });
    await bench.step('enter-code');
    await bench.submit(await aws.nextTotpCode());
    const answer = await waiting;
    expect(answer.ok && answer.value.session.expiresAt - Date.now()).toBeGreaterThan(1_800_000);
  });

  it('is refused without a prompt when even a new one is shorter', async () => {
    const asker = { by: 'program', program: async () => null, signal: new AbortController().signal, waitMs: 20_000 } as const;
    const waiting = bench.sessions.credentials('default', { minLeftMs: 36_000_000, asker });
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'time-too-short', params: { wanted: 36_000 } } });
  });
});
