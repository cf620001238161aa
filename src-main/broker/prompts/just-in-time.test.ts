import { describe, expect } from 'vitest';
import { unknownProgram, withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import type { Requester } from './waiting-programs.ts';

const it = withBroker();

/** A program with a PID of its own; `gone` ends its wait. */
function program(rig: BrokerRig, pid: number, profile = 'default', waitMs = 20_000) {
  const gone = new AbortController();
  const requester: Requester = {
    by: 'program',
    program: async () => ({ pid, command: 'terraform plan', folder: '/srv', profile, executable: null, verified: true, peer: null }),
    signal: gone.signal,
    waitMs,
  };
  return { gone, ask: () => rig.sessions.credentials(profile, { minLeftMs: 0, requester }) };
}

const sessionTokens = (rig: BrokerRig) => rig.aws.calls.filter(({ action }) => action === 'GetSessionToken').length;

describe('a program that asks without a session', () => {
  it('a program that asks without a session waits for the prompt, which names it, and goes on after the code', async ({ rig }) => {
    const waiting = program(rig, 4711).ask();
    await rig.step('enter-code');
    await eventually(() =>
      expect(rig.store.state.prompt?.waiting).toEqual([
        { pid: 4711, command: 'terraform plan', folder: '/srv', profile: 'default', executable: null, verified: true, peer: null },
      ]),
    );
    expect(rig.store.state.prompt?.answerBy).toBeGreaterThan(Date.now());
    expect(rig.store.state.prompt?.answerBy).toBeLessThanOrEqual(Date.now() + 20_000);
    expect(rig.raised).toBe(1);
    await rig.submit(await rig.aws.nextTotpCode());
    const answer = await waiting;
    expect(answer.ok && answer.value.credentials.accessKeyId).toMatch(/^ASIA/);
    expect(rig.store.state.prompt).toBeNull();
  });

  it('a program that asks without a session is one of two hundred that share one prompt and one call', async ({ rig }) => {
    const before = sessionTokens(rig);
    const waiting = Array.from({ length: 200 }, (_, index) => program(rig, 5000 + index).ask());
    await rig.answerPrompt();
    const answers = await Promise.all(waiting);
    expect(new Set(answers.map((answer) => answer.ok && answer.value.credentials.accessKeyId)).size).toBe(1);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(rig.raised).toBe(1);
    expect(sessionTokens(rig) - before).toBe(1);
  });

  it('a program that asks without a session hears that the user cancelled, and so do its own retries right after', async ({ rig }) => {
    const waiting = program(rig, 1).ask();
    await rig.step('enter-code');
    rig.cancelPrompt();
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'mfa-cancelled', params: { profile: 'default' } } });
    expect(await program(rig, 1).ask()).toMatchObject({ ok: false, error: { code: 'mfa-cancelled' } });
    expect(rig.store.state.prompt).toBeNull();

    rig.ahead = 5000;
    void program(rig, 1).ask();
    await rig.step('enter-code');
  });

  it('a program that asks without a session is told when its time is over, while the prompt stays open for the user', async ({ rig }) => {
    expect(await program(rig, 1, 'default', 300).ask()).toMatchObject({ ok: false, error: { code: 'mfa-timeout' } });
    await rig.step('enter-code');
    expect(rig.store.state.prompt?.waiting).toEqual([]);
    await rig.submit(await rig.aws.nextTotpCode());
    expect((await program(rig, 2).ask()).ok).toBe(true);
  });

  it('a program that asks without a session leaves the prompt to the others when it goes away', async ({ rig }) => {
    const [first, second] = [program(rig, 1), program(rig, 2)];
    const answers = [first.ask(), second.ask()];
    await eventually(() => expect(rig.store.state.prompt?.waiting).toHaveLength(2));
    first.gone.abort();
    expect((await answers[0])?.ok).toBe(false);
    expect(rig.store.state.prompt?.waiting.map(({ pid }) => pid)).toEqual([2]);
    await rig.answerPrompt();
    expect((await answers[1])?.ok).toBe(true);
  });

  it('a program that asks without a session goes on after a wrong code and then a right one', async ({ rig }) => {
    const waiting = program(rig, 1).ask();
    await rig.step('enter-code');
    await rig.submit('000000');
    expect(await rig.refusal()).toMatchObject({ code: 'mfa-code-wrong' });
    await rig.submit(await rig.aws.nextTotpCode());
    expect((await waiting).ok).toBe(true);
  });

  it('a program is answered at once when there is a session', async ({ rig }) => {
    await rig.startSession();
    expect((await program(rig, 1).ask()).ok).toBe(true);
    expect(rig.store.state.prompt).toBeNull();
  });

  it('a program that asks for an unknown profile hears which one', async ({ rig }) => {
    expect(await program(rig, 1, 'nobody').ask()).toMatchObject({ ok: false, error: { code: 'profile-unknown', params: { profile: 'nobody' } } });
  });
});

describe('a prompt for which nobody waits any more', () => {
  it('a prompt for which nobody waits any more goes with the last program that hung up', async ({ rig }) => {
    const [first, second] = [program(rig, 1), program(rig, 2)];
    const answers = [first.ask(), second.ask()];
    await rig.step('enter-code');
    first.gone.abort();
    await answers[0];
    expect(rig.store.state.prompt).not.toBeNull();
    second.gone.abort();
    await answers[1];
    expect(rig.store.state.prompt).toBeNull();
    // It was not the user who cancelled.
    void program(rig, 3).ask();
    await rig.answerPrompt();
    expect(rig.profile().session.kind).toBe('active');
  });

  it('a prompt for which nobody waits any more stays where a person opened it, or it came up for a program that is to be run again', async ({ rig }) => {
    await rig.openPrompt();
    const late = program(rig, 1);
    const answer = late.ask();
    late.gone.abort();
    await answer;
    expect(rig.store.state.prompt).not.toBeNull();
    rig.cancelPrompt();

    expect(await program(rig, 2, 'other', 300).ask()).toMatchObject({ ok: false, error: { code: 'mfa-timeout' } });
    const again = program(rig, 3, 'other');
    const waiting = again.ask();
    again.gone.abort();
    await waiting;
    expect(rig.store.state.prompt).toMatchObject({ profile: 'other' });
  });

  it('a prompt for which nobody waits any more does not come up after the one before it', async ({ rig }) => {
    const [first, second] = [program(rig, 1, 'default'), program(rig, 2, 'other')];
    const answers = [first.ask(), second.ask()];
    await rig.step('enter-code');
    second.gone.abort();
    await answers[1];
    await rig.submit(await rig.aws.nextTotpCode());
    expect((await answers[0])?.ok).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(rig.store.state.prompt).toBeNull();
  });

  it('a prompt for which nobody waits any more stays until the code that was sent has brought its session', async ({ rig }) => {
    const only = program(rig, 1);
    const answer = only.ask();
    await rig.step('enter-code');
    const asked = rig.aws.faults.hold('sts:GetSessionToken');
    const submitted = rig.submit(await rig.aws.nextTotpCode());
    await asked.arrived;
    only.gone.abort();
    await answer;
    expect(rig.store.state.prompt?.step.kind).toBe('starting');
    asked.release();
    await submitted;
    expect(rig.profile().session.kind).toBe('active');
  });
});

describe('prompts of several profiles', () => {
  it('prompts of several profiles come one after the other', async ({ rig }) => {
    const answers = [program(rig, 1, 'default').ask(), program(rig, 2, 'other').ask()];
    await rig.step('enter-code');
    expect(rig.store.state.prompt?.profile).toBe('default');
    await rig.submit(await rig.aws.nextTotpCode());
    expect((await answers[0])?.ok).toBe(true);
    await eventually(() => expect(rig.store.state.prompt?.profile).toBe('other'));
    await rig.answerPrompt();
    expect((await answers[1])?.ok).toBe(true);
  });

  it('prompts of several profiles make way for the one that the user opens, and come back', async ({ rig }) => {
    const waiting = program(rig, 1, 'default').ask();
    await rig.step('enter-code');
    rig.sessions.requestSession({ profile: 'other' });
    expect(rig.store.state.prompt).toMatchObject({ profile: 'other', waiting: [] });
    rig.cancelPrompt();
    await rig.step('enter-code');
    expect(rig.store.state.prompt).toMatchObject({ profile: 'default', waiting: [{ pid: 1 }] });
    await rig.submit(await rig.aws.nextTotpCode());
    expect((await waiting).ok).toBe(true);
  });
});

describe('a session that is to last', () => {
  it('a session that is to last is renewed first when it has too little time left', async ({ rig }) => {
    rig.aws.sessionLifetimeOverrideSeconds = 1000;
    await rig.startSession();
    rig.aws.sessionLifetimeOverrideSeconds = null;
    const waiting = rig.sessions.credentials('default', { minLeftMs: 1_800_000, requester: unknownProgram() });
    await rig.answerPrompt();
    const answer = await waiting;
    expect(answer.ok && answer.value.session.expiresAt - Date.now()).toBeGreaterThan(1_800_000);
  });

  it('a session that is to last is refused without a prompt when even a new one is shorter', async ({ rig }) => {
    const waiting = rig.sessions.credentials('default', { minLeftMs: 36_000_000, requester: unknownProgram() });
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'time-too-short', params: { wanted: 36_000 } } });
  });
});
