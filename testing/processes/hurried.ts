import { vi } from 'vitest';

const stepMs = 100;

/**
 * Makes time pass fifty times as fast for what waits by `setTimeout`, such as the AWS SDK; servers take as
 * long as they take. `waited` is how long the work took by that time, in milliseconds.
 */
export async function hurried<T>(work: () => Promise<T>): Promise<{ readonly found: T; readonly waited: number }> {
  let waited = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const hurry = setInterval(() => {
    vi.advanceTimersByTime(stepMs);
    waited += stepMs;
  }, 2);
  try {
    return { found: await work(), waited };
  } finally {
    clearInterval(hurry);
    vi.useRealTimers();
  }
}
