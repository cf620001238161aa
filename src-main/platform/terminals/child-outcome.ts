import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { systemErrorCode } from '../../core/system-error.ts';

/** Resolves when the child has ended: null for exit status 0, else a few words on why not. */
export function childOutcome(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(systemErrorCode(error) ?? error.message));
    child.once('exit', (status, signal) => resolve(status === 0 ? null : (signal ?? `exit status ${status}`)));
  });
}

/** Waits for `outcome`, but no longer than `timeLimit` milliseconds, and only until `signal` aborts. */
export async function withinLimit(
  outcome: Promise<string | null>,
  { timeLimit, signal }: { readonly timeLimit: number; readonly signal: AbortSignal },
): Promise<string | null> {
  const settled = new AbortController();
  const limit = delay(timeLimit, `no answer in ${timeLimit / 1000} s`, {
    signal: AbortSignal.any([settled.signal, signal]),
  }).catch(() => 'cancelled');
  try {
    return await Promise.race([outcome, limit]);
  } finally {
    settled.abort();
  }
}
