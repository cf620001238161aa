import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cliTexts } from '../../texts/texts.ts';
import type { Call } from './call.ts';
import { sayingWait } from './said-wait.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is said to a person while the app takes this long for each of two answers, in milliseconds. */
async function saidAfter(answerMs: number, { stderr = true, host = null }: { readonly stderr?: boolean; readonly host?: unknown } = {}): Promise<string> {
  let said = '';
  const world = { isTerminal: { stdout: false, stderr }, host, printError: (text: string) => (said += text) };
  const ask = () => new Promise((resolve) => setTimeout(resolve, answerMs));
  const asking = sayingWait({ world, texts: cliTexts('en'), ask } as unknown as Call);
  const done = (async () => {
    await asking('check', () => ({ profile: 'default' }) as never);
    await asking('hand-off', () => ({ profile: 'default' }) as never);
  })();
  await vi.runAllTimersAsync();
  await done;
  return said;
}

it('a command that waits for a person in the app says so once, after a second', async () => {
  expect(await saidAfter(1_500)).toBe('sts-tray: Waiting for STS Tray. If its window asks for an MFA code or a confirmation, answer it there.\n');
  expect(await saidAfter(900)).toBe('');
});

it('a command that waits says nothing where no person reads it, or where a launcher shows what it says only at its end', async () => {
  expect(await saidAfter(1_500, { stderr: false })).toBe('');
  expect(await saidAfter(1_500, { host: {} })).toBe('');
});
