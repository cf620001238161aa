import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import type { CommandQuestion } from '../../contract/question.ts';
import type { FoundCommand } from './confirmed-commands.ts';

const it = withBroker();

const found: FoundCommand = { purpose: 'mfa-code', words: ['pass', 'otp', 'it is'], profile: 'default', file: '/home/alice/.aws/config' };
const ask = (rig: BrokerRig, changes: Partial<FoundCommand> = {}, { waitMs = 20_000, signal = new AbortController().signal } = {}) =>
  rig.broker.confirmedCommands.confirm({ ...found, ...changes }, { waitMs, signal });

const asked = (rig: BrokerRig): Promise<CommandQuestion> =>
  rig.shows('a question about a command', ({ question }) => (question?.kind === 'command' ? question : undefined));

async function answer(rig: BrokerRig, permission: 'run' | 'refuse'): Promise<CommandQuestion> {
  const question = await asked(rig);
  rig.broker.commands.answerQuestion({ questionId: question.questionId, permission });
  return question;
}

describe('a command of an AWS file', () => {
  it('a command of an AWS file is asked for once, whole, with its profile and file, and a restart does not forget it', async ({ rig }) => {
    const callers = Promise.all([ask(rig), ask(rig)]);
    expect(await answer(rig, 'run')).toMatchObject({ purpose: 'mfa-code', line: "pass otp 'it is'", profile: 'default', file: '/home/alice/.aws/config' });
    expect((await callers).map(({ ok }) => ok)).toEqual([true, true]);
    expect(await ask(rig)).toMatchObject({ ok: true });
    const again = await rig.restarted();
    expect(await ask(again)).toMatchObject({ ok: true });
    expect(again.store.state.question).toBeNull();
  });

  it('a command of an AWS file is asked for again when one of its words has changed, or it is run for something else', async ({ rig }) => {
    const first = ask(rig);
    await answer(rig, 'run');
    await first;
    for (const changes of [{ words: ['pass', 'otp', 'it', 'is'] as const }, { purpose: 'credentials' as const }]) {
      const other = ask(rig, changes);
      await answer(rig, 'refuse');
      expect(await other).toMatchObject({ ok: false, error: { code: 'user-command-refused', params: { program: 'pass', profile: 'default' } } });
      expect(rig.broker.confirmedCommands.isConfirmed({ ...found, ...changes })).toBe(false);
    }
  });

  it('a command of an AWS file that nobody answers for is not confirmed, and its question goes', async ({ rig }) => {
    expect(await ask(rig, {}, { waitMs: 1 })).toMatchObject({ ok: false, error: { code: 'user-command-unanswered' } });
    const gone = new AbortController();
    const waiting = ask(rig, {}, { signal: gone.signal });
    await asked(rig);
    gone.abort();
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'user-command-unanswered' } });
    expect(rig.store.state.question).toBeNull();
  });

  it('a command of an AWS file is kept as a hash alone', async ({ rig }) => {
    const confirmed = ask(rig);
    await answer(rig, 'run');
    await confirmed;
    const { confirmedCommands } = rig.store.content.settings;
    expect(confirmedCommands).toEqual({ 'mfa-code': [expect.stringMatching(/^[\da-f]{64}$/)], credentials: [] });
    expect(JSON.stringify(rig.store.content.settings)).not.toContain('pass');
    expect(await readFile(rig.store.content.files.config, 'utf8')).toBe('');
  });
});
